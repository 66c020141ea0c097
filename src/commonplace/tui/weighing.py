"""What spoke for a suggestion, in few words, and the passages of its code that it is most like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from commonplace.tui.widgets.reader.cells import shorten

if TYPE_CHECKING:
    from commonplace.suggest.client import Likeness, Told

MOSTLY = 2 / 3
"""Share of the evidence from which on one of the two is said to have spoken."""
LINES = 2
SLIM = 48
"""Cells below which a passage has two rows, for there would be no words of it in one."""
NAME = 24
"""Cells for the name of a transcript."""


def spoke(told: Told) -> str:
    """Whether codebook or learning spoke; empty where neither spoke for it."""
    codebook, learnt = max(0.0, told.codebook), max(0.0, told.learnt)
    if not codebook + learnt:
        return ""
    share = learnt / (codebook + learnt)
    if share >= MOSTLY:
        return "mostly learnt from what you coded"
    if share <= 1 - MOSTLY:
        return "mostly from the codebook"
    return "both from the codebook and learnt from what you coded"


def alike(told: Told, width: int) -> list[Content]:
    """A line of `width` cells for each passage that the suggestion is like; two in a slim pane."""
    room = width if width >= SLIM else 2 * width - 4  # the rows break between words
    return [_line(like, room) for like in told.like[:LINES]]


def _line(like: Likeness, room: int) -> Content:
    where = f" ({shorten(like.document, NAME)})"
    words = shorten(" ".join(like.quote.split()), max(1, room - cell_len(where) - len("like “”")))
    return Content.assemble(("like ", "$text-muted"), f"“{words}”", (where, "$text-muted"))
