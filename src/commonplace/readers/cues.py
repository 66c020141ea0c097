"""From timed captions (WebVTT, SubRip) to turns: one speaker's captions become one turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from commonplace.domain.span import Span
from commonplace.domain.transcript import Transcript, Turn
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.source import Source
from commonplace.readers.speakers import Corrections, Layout, Speakers, find_turns, unnamed_notes
from commonplace.readers.speakers.doubtful import doubtful_keys, doubtful_notes
from commonplace.readers.speakers.evidence import speaker_keys
from commonplace.readers.speakers.labels import Candidate, Kind, Scan, scan, without
from commonplace.readers.speakers.vocabulary import could_be_named, key_of, name_and_role
from commonplace.readers.speakers.who import speakers_of

_PAUSE = 2.0
"""Seconds of silence that end a paragraph where nobody is named."""
_LONG = 600
"""Code points after which such a paragraph ends with the next sentence."""
_LEAST_COVER = 0.05
_CUES_AT_MOST = 200_000


_TAIL = 400
_CUT_OFF = re.compile(
    r"(?:-->[^\n]*"  # times without words
    r"|\n[ \t]*\n(?:(?![^\n]*-->)[^\n]*\n)?[\d:., \t]*\d[\d:., \t]*-{0,2}"  # a number, half a time
    r"|<(?=[/a-z])[^<>]*)\s*\Z"  # half a tag
)
_OPEN_VOICE = re.compile(r"<v[ .][^<>]*>[^<]*\Z")


def cut_off_notes(text: str) -> tuple[str, ...]:
    """What to tell of captions of which the last is not whole."""
    tail = text[-_TAIL:]
    if _CUT_OFF.search(tail) or ("</v>" in text and _OPEN_VOICE.search(tail)):
        return ("the last caption is not whole: the file breaks off there; look for a whole copy",)
    return ()


class Cue(NamedTuple):
    """One caption, or the part of it that one voice says. Times in seconds.

    `voice` is whom the file itself names, if anybody; `text` has LF where lines end.
    """

    start: float
    end: float
    text: str
    voice: str | None = None


@dataclass(slots=True)
class _Block:
    """What one speaker says in one go."""

    label: str | None
    cues: list[Cue] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(cue.text) + 1 for cue in self.cues)


def read_cues(
    source: Source, form: Format, cues: Iterable[Cue], options: Options, notes: tuple[str, ...]
) -> list[Transcript]:
    """The transcript that `cues` make. Raises `ReadError` when there are none with text."""
    said = [cue for cue in islice(cues, _CUES_AT_MOST + 1) if cue.text.strip()]
    if len(said) > _CUES_AT_MOST:
        raise ReadError(
            f"{source.name} has more than {_CUES_AT_MOST} captions, as no transcript does; if it "
            "is one, split it"
        )
    if not said:
        raise ReadError(
            f"{source.name} has no captions with text; check that it is a transcript "
            f"in the .{form.name} format, or rename it to what it is"
        )
    doubted: Counter[str] = Counter()
    named = options.speakers is not Speakers.NONE
    if blocks := _blocks(said, options.corrections, doubted) if named else []:
        text, layout = _named(blocks, options)
        layout = replace(layout, notes=(*layout.notes, *doubtful_notes(doubted)))
    else:
        text, layout = _unnamed(_paragraphs(said), options)
    return [transcript(source, form, text, layout, notes)]


def _blocks(cues: Sequence[Cue], corrections: Corrections, doubted: Counter[str]) -> list[_Block]:
    """The cues joined by speaker; nothing when no speaker is named anywhere."""
    labelled = groupby(_with_labels(cues, corrections, doubted), key=attrgetter("voice"))
    blocks = [_Block(voice, list(said)) for voice, said in labelled]
    return blocks if any(block.label for block in blocks) else []


def _with_labels(
    cues: Sequence[Cue], corrections: Corrections, doubted: Counter[str]
) -> Iterator[Cue]:
    """The cues with the labels in their text (`Name: words`) turned into voices.

    A cue without a label goes on with the speaker of the label before it; a cue that merely
    lacks a voice tag is nobody's, and so is what follows a label that may be none. How often each
    such label occurs is counted in `doubted`.
    """
    nobody = {key_of(label) for label in corrections.not_speakers}
    sure = {key_of(label) for label in corrections.labels}
    plain = [cue.text for cue in cues if cue.voice is None]
    scanned = without(scan("\n\n".join(plain)), corrections.not_speakers)
    first = _labels_of_each(scanned)
    sure.update(key for key, name in first.items() if could_be_named(name))
    keys = speaker_keys(scanned, certain=sure, least_cover=_LEAST_COVER)
    doubtful = doubtful_keys(scanned, keys).union(first if keys else ())
    marks = [each for each in scanned.candidates if each.key in keys or each.key in doubtful]
    names: dict[str, str] = {}
    number = start = 0
    speaker: str | None = None
    for cue in cues:
        if cue.voice is not None:
            speaker = None
            unnamed = nobody and key_of(name_and_role(cue.voice)[0]) in nobody
            yield cue._replace(voice=None) if unnamed else cue
            continue
        end = start + len(cue.text)
        begin = start
        while number < len(marks) and marks[number].start <= end:
            mark = marks[number]
            before = cue.text[begin - start : mark.start - start]
            yield Cue(cue.start, cue.end, before, speaker)
            if mark.key in keys:
                role = f" ({mark.role})" if mark.role else ""
                speaker = names.setdefault(mark.key + role, mark.name + role)
                begin = mark.speech
            else:
                speaker, begin = None, mark.start
                doubted[mark.name] += 1
            number += 1
        yield Cue(cue.start, cue.end, cue.text[begin - start :], speaker)
        start = end + 2


def _labels_of_each(scan: Scan) -> dict[str, str]:
    """The labels, by key, with which the captions begin, where nearly each begins with one and
    most come back, as Zoom writes them; else none."""
    first: dict[int, Candidate] = {}
    for each in scan.candidates:
        opens = each.start == 0 or scan.text.endswith("\n\n", 0, each.start)
        if each.kind is Kind.COLON and opens:
            first.setdefault(each.paragraph, each)
    names = {each.key: each.name for each in first.values() if not each.name[0].islower()}
    counts = Counter(each.key for each in first.values())
    named = [counts[key] for key, name in names.items() if could_be_named(name)]
    again = sum(count for count in named if count >= 2)
    return names if sum(named) * 10 >= 9 * scan.paragraphs and again * 2 >= sum(named) else {}


def _paragraphs(cues: Sequence[Cue]) -> list[_Block]:
    """The cues joined until somebody pauses, or a sentence ends after a while."""
    blocks = [_Block(None)]
    for cue in cues:
        block = blocks[-1]
        if block.cues:
            last = block.cues[-1]
            finished = last.text.rstrip("\"'”’) ").endswith((".", "?", "!", "…"))
            if finished and (cue.start - last.end >= _PAUSE or block.size >= _LONG):
                block = _Block(None)
                blocks.append(block)
        block.cues.append(cue)
    return blocks


_Names = Mapping[str, tuple[str, str]]
"""By label: the name and the role in it."""


def _rendered(
    blocks: Sequence[_Block], names: _Names
) -> tuple[str, list[Turn], list[tuple[int, float]]]:
    """Text, turns and cue times of the blocks; blocks in which nothing is said are left out."""
    parts: list[str] = []
    start = 0
    turns: list[Turn] = []
    times: list[tuple[int, float]] = []
    for block in blocks:
        said = [(cue.start, words) for cue in block.cues if (words := _one_line(cue.text))]
        if not said:
            continue
        heading, name, label = "", None, None
        if block.label:
            heading, name = f"{block.label}: ", names[block.label][0]
            label = Span(start, start + len(heading) - 1)
        parts.append(heading + " ".join([words for _, words in said]))
        position = speech = start + len(heading)
        for time, words in said:
            times.append((position, time))
            position += len(words) + 1
        turns.append(Turn(start, speech, position - 1, name, label, None, said[0][0]))
        start = position + 1
    return "\n\n".join(parts), turns, times


def _one_line(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def _named(blocks: Sequence[_Block], options: Options) -> tuple[str, Layout]:
    labels = dict.fromkeys(block.label for block in blocks if block.label)
    names = {label: name_and_role(label) for label in labels}
    text, turns, times = _rendered(blocks, names)
    spoken = {turn.speaker for turn in turns}
    known: dict[str, dict[str, str]] = {}
    for name, role in names.values():
        if name in spoken:
            attributes = known.setdefault(name, {})
            if role:
                attributes.setdefault("role", role)
    settled, speakers = speakers_of(text, turns, known, options.corrections)
    return text, Layout(settled, speakers, tuple(times))


def _unnamed(blocks: Sequence[_Block], options: Options) -> tuple[str, Layout]:
    text, turns, times = _rendered(blocks, {})
    if options.speakers is not Speakers.ALTERNATE:
        return text, Layout(tuple(turns), cues=tuple(times), notes=unnamed_notes(len(turns)))
    guessed = find_turns(text, speakers=options.speakers)
    by_start = {turn.start: turn.time for turn in turns}
    timed = tuple(replace(turn, time=by_start.get(turn.start)) for turn in guessed.turns)
    return text, replace(guessed, turns=timed, cues=tuple(times))
