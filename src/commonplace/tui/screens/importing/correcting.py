"""Putting right who speaks, before anything is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from commonplace.readers import Corrections, TableLayout, TableReading
from commonplace.tui import dialogs
from commonplace.tui.screens.importing.files import File, State
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.workflows.reading import Reading
from commonplace.workflows.understood import Voice

_FINDING = {
    "auto": ("by labels, else guessed", "names before what they say; bold; layout"),
    "alternate": ("question and answer alternate", "transcripts without any names"),
    "none": ("not at all", "the whole text is one person's"),
}


_GUESS = TableReading(by_content=True)
"""How tables are read of which nobody has said anything: somebody looks at what was seen."""


class TableChoice(NamedTuple):
    """How tables of a layout are to be read."""

    layout: TableLayout
    table: TableReading


class Corrector(Room):
    """What a person says of the speakers; it holds in every file with these labels."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.said: list[Corrections | TableChoice] = []
        """One after the other, so that the last can be taken back."""
        self.finding = "auto"
        """How speakers are found: a name of `readers.Speakers`."""
        self.marked: set[str] = set()
        """Labels of the file at hand."""

    @property
    def reading(self) -> Reading:
        """How files are to be read."""
        corrections = Corrections()
        tables: dict[TableLayout, TableReading] = {}
        for each in self.said:
            if isinstance(each, TableChoice):
                tables[each.layout] = each.table
            else:
                corrections = corrections.and_then(each)
        return Reading(
            speakers=self.finding, corrections=corrections or None, table=_GUESS, tables=tables
        )

    @property
    def corrections(self) -> int:
        """How many things a person said here."""
        return len(self.said) + (self.finding != "auto")

    def file(self) -> File | None:
        """The file at hand."""
        raise NotImplementedError

    def voice(self) -> Voice | None:
        """The speaker that the cursor is on."""
        raise NotImplementedError

    def on_speakers(self) -> bool:
        """Whether the cursor is in the list of speakers; if not, it is from now on."""
        raise NotImplementedError

    def reread(self) -> None:
        """Reads everything anew, the file at hand first."""
        raise NotImplementedError

    def _correct(self, correction: Corrections, said: str) -> None:
        self.said.append(correction)
        self.marked.clear()
        self.say(f"{said} — z takes it back")
        self.reread()

    def _labelled(self) -> Voice | None:
        """The speaker at the cursor, if there is a label to say something of."""
        file = self.file()
        if file is not None and file.voiceless:
            self.say("Nobody is named: c, then s on the column that says who.", trouble=True)
            return None
        if not self.on_speakers():
            self.say("Which speaker? ↑ ↓, then the same key again.")
            return None
        voice = self.voice()
        if voice is None or not voice.label:
            self.say("There is no label here: choose a speaker in the list.", trouble=True)
            return None
        return voice

    def action_interviewer(self) -> None:
        voice, file = self._labelled(), self.file()
        if voice is None or file is None:
            return
        if voice.interviewer:
            correction = Corrections(interviewees=(voice.label,))
            self._correct(correction, f"{voice.label} answers")
            return
        asking = [each.label for each in file.voices if each.interviewer and each.label]
        self._correct(Corrections(interviewers=(*asking, voice.label)), f"{voice.label} asks")

    def action_no_speaker(self) -> None:
        voice = self._labelled()
        if voice is not None:
            correction = Corrections(not_speakers=(voice.label,))
            self._correct(correction, f"{voice.label} is no speaker")

    def action_missing_speaker(self) -> None:
        def answered(label: str | None) -> None:
            if label is not None:
                self._correct(Corrections(speakers=(label,)), f"{label} is a speaker")

        self.app.push_screen(
            dialogs.Prompt(
                "A speaker who was not recognised",
                about="The label as it stands in the text, without the colon.",
                hint="such as Councillor B",
            ),
            answered,
        )

    def action_mark(self) -> None:
        voice = self._labelled()
        if voice is not None:
            self.marked.symmetric_difference_update({voice.label})
            self.speakers_shown()

    def speakers_shown(self) -> None:
        """The list of speakers is to be shown anew."""

    def action_join(self) -> None:
        file = self.file()
        if file is None or len(self.marked) < 2:
            self.say("Mark the labels of one person with space, then j joins them.", trouble=True)
            return
        voices = [voice for voice in file.voices if voice.label in self.marked]
        self._same([voice.label for voice in sorted(voices, key=lambda v: -v.words)])

    def action_accept(self) -> None:
        """Joins what looks like one person: the labels at the cursor, else all of the file."""
        file, voice = self.file(), self.voice()
        groups = [a.labels for each in (file.understood if file else ()) for a in each.alike]
        here = [group for group in groups if voice is not None and voice.label in group]
        if not groups:
            self.say("No labels look like one person here; space and j join any.", trouble=True)
            return
        self._same(*(here or groups))

    def _same(self, *groups: Sequence[str]) -> None:
        said = "; ".join(f"{', '.join(group)} are one person" for group in groups)
        self._correct(Corrections(same=tuple(map(tuple, groups))), said)

    def action_take_back(self) -> None:
        file = self.file()
        if self.said:
            self.said.pop()
            self.say("taken back")
        elif file is not None and file.table is not None and file.as_before:
            self.said.append(TableChoice(file.table.layout, _GUESS))
            self.say("read anew, and no more as last time — z takes it back")
        else:
            self.say("Nothing was corrected here yet.", trouble=True)
            return
        self.reread()

    def action_finding(self) -> None:
        names = list(_FINDING)

        def chosen(place: int | None) -> None:
            if place is not None and names[place] != self.finding:
                self.finding = names[place]
                self.say(f"speakers are found {_FINDING[self.finding][0]}")
                self.reread()

        self.app.push_screen(
            dialogs.Choose(
                "Speakers are found",
                [
                    Content.assemble((label, "bold"), (f"  {about}", "$text-muted"))
                    for label, about in _FINDING.values()
                ],
                about="In all files that are imported now.",
            ),
            chosen,
        )

    def readable(self, file: File) -> bool:
        """Whether there is something to read in a file."""
        return file.state not in (State.PASSED_OVER, State.IMPORTED, State.LEFT)
