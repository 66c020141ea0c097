"""Transcripts into a project: each file for itself, all as one thing to undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.workflows.find_files import Found, PassedOver, find_files

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are to be read; see `commonplace.readers.read`."""

    speakers: str = "auto"
    interviewers: tuple[str, ...] = ()
    text_column: str | None = None
    document_column: str | None = None
    codes_column: str | None = None
    codes_separator: str = ";"


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    """The project holds it already, byte for byte."""
    PASSED_OVER = "passed over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file or of one transcript in it."""

    file: str
    outcome: Outcome
    document: str | None = None
    """The transcript's name."""
    turns: int = 0
    speakers: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    words: int = 0
    codings: int = 0
    notes: tuple[str, ...] = ()
    """Why it was refused, what was guessed, what was left out."""


def import_transcripts(
    project: Project,
    paths: Iterable[Path],
    reading: Reading,
    *,
    group: str,
    but: Sequence[Path] = (),
) -> Iterator[Result]:
    """Imports files and folders, yielding what became of each as soon as it is safe.

    Each file is one transaction, all belong to the journal group `group`: whoever stops half
    way keeps what was yielded. What cannot be read is refused, and the rest goes on.
    """
    importer = _Importer(project, reading, group)
    for found in find_files(paths, but=but):
        if isinstance(found, Found):
            yield from importer.take(found)
        else:
            passed = isinstance(found, PassedOver)
            outcome = Outcome.PASSED_OVER if passed else Outcome.REFUSED
            yield Result(found.name, outcome, notes=(found.reason,))


class _Importer:
    """Reads files one by one and knows what is there already."""

    def __init__(self, project: Project, reading: Reading, group: str) -> None:
        self.project = project
        self.reading = reading
        self.group = group
        self.known = {info.name: info.sha256 for info in project.documents.all()}

    def take(self, found: Found) -> list[Result]:
        try:
            transcripts = self._read(found)
            new = [t for t in transcripts if self.known.get(t.name) != t.sha256]
            results = [_unchanged(found, t) for t in transcripts if t not in new]
            self._refuse_taken(new)
            copies = self._copies(new)
            if new:
                self._write(found, new)
        except (ValueError, OSError) as error:
            return [Result(found.name, Outcome.REFUSED, notes=(str(error),))]
        self.known.update((t.name, t.sha256) for t in new)
        return results + [_imported(found, t, self._words(t), copies) for t in new]

    def _words(self, transcript: Transcript) -> int:
        """How many words are spoken; the project has counted them."""
        return self.project.documents.find(transcript.name).words

    def _read(self, found: Found) -> list[Transcript]:
        from commonplace import readers

        reading = self.reading
        try:
            return readers.read(
                found.path,
                name=found.name,
                speakers=reading.speakers,
                interviewers=reading.interviewers,
                text_column=reading.text_column,
                document_column=reading.document_column,
                codes_column=reading.codes_column,
                codes_separator=reading.codes_separator,
            )
        except (ValueError, OSError):
            raise
        except Exception as error:
            # One file that a library chokes on must not take the others with it.
            raise ValueError(
                f"it cannot be read ({type(error).__name__}: {error}); it may be damaged: open "
                "it where it came from and save it again"
            ) from error

    def _refuse_taken(self, new: Sequence[Transcript]) -> None:
        for transcript in new:
            if transcript.name in self.known:
                raise ValueError(
                    f"the project holds another transcript '{transcript.name}': rename the "
                    "file, or remove the other first"
                )

    def _copies(self, new: Sequence[Transcript]) -> tuple[str, ...]:
        """A note on transcripts that were made of the same bytes under another name."""
        hashes = {t.sha256 for t in new}
        mine = {t.name for t in new}
        same = sorted(n for n, sha in self.known.items() if sha in hashes and n not in mine)
        if not same:
            return ()
        return (f"the same file, byte for byte, as {', '.join(same)}: remove one if it is a copy",)

    def _write(self, found: Found, transcripts: Sequence[Transcript]) -> None:
        with self.project.transaction(f"imported {found.name}", group=self.group):
            add_codes(self.project, (c.code_path for t in transcripts for c in t.codings))
            for transcript in transcripts:
                self.project.documents.add(transcript)


def add_codes(project: Project, paths: Iterable[str]) -> None:
    """Adds the codes that are not in the codebook yet: names at the top level, paths as paths."""
    from commonplace.domain.codebook import join_path, split_path

    wanted = dict.fromkeys(paths)
    if not wanted:
        return
    codebook = project.codes.codebook()
    for path in wanted:
        if codebook.find(path) is not None:
            continue
        names = split_path(path)
        parent: str | None = None
        for depth in range(1, len(names) + 1):
            code = codebook.at(join_path(names[:depth]))
            parent = code.id if code else project.codes.add(names[depth - 1], parent)
        codebook = project.codes.codebook()


def _unchanged(found: Found, transcript: Transcript) -> Result:
    note = "the project holds it already, unchanged"
    return Result(found.name, Outcome.UNCHANGED, transcript.name, notes=(note,))


def _imported(found: Found, transcript: Transcript, words: int, notes: tuple[str, ...]) -> Result:
    return Result(
        found.name,
        Outcome.IMPORTED,
        transcript.name,
        turns=len(transcript.turns),
        speakers=tuple(s.label for s in transcript.speakers if not s.interviewer),
        interviewers=tuple(s.label for s in transcript.speakers if s.interviewer),
        words=words,
        codings=len(transcript.codings),
        notes=(*transcript.notes, *notes),
    )
