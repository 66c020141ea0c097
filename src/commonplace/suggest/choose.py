"""Which segments to propose a code for, when nothing is known of how often it applies."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

RHO = 0.5
"""Share of a code's keyword-hit segments that is proposed: the setting `suggest_rho`."""

AT_LEAST = 2
"""Of its keyword-hit segments, so that a code which is hardly mentioned is not silent."""

PER_SEGMENT = 3
"""Most codes proposed for one segment, so that the screen never drowns."""


def how_many(hits: int, rho: float) -> int:
    """How many segments of a code to propose, given how many its keywords hit.

    The cold rule of "design A": probabilities cannot know the base rate, but the best
    `rho` × hits by score did well on every kind of text.
    """
    return max(math.ceil(rho * hits), min(hits, AT_LEAST))


def choose(
    logit: NDArray[np.float32],
    hit: NDArray[np.bool_],
    eligible: NDArray[np.bool_],
    rho: float = RHO,
) -> list[tuple[int, int]]:
    """(segment, code) pairs, by segment and then by falling score.

    `hit` is whether any keyword of the code stands in the segment; equal scores go to the
    earlier segment.
    """
    pairs: list[tuple[int, int]] = []
    rows = np.flatnonzero(eligible)
    for column in range(logit.shape[1]):
        wanted = how_many(int(hit[rows, column].sum()), rho)
        best = rows[np.argsort(-logit[rows, column], kind="stable")[:wanted]]
        pairs += [(int(row), column) for row in best]
    return sorted(pairs, key=lambda pair: (pair[0], -logit[pair], pair[1]))
