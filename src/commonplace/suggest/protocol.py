"""What the worker and whoever started it say to each other: one JSON object a line.

To the worker: `{"request": "run"}` and `{"request": "quit"}`; the end of its standard input means
quit, too. From the worker: the statuses below, as `{"status": "busy", "done": 3, "total": 9}`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

RUN = "run"
QUIT = "quit"


class SetUpError(ValueError):
    """Something that suggestions were told to use cannot be used; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Starting:
    """The worker is being started and does not answer yet."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A run is under way; `done` of `total` sentences have been read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Idle:
    """Run number `run` has finished and `count` suggestions stand in the project."""

    run: int
    count: int


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no worker; `reason` is for the user."""

    reason: str


Status = Starting | Busy | Idle | Gone

_KINDS: dict[str, type[Status]] = {
    "starting": Starting,
    "busy": Busy,
    "idle": Idle,
    "gone": Gone,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def encode(status: Status) -> str:
    """A line, in ASCII, its end included."""
    return json.dumps({"status": _NAMES[type(status)], **asdict(status)}) + "\n"


def decode(line: str) -> Status | None:
    """The status a line tells; None for a line that tells none."""
    try:
        fields = json.loads(line)
        return _KINDS[fields.pop("status")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def ask(request: str) -> str:
    """A request as a line, its end included."""
    return json.dumps({"request": request}) + "\n"


def request_on(line: str) -> str | None:
    """The request on a line; None for a line that is none."""
    try:
        request = json.loads(line)["request"]
    except (ValueError, KeyError, TypeError):
        return None
    return request if request in (RUN, QUIT) else None
