"""Published versions of quotes: lightly edited, and still what was said.

A published version may leave words out at a mark (`[…]`, `…`, `...`), hold the editor's words in
[brackets], and drop fillers and repetitions. `check` says whether it does nothing else.
"""

from commonplace.domain.published.check import LONGEST, check
from commonplace.domain.published.result import (
    Check,
    Concern,
    Dropped,
    Fault,
    Problem,
    Warning,
    Why,
)
from commonplace.domain.published.tokens import Spoken

__all__ = [
    "LONGEST",
    "Check",
    "Concern",
    "Dropped",
    "Fault",
    "Problem",
    "Spoken",
    "Warning",
    "Why",
    "check",
]
