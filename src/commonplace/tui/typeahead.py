"""Fast fingers: what is typed right after a key that opens a line goes into that line.

A key is sent to whatever has the focus when it arrives. Without this, the letters typed after `c`
or `/`, before the picker or the search line stands there, would be taken for commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event, Key

from commonplace.tui._compat import press_again

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 0.5
"""Seconds after which keys are let go again, should nothing ever take the focus."""


class TypeAhead:
    """Holds keys back from the moment a line is about to open until it has the focus."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._held: list[Key] | None = None

    def begin(self) -> None:
        """A line is about to open."""
        if self._held is None:
            self._held = []
            self._app.set_timer(PATIENCE, self.release)

    def take(self, event: Event) -> bool:
        """Whether this was a key, and is held back."""
        if self._held is None or not isinstance(event, Key):
            return False
        self._held.append(event)
        event.stop()
        event.prevent_default()
        return True

    async def release(self) -> None:
        """The line has the focus: gives it what was typed meanwhile.

        Keys that were on their way when the line was called for come back later than keys that
        were pressed after them, hence the order by time.
        """
        held, self._held = self._held or [], None
        for key in sorted(held, key=lambda key: key.time):
            await press_again(self._app, key)
