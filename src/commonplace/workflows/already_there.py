"""What of a file is in the project already, and under which name.

Surveys come again: exported once more with more rows, saved in another format, asked anew of the
same people. The rows of a table are there where their words are, under their names. Where most of
the names are there with other words, the table is another one: its rows are told apart from those
by the name of its file, `R01 (wave 2)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.project import Project

_TOLD_APART = re.compile(r"(.+)( \([^()]+\))", re.DOTALL)
_NUMBER = re.compile(r"#0*(\d+)$")
"""Of a row. It has as many digits as that of the last, so that with more rows it looks another."""


class Standing(StrEnum):
    """How a transcript stands to those in the project."""

    NEW = "new"
    THERE = "there"
    CHANGED = "changed"
    """There is one of its name with other words."""


class Placed(NamedTuple):
    """A transcript, under the name that it has or is to have in the project."""

    standing: Standing
    transcript: Transcript


class AlreadyThere:
    """The names, bytes and words of the transcripts in a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, tuple[str, str]] = {}
        self._endings: dict[str, set[str]] = {}
        self._hashes: set[str] = set()
        self._note((info.name, info.sha256) for info in project.documents.all())

    def note(self, transcripts: Iterable[Transcript]) -> None:
        """Takes note of what has been imported."""
        self._note((each.name, each.sha256) for each in transcripts)

    def _note(self, documents: Iterable[tuple[str, str]]) -> None:
        for name, sha256 in documents:
            self._known[_key(name)] = (name, sha256)
            self._hashes.add(sha256)
            if apart := _TOLD_APART.fullmatch(name):
                self._endings.setdefault(apart[1], set()).add(apart[2])

    def placed(self, file: str, transcripts: Sequence[Transcript]) -> list[Placed]:
        """How each transcript of a file stands to the project.

        Raises `ValueError` for a file that is another one of the name of what is there.
        """
        ending = self._ending(transcripts)
        if ending is not None:
            return [self._placed(each, each.name + ending) for each in transcripts]
        ending = f" ({PurePosixPath(file).stem})"
        taken = next((each for each in transcripts if _key(each.name) in self._known), None)
        if taken is None:
            return [Placed(Standing.NEW, each) for each in transcripts]
        found = [self._placed(each, each.name + ending) for each in transcripts]
        if taken.name.startswith(file) or any(each.standing is Standing.CHANGED for each in found):
            raise ValueError(
                f"the project holds another transcript '{taken.name}': `amend` brings a corrected "
                "version of it in; otherwise rename the file"
            )
        note = f"the project holds another '{taken.name}': these are told apart as{ending}"
        first = found[0].transcript
        return [
            found[0]._replace(transcript=replace(first, notes=(*first.notes, note))),
            *found[1:],
        ]

    def holds(self, transcript: Transcript) -> bool:
        """Whether the transcript of its name was made from these very bytes."""
        known = self._known.get(_key(transcript.name))
        return known is not None and known[1] == transcript.sha256

    def same_words(self, transcript: Transcript) -> list[str]:
        """Names of transcripts of the same bytes and words: tables may be read in many ways."""
        if transcript.sha256 not in self._hashes:
            return []
        names = self._project.documents.with_hash(transcript.sha256)
        return [name for name in names if self._says(name, transcript.text)]

    def _ending(self, transcripts: Sequence[Transcript]) -> str | None:
        """By what the names of the table that these are from are told apart in the project: "" if
        they are not; None if it is not there, most of those of such names having other words."""
        endings = {end for each in transcripts for end in self._endings.get(each.name, ())}
        most, found = 0, None
        for ending in ["", *sorted(endings)]:
            known = [each for each in transcripts if _key(each.name + ending) in self._known]
            there = sum(self._is_there(each, each.name + ending) for each in known)
            if there > most and 2 * there >= len(known):
                most, found = there, ending
        return found

    def _placed(self, transcript: Transcript, name: str) -> Placed:
        known = self._known.get(_key(name))
        there = known is not None and self._is_there(transcript, name)
        standing = Standing.THERE if there else Standing.CHANGED if known else Standing.NEW
        return Placed(standing, replace(transcript, name=known[0] if known else name))

    def _is_there(self, transcript: Transcript, name: str) -> bool:
        known, sha256 = self._known[_key(name)]
        return sha256 == transcript.sha256 or self._says(known, transcript.text)

    def _says(self, name: str, text: str) -> bool:
        documents = self._project.documents
        info = documents.find(name)
        return info.length == len(text) and documents.text(info.id) == text


def _key(name: str) -> str:
    """What is the same for two ways to write a name."""
    return _NUMBER.sub(r"#\1", name)
