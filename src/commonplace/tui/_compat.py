"""The one place that touches what Textual does not promise to keep."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.events import Key


async def press_again(app: App[Any], key: Key) -> None:
    """Treats a key that was held back as if it had just been pressed."""
    if not await app._check_bindings(key.key, priority=True):
        target = app.focused or app.screen
        target._forward_event(Key(key.key, key.character))
