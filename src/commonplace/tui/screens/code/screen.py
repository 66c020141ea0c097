"""The code screen: transcripts and codebook, the transcript, and what holds at the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.code import details
from commonplace.tui.screens.code.amending import Corrector
from commonplace.tui.screens.code.codebook import Librarian
from commonplace.tui.screens.code.search import Searcher, SearchLine
from commonplace.tui.screens.code.shelves import Shelves
from commonplace.tui.screens.code.suggesting import Reviewer
from commonplace.tui.screens.code.turns import TurnEditor
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.codetree import CodeTree
from commonplace.tui.widgets.linelist import LineList
from commonplace.tui.widgets.reader import Reader
from commonplace.tui.widgets.sheet import Sheet
from commonplace.tui.widgets.shelf import Shelf

NOTED = 5.0
"""Seconds after which the place in the transcript is noted, should the program end suddenly."""


class CodeScreen(Reviewer, Librarian, TurnEditor, Corrector, Searcher, Shelves):
    """Reading and coding."""

    NAME = "code"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.CODE)]
    AUTO_FOCUS = "Reader"

    def body(self) -> ComposeResult:
        opened = self.opened
        with Horizontal(id="desk"):
            yield Vertical(id="side")
            with Vertical(id="page"):
                yield Heading(id="title")
                yield Reader(
                    opened.document if opened else None,
                    codes=self.session.looks,
                    codings=self.coding_marks(),
                    suggestions=self.suggestion_marks(),
                )
                yield Sheet(id="welcome")
            with Vertical(id="margin"):
                yield Heading("At the cursor")
                yield Sheet(id="details")

    def on_mount(self) -> None:
        if self.opened is not None:
            self.reader.go_to(self.session.places.offsets.get(self.opened.id, 0))
        self.document_shown()

    async def complete(self) -> None:
        """Adds what may follow the first paint: transcripts, codebook, counts, search."""
        await self.query_one("#page").mount(SearchLine())
        await self.query_one("#side").mount(
            Heading("Transcripts", id="shelf-title"),
            Shelf(),
            Heading("Codebook", id="tree-title"),
            Codes(),
        )
        self.ready = True
        self.document_shown()
        self.codebook_shown()
        self.read_notes()
        self.list_transcripts()
        self.count_codings()
        self.count_share()
        self.set_interval(NOTED, self.save_place)

    # Where the keys lead

    def places(self) -> tuple[Where, ...]:
        if self.opened is None:
            return (Where.APP, Where.CODEBOOK)
        if isinstance(self.focused, CodeTree):
            return (Where.CODEBOOK, Where.CODE, Where.APP)
        if isinstance(self.focused, Shelf):
            return (Where.SHELF, Where.CODE, Where.APP)
        return (Where.CODE, Where.READER, Where.SHELF, Where.CODEBOOK, Where.APP)

    def action_next_pane(self, direction: int) -> None:
        if not self.ready:
            return
        panes: list[Widget] = [self.reader, self.query_one(Shelf), self.query_one(CodeTree)]
        at = next((i for i, pane in enumerate(panes) if pane.has_focus), 0)
        pane = panes[(at + direction) % len(panes)]
        self.set_class(pane is not self.reader, "-panes")
        pane.focus()

    def on_descendant_focus(self) -> None:
        self.set_class(isinstance(self.focused, LineList), "-panes")
        self.refresh_offers()

    def code_at(self) -> str | None:
        return self.query_one(CodeTree).key if self.ready else None

    def action_back(self) -> None:
        if self.came_from and self.reader.has_focus:
            self.app.switch_mode(self.came_from)
            self.came_from = ""
        self.reader.focus()

    @on(LineList.Selected, "Shelf")
    def action_open_volume(self) -> None:
        document = self.query_one(Shelf).key
        if document is not None:
            self.reader.focus()
            self.open(document)

    @on(LineList.Selected, "CodeTree")
    def _code_chosen(self) -> None:
        self.action_apply_code()

    @on(CodeTree.Clicked)
    def _code_clicked(self, event: CodeTree.Clicked) -> None:
        if self.reader.selection is not None:
            self.apply(event.code)

    # What is shown

    def document_shown(self) -> None:
        title = self.query_one("#title", Heading)
        self.set_class(self.opened is None, "-bare")
        if self.opened is None:
            title.show("No transcript yet")
            self.query_one("#welcome", Sheet).show(details.no_transcript(self.session))
        else:
            if self.focused is None:
                self.reader.focus()
            blind = "others' work is hidden until D" if self.opened.blind else ""
            title.show(self.opened.info.name, "done ✓" if self.opened.done else blind)
            if self.ready:
                self.query_one(Shelf).mark_open(self.opened.id)
                self.read_waiting()
        self.look()

    def codebook_shown(self) -> None:
        if not self.ready:
            return
        self.query_one(CodeTree).show_codebook(self.session.codebook, self.session.looks, self.only)
        count = len(self.session.codebook)
        self.query_one("#tree-title", Heading).show("Codebook", counted(count, "code"))

    @on(Reader.CursorMoved)
    @on(Reader.SelectionChanged)
    def _moved(self) -> None:
        self.look()

    def look(self) -> None:
        if not self.is_mounted:
            return
        sheet, opened = self.query_one("#details", Sheet), self.opened
        if opened is None:
            sheet.show([])
            return
        suggestions = self.suggestions_here()
        self.weigh(suggestions[0].id if suggestions else "")
        sheet.show(
            details.at_cursor(
                self.session,
                opened,
                self.codings_here(),
                suggestions,
                opened.memos_at(self.reader.cursor),
                beneath=self.has_class("-narrow") or self.has_class("-middle"),
                waiting=self.waiting_here(),
                width=sheet.scrollable_content_region.width,
            )
        )
        self._show_state()

    def _show_state(self) -> None:
        opened, reader = self.opened, self.reader
        if opened is None:
            return
        turn = reader.turn
        state = [
            "MARK — esc ends" if reader.marking else "",
            f"only {self.session.path_of(self.only)}" if self.only else "",
            f"{len(self.waiting)} without a place (W)" if self.waiting else "",
            f"turn {turn + 1} of {len(opened.turn_ids)}" if turn is not None else "header",
            "" if self.share is None else f"{self.share:.0%} coded",
            counted(opened.info.words, "word"),
        ]
        self.status.show(*(part for part in state if part))

    def account_known(self) -> None:
        self.look()

    def shares_known(self, shares: dict[str, float | None]) -> None:
        self.query_one(Shelf).show_shares(shares)
        self._show_state()

    def recolor(self) -> None:
        self.reader.set_codes(self.session.looks)
        self.codebook_shown()
        self.look()

    def take(self, changes: Changes) -> None:
        if not self.ready:
            return
        if changes.codebook or changes.many:
            self.read_codebook()
        if changes.shelf or changes.many or changes.turns:
            self.list_transcripts()
        if changes.waiting:
            self.read_waiting(anew=True)
        self.keep_up(changes)

    def count(self) -> None:
        super().count()
        self.count_codings()

    def action_export(self) -> None:
        if self.opened is None:
            return
        from commonplace.analysis.filters import Filters
        from commonplace.tui.screens.study import export

        only = Filters(
            documents=(self.opened.info.name,),
            codes=(self.session.path_of(self.only),) if self.only else (),
        )

        def table(project: Project) -> Table:
            from commonplace.analysis.codings import codings

            return codings(project, only)

        export(self, "codings.csv", table)

    def action_mark(self) -> None:
        self.reader.toggle_marking()


class Codes(CodeTree):
    """The codebook with the keys that change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.CODEBOOK, "screen.") if binding.key != "enter"
    ]
