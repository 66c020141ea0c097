"""The quotes screen: what is coded, what is decided about it, and what may leave."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import Key
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes, OpenPassage
from commonplace.tui.screens.quotes import about, asking, choosing, listing
from commonplace.tui.screens.quotes.about import About
from commonplace.tui.screens.quotes.asking import Asker
from commonplace.tui.screens.quotes.choosing import Chosen
from commonplace.tui.screens.quotes.listing import PAGE, Found, Pages, Shown, Wanted
from commonplace.tui.screens.quotes.marking import Here
from commonplace.tui.screens.quotes.signs import Head, code_name, signs, source_of, words_of
from commonplace.tui.screens.quotes.views import VIEWS, Answer, Asked, QuotesOf
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import split_filter
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, Offer, Tabs
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.grid import Grid
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet

LISTS = {asking.LISTED: "quotes", asking.CHOSEN: "chosen"}
"""Ids of the lists of quotes, by the key of their view."""

TABLE = {"enter": "Behind", "b": "By", "/": "Filter", "o": "Export"}
"""Keys that mean something in tables, and what."""

TABS = {"1": "Quotes", "2": "Chosen", **{key: view.label for key, view in VIEWS.items()}}


class QuotesScreen(Asker):
    """All coded quotes: to filter, read in context, decide about, and write to a file."""

    NAME = "quotes"
    CSS_PATH: ClassVar[Any] = ["../study.tcss", "quotes.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.QUOTES) if binding.key != "enter"
    ]
    AUTO_FOCUS = "#quotes"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.answer: Answer | None = None
        """The table that is shown."""
        self._found: dict[str, Found] = {}
        self._pages: dict[str, Pages] = {}
        self._about: tuple[str, Found, About] | None = None
        self._more = 0
        self._said_above = ("Quotes", "")
        """What stands above the list of all quotes."""

    def places(self) -> tuple[Where, ...]:
        return (Where.QUOTES, Where.APP)

    def body(self) -> ComposeResult:
        columns = [
            Column(width=26),
            Column(),
            Column(width=22, wide_from=84),
            Column(width=20, wide_from=118),
        ]
        yield FilterLine("words; role=practitioner and wave=1")
        yield Tabs(self._tabs(), id="views")
        with Horizontal(id="study"):
            with Vertical(id="table"):
                yield Heading("Quotes", id="title")
                yield LineList(
                    columns,
                    height=2,
                    id="quotes",
                    empty="no quotes: what is coded on F2 is listed here",
                )
                yield LineList(
                    [Column(width=26), Column(), Column(width=34, wide_from=84)],
                    height=3,
                    id="chosen",
                    empty="nothing is chosen yet: c proposes quotes for a code",
                )
                yield Grid(id="grid")
                yield Static(id="note", markup=False)
            with Vertical(id="aside"):
                yield Heading("In context")
                yield Sheet(id="context")

    def _tabs(self) -> list[tuple[Offer, bool]]:
        return [
            (Offer(key, label, f"screen.show_view('{key}')"), key == self.view)
            for key, label in TABS.items()
        ]

    def offers(self) -> list[Offer]:
        """In a table only what can be done there."""
        offers = super().offers()
        if self.view not in VIEWS:
            return offers
        table = TABLE if self.view == asking.LEDGER else TABLE.keys() - {"b"}
        return [
            each._replace(label=TABLE.get(each.key, each.label))
            for each in offers
            if each.action.startswith("app.") or each.key in table
        ]

    @property
    def listed(self) -> LineList:
        return self.query_one(f"#{LISTS.get(self.view, 'grid')}", LineList)

    # Asking

    def filters(self) -> Filters:
        """The filters put to the project for lists of quotes."""
        _, where = split_filter(self.query_one(FilterLine).value)
        path = self.session.path_of(self.code) if self.code else ""
        people = (self.person[0],) if self.person else ()
        codes, documents = (path,) if path else (), (self.document,) if self.document else ()
        return Filters(where=where, codes=codes, people=people, documents=documents)

    def wanted(self) -> Wanted:
        words, _ = split_filter(self.query_one(FilterLine).value)
        return Wanted(self.filters(), words, self.kept)

    def asked(self) -> Asked:
        _, where = split_filter(self.query_one(FilterLine).value)
        return Asked(Filters(where=where), self.by)

    def show_quotes_of(
        self,
        code: str,
        where: str = "",
        person: tuple[str, str] | None = None,
        document: str = "",
    ) -> None:
        """Lists the quotes of a code: of those to whom a condition applies, of one person, or in
        one transcript."""
        self.code, self.person, self.document, self.kept = code, person, document, ""
        self.query_one(FilterLine).set(where)
        self.show_view(asking.LISTED)

    def concerned(self, changes: Changes) -> bool:
        return changes.quotes or super().concerned(changes)

    def take(self, changes: Changes) -> None:
        found = self._found.get(asking.LISTED)
        here = self.is_current and self.view == asking.LISTED
        if not (here and found and found.wanted == Wanted(self.filters())) or super().concerned(
            changes
        ):
            super().take(changes)
        elif changes.quotes:  # which quotes there are does not hang on the desk
            self.question("quotes", lambda project: listing.renewed(project, found), self._known)

    def ask(self) -> None:
        if self.view == asking.LISTED:
            wanted = self.wanted()
            self.question("quotes", lambda project: listing.find(project, wanted), self._known)
        elif self.view == asking.CHOSEN:
            self._ask_chosen()
        else:
            self._ask_table()

    def _known(self, found: Found) -> None:
        self._show_pages(asking.LISTED, found)
        title = ", ".join(
            (
                counted(len(found.keys), "coding"),
                counted(found.passages, "distinct quote"),
                counted(found.documents, "transcript"),
            )
        )
        limited = bool(self.code or self.person or self.document)
        only = f"only {self.only()}{' — f all' if limited else ' — k others'}"
        self._said_above = title, only if self.only() else ""
        if self.view == asking.LISTED:
            self._say_above(*self._said_above)

    def _ask_chosen(self) -> None:
        theme, filters = self.theme, self.asked().filters
        if theme is None:
            self._say_above("Chosen", "c proposes quotes for a code")
            self._show_about()
            return
        self._say_above(f"Choosing for {theme.path} …", "esc leaves it")
        self.question(
            "quotes", lambda project: choosing.chosen(project, theme, filters), self._chosen_known
        )

    def _chosen_known(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self._show_pages(asking.CHOSEN, chosen.found)
        theme = chosen.theme
        if self.view == asking.CHOSEN:
            self._say_above(
                f"{counted(len(chosen.found.keys), 'quote')} for {theme.path}",
                f"{f'in turn by {theme.balance} · ' if theme.balance else ''}h one, H all",
            )

    def _ask_table(self) -> None:
        key, view, asked = self.view, VIEWS[self.view], self.asked()
        self._say_above(view.label, "counting … (esc leaves it)")
        self.question(
            "quotes",
            lambda project: view.show(project, asked, view.table(project, asked)),
            lambda answer: self._table_known(key, answer),
        )

    def _table_known(self, key: str, answer: Answer) -> None:
        if key != self.view:
            return
        self.answer = answer
        view = VIEWS[key]
        if answer.rows:
            self._say_above(answer.title, answer.about)
        else:
            self._say_above(f"{view.label}: {view.empty}")
        self.query_one("#note", Static).update(Content(safe(answer.note)))
        grid, fresh = self.query_one(Grid), not self.query_one(Grid).count
        grid.show_table(answer.columns, ListedRows(answer.rows))
        if fresh:
            grid.move_to_column(0)

    def _say_above(self, title: str, note: str = "") -> None:
        self.query_one("#title", Heading).show(title, note)

    # Lists of quotes

    def _show_pages(self, view: str, found: Found) -> None:
        def ask(page: int) -> None:
            key, wanted = f"quotes {view} {page}", found.keys[page * PAGE : (page + 1) * PAGE]

            def read(shown: dict[str, Shown]) -> None:
                self._read(view, pages, shown)
                if view == asking.LISTED and any(each.source is None for each in shown.values()):
                    self.session.study.ask(key, lambda project: found.page(wanted, project), read)

            self.session.study.ask(key, lambda _: found.page(wanted), read)

        row = self._row if view == asking.LISTED else self._chosen_row
        pages = Pages(found.keys, row, ask, self._pages.get(view))
        self._pages[view], self._found[view] = pages, found
        self.query_one(f"#{LISTS[view]}", LineList).show(pages)
        self._show_about()

    def _read(self, view: str, pages: Pages, shown: dict[str, Shown]) -> None:
        if pages is self._pages.get(view):
            pages.shown.update(shown)
            self.query_one(f"#{LISTS[view]}", LineList).reload()
            self._show_about()

    def _row(self, key: Key, shown: Shown | None) -> Row:
        code = code_name(self.session, key.code)
        if shown is None:
            return Row(key.id, (Head(code), "…", "", ""))
        head = Head(code, tuple(signs(shown.desk, shown.held, shown.verdict)))
        document = Content.assemble((safe(str(shown.record["document"])), "$text-muted"))
        return Row(key.id, (head, words_of(shown), source_of(shown), document))

    def _chosen_row(self, key: Key, shown: Shown | None) -> Row:
        chosen = self.chosen
        place = (self._pages[asking.CHOSEN].index(key.id) or 0) + 1 if chosen is not None else 0
        code = Content.assemble((f"{place} ", "bold"), code_name(self.session, key.code))
        if shown is None or chosen is None:
            return Row(key.id, (Head(code), "…", ""))
        head = Head(code, tuple(signs(shown.desk, shown.held, shown.verdict)))
        reason = Content.assemble((safe(chosen.reasons.get(key.id, "")), "$text-muted"))
        return Row(key.id, (head, words_of(shown), reason))

    # The quote under the cursor

    @property
    def here(self) -> Here | None:
        pages, listed = self._pages.get(self.view), self.listed
        shown = pages.shown.get(listed.key) if pages is not None and listed.key else None
        if pages is None or shown is None or not listed.cursor < pages.count():
            return None
        key = pages.keys[listed.cursor]
        return Here(key, shown) if key.id == listed.key else None

    @on(LineList.Highlighted)
    def _moved(self, event: LineList.Highlighted) -> None:
        if event.line_list is self.listed and self.view in LISTS:
            self._more = 0
            self._show_about()

    def _show_about(self) -> None:
        sheet, here = self.query_one("#context", Sheet), self.here
        if here is None:
            sheet.show([])
            return
        self._paint_about(here)
        if self._about is None or self._about[:2] != (here.key.id, self._found[self.view]):
            self._ask_about(here)

    def _ask_about(self, here: Here) -> None:
        found, key, more = self._found[self.view], here.key, self._more
        name = str(here.shown.record["document"])

        def known(answer: About) -> None:
            now = self.here
            if now is not None and now.key == key:
                self._about = (key.id, found, answer)
                self._paint_about(now)

        self.session.study.ask(
            "about", lambda project: about.about(project, found, key, name, more), known
        )

    def _paint_about(self, here: Here) -> None:
        known = self._about[2] if self._about and self._about[0] == here.key.id else None
        why = self.chosen.reasons.get(here.key.id, "") if self.chosen is not None else ""
        reason = why if self.view == asking.CHOSEN else ""
        self.query_one("#context", Sheet).show(about.paragraphs(here.shown, known, reason))

    def action_more_context(self) -> None:
        here = self.with_quote()
        if here is not None:
            self._more = (self._more + 1) % 5
            self._ask_about(here)

    def action_scroll_about(self, lines: int) -> None:
        sheet = self.query_one("#context", Sheet)
        sheet.scroll_to(y=sheet.scroll_offset.y + lines * 3, animate=False)

    def action_edit_version(self) -> None:
        here = self.with_quote()
        if here is None:
            return
        from commonplace.tui.screens.quotes.version import VersionScreen

        record = here.shown.record
        source = f"{record['speaker']} in {record['document']}, turn {record['turn']}"
        title = self.session.path_of(here.key.code)
        self.app.push_screen(VersionScreen(self.session, here.place, safe(title), safe(source)))

    @on(LineList.Selected)
    @on(Grid.Pressed)
    def action_open_quote(self) -> None:
        if self.view in LISTS:
            pages, cursor = self._pages.get(self.view), self.listed.cursor
            if pages is not None and cursor < pages.count():
                key = pages.keys[cursor]
                self.post_message(OpenPassage(key.document, key.start, key.end))
            return
        place = self.listed.cursor
        leads = self.answer.leads if self.answer is not None else []
        lead = leads[place] if place < len(leads) else None
        match lead:
            case QuotesOf(person, document, where):
                self.show_quotes_of("", where, person, document)
            case (document, start, end):
                self.post_message(OpenPassage(document, start, end))
            case _:
                self.say("nothing stands behind this")

    # Views

    def action_show_view(self, key: str) -> None:
        self.show_view(key)

    def show_view(self, key: str) -> None:
        if key != self.view:
            self.view = key
            self.answer = None
            table = self.query_one("#study")
            for name in (*LISTS.values(), "grid"):
                table.set_class(name == LISTS.get(key, "grid"), f"-{name}")
            self.query_one("#views", Tabs).show(self._tabs())
            self.refresh_offers()
            if key in VIEWS:
                self.query_one(Grid).show_table((Column(""),), ListedRows())
                self.query_one("#note", Static).update("")
            if key == asking.LISTED:
                self._say_above(*self._said_above)
            self.listed.focus()
        self.ask()

    def action_back(self) -> None:
        if self.view != asking.LISTED:
            self.show_view(asking.LISTED)

    def recolor(self) -> None:
        for view, pages in self._pages.items():
            self.query_one(f"#{LISTS[view]}", LineList).show(pages)
