"""How sure a suggestion is, which words caused it, what spoke for it, and what it is most like, in
the same few words wherever a suggestion is shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from commonplace.domain.suggestion import Band, Suggestion, percent
from commonplace.project.suggestions import Basis, notice_of
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import shorten

if TYPE_CHECKING:
    from commonplace.suggest.client import Likeness, Told

MOSTLY = 2 / 3
"""Share of the evidence from which on one of the two is said to have spoken."""
LINES = 2
"""Passages that a suggestion is like, at most."""
LEAST_NAME, MOST_NAME = 12, 24
"""Cells for the name of a transcript."""
WORD = 40
"""Cells for a word or phrase."""

_DOTS = {Band.LIKELY: "●●●", Band.MAYBE: "●●○", Band.WEAK: "●○○"}
_BETWEEN = " · "


def sureness(basis: Basis, one: Suggestion, *, short: bool = False) -> Content:
    """How sure a suggestion is: as a band, and, once they mean what they say, in digits."""
    digits = f"{percent(one.score)} %" if basis.calibrated else ""
    said = (_DOTS[one.band], "" if short else str(one.band), digits)
    return Content.assemble((" ".join(filter(None, said)), "$accent"))


def causes(reasons: Sequence[str], room: int = 0) -> Content:
    """The words that caused it, the weightiest first; as many as `room` cells take, 0 for all."""
    words = [shorten(reason, WORD) for reason in notice_of(reasons)[1]]
    if room:
        ends = accumulate(cell_len(word) + len(_BETWEEN) for word in words)
        fitting = sum(end <= room for end in ends)
        words = [*words[: max(1, fitting)], *("…" for _ in words[max(1, fitting) :][:1])]
    return Content.assemble((_BETWEEN.join(words), ""))


def notice(one: Suggestion) -> list[Content]:
    """Why it is made although it had been settled, where it had."""
    said, _ = notice_of(one.reasons)
    return [Content.assemble((f"↺ {said}", "$warning"))] if said else []


def source(basis: Basis, told: Told | None) -> Content:
    """What it rests on, and, once that is `told`, which of it spoke most."""
    return Content.assemble((_source(basis, told), "$text-muted"))


def _source(basis: Basis, told: Told | None) -> str:
    if not basis.learnt:
        return "the codebook alone: nothing is learnt yet"
    read = f"{counted(basis.labelled, 'sentence')} read"
    codebook = max(0.0, told.codebook) if told else 0.0
    learnt = max(0.0, told.learnt) if told else 0.0
    share = learnt / (codebook + learnt) if codebook + learnt else 0.5
    if share >= MOSTLY:
        return f"mostly learnt from {read}"
    if share <= 1 - MOSTLY:
        return f"mostly the codebook; {read}"
    return f"the codebook and {read}"


def alike(told: Told | None, width: int, rows: int = 1) -> list[Content]:
    """A line of so many `rows` of `width` cells for each passage that the suggestion is like."""
    if told is None:
        return []
    if not told.like:
        return [Content.assemble(("nothing like it is coded yet", "$text-muted"))]
    room = width if rows == 1 else rows * width - 4 * (rows - 1)  # they break between words
    return [_line(like, room) for like in told.like[:LINES]]


def _line(like: Likeness, room: int) -> Content:
    where = f" ({shorten(like.document, max(LEAST_NAME, min(MOST_NAME, room // 4)))})"
    words = shorten(" ".join(like.quote.split()), max(1, room - cell_len(where) - len("like “”")))
    return Content.assemble(("like ", "$text-muted"), f"“{words}”", (where, "$text-muted"))
