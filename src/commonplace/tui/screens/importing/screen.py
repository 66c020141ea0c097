"""The import screen: how each file is understood, putting it right, and importing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from commonplace.project import Project
from commonplace.readers import Role
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import BY_ID, Where
from commonplace.tui.messages import OpenPassage
from commonplace.tui.screens.importing.columns import (
    ColumnChooser,
    ColumnList,
    column_rows,
    heading,
)
from commonplace.tui.screens.importing.files import (
    File,
    FileRows,
    State,
    first_turns,
    listed,
    voice_rows,
)
from commonplace.tui.screens.importing.thread import Finished, Importer, Progress
from commonplace.tui.screens.room import counted
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, Offer
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet
from commonplace.workflows.find_files import Found, find_files
from commonplace.workflows.import_transcripts import Outcome
from commonplace.workflows.reading import Tables
from commonplace.workflows.review_import import Reviewed, review_file
from commonplace.workflows.understood import Voice

_OF_SPEAKERS = {
    f"import.{id}" for id in ("panes", "interviewer", "accept", "no_speaker", "mark", "join")
}
"""What is of no use where nobody is named."""

MOMENT = 0.15
"""Seconds of reading after which what is known so far is shown."""


class ImportScreen(ColumnChooser):
    """Files before and while they become transcripts."""

    NAME = "import"
    CSS_PATH: ClassVar[Any] = ["importing.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.IMPORT) if binding.key != "enter"
    ]
    AUTO_FOCUS = "#list"

    def __init__(self, session: Session, paths: Sequence[Path]) -> None:
        super().__init__(session)
        self.paths = list(paths)
        self.files: list[File] = []
        self._by_name: dict[str, File] = {}
        self._shown_at = 0.0
        self._waiting: list[File] = []
        self._tables = Tables()
        """For the thread for tables alone."""
        self._importer: Importer | None = None
        self._copies: list[str] = []
        self._imported = 0
        self._first = ""
        """Name of the first transcript imported."""
        self._error = ""
        """Why importing broke off, if it did."""
        self.done = False

    @property
    def working(self) -> bool:
        """Whether files are being imported."""
        return self._importer is not None

    def places(self) -> tuple[Where, ...]:
        if isinstance(self.focused, ColumnList):
            return (Where.COLUMNS, Where.IMPORT, Where.APP)
        if self.is_mounted and self.look():
            return (Where.IMPORT, Where.COLUMNS, Where.APP)
        return (Where.IMPORT, Where.APP)

    def offers(self) -> list[Offer]:
        look, file = (self.look(), self.file()) if self.is_mounted else (None, None)
        useless: set[str] = set()
        if look is None:
            useless |= {"import.columns", "import.sheet"}
        elif len(look.sheets) < 2:
            useless |= {"import.sheet"}
        if look is None or len(look.holding(Role.TEXT)) < 2:
            useless |= {"columns.by_question"}
        if file is not None and file.voiceless:
            useless |= _OF_SPEAKERS
        offers = [o for o in super().offers() if o.label not in {BY_ID[id].label for id in useless}]
        if look is None or isinstance(self.focused, ColumnList):
            return offers
        first = {BY_ID[id].label for id in ("import.columns", "import.sheet")}
        return sorted(offers, key=lambda o: 0 if o is offers[0] else 1 if o.label in first else 2)

    def on_descendant_focus(self) -> None:
        self.refresh_offers()

    def body(self) -> ComposeResult:
        with Horizontal(id="import"):
            with Vertical(id="files"):
                yield Heading("Files", id="count")
                yield LineList(
                    [Column(width=1), Column(), Column(width=14, align="right")],
                    empty="looking …",
                    id="list",
                )
            with Vertical(id="file"):
                yield Heading(id="table")
                yield ColumnList(id="columns")
                yield Heading("Speakers", id="name")
                yield LineList(
                    [
                        Column("label", 22),
                        Column("", 8),
                        Column("words", 7, "right"),
                        Column("turns", 6, "right"),
                        Column("", wide_from=62),
                    ],
                    empty="no speakers",
                    id="voices",
                )
                yield Heading("The first turns, as understood", id="how")
                yield Sheet(id="turns")

    def on_mount(self) -> None:
        paths = self.paths

        def look(project: Project) -> list[File]:
            known = {info.name for info in project.documents.all()}
            return listed(find_files(paths, but=[project.path]), known)

        self.session.study.ask("files", look, self._found)

    def _found(self, files: list[File]) -> None:
        self.files = files
        self._by_name = {file.name: file for file in files}
        self.query_one("#list", LineList).show(FileRows(self.files))
        if not files:
            self.say("There are no files here to import: esc leaves.", trouble=True)
        self.reread()

    # Reading

    def reread(self) -> None:
        file = self.file()
        self._waiting = [each for each in self.files if self._to_read(each) and each is not file]
        if file is not None and self._to_read(file):
            self._waiting.insert(0, file)
        self._read_on()

    def _to_read(self, file: File) -> bool:
        return isinstance(file.found, Found) and self.readable(file)

    def _read_on(self) -> None:
        """Reads the next files for a moment, in the thread for tables, and goes on then."""
        waiting, reading, tables = list(self._waiting), self.reading, self._tables

        def read(project: Project) -> list[tuple[File, Reviewed]]:
            found: list[tuple[File, Reviewed]] = []
            end = monotonic() + MOMENT
            for file in waiting:
                if isinstance(file.found, Found):
                    found.append((file, review_file(project, file.found, reading, tables)))
                if monotonic() > end:
                    break
            return found

        def known(found: list[tuple[File, Reviewed]]) -> None:
            if self.working or self.done or not self.is_attached:
                return
            for file, reviewed in found:
                file.review(reviewed)
            self._waiting = waiting[len(found) :]
            self.files_shown()
            if self._waiting:
                self._read_on()

        if waiting:
            self.session.study.ask("review", read, known)
        self.files_shown()

    def file(self) -> File | None:
        place = self.query_one("#list", LineList).cursor
        return self.files[place] if place < len(self.files) else None

    def on_speakers(self) -> bool:
        voices = self.query_one("#voices", LineList)
        if not voices.has_focus:
            voices.focus()
            return False
        return True

    def voice(self) -> Voice | None:
        file, key = self.file(), self.query_one("#voices", LineList).key
        return next((v for v in file.voices if v.label == key), None) if file else None

    # What is shown

    def files_shown(self) -> None:
        """Shows how far the files have come."""
        self._shown_at = monotonic()
        self.query_one("#list", LineList).reload()
        refused = sum(file.state is State.REFUSED for file in self.files)
        doubtful = sum(file.doubtful for file in self.files)
        notes = [
            f"{doubtful} to see" if doubtful else "",
            f"{refused} refused" if refused else "",
            f"{len(self._waiting)} to read" if self._waiting and not self.done else "",
        ]
        self.query_one("#count", Heading).show(
            counted(len(self.files), "file"), " · ".join(note for note in notes if note)
        )
        self._show_file()

    @on(LineList.Highlighted, "#list")
    def _file_highlighted(self) -> None:
        self.marked.clear()
        self._show_file()

    def _show_file(self) -> None:
        file = self.file()
        if file is None:
            return
        name = ", ".join(each.document for each in file.understood[:2]) or file.name
        self.query_one("#name", Heading).show(safe(name), counted(len(file.voices), "speaker"))
        if self.has_class("-table") is (file.table is None):
            self.set_class(file.table is not None, "-table")
        self.set_class(file.voiceless, "-voiceless")
        if file.table is not None:
            self.query_one("#table", Heading).show(*heading(file.table))
            self.columns.show(ListedRows(column_rows(file.table)))
            if self.query_one("#voices").has_focus and file.voiceless:
                self.columns.focus()
        elif self.columns.has_focus:
            self.query_one("#list", LineList).focus()
        self.refresh_offers()
        self.speakers_shown()
        broke_off = Content.assemble(("✗ ", "$text-error"), safe(self._error))
        self.query_one("#turns", Sheet).show([broke_off] * bool(self._error) + first_turns(file))

    def speakers_shown(self) -> None:
        file, voices = self.file(), self.query_one("#voices", LineList)
        if file is None:
            return
        voices.show(ListedRows(voice_rows(file, self.marked)))
        if not file.voices and voices.has_focus:
            self.query_one("#list", LineList).focus()

    def action_panes(self) -> None:
        panes = [
            self.query_one("#list", LineList),
            self.columns,
            self.query_one("#voices", LineList),
        ]
        panes = [pane for pane in panes if pane.display]
        at = next((place for place, pane in enumerate(panes) if pane.has_focus), 0)
        panes[(at + 1) % len(panes)].focus()

    # Importing

    @on(LineList.Selected, "#columns")
    def _column_selected(self) -> None:
        self.action_choose_role()

    @on(LineList.Selected, "#list")
    @on(LineList.Selected, "#voices")
    def action_start(self) -> None:
        if self.working:
            return
        if self.done:
            self._leave()
            return
        if not any(self._to_read(file) for file in self.files):
            self.say("There is nothing here to import: esc leaves.", trouble=True)
            return
        self._begin()

    def _begin(self, *, copies: bool = False) -> None:
        self._waiting = []
        self._copies = []
        self._importer = Importer(
            self.session.path,
            self.session.coder,
            self.paths,
            self.reading,
            self.post_message,
            copies=copies,
        )
        self._importer.start()
        self.say("importing … esc stops after the file at hand")

    @on(Progress)
    def _progress(self, message: Progress) -> None:
        result = message.result
        if result.outcome is Outcome.IMPORTED:
            self._imported += 1
            self._first = self._first or result.document or ""
        elif result.outcome is Outcome.COPY and result.file not in self._copies:
            self._copies.append(result.file)
        file = self._by_name.get(result.file)
        if file is not None:
            file.result(result)
        if monotonic() > self._shown_at + MOMENT:
            self.say(f"importing … {self._imported:,} in; esc stops after the file at hand")
            self.files_shown()

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self._importer, self.done, self._error = None, True, message.error
        refused = [file for file in self.files if file.state is State.REFUSED]
        said = f"{counted(self._imported, 'transcript')} imported"
        said += f", {len(refused)} refused" if refused else ""
        if message.error:
            self.say(f"{said}; then it broke off", trouble=True)
        else:
            self.say(f"{said} — enter reads, u undoes")
        if refused:
            first = self.files.index(refused[0])
            self.query_one("#list", LineList).move_to(first)
        self.files_shown()
        self.refresh_offers()
        if self._copies and not message.error:
            self._ask_for_copies()

    def _ask_for_copies(self) -> None:
        def decided(place: int | None) -> None:
            if place == 1:
                self._begin(copies=True)

        files = counted(len(self._copies), "file")
        self.app.push_screen(
            dialogs.Choose(
                f"{files} are there already under another name",
                [Content("Leave them out"), Content("Import them once more")],
                about=", ".join(self._copies[:6]),
            ),
            decided,
        )

    def action_back(self) -> None:
        if self._importer is None:
            self.query_one("#list", LineList).focus()
        else:
            self.action_stop()

    def action_stop(self) -> None:
        if self._importer is not None:
            self._importer.stop()
            self.say("stopping after the file at hand …")
        elif self.corrections and not self.done:
            self._ask_to_leave()
        else:
            self._leave()

    def _ask_to_leave(self) -> None:
        """Nothing was imported: what was said of the files would be lost."""
        them = "it" if self.corrections == 1 else "them"
        self.app.push_screen(
            dialogs.Choose(
                f"Leave, and drop {counted(self.corrections, 'correction')}?",
                [Content("Stay"), Content(f"Leave, and drop {them}")],
                about="They are remembered for later imports once something is imported.",
            ),
            lambda place: self._leave() if place == 1 else None,
        )

    def _leave(self) -> None:
        name = self._first
        self.dismiss()
        if not name:
            return

        def known(document: str) -> None:
            self.app.post_message(OpenPassage(document, 0, 0))

        self.session.desk.ask("open", lambda project: project.documents.find(name).id, known)

    def leave(self) -> None:
        if self._importer is not None:
            self._importer.stop()
            self._importer.join()
