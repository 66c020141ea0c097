"""Settling disagreements: what each coder marked, side by side, in context."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from commonplace.analysis.agreement.context import Context, context
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.adjudication import Case, Verdict
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes, OpenPassage
from commonplace.tui.screens.agreement import sides
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows
from commonplace.tui.widgets.reader.cells import safe, shorten
from commonplace.tui.widgets.sheet import Sheet


class Version(Vertical):
    """What one coder has."""

    def __init__(self, number: int, coder: str) -> None:
        super().__init__()
        self.coder = coder
        self._number = number

    def compose(self) -> ComposeResult:
        yield Heading(f"{self._number}  {safe(self.coder)}")
        yield Sheet()

    def show(self, note: str, paragraphs: list[Content]) -> None:
        """Shows what they marked."""
        self.query_one(Heading).show(f"{self._number}  {safe(self.coder)}", note)
        self.query_one(Sheet).show(paragraphs)

    async def on_click(self) -> None:
        """A click on a version takes it."""
        await self.run_action(f"screen.take({self._number})")


class SettlingScreen(Room):
    """The disagreements of some coders, on one code with what is below it or on all."""

    NAME = "agreement"
    CSS_PATH: ClassVar[Any] = ["agreement.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.SETTLING)]
    AUTO_FOCUS = ""

    def __init__(
        self, session: Session, coders: Sequence[str], code: str | None, cases: list[Case]
    ) -> None:
        super().__init__(session)
        self.coders = tuple(coders)
        self.code = code
        self.cases = cases
        self.at = next((i for i, case in enumerate(cases) if not case.settled), 0)
        self.context: Context | None = None
        self._documents = tuple(dict.fromkeys(case.place.document for case in cases))
        self._notes: dict[str, str] = {}
        """What is to be noted once it is settled, by the id of the place."""
        self._writing: set[str] = set()
        """Ids of the places whose settlement is being written."""
        self._settled: set[str] = set()
        """Ids of those settled here, until they are read again."""
        self._stale = False

    def places(self) -> tuple[Where, ...]:
        return (Where.SETTLING, Where.APP)

    def body(self) -> ComposeResult:
        with Horizontal(id="settling"):
            with Vertical(id="aside"):
                yield Heading("Disagreements")
                yield LineList([Column(width=2), Column()], height=2)
            with Vertical(id="page"):
                yield Heading(id="title")
                yield Sheet(id="context")
                with Horizontal(id="versions"):
                    for number, coder in enumerate(self.coders, start=1):
                        yield Version(number, coder)
                yield Sheet(id="verdict")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(LineList).can_focus = False
        self.show_list()
        self.show_case()

    def on_screen_resume(self) -> None:
        if self._stale:
            self.ask()

    def take(self, changes: Changes) -> None:
        if changes.marks or changes.codebook or changes.shelf or changes.many:
            self._stale = True
            if self.is_current:
                self.ask()

    def recolor(self) -> None:
        self.show_list()
        self.show_case()

    # Asking

    @property
    def case(self) -> Case | None:
        """The disagreement that is shown."""
        return self.cases[self.at] if self.at < len(self.cases) else None

    def ask(self) -> None:
        """Reads the disagreements anew."""
        self._stale = False
        coders, code, documents = self.coders, self.code, self._documents
        book = self.session.codebook
        below = {c.id for c in book.subtree(code)} if code is not None and code in book else None

        unsure = frozenset(self._writing)

        def query(project: Project) -> list[Case]:
            known = {info.id for info in project.documents.all()}
            return [
                case
                for document in documents
                if document in known
                for case in project.adjudication.cases(document, coders)
                if below is None or case.place.code in below
            ]

        self.session.study.ask("cases", query, lambda cases: self._known(cases, unsure))

    def _known(self, cases: list[Case], unsure: Collection[str]) -> None:
        self._settled.intersection_update(unsure)
        here = self.case
        if not cases and self.is_current:
            self.app.pop_screen()
        if not cases:
            return
        self.cases = cases
        places = {case.place.id: index for index, case in enumerate(cases)}
        found = places.get(here.place.id) if here else None
        self.at = min(self.at, len(cases) - 1) if found is None else found
        self.show_list()
        self.show_case()

    # Showing

    def show_list(self) -> None:
        """Shows all disagreements, and where they stand."""
        rows = [sides.row(self.session, case) for case in self.cases]
        listed = self.query_one(LineList)
        listed.show(ListedRows(rows))
        listed.move_to(self.at)

    def show_case(self) -> None:
        """Shows the disagreement at hand, and asks for its context."""
        case = self.case
        if case is None:
            return
        settled = sum(each.settled for each in self.cases)
        self.query_one("#title", Heading).show(
            safe(self.session.path_of(case.place.code)),
            f"no. {self.at + 1} · {settled} of {len(self.cases)} settled",
        )
        note = self._notes.get(case.place.id, "")
        self.query_one("#verdict", Sheet).show(sides.verdict(case, note))
        place = case.place

        def known(found: Context) -> None:
            self.context = found
            self.show_context()
            for version in self.query(Version):
                version.show(*sides.version(self.session, place, found, version.coder))

        self.context = None
        self.session.desk.ask("context", lambda project: context(project, place), known)

    def show_context(self) -> None:
        """Shows the words around, as many as there is room for."""
        if self.context is not None and self.case is not None:
            sheet = self.query_one("#context", Sheet)
            room = sheet.size.width * max(1, sheet.size.height - 3)
            sheet.show(sides.in_context(self.case.place, self.context, room))

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_context)

    @on(LineList.Highlighted)
    def _highlighted(self, event: LineList.Highlighted) -> None:
        if event.key == self.query_one(LineList).key:  # not one that was left meanwhile
            self.go(event.index)

    def go(self, index: int) -> None:
        """Shows another disagreement."""
        if index != self.at and 0 <= index < len(self.cases):
            self.at = index
            self.query_one(LineList).move_to(index)
            self.show_case()

    def action_step(self, by: int) -> None:
        self.go(self.at + by)

    def action_back(self) -> None:
        self.app.pop_screen()

    @on(LineList.Selected)
    def action_passage(self) -> None:
        if self.case is not None:
            place = self.case.place
            self.post_message(OpenPassage(place.document, place.span.start, place.span.end))

    # Settling

    def settle(
        self,
        verdict: Verdict,
        said: str,
        *,
        take: str | None = None,
        spans: Sequence[Span] = (),
        code: str | None = None,
    ) -> None:
        """Settles the disagreement at hand and goes to the next one that is open."""
        case = self.case
        if case is None:
            return
        place = case.place
        old = case.settlement.note if case.settlement and not case.reopened else ""
        note = self._notes.get(place.id, old)

        def settled(_: Any) -> None:
            self._writing.discard(place.id)
            self._notes.pop(place.id, None)
            self.say(f"settled: {said} — u undoes")

        def refused() -> None:
            self._writing.discard(place.id)
            self.ask()

        self.session.write(
            lambda project: project.adjudication.settle(
                place, verdict, take=take, spans=spans, code=code, note=note
            ),
            settled,
            refused,
        )
        self._writing.add(place.id)
        self._settled.add(place.id)
        self.session.study.drop("cases")  # what is being read has it open
        self._next_open()

    def _next_open(self) -> None:
        order = [*range(self.at + 1, len(self.cases)), *range(self.at)]
        for index in order:
            case = self.cases[index]
            if not case.settled and case.place.id not in self._settled:
                self.go(index)
                return

    def action_take(self, number: int) -> None:
        if number > len(self.coders):
            self.say(f"there are {len(self.coders)} coders here", trouble=True)
            return
        coder = self.coders[number - 1]
        self.settle(Verdict.TAKEN, f"as {coder} has it", take=coder)

    def action_both(self) -> None:
        self.settle(Verdict.BOTH, "all that any of them marked")

    def action_none(self) -> None:
        self.settle(Verdict.NONE, "the code does not apply")

    def action_other(self) -> None:
        found, case = self.context, self.case
        if found is None or case is None:
            return
        choices = list(found.choices.items())
        lines = [Content("another code for these words…")]
        for name, span in choices:
            words = found.text[max(0, span.start - found.start) : span.end - found.start]
            lines.append(Content(f"{name}: “{shorten(words, 50)}”"))

        def chosen(index: int | None) -> None:
            if index == 0:
                self._other_code()
            elif index is not None:
                name, span = choices[index - 1]
                self.settle(Verdict.OTHER, name, spans=[span])

        self.app.push_screen(dialogs.Choose("Settle it with", lines), chosen)

    def _other_code(self) -> None:
        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                path = self.session.path_of(answer.code)
                self.settle(Verdict.OTHER, f"coded {path}", code=answer.code)

        self.app.push_screen(
            dialogs.CodePicker("It is", self.session.codebook, self.session.looks, create=False),
            picked,
        )

    def action_note(self) -> None:
        case = self.case
        if case is None:
            return
        made = case.settlement if case.settled else None
        kept = made.note if made else self._notes.get(case.place.id, "")

        def answered(text: str | None) -> None:
            if text is None or text == kept:
                return
            if made is None:
                self._notes[case.place.id] = text
                self.show_case()
                return
            self.session.write(
                lambda project: project.adjudication.note(made.id, text),
                lambda _: self.say("note kept — u undoes"),
            )

        self.app.push_screen(
            dialogs.Prompt("Why is it settled so?", value=kept, optional=True), answered
        )

    def action_reopen(self) -> None:
        case = self.case
        if case is None or case.settlement is None:
            self.say("this is not settled", trouble=True)
            return
        made = case.settlement.id
        self.session.write(
            lambda project: project.adjudication.reopen(made),
            lambda _: self.say("open again — u undoes"),
        )
