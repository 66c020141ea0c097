"""What threads and screens tell each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.message import Message

from commonplace.domain.coding import Coding

if TYPE_CHECKING:
    from commonplace.suggest.client import Told


@dataclass(eq=False, repr=False)
class Written(Message):
    """A command was carried out and committed."""

    result: Any
    then: Callable[[Any], None] | None


@dataclass(eq=False, repr=False)
class Refused(Message):
    """A command changed nothing. `error` says what, where, and what to do next."""

    error: str
    undo: Callable[[], None] | None
    """Takes back what the screen showed in advance."""


class Changes(NamedTuple):
    """What has changed in the project since the last look, by whomever."""

    codings: tuple[Coding, ...] = ()
    """Codings as they are now, new ones and changed ones."""
    gone: frozenset[str] = frozenset()
    """Ids of codings that are no more."""
    marks: bool = False
    """Whether codings, decisions, memos, settlements, audits or settings changed."""
    memos: bool = False
    """Whether memos changed."""
    quotes: bool = False
    """Whether the quote desk changed, or the key of pseudonyms."""
    turns: bool = False
    """Whether turns or speakers changed."""
    waiting: bool = False
    """Whether something lost its place in a correction, or was given one."""
    rereading: bool = False
    """Whether codings are to be read again, or have been."""
    codebook: bool = False
    shelf: bool = False
    """Whether transcripts came or went, or were marked done."""
    people: bool = False
    """Whether what is known of people changed."""
    many: bool = False
    """Whether so much changed that everything on the screen should be read anew."""
    run: int | None = None
    """The number of the suggestion run, when it is a new one."""
    coders: frozenset[str] = frozenset()
    """Who made the changes."""


@dataclass(eq=False, repr=False)
class ProjectChanged(Message):
    """Somebody changed the project: this coder, a colleague, or the worker."""

    changes: Changes


@dataclass(eq=False, repr=False)
class WorkerChanged(Message):
    """What the worker that makes suggestions is doing, in a few words; empty when it is idle."""

    text: str
    trouble: bool = False
    working: bool = False
    """Whether it makes suggestions at the moment."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, WorkerChanged)


@dataclass(eq=False, repr=False)
class AskAccount(Message):
    """Somebody has looked at a suggestion, by id, for a while: what spoke for it?"""

    suggestion: str


@dataclass(eq=False, repr=False)
class AccountKnown(Message):
    """The worker says what spoke for a suggestion."""

    told: Told


@dataclass(eq=False, repr=False)
class OpenPassage(Message):
    """Somebody wants to see a passage in its transcript; or, of no length, the transcript."""

    document: str
    start: int
    end: int
    back: str = ""
    """The screen to which esc goes back; the passage then is not selected."""


@dataclass(eq=False, repr=False)
class ShowQuotes(Message):
    """Somebody wants to see the quotes of a code, of a person, or of a transcript."""

    code: str
    where: str = ""
    person: tuple[str, str] | None = None
    """Id and name."""
    document: str = ""
    """Name."""
