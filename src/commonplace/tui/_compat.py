"""The one place that touches what Textual does not promise to keep."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.screen import Screen


class CaughtUp(Event, bubble=True):
    """Follows the keys that are on their way through the widgets; the application gets it last."""


def send_after_keys(app: App[Any]) -> CaughtUp:
    """Sends `CaughtUp` the way of keys already pressed."""
    last = CaughtUp()
    target = app.focused or app.screen
    last._sender = None  # or it would stop short of the application, as the one who sent it
    target.post_message(last)
    return last


async def type_again(app: App[Any], typed: Key | Paste) -> None:
    """Treats a key or a paste that was held back as if it had just come."""
    if isinstance(typed, Paste) or not await app._check_bindings(typed.key, priority=True):
        target = app.focused or app.screen
        target._forward_event(typed)


class Discreet(App[None]):
    """An application that prints nothing when a fault ends it: what Textual prints then shows the
    values at hand, which are private."""

    @property
    def fault(self) -> Exception | None:
        """What ended it, unless somebody did."""
        return self._exception

    def panic(self, *_: Any) -> None:
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


class PaintedOnce(Screen[None]):
    """A screen that is not painted while it is being put together, when nobody would see it."""

    def _compositor_refresh(self) -> None:
        if self.app._batch_count:
            self.refresh()
        else:
            super()._compositor_refresh()
