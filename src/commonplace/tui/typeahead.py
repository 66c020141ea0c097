"""Fast fingers: what is typed right after a key that opens a line goes into that line.

A key is sent to whatever has the focus when it arrives. Without this, the letters typed after `c`
or `/`, before the picker or the search line stands there, would be taken for commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event, Key
from textual.timer import Timer

from commonplace.tui._compat import CaughtUp, press_again, send_after_keys

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 3.0
"""Seconds after which keys are let go again, should nothing ever take the focus."""


class TypeAhead:
    """Holds keys back from the moment a line is about to open until it has the focus.

    Some keys are on their way already: they went to the widget that had the focus then, and come
    back up. So the keys are let go when the line has the focus and the last of these is back.
    """

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._held: list[Key] | None = None
        self._has_focus = self._caught_up = False
        self._patience: Timer | None = None

    def begin(self) -> None:
        """A line is about to open."""
        if self._held is None:
            self._held = []
            self._has_focus = False
            self._caught_up = not send_after_keys(self._app)
            self._patience = self._app.set_timer(PATIENCE, self._let_go)

    def take(self, event: Event) -> bool:
        """Whether this was a key, and is held back."""
        if self._held is None:
            return False
        if isinstance(event, CaughtUp):
            self._caught_up = True
            self._app.call_later(self._let_go_when_ready)
            return True
        if not isinstance(event, Key):
            return False
        self._held.append(event)
        event.stop()
        event.prevent_default()
        return True

    async def release(self) -> None:
        """The line has the focus."""
        self._has_focus = True
        await self._let_go_when_ready()

    async def _let_go_when_ready(self) -> None:
        if self._has_focus and self._caught_up:
            await self._let_go()

    async def _let_go(self) -> None:
        """Gives what was typed meanwhile to whatever has the focus.

        Keys that were on their way come back later than keys pressed after them, hence the order
        by time.
        """
        if self._patience is not None:
            self._patience.stop()
        held, self._held = self._held or [], None
        for key in sorted(held, key=lambda key: key.time):
            await press_again(self._app, key)
