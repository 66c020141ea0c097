"""Transcripts into a project: each file for itself, all as one thing to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.workflows.already_there import AlreadyThere, Standing
from commonplace.workflows.corrections import remember, remembered
from commonplace.workflows.find_files import Found, PassedOver, find_files
from commonplace.workflows.layouts import remember_table
from commonplace.workflows.reading import FileRead, Reading, Tables, read_file
from commonplace.workflows.understood import Understood, understood

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.project import Project


AS_BEFORE = "its columns are read as last time; --forget-corrections has them read anew"
_UNCHANGED = "the project holds it already, unchanged"
_SAME_WORDS = "the project holds its words already; attributes and codes stay as they are there"
_OTHER_WORDS = "'{}' has other words in the project; `amend` brings in those of this file"


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    """The project holds it already: the file, byte for byte, or its words under its name."""
    COPY = "copy"
    """The project holds it already under another name; left out unless somebody wants it."""
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
    understood: Understood | None = None
    """What was made of it, where that was asked for."""


Again = Callable[[str, Sequence[str]], bool]
"""Told a document's name and those of the same words: whether it is to be imported as well."""


def never(_name: str, _others: Sequence[str]) -> bool:
    """The answer that leaves copies out."""
    return False


def import_transcripts(
    project: Project,
    paths: Iterable[Path],
    reading: Reading,
    *,
    group: str,
    but: Sequence[Path] = (),
    again: Again = never,
    show: bool = False,
) -> Iterator[Result]:
    """Imports files and folders, yielding what became of each as soon as it is safe.

    Each file is one transaction, all belong to the journal group `group`: whoever stops half
    way keeps what was yielded. What cannot be read is refused, and the rest goes on. The
    corrections of `reading`, and how tables were read of which somebody said something or that
    were guessed, are remembered for later imports. `again` is asked about files that
    are there under another name; with `show`, results tell what was understood.
    """
    if reading.corrections:
        remember(project, reading.corrections, group=group)
    importer = _Importer(project, reading, group, again, show)
    for found in find_files(paths, but=but):
        if isinstance(found, Found):
            yield from importer.take(found)
        else:
            passed = isinstance(found, PassedOver)
            outcome = Outcome.PASSED_OVER if passed else Outcome.REFUSED
            yield Result(found.name, outcome, notes=(found.reason,))


class _Importer:
    """Reads files one by one and knows what is there already."""

    def __init__(
        self, project: Project, reading: Reading, group: str, again: Again, show: bool
    ) -> None:
        self.project = project
        self.reading = reading.with_remembered(project)
        self.tables = Tables()
        self.group = group
        self.again = again
        self.show = show
        self.corrections = remembered(project)
        self.there = AlreadyThere(project)

    def take(self, found: Found) -> list[Result]:
        try:
            read = read_file(found, self.reading, self.corrections, self.tables)
            results, new = self._sorted_out(found, read.transcripts)
            if new:
                self._write(found, new, by_question=read.table.by_question)
                self._remember(found, read)
        except (ValueError, OSError) as error:
            return [Result(found.name, Outcome.REFUSED, notes=(str(error),))]
        self.there.note(new)
        results += [_imported(found, t, self._words(t), self._understood(t)) for t in new]
        if new and self.reading.as_before(read.layout):
            results[-1] = replace(results[-1], notes=(AS_BEFORE, *results[-1].notes))
        return results

    def _remember(self, found: Found, read: FileRead) -> None:
        """How a table was read, with what was guessed as what it was taken for."""
        if read.layout is None or self.reading.as_before(read.layout):
            return
        table = read.table
        look = self.tables.look(found, self.reading, self.corrections) if table.by_content else None
        if look is not None and (table.said or look.guessed):
            table = look.settled
        said = table if table.said else None
        if said is not None or read.layout in self.reading.tables:
            remember_table(self.project, read.layout, said, group=self.group)

    def _sorted_out(
        self, found: Found, transcripts: Sequence[Transcript]
    ) -> tuple[list[Result], list[Transcript]]:
        """What is there already or cannot be, and what is new. Raises `ValueError` for a file
        whose name is taken."""
        results: list[Result] = []
        new: list[Transcript] = []
        for standing, transcript in self.there.placed(found.name, transcripts):
            if standing is Standing.THERE:
                more = transcript.attributes or transcript.codings
                note = _SAME_WORDS if more and not self.there.holds(transcript) else _UNCHANGED
                results.append(self._left(found, transcript, Outcome.UNCHANGED, note))
            elif standing is Standing.CHANGED:
                note = _OTHER_WORDS.format(transcript.name)
                results.append(self._left(found, transcript, Outcome.REFUSED, note))
            elif (others := self.there.same_words(transcript)) and not self.again(
                transcript.name, others
            ):
                note = f"the same file, byte for byte, is there as {', '.join(others)}"
                results.append(self._left(found, transcript, Outcome.COPY, note))
            else:
                new.append(transcript)
        return results, new

    def _left(self, found: Found, transcript: Transcript, outcome: Outcome, note: str) -> Result:
        understood = self._understood(transcript)
        return Result(found.name, outcome, transcript.name, notes=(note,), understood=understood)

    def _understood(self, transcript: Transcript) -> Understood | None:
        return understood(transcript) if self.show else None

    def _words(self, transcript: Transcript) -> int:
        """How many words are spoken; the project has counted them."""
        return self.project.documents.find(transcript.name).words

    def _write(self, found: Found, transcripts: Sequence[Transcript], *, by_question: bool) -> None:
        with self.project.transaction(f"imported {found.name}", group=self.group):
            add_codes(self.project, (c.code_path for t in transcripts for c in t.codings))
            for transcript in transcripts:
                self.project.documents.add(transcript)
            if by_question and len(transcripts) > 1:
                join_respondents(self.project, [transcript.name for transcript in transcripts])


def join_respondents(project: Project, names: Sequence[str]) -> None:
    """Makes one person of each label in these transcripts, which are one table's questions."""
    people: dict[str, str] = {}
    for name in names:
        for speaker in project.speakers.all(project.documents.find(name).id):
            if speaker.person and speaker.label:
                person = people.setdefault(speaker.label, speaker.person)
                if person != speaker.person:
                    project.people.assign(speaker.id, person)


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


def _imported(
    found: Found, transcript: Transcript, words: int, understood: Understood | None
) -> Result:
    from commonplace.readers import labels_alike

    alike = tuple(
        f"{', '.join(each.labels)} look like one person: say so with --same "
        f"'{'='.join(each.labels)}'"
        for each in labels_alike(transcript.turns)
    )
    return Result(
        found.name,
        Outcome.IMPORTED,
        transcript.name,
        turns=len(transcript.turns),
        speakers=tuple(s.label for s in transcript.speakers if not s.interviewer),
        interviewers=tuple(s.label for s in transcript.speakers if s.interviewer),
        words=words,
        codings=len(transcript.codings),
        notes=(*transcript.notes, *alike),
        understood=understood,
    )
