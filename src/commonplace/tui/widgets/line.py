"""A line to write in."""

from __future__ import annotations

from typing import Any

from textual.events import Paste
from textual.widgets import Input


class Line(Input):
    """Takes what is pasted whole: several lines become one, with `between` where they broke."""

    def __init__(self, value: str = "", *, between: str = " ", **options: Any) -> None:
        """`options` are those of `Input`."""
        super().__init__(value, compact=True, **options)
        self._between = between

    def on_paste(self, event: Paste) -> None:
        """Joins the lines; what stands in `Input` then puts them in."""
        lines = event.text.splitlines()
        if len(lines) > 1:
            event.text = self._between.join(line.strip() for line in lines if line.strip())
