"""The quotes screen: what is coded, with its source and its context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import Key, Quotes, quotes
from commonplace.domain.codebook import split_path
from commonplace.domain.table import Row as TableRow
from commonplace.project import Project
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import OpenPassage
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import Study, containing, export, folded, split_filter
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.linelist import Column, LineList, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet

PAGE = 64
"""Quotes read at once, as they come into view."""


class _Pages:
    """Rows of quotes, read a page at a time by `ask`; until then their places are empty."""

    def __init__(
        self,
        session: Session,
        keys: Sequence[Key],
        header: list[str],
        ask: Callable[[int], None],
    ) -> None:
        self.keys = keys
        self.header = header
        self.records: dict[str, dict[str, Any]] = {}
        self._session = session
        self._places = {key.id: place for place, key in enumerate(keys)}
        self._ask = ask
        self._asked: set[int] = set()

    def count(self) -> int:
        return len(self.keys)

    def index(self, key: str) -> int | None:
        return self._places.get(key)

    def rows(self, start: int, end: int) -> list[Row]:
        for page in range(start // PAGE, (end - 1) // PAGE + 1):
            if page not in self._asked:
                self._asked.add(page)
                self._ask(page)
        return [self._row(key) for key in self.keys[start:end]]

    def _row(self, key: Key) -> Row:
        look = self._session.looks.get(key.code)
        *above, name = split_path(self._session.path_of(key.code))
        code = Content.assemble(
            (f"{look.mark} " if look else "", f"bold {look.color}" if look else "bold"),
            safe(name),
            (safe(f"  {'/'.join(above)}") if above else "", "$text-muted"),
        )
        record = self.records.get(key.id)
        if record is None:
            return Row(key.id, (code, "…", "", ""))
        quote = " ".join(str(record["published_quote"] or record["quote"]).split())
        source = str(record["attribution"] or record["speaker"])
        return Row(
            key.id,
            (
                code,
                Content(safe(quote)),
                Content.assemble((safe(source), "$text-muted")),
                Content.assemble((safe(str(record["document"])), "$text-muted")),
            ),
        )


class QuotesScreen(Study):
    """All coded quotes, to filter, read in context, and write to a file."""

    NAME = "quotes"
    CSS_PATH: ClassVar[Any] = ["study.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.QUOTES) if binding.key != "enter"
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.code = ""
        self.person: tuple[str, str] | None = None
        """Id and name of the only one whose quotes are listed."""
        self.document = ""
        """Name of the only transcript whose quotes are listed."""
        self._pages: _Pages | None = None

    def places(self) -> tuple[Where, ...]:
        return (Where.QUOTES, Where.APP)

    def body(self) -> ComposeResult:
        yield FilterLine("words; role=practitioner and wave=1")
        with Horizontal(id="study"):
            with Vertical(id="table"):
                yield Heading("Quotes", id="title")
                yield LineList(
                    [
                        Column(width=26),
                        Column(),
                        Column(width=22, wide_from=84),
                        Column(width=20, wide_from=118),
                    ],
                    height=2,
                    empty="no quotes: what is coded on F2 is listed here",
                )
            with Vertical(id="aside"):
                yield Heading("In context")
                yield Sheet(id="context")

    def filters(self) -> tuple[str, Filters]:
        """The words looked for, and the filters put to the project."""
        words, where = split_filter(self.query_one(FilterLine).value)
        path = self.session.path_of(self.code) if self.code else ""
        people = (self.person[0],) if self.person else ()
        codes, documents = (path,) if path else (), (self.document,) if self.document else ()
        return words, Filters(where=where, codes=codes, people=people, documents=documents)

    def show_quotes_of(
        self,
        code: str,
        where: str = "",
        person: tuple[str, str] | None = None,
        document: str = "",
    ) -> None:
        """Lists the quotes of a code: of those to whom a condition applies, of one person, or in
        one transcript."""
        self.code, self.person, self.document = code, person, document
        self.query_one(FilterLine).set(where)
        self.ask()

    def ask(self) -> None:
        words, filters = self.filters()

        def query(project: Project) -> tuple[Quotes, list[Key]]:
            found = Quotes(project, filters)
            return found, _containing(project, found.keys(), words)

        self.question("quotes", query, lambda found: self._known(*found))

    def _known(self, found: Quotes, keys: list[Key]) -> None:
        header = [column.name for column in found.rows.columns]

        def ask(page: int) -> None:
            wanted = keys[page * PAGE : (page + 1) * PAGE]
            self.session.study.ask(
                f"quotes {page}", lambda _: found.page(wanted), lambda rows: self._read(pages, rows)
            )

        pages = _Pages(self.session, keys, header, ask)
        if self._pages is not None:
            known = self._pages.records.items()
            pages.records = {key: row for key, row in known if pages.index(key) is not None}
        self._pages = pages
        self.listed.show(pages)
        distinct = len({(key.document, key.start, key.end) for key in keys})
        documents = len({key.document for key in keys})
        self.query_one("#title", Heading).show(
            f"{counted(len(keys), 'coding')}, {counted(distinct, 'distinct quote')}, "
            f"{counted(documents, 'transcript')}",
            f"only {self._only()} — f all" if self._only() else "",
        )
        self._show_context()

    def _only(self) -> str:
        """The code, the person and the transcript to which the list is limited, in words."""
        path = self.session.path_of(self.code) if self.code else ""
        code = ", ".join(part for part in (path, self.person[1] if self.person else "") if part)
        return " in ".join(part for part in (code, self.document) if part)

    def _read(self, pages: _Pages, rows: list[TableRow]) -> None:
        if pages is not self._pages:
            return
        for row in rows:
            pages.records[str(row[0])] = dict(zip(pages.header, row, strict=True))
        self.listed.reload()
        self._show_context()

    # The quote under the cursor

    @on(LineList.Highlighted)
    def _show_context(self) -> None:
        sheet, key = self.query_one("#context", Sheet), self.listed.key
        record = self._pages.records.get(key) if self._pages is not None and key else None
        if record is None:
            sheet.show([])
            return
        sheet.show(_in_context(record))

    @on(LineList.Selected)
    def action_open_quote(self) -> None:
        if self._pages is None or not self._pages.keys:
            return
        key = self._pages.keys[self.listed.cursor]
        self.post_message(OpenPassage(key.document, key.start, key.end))

    def action_filter_code(self) -> None:
        if self._only():
            self.code, self.person, self.document = "", None, ""
            self.ask()
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.code = answer.code
                self.ask()

        self.app.push_screen(
            dialogs.CodePicker(
                "Quotes of",
                self.session.codebook,
                self.session.looks,
                create=False,
                retired=True,
            ),
            picked,
        )

    def action_export(self) -> None:
        words, filters = self.filters()
        export(
            self,
            "quotes.csv",
            lambda project: containing(quotes(project, replace(filters)), words, "quote"),
        )


def _containing(project: Project, keys: list[Key], words: str) -> list[Key]:
    """The quotes that contain `words`."""
    if not words:
        return keys
    wanted = folded(words)
    rows = project.connection.execute("SELECT id, exact FROM codings")
    ids = {coding for coding, exact in rows if wanted in folded(exact)}
    return [key for key in keys if key.id in ids]


def _in_context(record: dict[str, Any]) -> list[Content]:
    """A quote between the words before and after it, and what is known of it."""
    before, after = str(record["before"] or ""), str(record["after"] or "")
    words = Content.assemble(
        (safe(" ".join(before.split())) + " " if before.strip() else "", "$text-muted"),
        (safe(" ".join(str(record["quote"]).split())), "bold"),
        (" " + safe(" ".join(after.split())) if after.strip() else "", "$text-muted"),
    )
    facts = [
        ("", record["attribution"]),
        ("said by ", record["speaker"]),
        ("in ", f"{record['document']}, turn {record['turn']}"),
        ("coded ", record["code_path"]),
        ("also ", record["other_codes"]),
        ("by ", f"{record['coder']}, {record['origin']}"),
        ("memo ", record["memo"]),
    ]
    return [
        words,
        Content(""),
        *(
            Content.assemble((label, "$text-muted"), safe(str(value)))
            for label, value in facts
            if value
        ),
    ]
