"""What is known of the files to be imported: as understood, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from textual.content import Content

from commonplace.readers import Role, TableLook
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.linelist import Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.workflows.find_files import Found, PassedOver, Unreachable
from commonplace.workflows.import_transcripts import Outcome, Result
from commonplace.workflows.review_import import FIRST_ROWS, Reviewed
from commonplace.workflows.understood import Understood, Voice


class State(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    READ = "read"
    THERE = "there"
    """The project has a transcript of this name already."""
    REFUSED = "refused"
    PASSED_OVER = "passed over"
    IMPORTED = "imported"
    LEFT = "left"
    """It was not imported, since it is there already."""


_SIGNS = {
    State.WAITING: ("…", "$text-muted"),
    State.READ: (" ", ""),
    State.THERE: ("=", "$text-muted"),
    State.REFUSED: ("✗", "$text-error"),
    State.PASSED_OVER: ("–", "$text-muted"),
    State.IMPORTED: ("✓", "$text-success"),
    State.LEFT: ("=", "$text-muted"),
}


_LONG = 60
"""Characters of a name that lists and headings may cut."""
_ATTRIBUTES = 12
"""Attributes of a transcript that are shown."""
_KEYS_FOR = (
    ("Name it with --text-column", "c goes to the columns, and t names it"),
    ("--sheet reads", "w reads"),
    ("import it again with speakers guessed [^;]*", "s finds speakers so"),
    ("until you say which$", "until you say which: + names a speaker"),
    ("--forget-corrections has it read anew", "z has it read anew"),
    (", as (--[a-z-]+|the [a-z ]+) says", ""),
)


@dataclass(slots=True)
class File:
    """A file that was found, and what is known of it."""

    found: Found | Unreachable | PassedOver
    state: State = State.WAITING
    understood: tuple[Understood, ...] = ()
    voices: list[Voice] = field(default_factory=list)
    """The speakers of all its transcripts, labels once."""
    notes: list[str] = field(default_factory=list)
    """Why it is refused or left out."""
    doubtful: bool = False
    """Whether a person should look: labels that may be one person, nobody who asks or is named,
    columns whose names do not tell what they are."""
    table: TableLook | None = None
    """What it holds, if it is a table."""
    in_part: bool = False
    """Whether only the first rows of a table were looked at."""
    as_before: bool = False
    """Whether it is read as a table like it was last time."""

    @property
    def name(self) -> str:
        """What the file goes by."""
        return self.found.name

    @property
    def nameless(self) -> bool:
        """Whether nobody is named in a transcript that may be a conversation."""
        labels = [voice.label for voice in self.voices]
        return len(self.understood) == 1 and labels == [""] and self.table is None

    @property
    def voiceless(self) -> bool:
        """Whether it is a table in which nobody is named."""
        return self.table is not None and not any(voice.label for voice in self.voices)

    def review(self, reviewed: Reviewed) -> None:
        """Takes note of how the file is understood."""
        self.understood, self.table = reviewed.understood, reviewed.table
        self.in_part, self.as_before = reviewed.in_part, reviewed.as_before
        self.notes = [_as_typed_here(reviewed.refused)] if reviewed.refused else []
        if self.state is not State.THERE:
            self.state = State.REFUSED if reviewed.refused else State.READ
        self.voices = merged(voice for each in self.understood for voice in each.voices)
        told = self.table is not None and not self.table.holding(Role.SPEAKER)
        asked = told or any(voice.interviewer for voice in self.voices) or len(self.voices) < 2
        guessed = self.table is not None and self.table.guessed
        alike = any(each.alike for each in self.understood)
        partly = self.table is None and any(not voice.label for voice in self.voices)
        self.doubtful = self.state is State.READ and (
            alike or not asked or guessed or self.nameless or partly
        )

    def result(self, result: Result) -> None:
        """Takes note of what became of it, or of one of its transcripts."""
        state = {
            Outcome.IMPORTED: State.IMPORTED,
            Outcome.REFUSED: State.REFUSED,
            Outcome.PASSED_OVER: State.PASSED_OVER,
        }.get(result.outcome, State.LEFT)
        if self.state is not State.IMPORTED:
            self.state, self.doubtful = state, False
        if state is not State.IMPORTED:
            self.notes = list(dict.fromkeys((*self.notes, *result.notes)))


def _as_typed_here(reason: str) -> str:
    """A reason with the keys of this screen instead of the options of the command."""
    for option, key in _KEYS_FOR:
        reason = re.sub(option, key, reason)
    return reason


def listed(found: Iterable[Found | Unreachable | PassedOver], known: set[str]) -> list[File]:
    """The files as they were found; `known` are the names of the project's transcripts."""
    files = []
    for each in found:
        file = File(each)
        if isinstance(each, Unreachable):
            file.state, file.notes = State.REFUSED, [each.reason]
        elif isinstance(each, PassedOver):
            file.state, file.notes = State.PASSED_OVER, [each.reason]
        elif each.name in known:
            file.state = State.THERE
        files.append(file)
    return files


def merged(voices: Iterable[Voice]) -> list[Voice]:
    """The speakers, each label once, with the words and turns of all."""
    found: dict[str, Voice] = {}
    for voice in voices:
        known = found.get(voice.label)
        found[voice.label] = (
            voice
            if known is None
            else Voice(
                voice.label,
                known.interviewer or voice.interviewer,
                known.turns + voice.turns,
                known.words + voice.words,
                known.attributes,
            )
        )
    return list(found.values())


class FileRows:
    """The rows of the list of files."""

    def __init__(self, files: Sequence[File]) -> None:
        self._files = files
        self._places = {file.name: place for place, file in enumerate(files)}

    def count(self) -> int:
        """How many there are."""
        return len(self._files)

    def index(self, key: str) -> int | None:
        """Where the file of that name is."""
        return self._places.get(key)

    def rows(self, start: int, end: int) -> list[Row]:
        """The rows `[start, end)`."""
        return [self._row(file) for file in self._files[start:end]]

    def _row(self, file: File) -> Row:
        sign, style = ("?", "bold $accent") if file.doubtful else _SIGNS[file.state]
        quiet = file.state in (State.PASSED_OVER, State.WAITING)
        return Row(
            file.name,
            (
                Content.assemble((sign, style)),
                Content.assemble((safe(file.name), "$text-muted" if quiet else "")),
                Content.assemble((_said(file), "$text-muted")),
            ),
        )


def _said(file: File) -> str:
    if file.state is State.READ:
        if file.in_part and file.table:
            return counted(file.table.rows, "row")
        many = len(file.understood)
        one = many == 1 and not file.voiceless
        return counted(len(file.voices), "speaker") if one else counted(many, "transcript")
    return "" if file.state is State.WAITING else str(file.state)


def voice_rows(file: File, marked: set[str]) -> list[Row]:
    """The speakers of a file, with what looks like one person."""
    alike = {label: a for each in file.understood for a in each.alike for label in a.labels}
    rows = []
    for voice in file.voices:
        sign = "● " if voice.label in marked else "  "
        who = ("asks", "$primary") if voice.interviewer else ("answers", "$text-muted")
        other = alike.get(voice.label)
        known = " · ".join(" ".join(pair) for pair in voice.attributes)
        said = f"? {', '.join(other.labels)}: one person" if other else known
        rows.append(
            Row(
                voice.label,
                (
                    Content.assemble(
                        (sign, "$accent"), (safe(voice.label or "(nobody named)"), "bold")
                    ),
                    Content.assemble(who),
                    Content.assemble((f"{voice.words:,}", "")),
                    Content.assemble((f"{voice.turns:,}", "$text-muted")),
                    Content.assemble((safe(said), "$accent" if other else "$text-muted")),
                ),
            )
        )
    return rows


def first_turns(file: File) -> list[Content]:
    """The first turns of a file as understood, or why there are none."""
    named = len(file.name) <= _LONG or any(note.startswith(file.name) for note in file.notes)
    said = [] if named else [Content.assemble((safe(file.name), "bold"))]
    said += [Content.assemble(("✗ ", "$text-error"), safe(note)) for note in file.notes]
    if file.nameless:
        hint = "nobody is named: s finds speakers by question and answer"
        said.append(Content.assemble(("? ", "bold $accent"), (hint, "$text")))
    said += [Content.assemble(("! ", "$text-warning"), safe(note)) for note in _notes(file)]
    for each in file.understood[:3]:
        if len(file.understood) > 1:
            said.append(Content.assemble((safe(each.document), "bold underline")))
        if each.attributes:
            said.append(_attributes(each))
        said += _turns(each)
    if len(file.understood) > 3:
        said.append(Content(f"… and {counted(len(file.understood) - 3, 'transcript')} more"))
    return said


def _notes(file: File) -> list[str]:
    """What should be known of the file, each once, however many transcripts are in it."""
    notes = dict.fromkeys(note for each in file.understood for note in each.notes)
    found = [_as_typed_here(note) for note in notes][:6]
    if file.in_part and file.table:
        rows = f"{FIRST_ROWS:,} of its {file.table.rows:,} rows"
        found.insert(0, f"understood by the first {rows}; all of them are imported")
    if file.as_before and file.understood:
        found.insert(0, "the columns are read as last time; z has them read anew")
    return found


def _attributes(each: Understood) -> Content:
    known = [
        Content.assemble((f"{safe(name)} ", "$text-muted"), safe(value[:60]))
        for name, value in each.attributes[:_ATTRIBUTES]
    ]
    if (more := len(each.attributes) - _ATTRIBUTES) > 0:
        known.append(Content.assemble((f"and {counted(more, 'attribute')} more", "$text-muted")))
    return Content("  ") + Content(" · ").join(known)


def _turns(each: Understood) -> list[Content]:
    said = []
    asking = {voice.label for voice in each.voices if voice.interviewer}
    for (label, words), question, codes in zip(each.first, each.questions, each.codes, strict=True):
        style = "bold $primary" if label in asking else "italic" if question else "bold"
        speech = safe(" ".join(words[:600].split())) + (" …" if len(words) > 600 else "")
        name = Content.assemble((safe(label or question or "(nobody named)"), style), "  ")
        said.append(name + Content.assemble((speech, "$text-muted" if label in asking else "")))
        if codes:
            said.append(Content.assemble("  ", ("codes ", "$text-muted"), safe(", ".join(codes))))
    return said
