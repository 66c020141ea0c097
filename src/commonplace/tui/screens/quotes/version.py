"""Editing a quote for print: what was said above, the version, and what the check says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from commonplace.analysis.quote_desk import check_version
from commonplace.domain.published import Check, edits
from commonplace.project import Project
from commonplace.project.quotes import Place
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.quotes import checking
from commonplace.tui.screens.quotes.checking import Passage
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, Offer
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Sheet

PAUSE = 0.15
"""Seconds without a key after which what was written is checked."""

DRAFT = "kept as a draft: e puts it right, ! lets it pass"


class VersionText(TextArea):
    """The text of a version; places in it are underlined. `[` puts a selection in brackets."""

    def __init__(self) -> None:
        super().__init__(
            soft_wrap=True, show_line_numbers=False, compact=True, highlight_cursor_line=False
        )
        self._places: Sequence[tuple[int, int, bool]] = ()

    @property
    def selected(self) -> tuple[int, int]:
        """What is selected, `[start, end)` in code points."""
        start, end = sorted((self.selection.start, self.selection.end))
        return self._begins(start[0]) + start[1], self._begins(end[0]) + end[1]

    def select_stretch(self, start: int, end: int) -> None:
        """Selects `[start, end)`."""
        self.selection = Selection(self._at(start), self._at(end))
        self.scroll_cursor_visible()

    def _begins(self, line: int) -> int:
        """The code point with which a line begins."""
        return sum(len(each) + 1 for each in self.document.lines[:line])

    def _at(self, place: int) -> tuple[int, int]:
        """Line and column of a code point."""
        before = self.text[:place].split("\n")
        return len(before) - 1, len(before[-1])

    def put(self, found: edits.Edited) -> None:
        """Takes an edit over, as one that can be undone."""
        if found.text != self.text:
            self.replace(found.text, self.document.start, self.document.end)
        self.select_stretch(found.start, found.end)

    def show_places(self, places: Sequence[tuple[int, int, bool]]) -> None:
        """Underlines what was found: problems in the colour of errors."""
        if list(places) != list(self._places):
            self._places = places
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line, harmless, with what was found in it underlined."""
        line = Text(safe(self.document.get_line(line_index)), end="", no_wrap=True)
        first, theme = self._begins(line_index), self.app.current_theme
        for start, end, problem in self._places:
            wide = 0 if start < end else 1  # where something is missing, what stands beside it
            left, right = start - wide - first, end + wide - first
            if left < len(line) and right > 0:
                color = theme.error if problem else theme.warning
                line.stylize(f"bold underline {color}", max(0, left), right)
        return line

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "[" and self.selected_text:
            event.prevent_default()
            event.stop()
            self.put(edits.bracket(self.text, *self.selected))
            return
        await super()._on_key(event)


class VersionScreen(Room):
    """The published version of one passage."""

    NAME = "quotes"
    CSS_PATH: ClassVar[Any] = ["quotes.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.VERSION)]
    AUTO_FOCUS = "VersionText"

    def __init__(self, session: Session, place: Place, title: str, source: str) -> None:
        super().__init__(session)
        self.place = place
        self.found: Check | None = None
        """What the check says of what is written, as far as it is checked."""
        self._title, self._source = title, source
        self._passage: Passage | None = None
        self._before = ""
        self._timer: Timer | None = None
        self._warned = False

    def places(self) -> tuple[Where, ...]:
        return (Where.VERSION, Where.APP)

    def offers(self) -> list[Offer]:
        return [each for each in super().offers() if len(each.key) > 1]  # letters are written

    def body(self) -> ComposeResult:
        with Vertical(id="version"):
            yield Heading(self._title, self._source, id="title")
            yield Sheet(id="said")
            yield Heading("For print", id="verdict")
            yield VersionText()
            yield Sheet(id="findings")

    @property
    def text(self) -> VersionText:
        """Where the version is written."""
        return self.query_one(VersionText)

    def on_mount(self) -> None:
        super().on_mount()
        place = self.place
        self.session.desk.ask(
            "passage", lambda project: checking.passage(project, place), self._opened
        )

    def _opened(self, passage: Passage) -> None:
        self._passage = passage
        kept = passage.desk.published if passage.desk is not None else None
        self._before = kept or passage.spoken
        self.text.load_text(self._before)
        self.text.move_cursor((0, 0))
        self._check()

    # Checking

    @on(TextArea.Changed)
    def _written(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._check)

    def _check(self) -> None:
        passage, version = self._passage, self.text.text
        if passage is not None:
            self.session.desk.ask("check", lambda _: passage.check(version), self._checked)

    def _checked(self, found: Check) -> None:
        passage = self._passage
        if passage is None or not self.is_attached:
            return
        self.found = found
        said = checking.said(passage, found)
        self.query_one("#said", Sheet).show(said)
        self._fit_said(said)
        empty = not self.text.text.strip()
        words, _ = checking.verdict(found)
        if empty:
            words = "nothing: the words as they were said will be printed"
        verdict = self.query_one("#verdict", Heading)
        verdict.set_class(not empty and not found.ok, "-fails")
        verdict.set_class(not empty and found.ok, "-passes")
        over = passage.desk.override if passage.desk is not None else None
        verdict.show(
            f"For print  {words}",
            f"let pass: {safe(over.reason)}; a change takes that back" if over else "",
        )
        self.text.show_places([] if empty else checking.places(found))
        self.query_one("#findings", Sheet).show([] if empty else checking.findings(passage, found))

    def _fit_said(self, said: list[Content]) -> None:
        """Gives what was said the lines it needs, up to a third of the screen."""
        sheet = self.query_one("#said", Sheet)
        width = max(1, sheet.scrollable_content_region.width)
        lines = sum(len(paragraph.wrap(width)) for paragraph in said)
        sheet.styles.height = min(lines + sheet.gutter.height, self.size.height // 3)

    def on_resize(self) -> None:
        if self._passage is not None and self.found is not None:
            self.call_after_refresh(self._fit_said, checking.said(self._passage, self.found))

    def recolor(self) -> None:
        self.text.notify_style_update()

    def take(self, changes: Changes) -> None:
        if not changes.quotes or self._passage is None:
            return
        place = self.place

        def known(passage: Passage) -> None:
            before, self._passage = self._passage, passage
            now = passage.desk.published if passage.desk is not None else None
            was = before.desk.published if before is not None and before.desk else None
            if now != was:
                self.say("Somebody has changed the version that is kept; ctrl+s replaces theirs.")

        self.session.desk.ask(
            "passage again", lambda project: checking.passage(project, place), known
        )

    # Editing

    def action_omit(self) -> None:
        self.text.put(edits.omit(self.text.text, *self.text.selected))

    def action_bracket(self) -> None:
        self.text.put(edits.bracket(self.text.text, *self.text.selected))

    def action_fillers(self) -> None:
        text = edits.without_fillers(self.text.text)
        if text == self.text.text:
            self.say("there are no fillers that could go")
        else:
            self.text.put(edits.Edited(text, 0, 0))
            self.say("fillers taken out — ctrl+z undoes")

    def action_spoken(self) -> None:
        if self._passage is not None:
            self.text.put(edits.Edited(self._passage.spoken, 0, 0))

    def action_next_place(self) -> None:
        found = checking.places(self.found) if self.found is not None else []
        if not found:
            self.say("the check found nothing")
            return
        cursor = self.text.selected[1]
        start, end, _ = next((each for each in found if each[0] > cursor), found[0])
        length = len(self.text.text)
        self.text.select_stretch(min(start, length), min(end, length))

    # Keeping

    @property
    def changed(self) -> bool:
        """Whether something else is written than is kept."""
        return self._passage is not None and self.text.text.strip() != self._before.strip()

    def _keeping(self) -> Any:
        """The command that keeps what is written: whether it passes, None for the words as said."""
        place, text = self.place, self.text.text.strip()
        spoken = self._passage.spoken if self._passage is not None else ""

        def keep(project: Project) -> bool | None:
            if not text or " ".join(text.split()) == spoken:
                project.quotes.publish(place, None)
                return None
            project.quotes.publish(place, text)
            return check_version(project, place, text).ok

        return keep

    def action_keep(self) -> None:
        if self._passage is None:
            return

        def kept(passes: bool | None) -> None:
            if self.is_current:
                self.app.pop_screen()
            said = {
                None: "the words as they were said will be printed",
                True: "kept, and it passes the check",
                False: DRAFT,
            }
            self.app.say(f"{said[passes]} — u undoes")  # type: ignore[attr-defined]

        self.session.write(self._keeping(), kept)

    def action_back(self) -> None:
        if self.changed and not self._warned:
            self._warned = True
            self.say(
                "Not kept yet: ctrl+s keeps it, esc once more drops the changes.", trouble=True
            )
        else:
            self.app.pop_screen()

    def leave(self) -> None:
        if self.is_mounted and self.changed:  # the program ends: nobody can be asked any more
            self.session.write(self._keeping())
