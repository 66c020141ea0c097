"""The themes screen: how often each code stands, and of how many."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import themes
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import ShowQuotes
from commonplace.tui.screens.study import Study, export
from commonplace.tui.session import Session
from commonplace.tui.widgets.bars import Bar
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe


class ThemesScreen(Study):
    """Theme frequencies with their denominators."""

    NAME = "themes"
    CSS_PATH: ClassVar[Any] = ["study.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.THEMES) if binding.key != "enter"
    ]
    AUTO_FOCUS = "LineList"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.by = ""
        """The attribute by which counts are broken down; empty for none."""
        self._records: list[dict[str, Any]] = []

    def places(self) -> tuple[Where, ...]:
        return (Where.THEMES, Where.APP)

    def body(self) -> ComposeResult:
        yield FilterLine("whose speech counts: role=practitioner and wave=1")
        with Vertical(id="table"):
            yield Heading("Themes", id="title")
            yield LineList(
                [
                    Column("theme"),
                    Column(wide_from=100),
                    Column("quotes", width=6, align="right"),
                    Column("transcripts", width=11, align="right"),
                    Column("participants", width=12, align="right"),
                    Column("words", width=7, align="right", wide_from=72),
                    Column("share", width=6, align="right"),
                ],
                empty="no codes: F2 has the codebook",
            )
        yield Static(id="note", markup=False)

    def ask(self) -> None:
        filters, by = self.filters(), self.by or None

        def query(project: Project) -> tuple[list[dict[str, Any]], str]:
            table = themes(project, filters, by=by)
            return list(table.records()), table.note

        self.question("themes", query, lambda found: self._known(*found))

    def filters(self) -> Filters:
        """The filters put to the project."""
        return Filters(where=self.query_one(FilterLine).value)

    def _known(self, records: list[dict[str, Any]], note: str) -> None:
        self._records = records
        most = max((record["quotes"] for record in records), default=0) or 1
        self.listed.show(
            ListedRows([self._row(place, record, most) for place, record in enumerate(records)])
        )
        self.query_one("#title", Heading).show(
            "Themes" + (f" by {self.by}" if self.by else ""), "each with its sub-codes"
        )
        self.query_one("#note", Static).update(Content(safe(note)))

    def _row(self, place: int, record: dict[str, Any], most: int) -> Row:
        book = self.session.codebook
        code = book.at(str(record["code_path"]))
        look = self.session.looks.get(code.id) if code else None
        depth = book.depth(code.id) if code else 0
        quotes = int(record["quotes"])
        style = "$text-disabled" if not quotes else "bold" if depth == 0 else ""
        color = look.color if look else "$text-muted"
        value = str(record.get(self.by) or "") if self.by else ""
        theme = Content.assemble(
            "  " * depth,
            (look.mark.ljust(3) if look else "", f"bold {color}" if quotes else "$text-disabled"),
            (safe(str(record["code"])), style),
            (f"  {safe(value)}" if value else "", "$text-muted"),
        )
        share = record.get("share_of_words")
        figures = [
            f"{quotes:,}",
            f"{record['transcripts']} of {record['transcripts_of']}",
            f"{record['participants']} of {record['participants_of']}",
            f"{record['words']:,}",
            "–" if share is None else f"{share:.1%}",
        ]
        return Row(
            str(place),
            (
                theme,
                Bar(quotes / most, look.color if look else ""),
                *(
                    Content.assemble((figure, "" if quotes else "$text-disabled"))
                    for figure in figures
                ),
            ),
        )

    @on(LineList.Selected)
    def action_open_theme(self) -> None:
        if not self._records:
            return
        record = self._records[self.listed.cursor]
        code = self.session.codebook.at(str(record["code_path"]))
        if code is None:
            return
        where = self.query_one(FilterLine).value
        if self.by:
            mine = (
                f'"{self.by}"="{record[self.by]}"'
                if record[self.by] != "(none)"
                else (f'"{self.by}"=(none)')
            )
            where = f"({where}) and {mine}" if where else mine
        self.post_message(ShowQuotes(code.id, where))

    def action_by_attribute(self) -> None:
        def known(names: list[str]) -> None:
            choices = ["everyone together", *names]

            def chosen(place: int | None) -> None:
                if place is not None:
                    self.by = "" if place == 0 else names[place - 1]
                    self.ask()

            if names:
                self.app.push_screen(
                    dialogs.Choose("Count by", [Content(safe(name)) for name in choices]), chosen
                )
            else:
                self.say(
                    "nothing is known of participants yet: "
                    "`commonplace participants` sets attributes"
                )

        self.question(
            "attributes", lambda project: Scope(project, Filters()).attribute_names, known
        )

    def action_export(self) -> None:
        filters, by = self.filters(), self.by or None

        def table(project: Project) -> Table:
            return themes(project, filters, by=by)

        export(self, "themes.csv", table)
