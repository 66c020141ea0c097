"""What is known of the files to be imported: as understood, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from textual.content import Content

from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.linelist import Row
from commonplace.tui.widgets.reader.cells import safe
from commonplace.workflows.find_files import Found, PassedOver, Unreachable
from commonplace.workflows.import_transcripts import Outcome, Result
from commonplace.workflows.review_import import Reviewed
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
    """Whether a person should look: labels that may be one person, nobody who asks or is named."""

    @property
    def name(self) -> str:
        """What the file goes by."""
        return self.found.name

    @property
    def nameless(self) -> bool:
        """Whether nobody is named in a transcript that may be a conversation."""
        return len(self.understood) == 1 and [voice.label for voice in self.voices] == [""]

    def review(self, reviewed: Reviewed) -> None:
        """Takes note of how the file is understood."""
        self.understood = reviewed.understood
        self.notes = [_as_typed_here(reviewed.refused)] if reviewed.refused else []
        if self.state is not State.THERE:
            self.state = State.REFUSED if reviewed.refused else State.READ
        self.voices = merged(voice for each in self.understood for voice in each.voices)
        asked = any(voice.interviewer for voice in self.voices) or len(self.voices) < 2
        alike = any(each.alike for each in self.understood)
        self.doubtful = self.state is State.READ and (alike or not asked or self.nameless)

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
    """A reason with the key of this screen instead of the option of the command."""
    return reason.replace("Name it with --text-column", "c names it")


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
        many = len(file.understood)
        return counted(len(file.voices), "speaker") if many == 1 else counted(many, "transcript")
    return "" if file.state is State.WAITING else str(file.state)


def voice_rows(file: File, marked: set[str]) -> list[Row]:
    """The speakers of a file, with what looks like one person."""
    alike = {label: a for each in file.understood for a in each.alike for label in a.labels}
    rows = []
    for voice in file.voices:
        sign = "● " if voice.label in marked else "  "
        who = ("asks", "$primary") if voice.interviewer else ("answers", "$text-muted")
        other = alike.get(voice.label)
        said = f"? {', '.join(other.labels)}: one person" if other else ""
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
                    Content.assemble((safe(said), "$accent")),
                ),
            )
        )
    return rows


def first_turns(file: File) -> list[Content]:
    """The first turns of a file as understood, or why there are none."""
    said = [Content.assemble(("✗ ", "$text-error"), safe(note)) for note in file.notes]
    if file.nameless:
        hint = "nobody is named: s finds speakers by question and answer"
        said.append(Content.assemble(("? ", "bold $accent"), (hint, "$text")))
    for each in file.understood[:3]:
        if len(file.understood) > 1:
            said.append(Content.assemble((safe(each.document), "bold underline")))
        said += [Content.assemble(("! ", "$text-warning"), safe(note)) for note in each.notes]
        asking = {voice.label for voice in each.voices if voice.interviewer}
        for label, words in each.first:
            style = "bold $primary" if label in asking else "bold"
            speech = safe(" ".join(words[:600].split())) + (" …" if len(words) > 600 else "")
            name = Content.assemble((safe(label or "(nobody named)"), style), "  ")
            said.append(name + Content.assemble((speech, "$text-muted" if label in asking else "")))
    if len(file.understood) > 3:
        said.append(Content(f"… and {len(file.understood) - 3:,} transcripts more"))
    return said
