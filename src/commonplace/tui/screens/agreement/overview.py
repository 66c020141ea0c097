"""The agreement screen: how far coders agree, code by code."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from commonplace.analysis.agreement.reference import against_consensus
from commonplace.analysis.agreement.tables import ALL, agreement
from commonplace.analysis.agreement.units import IN_WORDS, Unit
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS, Case
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.agreement.coders import CoderDialog
from commonplace.tui.screens.agreement.finding import Found, find
from commonplace.tui.screens.agreement.shown import (
    CODERS,
    CODES,
    Record,
    code_row,
    coder_row,
    in_words,
)
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.screens.study import export
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.linelist import LineList, ListedRows
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet

UNITS = (Unit.SEGMENT, Unit.TURN, Unit.CHARACTER)


class _StoppedError(ValueError):
    """Nobody waits for the answer any more."""


class AgreementScreen(Room):
    """How far coders agree; from here their disagreements are settled."""

    NAME = "agreement"
    CSS_PATH: ClassVar[Any] = ["agreement.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in actions.bindings(Where.AGREEMENT) if binding.key != "enter"
    ]
    AUTO_FOCUS = "#codes"

    class Progress(Message):
        """So many transcripts are done, of so many."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, AgreementScreen.Progress)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.coders: tuple[str, ...] = ()
        """Whom to compare; empty for the two with most in common."""
        self.unit = Unit.SEGMENT
        self.against_consensus = False
        self.found: Found | None = None
        self._stale = True
        self._stop = Event()
        self._asking = False

    def places(self) -> tuple[Where, ...]:
        return (Where.AGREEMENT, Where.APP)

    def body(self) -> ComposeResult:
        yield Heading("Agreement", id="title")
        with Vertical(id="tables"):
            yield LineList(CODES, id="codes", empty="")
            yield LineList(CODERS, id="coders", empty="")
        yield Sheet(id="about")

    # Asking

    def on_screen_resume(self) -> None:
        if self._stale:
            self.ask()

    def take(self, changes: Changes) -> None:
        if not (changes.marks or changes.codebook or changes.shelf or changes.many):
            return
        self._stale = True
        if self.is_current:
            self.ask()

    def ask(self) -> None:
        """Compares anew, in the thread for tables; what it was at is broken off."""
        self._stop.set()
        self._stop, self._stale, self._asking = Event(), False, True
        stop, asked = self._stop, (self.coders, self.unit, self.against_consensus)

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise _StoppedError
            if done % max(1, total // 50) == 0:
                self.post_message(self.Progress(done, total))

        def query(project: Project) -> Found | None:
            try:
                return find(project, *asked, progress)
            except _StoppedError:
                return None

        self.session.study.ask("agreement", query, self._known)

    @on(Progress)
    def _progress(self, message: Progress) -> None:
        if self._asking and message.total > 1:
            self.query_one("#title", Heading).show(
                self._title(), f"comparing {message.done + 1} of {message.total} — esc stops"
            )

    def _known(self, found: Found | None) -> None:
        if found is None:
            return
        self._asking, self.found = False, found
        self.show()

    def action_stop(self) -> None:
        if self._asking:
            self._stop.set()
            self._asking, self._stale = False, True
            self.query_one("#title", Heading).show(self._title(), "stopped")
            self.say("stopped: c, t or r compares anew")

    # Showing

    def show(self) -> None:
        """Shows what was found."""
        found, against = self.found, self.against_consensus
        if found is None:
            return
        codes, people = self.query_one("#codes", LineList), self.query_one("#coders", LineList)
        codes.display, people.display = not against, against
        if self.focused in (codes, people, None):
            (people if against else codes).focus()
        done, total = found.transcripts
        self.query_one("#title", Heading).show(
            self._title(), f"by {IN_WORDS[self.unit]}, {done} of {total} transcripts"
        )
        tops = _counts(found.cases, self.session)
        codes.show(
            ListedRows(
                [
                    code_row(
                        self.session, record, found.chosen, tops.get(record["code_path"], (0, 0))
                    )
                    for record in found.records
                ]
            )
        )
        people.show(ListedRows([coder_row(record) for record in found.consensus]))
        self.explain()

    def recolor(self) -> None:
        self.show()

    def _title(self) -> str:
        chosen = self.found.chosen if self.found else self.coders
        if self.against_consensus:
            return "Each coder and the consensus"
        return " and ".join(safe(name) for name in chosen) or "Agreement"

    @on(LineList.Highlighted)
    def explain(self) -> None:
        """Says in words what the current row says in figures."""
        found, sheet = self.found, self.query_one("#about", Sheet)
        if found is None:
            return
        said: list[Content] = []
        if len(found.chosen) < 2 and not self.against_consensus:
            said.append(Content("Agreement takes two coders: so far nobody or one has coded."))
        elif self.against_consensus and not found.consensus:
            said.append(
                Content(
                    "Nothing is agreed on yet. r goes back; there enter settles disagreements, "
                    "and a takes over what the coders marked alike."
                )
            )
        elif self.against_consensus and not found.transcripts[0]:
            said.append(
                Content(
                    "Nothing to compare yet: no transcript is settled to the end. r goes back; "
                    "there enter settles what is open, and a takes over what was marked alike."
                )
            )
        elif self.against_consensus:
            said.append(
                Content(
                    "kept: what the coder applied and the consensus has too. found: what the "
                    "consensus has and the coder applied. Over transcripts settled to the end."
                )
            )
        elif not found.transcripts[0]:
            said.append(
                Content(
                    "Nothing to compare: no transcript is marked done by all of them. On F2, D "
                    "marks a transcript that was read to the end."
                )
            )
        elif record := self._record():
            said += in_words(record, found.chosen, IN_WORDS[self.unit])
        if found.hidden:
            said.append(
                Content.assemble(
                    (
                        f"Blind mode: {counted(found.hidden, 'transcript')} left out until you "
                        "mark them done.",
                        "$text-warning",
                    )
                )
            )
        said.append(Content.assemble((safe(" ".join(found.remarks)), "$text-muted")))
        sheet.show(said)

    def _record(self) -> Record | None:
        key = self.query_one("#codes", LineList).key
        records: Sequence[Record] = self.found.records if self.found else []
        return next((r for r in records if r["code_path"] == key), None)

    # Actions

    def action_choose_coders(self) -> None:
        if self.found is None:
            return

        def chosen(names: tuple[str, ...] | None) -> None:
            if names:
                self.coders, self.against_consensus = names, False
                self.ask()

        self.app.push_screen(CoderDialog(self.found.known, self.found.chosen), chosen)

    def action_next_unit(self) -> None:
        self.unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        self.ask()

    def action_against(self) -> None:
        self.against_consensus = not self.against_consensus
        self.ask()

    @on(LineList.Selected, "#codes")
    def action_open_code(self) -> None:
        found, record = self.found, self._record()
        if found is None or record is None or self.against_consensus:
            return
        if CONSENSUS in found.chosen:
            self.say("the consensus is what gets settled: compare coders to settle", trouble=True)
            return
        code = self.session.codebook.at(str(record["code_path"]))
        cases = [
            case for case in found.cases if _within(case, code.id if code else None, self.session)
        ]
        if not cases:
            self.say("nothing to settle here: they marked the same")
            return
        from commonplace.tui.screens.agreement.settling import SettlingScreen

        self.app.push_screen(
            SettlingScreen(self.session, found.chosen, code.id if code else None, cases)
        )

    def action_adopt(self) -> None:
        found = self.found
        if found is None or len(found.chosen) < 2 or CONSENSUS in found.chosen:
            return

        def taken(number: int) -> None:
            self.say(f"the consensus took over {counted(number, 'coding')} — u undoes")

        self.session.write(
            lambda project: project.adjudication.adopt(found.documents, found.chosen), taken
        )

    def action_blind(self) -> None:
        def known(on: bool) -> None:
            said = "Turn blind mode off" if on else "Turn blind mode on"

            def decided(place: int | None) -> None:
                if place == 0:
                    self.session.write(
                        lambda project: project.blind.set(not on),
                        lambda _: self.say(f"blind mode is {'off' if on else 'on'} — u undoes"),
                    )

            self.app.push_screen(
                dialogs.Choose(
                    "Blind mode",
                    [Content(said), Content("Leave it as it is")],
                    about="While it is on, what others coded and noted in a transcript is hidden "
                    "from a coder, on all screens and from suggestions, until they mark it done.",
                ),
                decided,
            )

        self.session.desk.ask("blind", lambda project: project.blind.on, known)

    def action_export(self) -> None:
        found, unit, against = self.found, self.unit, self.against_consensus
        if found is None or (not against and len(found.chosen) < 2):
            return

        def table(project: Project) -> Table:
            if against:
                return against_consensus(project, unit=unit)
            return agreement(project, found.chosen, unit=unit)

        export(self, "consensus.csv" if against else "agreement.csv", table)


def _counts(cases: list[Case], session: Session) -> dict[str, tuple[int, int]]:
    """Open and all disagreements by path of the code, those on sub-codes counted in."""
    counts: dict[str, tuple[int, int]] = {}
    book = session.codebook
    for case in cases:
        paths = [ALL]
        if case.place.code in book:
            paths += [book.path(code.id) for code in book.lineage(case.place.code)]
        for path in paths:
            left, every = counts.get(path, (0, 0))
            counts[path] = (left + (not case.settled), every + 1)
    return counts


def _within(case: Case, code: str | None, session: Session) -> bool:
    book = session.codebook
    if code is None:
        return True
    return case.place.code in book and code in {c.id for c in book.lineage(case.place.code)}
