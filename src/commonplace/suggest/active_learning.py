"""Active learning: which segments to code first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.5
"""How much a segment loses that is just like one already picked."""


def most_informative(
    confidence: NDArray[np.float32],
    positives: NDArray[np.int64],
    meaning: NDArray[np.float32],
    count: int,
) -> list[int]:
    """Positions of the segments from which most would be learnt, the best first.

    Uncertainty sampling by entropy (Settles 2009): that of each code counts over its `positives`,
    its examples so far, plus two, so that rare codes and doubtful ones come first. What is like a
    segment already picked counts less (as in maximal marginal relevance, Carbonell & Goldstein
    1998). Confidences are segments × codes, `meaning` the segments' rows in latent space.
    """
    sure = np.clip(confidence, 1e-6, 1 - 1e-6).astype(np.float64)
    entropy = -(sure * np.log(sure) + (1 - sure) * np.log(1 - sure))
    worth = (entropy / (np.asarray(positives) + 2)).sum(axis=1)
    picked: list[int] = []
    likeness = np.zeros(len(worth))
    for _ in range(min(count, len(worth))):
        value = worth * (1 - ALIKE * np.clip(likeness, 0, 1))
        value[picked] = -np.inf
        best = int(value.argmax())
        picked.append(best)
        likeness = np.maximum(likeness, meaning @ meaning[best])
    return picked
