"""What the worker and whoever started it say to each other: one JSON object a line.

To the worker: `{"request": "run"}`, `{"request": "quit"}`, and for what spoke for suggestions
`{"request": "account", "of": [ids]}`; the end of its standard input means quit, too. From the
worker: the statuses below, as `{"status": "busy", "done": 3, "total": 9}`, and `{"accounts": […]}`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from commonplace.domain.span import Span

RUN = "run"
QUIT = "quit"
ACCOUNT = "account"


class SetUpError(ValueError):
    """Something that suggestions were told to use cannot be used; the message is for the user."""


class Request(NamedTuple):
    """What the worker is asked for."""

    kind: str
    of: tuple[str, ...] = ()
    """Ids of the suggestions whose accounts are wanted."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A passage that carries the code already, and how like it is, 0–1."""

    document: str
    """Id; as the worker tells it, the name."""
    span: Span
    quote: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Told:
    """What spoke for a suggestion: codebook and learning, as log-odds, and what it is like."""

    suggestion: str
    codebook: float
    learnt: float
    like: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Accounts:
    """The answer to one request for accounts; suggestions not of the last run have none."""

    told: tuple[Told, ...] = ()


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


def encode(status: Status | Accounts) -> str:
    """A line, in ASCII, its end included."""
    if isinstance(status, Accounts):
        return json.dumps({"accounts": [_record(told) for told in status.told]}) + "\n"
    return json.dumps({"status": _NAMES[type(status)], **asdict(status)}) + "\n"


def _record(told: Told) -> dict[str, object]:
    like = [
        [each.document, each.span.start, each.span.end, each.quote, each.likeness]
        for each in told.like
    ]
    return {
        "suggestion": told.suggestion,
        "codebook": told.codebook,
        "learnt": told.learnt,
        "like": like,
    }


def decode(line: str) -> Status | Accounts | None:
    """The status or the accounts a line tells; None for a line that tells neither."""
    try:
        fields = json.loads(line)
        if "accounts" in fields:
            return Accounts(
                tuple(
                    Told(
                        each["suggestion"],
                        each["codebook"],
                        each["learnt"],
                        tuple(
                            Likeness(document, Span(start, end), quote, likeness)
                            for document, start, end, quote, likeness in each["like"]
                        ),
                    )
                    for each in fields["accounts"]
                )
            )
        return _KINDS[fields.pop("status")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def ask(request: str, of: Sequence[str] = ()) -> str:
    """A request as a line, its end included."""
    return json.dumps({"request": request, **({"of": list(of)} if of else {})}) + "\n"


def request_on(line: str) -> Request | None:
    """The request on a line; None for a line that is none."""
    try:
        fields = json.loads(line)
        request = Request(fields["request"], tuple(map(str, fields.get("of", ()))))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return request if request.kind in (RUN, QUIT, ACCOUNT) else None
