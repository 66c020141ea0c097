"""The one place that touches what Textual does not promise to keep."""

from __future__ import annotations

from textual.events import Key
from textual.widget import Widget


def hand_key(widget: Widget, key: Key) -> None:
    """Gives a key to a widget as if it had just been pressed while that had the focus."""
    widget._forward_event(Key(key.key, key.character))
