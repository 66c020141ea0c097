"""The blind audit: coding a random sample without seeing what is suggested for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from commonplace.analysis import review
from commonplace.analysis.review import Passage
from commonplace.project import Project
from commonplace.project.audits import Audit, AuditSegment
from commonplace.tui import actions, dialogs
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.review import shown
from commonplace.tui.screens.review.listing import title_of
from commonplace.tui.screens.room import Room, counted
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, clickable
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet


class AuditScreen(Room):
    """The segments of an audit, one by one."""

    NAME = "review"
    CSS_PATH: ClassVar[Any] = ["review.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.AUDIT)]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, audit: Audit, then: Callable[[Room, Audit], None]) -> None:
        """`then` is called when it is finished, with the screen that is in front."""
        super().__init__(session)
        self.audit = audit
        self._then = then
        self.segments: list[AuditSegment] = []
        self.at = 0
        self._passages: dict[str, Passage] = {}
        self._stale = True
        self._writing = 0

    def places(self) -> tuple[Where, ...]:
        return (Where.AUDIT, Where.APP)

    def body(self) -> ComposeResult:
        with Horizontal(id="auditing"):
            with Vertical(id="segment"):
                yield Heading("Blind audit", id="title")
                yield Sheet(id="context")
            with Vertical(id="answer"):
                yield Heading("Which codes apply?", id="question")
                yield Sheet(id="choices")

    # Reading

    def on_screen_resume(self) -> None:
        if self._stale:
            self.ask()

    def take(self, changes: Changes) -> None:
        if not (changes.marks or changes.codebook or changes.shelf or changes.many):
            return
        if changes.many or changes.shelf or changes.turns:
            self._passages.clear()
        self._stale = True
        if self.is_current:
            self.ask()

    def ask(self) -> None:
        """Reads the segments and their answers."""
        self._stale = False
        key = self.audit.id

        def query(project: Project) -> tuple[Audit | None, list[AuditSegment]]:
            found = [audit for audit in project.audits.all() if audit.id == key]
            return (found[0], project.audits.segments(key)) if found else (None, [])

        self.session.desk.ask("audit", query, lambda found: self._known(*found))

    def _known(self, audit: Audit | None, segments: list[AuditSegment]) -> None:
        if audit is None or not audit.lasts or not segments:
            if self.is_current:
                self.app.pop_screen()
            return
        if self._writing:
            return
        first = not self.segments
        here = self.segment.id if self.segment is not None else ""
        self.audit, self.segments = audit, segments
        places = {segment.id: place for place, segment in enumerate(segments)}
        if first:
            self.at = self._unanswered(0)
        else:
            self.at = places.get(here, min(self.at, len(segments) - 1))
        self.show()

    @property
    def segment(self) -> AuditSegment | None:
        """The segment that is shown."""
        return self.segments[self.at] if self.at < len(self.segments) else None

    def _unanswered(self, start: int) -> int:
        """The first segment without an answer from a place on, else that place."""
        count = len(self.segments)
        order = [(start + step) % count for step in range(count)]
        return next((place for place in order if self.segments[place].codes is None), start)

    # Showing

    def show(self) -> None:
        """Shows the segment at hand, and asks for its context."""
        segment = self.segment
        if segment is None:
            return
        answered = sum(each.codes is not None for each in self.segments)
        self.query_one("#title", Heading).show(
            "Blind audit",
            f"no. {segment.place} · {answered} of {len(self.segments)} done",
        )
        self.show_choices()
        self.show_context()
        wanted = [
            each for each in self.segments[self.at : self.at + 3] if each.id not in self._passages
        ]
        if not wanted:
            return

        def query(project: Project) -> dict[str, Passage]:
            return {each.id: review.passage(project, each.document, each.span) for each in wanted}

        def known(found: dict[str, Passage]) -> None:
            self._passages.update(found)
            self.show_context()

        self.session.desk.ask("audit passages", query, known)

    def show_context(self) -> None:
        """Shows the segment between the turns around it."""
        segment, sheet = self.segment, self.query_one("#context", Sheet)
        found = self._passages.get(segment.id) if segment is not None else None
        if found is None:
            sheet.show([])
            return
        room = sheet.size.width * max(1, sheet.size.height - 4)
        where = safe(found.document) + (f" · turn {found.turn}" if found.turn else "")
        sheet.show(
            [
                Content.assemble((where, "$text-muted")),
                shown.BLANK,
                *shown.in_context(found, room),
            ]
        )

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_context)

    def recolor(self) -> None:
        self.show()

    def show_choices(self) -> None:
        """Shows the answer, and the codes by number."""
        segment, book = self.segment, self.session.codebook
        if segment is None:
            return
        given = segment.codes
        lines: list[Content] = []
        if given is None:
            lines.append(Content.assemble(("no answer yet", "$text-muted")))
        elif not given:
            lines.append(Content.assemble(("✓ ", "bold $success"), ("no code applies", "bold")))
        for each in given or ():
            lines.append(Content.assemble(("✓ ", "bold $success"), title_of(self.session, each)))
        lines.append(shown.BLANK)
        for number, code in enumerate(book.numbered(), start=1):
            look = self.session.looks[code.id]
            line = Content.assemble(
                (f"{number} ", "bold $primary"),
                (look.mark.ljust(3), f"bold {look.color}"),
                safe(code.name),
            )
            lines.append(clickable(line, f"screen.apply_nth({number})"))
        for key, label, act in (
            ("c", "any code", "pick_code"),
            ("0", "none applies", "none"),
            ("enter", "next", "step(1)"),
        ):
            line = Content.assemble((f"{key} ", "bold $primary"), label)
            lines.append(clickable(line, f"screen.{act}"))
        self.query_one("#choices", Sheet).show(lines)

    # Answering

    def answer(self, codes: tuple[str, ...] | None) -> None:
        """Has an answer written; it is shown meanwhile."""
        segment = self.segment
        if segment is None:
            return
        place = self.at
        self.segments[place] = replace(segment, codes=codes)
        self._writing += 1
        self.show()

        def written(_: Any = None) -> None:
            self._writing -= 1
            if not self._writing:
                self.ask()

        def refused() -> None:
            self.segments[place] = segment
            self.show()
            written()

        self.session.write(
            lambda project: project.audits.answer(segment.id, codes), written, refused
        )

    def _toggle(self, code: str) -> None:
        segment = self.segment
        if segment is None:
            return
        given = list(segment.codes or ())
        if code in given:
            given.remove(code)
        else:
            given.append(code)
        self.answer(tuple(given) or None)

    def action_apply_nth(self, number: int) -> None:
        tops = self.session.codebook.numbered()
        if number > len(tops):
            self.say(f"there is no top-level code {number}: c finds one", trouble=True)
            return
        self._toggle(tops[number - 1].id)

    def action_pick_code(self) -> None:
        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self._toggle(answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                "Which code applies?", self.session.codebook, self.session.looks, create=False
            ),
            picked,
        )

    def action_none(self) -> None:
        self.answer(())
        self.action_step(1)

    def action_clear(self) -> None:
        if self.segment is not None and self.segment.codes is not None:
            self.answer(None)

    def action_step(self, by: int) -> None:
        at = self.at + by
        if at >= len(self.segments):
            left = sum(segment.codes is None for segment in self.segments)
            said = f"{left} without an answer (g)" if left else "all are answered"
            self.say(f"that was the last: {said}; F finishes")
        elif at >= 0:
            self.at = at
            self.show()

    def action_unanswered(self) -> None:
        if self.segments:
            self.at = self._unanswered((self.at + 1) % len(self.segments))
            self.show()

    # Ending

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_finish(self) -> None:
        answered = sum(segment.codes is not None for segment in self.segments)
        if not answered:
            self.say("nothing is answered yet; X drops the audit", trouble=True)
            return
        given = sum(len(segment.codes or ()) for segment in self.segments)
        left = len(self.segments) - answered
        choices = [Content("Finish, and keep the answers as answers")]
        if given:
            choices.append(Content(f"Finish, and make {counted(given, 'coding')} of them"))
        key = self.audit.id

        def decided(place: int | None) -> None:
            if place is None or place >= len(choices):
                return
            self.session.write(
                lambda project: (
                    project.audits.finish(key, keep=place == 1),
                    project.audits.get(key),
                ),
                finished,
            )

        def finished(result: tuple[int, Audit]) -> None:
            made, audit = result
            said = f", {counted(made, 'coding')} made" if made else ""
            self.say(f"the audit is finished{said} — u undoes")
            if self.is_current:
                self.app.pop_screen()
            room = self.app.screen
            if isinstance(room, Room):
                room.say(f"the audit is finished{said} — u undoes")
                self._then(room, audit)

        self.app.push_screen(
            dialogs.Choose(
                "Finish the audit",
                [*choices, Content("Not yet")],
                about=f"{left} of {len(self.segments)} have no answer and are left out. "
                if left
                else "All are answered.",
            ),
            decided,
        )

    def action_drop(self) -> None:
        key = self.audit.id

        def decided(place: int | None) -> None:
            if place == 0:
                self.session.write(
                    lambda project: project.audits.drop(key),
                    lambda _: self.app.say("dropped the audit — u undoes"),  # type: ignore[attr-defined]
                )

        self.app.push_screen(
            dialogs.Choose(
                "Drop the audit with its answers?", [Content("Drop it"), Content("Keep it")]
            ),
            decided,
        )
