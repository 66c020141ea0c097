"""What the screens have in common: a line above, two below, and a way to say what happened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from commonplace.tui._compat import PaintedOnce
from commonplace.tui.actions import Where, bar, of
from commonplace.tui.messages import AskAccount, Changes
from commonplace.tui.screens import ROOMS
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import KeyBar, Offer, StatusLine, Tabs

WIDTHS = [(0, "-narrow"), (100, "-middle"), (120, "-wide"), (150, "-broad")]
"""Cells from which on there is room for one pane, two, three, and three with long names."""


def counted(number: int, thing: str) -> str:
    """`1 quote`, `1,200 quotes`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


WEIGHING = 0.3
"""Seconds that a suggestion must have been looked at before it is asked what spoke for it."""


class Room(PaintedOnce):
    """A screen of the application."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    NAME: ClassVar[str]
    """As the registry of actions calls it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._weighing: tuple[str, Timer] | None = None
        """The suggestion that is looked at, and until when."""

    def compose(self) -> ComposeResult:
        # What the breakpoints would find out after a first layout, and lay out again for.
        self.add_class([name for least, name in WIDTHS if self.app.size.width >= least][-1])
        tabs = [action for action in of(Where.APP) if action.id in ROOMS]
        yield Tabs(
            [(Offer(tab.shown, tab.label, f"app.{tab.act}"), tab.id == self.NAME) for tab in tabs],
            title=self.session.name,
        )
        yield from self.body()
        yield StatusLine()
        yield KeyBar(self.offers())

    def body(self) -> ComposeResult:
        """What stands between the lines."""
        yield from ()

    def places(self) -> Sequence[Where]:
        """Where the keys lead to that can be pressed now; the footer shows those of the first."""
        return (Where.APP,)

    def offers(self) -> list[Offer]:
        """The footer: the keys of where we are, then those of everywhere."""
        here = self.places()[0]
        ranked = [(action, "screen.") for action in bar(here) if here is not Where.APP]
        ranked += [(action, "app.") for action in bar(Where.APP)]
        ranked.sort(key=lambda pair: pair[0].bar)
        return [
            Offer(action.first, action.label, space + action.act.replace("{key}", "1"))
            for action, space in ranked
        ]

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self.query_one(StatusLine)

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Tells what happened."""
        self.status.say(text, trouble=trouble)

    def take(self, changes: Changes) -> None:
        """Takes note of what changed in the project."""

    def undoing(self) -> None:
        """Something is about to be undone here, or done again."""

    def undone(self) -> None:
        """It was, or was refused."""

    def show_worker(self) -> None:
        """Shows what the worker is doing."""
        text, trouble = self.session.worker_says
        self.status.show_worker(text, trouble=trouble)

    def show_writing(self) -> None:
        """Shows which files are being written."""
        self.status.show_writing(self.session.writing)

    def on_screen_resume(self) -> None:
        """Esc stops them here, too."""
        self.show_writing()

    def on_mount(self) -> None:
        """Shows what is known before the first message."""
        self.show_worker()

    def weigh(self, suggestion: str) -> None:
        """Asks what spoke for a suggestion, by id, once it has been looked at for a while; an empty
        id when none is looked at."""
        if self._weighing is not None:
            if self._weighing[0] == suggestion:
                return
            self._weighing[1].stop()
            self._weighing = None
        if suggestion and suggestion not in self.session.accounts:
            timer = self.set_timer(WEIGHING, partial(self._ask_account, suggestion))
            self._weighing = suggestion, timer

    def _ask_account(self, suggestion: str) -> None:
        if self.is_current:
            self.post_message(AskAccount(suggestion))
        else:
            self._weighing = None

    def weigh_again(self) -> None:
        """Suggestions have changed: what was asked is to be asked anew."""
        if self._weighing is not None:
            self._weighing[1].stop()
            self._weighing = None

    def account_known(self) -> None:
        """Shows what spoke for the suggestion that is looked at."""

    async def complete(self) -> None:
        """Adds what may follow the first paint."""

    def leave(self) -> None:
        """The program is about to end."""

    def recolor(self) -> None:
        """Codes have other colours now."""

    def refresh_offers(self) -> None:
        """Shows the keys of where we are now."""
        self.query_one(KeyBar).show(self.offers())
