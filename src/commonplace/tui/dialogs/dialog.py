"""What all dialogs share: a box with a title and a line that says which keys answer it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from commonplace.tui.widgets.reader.cells import shorten

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A box over the screen. `esc` leaves it without an answer."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 55%;
    }
    Dialog > Vertical {
        width: 64;
        max-width: 92%;
        height: auto;
        max-height: 85%;
        background: $panel;
        border: round $border;
        border-title-color: $text;
        border-title-style: bold;
        border-subtitle-color: $text-muted;
        padding: 0 1;
    }
    Dialog Input {
        padding: 0 1;
        margin: 1 0;
        background: $surface;
    }
    Dialog .about { color: $text-muted; height: auto; max-height: 6; }
    Dialog .problem { color: $text-error; height: auto; display: none; }
    Dialog OptionList {
        border: none;
        height: auto;
        max-height: 14;
        background: $panel;
        padding: 0;
        margin-bottom: 1;
        scrollbar-size-vertical: 1;
    }
    Dialog OptionList:focus { border: none; }
    Dialog OptionList > .option-list--option-highlighted { background: $primary 30%; color: $text; }
    Dialog OptionList:focus > .option-list--option-highlighted {
        background: $primary 30%;
        color: $text;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]
    KEYS: ClassVar[str] = "enter keep · esc leave"
    TAKES_FOCUS: ClassVar[bool] = True
    """Whether something in it takes the focus; keys typed before that wait for it."""
    TAKES_KEYS_TYPED_BEFORE: ClassVar[bool] = True
    """Whether these are pressed then, or forgotten: no key answers what was not seen."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._answered = False

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = Content(shorten(self._title, 56))
            box.border_subtitle = Content(self.KEYS)
            if self._about:
                yield Static(self._about, classes="about", markup=False)
            yield from self.body()
            yield Static("", classes="problem", markup=False)

    def body(self) -> ComposeResult:
        """What stands in the box."""
        yield from ()

    def complain(self, problem: str) -> None:
        """Says why an answer will not do."""
        line = self.query_one(".problem", Static)
        line.update(Content(problem))
        line.display = bool(problem)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answers, once: what comes after the answer, or for a dialog under another, is none."""
        if self._answered or not self.is_current:
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def action_leave(self) -> None:
        self.dismiss(None)
