"""Fast fingers: each key goes where it would have gone, had there been a moment before it.

A key is sent to whatever has the focus when it arrives. Without this, the letters typed after `c`
or `/`, before the picker or the search line stands there, would be taken for commands; and what is
typed after the answer to a dialog, before that is gone, for more of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event, Key, Paste
from textual.timer import Timer

from commonplace.tui._compat import CaughtUp, send_after_keys, type_again

if TYPE_CHECKING:
    from textual.app import App

Typed = Key | Paste
"""What comes from the keyboard: keys, and what is pasted between them."""

PATIENCE = 3.0
"""Seconds after which keys are let go again, should nothing ever take the focus."""


class TypeAhead:
    """Holds keys back while one before them may still change where they go.

    That is so from the moment a line or a screen is about to open until it has the focus, and after
    each key in a dialog until all that comes of it has been done. Keys that are on their way then
    went to the widget that had the focus, and come back up: so `CaughtUp` is sent after them, and
    they are let go, one by one, when the last of these is back.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._held: list[Typed] | None = None
        self._opening = False
        """Whether something is about to open that does not have the focus yet."""
        self._keep = True
        """Whether what is held is pressed in the end."""
        self._sent: Typed | None = None
        """The key that is being worked out: it may come back up."""
        self._last: CaughtUp | None = None
        """What follows the keys on their way, until it is back."""
        self._rounds = 0
        """How often it is sent again."""
        self._patience: Timer | None = None

    @property
    def holds(self) -> bool:
        """Whether keys are held back, or would be."""
        return self._held is not None

    def begin(self, *, keep: bool = True) -> None:
        """A line or a screen is about to open; unless `keep`, what is typed before it is there is
        forgotten."""
        self._hold()
        self._opening = True
        self._keep = self._keep and keep
        self._send()

    def follow(self, key: Typed) -> None:
        """A key is about to be sent to a dialog."""
        self._hold()
        self._sent, self._last = key, None

    def sent(self) -> None:
        """It is on its way. What it makes of itself, as an answer, goes the same way after it:
        hence two rounds."""
        if self._held is not None and self._last is None:
            self._send(rounds=2)

    def closed(self) -> None:
        """A dialog is gone; whoever asked is about to hear the answer."""
        if self._held is not None:
            self._send(rounds=2)

    def take(self, event: Event) -> bool:
        """Whether this was a key, and is held back."""
        if isinstance(event, CaughtUp):
            if event is self._last:
                self._back()
            return True
        if self._held is None or not isinstance(event, Typed) or event is self._sent:
            return False
        self._held.append(event)
        event.stop()
        event.prevent_default()
        return True

    async def release(self) -> None:
        """What was about to open has the focus."""
        self._opening = False
        await self._let_go_when_ready()

    def abandon(self) -> None:
        """What was about to open does not."""
        self._app.call_later(self.release)

    def _hold(self) -> None:
        if self._held is None:
            self._held = []
        if self._patience is not None:
            self._patience.stop()
        self._patience = self._app.set_timer(PATIENCE, self._give_up)

    def _send(self, rounds: int = 1) -> None:
        self._rounds = rounds
        self._last = send_after_keys(self._app)

    def _back(self) -> None:
        if self._rounds > 1:
            self._send(self._rounds - 1)
        else:
            self._last = None
            self._app.call_later(self._let_go_when_ready)

    async def _give_up(self) -> None:
        self._opening, self._last = False, None
        await self._let_go_when_ready()

    async def _let_go_when_ready(self) -> None:
        """Gives the first of what was typed meanwhile to whatever has the focus; then the others.

        Keys that were on their way come back later than keys pressed after them, hence the order
        by time.
        """
        if self._held is None or self._opening or self._last is not None:
            return
        if self._held and self._keep:
            first = min(self._held, key=lambda key: key.time)
            self._held.remove(first)
            again: Typed
            if isinstance(first, Paste):
                again = Paste(first.text)
            else:
                again = Key(first.key, first.character)
            self.follow(again)
            await type_again(self._app, again)
            self.sent()
            return
        self._held, self._sent, self._keep = None, None, True
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
