"""The agreement screen: how far coders agree, code by code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from commonplace.analysis.agreement.units import IN_WORDS, Unit
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.queries import Stop, StoppedError
from commonplace.tui.screens.agreement.coders import choose_coders
from commonplace.tui.screens.agreement.finding import Asked, Found, Shows, find
from commonplace.tui.screens.agreement.shown import (
    CODERS,
    CODES,
    STRETCHES,
    SUGGESTED,
    Record,
    code_row,
    coder_row,
    in_words,
    open_and_all,
    stretch_row,
    suggested_row,
    within,
)
from commonplace.tui.screens.agreement.tables import ABOUT, LISTS, TABLES
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.screens.study import export
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.linelist import LineList, ListedRows, Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet


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
        self.preset = ""
        """With marked stretches as units the path of the code that marks them."""
        self.shows = Shows.CODES
        self.found: Found | None = None
        self._stale = True
        self._stop = Stop()
        self._asking = False

    def places(self) -> tuple[Where, ...]:
        return (Where.AGREEMENT, Where.APP)

    def body(self) -> ComposeResult:
        yield Heading("Agreement", id="title")
        with Vertical(id="tables"):
            yield LineList(CODES, id="codes", empty="")
            yield LineList(CODERS, id="coders", empty="")
            yield LineList(STRETCHES, id="stretches", empty="")
            yield LineList(SUGGESTED, id="suggested", empty="nobody applied anything so")
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
        self._stop, self._stale, self._asking = Stop(), False, True
        stop, asked = self._stop, self._asked()

        def progress(done: int, total: int) -> None:
            stop.heed()
            if done % max(1, total // 50) == 0:
                self.post_message(self.Progress(done, total))

        def query(project: Project) -> Found | None:
            try:
                return find(project, asked, progress)
            except StoppedError:
                return None

        self.session.study.ask("agreement", query, self._known)

    def _asked(self) -> Asked:
        return Asked(self.coders, self.unit, self.preset, self.shows)

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
        found = self.found
        if found is None:
            return
        lists = {shows: self.query_one(name, LineList) for shows, name in LISTS.items()}
        for shows, each in lists.items():
            each.display = shows is self.shows
        if self.focused is None or self.focused in lists.values():
            lists[self.shows].focus()
        done, total = found.transcripts
        unit = IN_WORDS[self._asked().counted]
        self.query_one("#title", Heading).show(
            self._title(), f"by {unit}, {done} of {total} transcripts"
        )
        lists[self.shows].show(ListedRows(list(self._rows(found))))
        self.explain()

    def _rows(self, found: Found) -> Iterator[Row]:
        tops = open_and_all(found.cases, self.session)
        for place, record in enumerate(found.records):
            match self.shows:
                case Shows.CODES:
                    cases = tops.get(record["code_path"], (0, 0))
                    yield code_row(self.session, record, found.chosen, cases)
                case Shows.CONSENSUS:
                    yield coder_row(record)
                case Shows.STRETCHES:
                    yield stretch_row(self.session, record)
                case Shows.SUGGESTIONS:
                    yield suggested_row(self.session, place, record)

    def recolor(self) -> None:
        self.show()

    def _title(self) -> str:
        chosen = self.found.chosen if self.found else self.coders
        if self.shows is Shows.CONSENSUS:
            return "Each coder and the consensus"
        title = " and ".join(safe(name) for name in chosen) or "Agreement"
        what = "" if self.shows is Shows.CODES else f": {TABLES[self.shows][0].casefold()}"
        return f"{title}{what}"

    @on(LineList.Highlighted)
    def explain(self) -> None:
        """Says in words what the current row says in figures."""
        found, sheet = self.found, self.query_one("#about", Sheet)
        if found is None:
            return
        said: list[Content] = []
        against = self.shows is Shows.CONSENSUS
        if found.problem:
            said.append(Content.assemble((safe(found.problem), "$text-error")))
        elif len(found.chosen) < 2 and not against:
            said.append(Content("Agreement takes two coders: so far nobody or one has coded."))
        elif against and not found.records:
            said.append(
                Content(
                    "Nothing is agreed on yet. r goes back; there enter settles disagreements, "
                    "and a takes over what the coders marked alike."
                )
            )
        elif against and not found.transcripts[0]:
            said.append(
                Content(
                    "Nothing to compare yet: no transcript is settled to the end. r goes back; "
                    "there enter settles what is open, and a takes over what was marked alike."
                )
            )
        elif against:
            said.append(Content(ABOUT[self.shows]))
        elif not found.transcripts[0]:
            said.append(
                Content(
                    "Nothing to compare: no transcript is marked done by all of them. On F2, D "
                    "marks a transcript that was read to the end."
                )
            )
        elif self.shows is not Shows.CODES:
            said.append(Content(ABOUT[self.shows]))
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
                self.coders = names
                self._show_table(Shows.CODES if self.shows is Shows.CONSENSUS else self.shows)

        choose_coders(self, self.found.known, self.found.chosen, chosen)

    def action_choose_unit(self) -> None:
        units = list(Unit)
        now = {unit: "  (now)" if unit is self.unit else "" for unit in units}

        def chosen(place: int | None) -> None:
            if place is None:
                return
            if units[place] is Unit.PRESET:
                self._choose_preset()
            else:
                self.unit = units[place]
                self.ask()

        self.app.push_screen(
            dialogs.Choose(
                "Judged by what?",
                [Content(IN_WORDS[unit] + now[unit]) for unit in units],
                about="Marked stretches are those that somebody marked beforehand with a code "
                "kept for that.",
            ),
            chosen,
        )

    def _choose_preset(self) -> None:
        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.unit, self.preset = Unit.PRESET, self.session.path_of(answer.code)
                self.ask()

        self.app.push_screen(
            dialogs.CodePicker(
                "Which code marks the stretches?",
                self.session.codebook,
                self.session.looks,
                create=False,
            ),
            picked,
        )

    def action_choose_table(self) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._show_table(list(TABLES)[place])

        self.app.push_screen(
            dialogs.Choose(
                "What to look at",
                [
                    Content.assemble((label, "bold"), f" – {help}")
                    for label, help in TABLES.values()
                ],
            ),
            chosen,
        )

    def _show_table(self, shows: Shows) -> None:
        if shows is not self.shows:
            self.shows, self.found = shows, None
        self.ask()

    def action_against(self) -> None:
        back = self.shows is Shows.CONSENSUS
        self._show_table(Shows.CODES if back else Shows.CONSENSUS)

    @on(LineList.Selected, "#codes")
    def action_open_code(self) -> None:
        found, record = self.found, self._record()
        if found is None or record is None or self.shows is not Shows.CODES:
            return
        if CONSENSUS in found.chosen:
            self.say("the consensus is what gets settled: compare coders to settle", trouble=True)
            return
        code = self.session.codebook.at(str(record["code_path"]))
        cases = [
            case for case in found.cases if within(case, code.id if code else None, self.session)
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
        found, asked = self.found, self._asked()
        if found is None or found.problem:
            return
        if len(found.chosen) < 2 and asked.shows is not Shows.CONSENSUS:
            return

        def table(project: Project) -> Table:
            return asked.table(project, found.chosen)

        export(self, f"{asked.shows}.csv", table)
