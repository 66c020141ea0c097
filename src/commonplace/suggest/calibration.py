"""From scores to confidences that can be shown."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Calibration(Protocol):
    """Turns log-odds into confidences between 0 and 1, keeping their order within a code."""

    def __call__(self, logit: NDArray[np.float32]) -> NDArray[np.float32]: ...


def cold(logit: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logistic function, 1 / (1 + exp(-logit)): fixed, and the same for every code.

    Nothing is known of how often a code applies before anyone has coded, so this is a measure
    of evidence: one ordinary keyword alone gives about 0.3, two about 0.7, and likeness to the
    entry and hits next door move it. It is shown in words (`domain.suggestion.band`).
    """
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)
