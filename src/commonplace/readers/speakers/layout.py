"""A text's turns and speakers: from labels, from alternation, or from its paragraphs alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from commonplace.domain.span import Span, union
from commonplace.domain.transcript import INTERVIEWER, PARTICIPANT, Speaker, Turn
from commonplace.readers.speakers.alone import names_alone
from commonplace.readers.speakers.alternate import interviewer_speaks
from commonplace.readers.speakers.corrections import NO_CORRECTIONS, Corrections
from commonplace.readers.speakers.doubtful import doubtful_keys, doubtful_notes
from commonplace.readers.speakers.evidence import speaker_keys
from commonplace.readers.speakers.header import turns_begin
from commonplace.readers.speakers.labelled import labelled_turns
from commonplace.readers.speakers.labels import Candidate, Kind, scan, without
from commonplace.readers.speakers.otherwise import labels_otherwise, one_person_numbered
from commonplace.readers.speakers.paragraphs import Paragraph, join, paragraphs, pieces
from commonplace.readers.speakers.vocabulary import key_of, names_interviewer
from commonplace.readers.speakers.who import speakers_of

_FEW = 4
_LONG_HEADER = 1500
_BLANK_LINE = re.compile(r"\s*\n[^\S\n]*\n\s*")


class Speakers(StrEnum):
    """How the speakers of a transcript are found."""

    AUTO = "auto"
    """From labels in the text; where there are none, nobody is named."""
    ALTERNATE = "alternate"
    """From labels too; where there are none, question and answer are guessed to alternate."""
    NONE = "none"
    """Not at all: each paragraph is a turn of nobody named."""


AUTO = Speakers.AUTO


@dataclass(frozen=True, slots=True)
class Layout:
    """What the parts of a text are. All that is not white space is in a turn or `outside`."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...] = ()
    cues: tuple[tuple[int, float], ...] = ()
    outside: tuple[Span, ...] = ()
    """Header, notices, headings: in no turn."""
    notes: tuple[str, ...] = ()


def find_turns(
    text: str,
    *,
    speakers: Speakers | str = AUTO,
    corrections: Corrections = NO_CORRECTIONS,
    certain: Collection[str] = (),
    outside: Sequence[Span] = (),
    alone: bool = False,
) -> Layout:
    """The turns of `text` and who speaks them.

    `corrections` are what a person says of labels. `certain` are labels that the source itself
    marks as speakers. `outside` are stretches of whole lines that the source itself marks as no
    speech, in order. With `alone`, names on lines of their own and names set off by a tab are
    looked for as well: nothing but the text tells them.
    """
    mode = Speakers(speakers)
    heard = _masked(text, outside)
    if mode is not Speakers.NONE:
        found = _labelled(heard, mode, corrections, certain, outside, alone=alone)
        if found is not None:
            return found
        if mode is Speakers.ALTERNATE:
            return _alternating(heard, outside)
    return _unnamed(heard, mode, outside)


def _masked(text: str, outside: Sequence[Span]) -> str:
    """The text with what is no speech blanked out, every offset unchanged."""
    if not outside:
        return text
    parts: list[str] = []
    position = 0
    for span in outside:
        lines = text[span.start : span.end].split("\n")
        parts += text[position : span.start], "\n".join(" " * len(line) for line in lines)
        position = span.end
    return "".join(parts) + text[position:]


def _labelled(
    text: str,
    mode: Speakers,
    corrections: Corrections,
    certain: Collection[str],
    outside: Sequence[Span],
    *,
    alone: bool,
) -> Layout | None:
    sure = {key_of(label) for label in (*certain, *corrections.labels)}
    scanned = without(scan(text, sure), corrections.not_speakers)
    candidates = scanned.candidates
    if not any(each.key in sure for each in candidates):
        one_person_numbered(candidates)
    keys = speaker_keys(scanned, certain=sure)
    doubtful = doubtful_keys(scanned, keys)
    if keys:
        first = turns_begin(text, candidates, keys | doubtful)
    else:
        nobody = {key_of(label) for label in corrections.not_speakers}
        names, keys = labels_otherwise(text, sure, nobody, tabs=alone)
        if not names and alone:
            names, keys = names_alone(text, sure, nobody)
        doubtful = {each.key for each in names} - keys
        candidates, first = _among(candidates, names)
    if first == len(candidates):
        return None
    begin = candidates[first].start
    cuts = [Candidate(each.start, each.end, Kind.NOTICE) for each in outside if each.start > begin]
    if cuts:
        ordered = sorted(candidates[first:] + cuts, key=lambda each: each.start)
        candidates = candidates[:first] + ordered
    found = labelled_turns(text, candidates, first, keys, doubtful)
    apart = _answers_apart(text, found.turns, None if mode is Speakers.AUTO else PARTICIPANT)
    if apart is not None:
        found.turns = apart
        found.roles |= {turn.speaker: "" for turn in apart if turn.speaker is not None}
    known = {label: {"role": role} if role else {} for label, role in found.roles.items()}
    turns, speakers = speakers_of(text, found.turns, known, corrections)
    notes = []
    if apart is not None:
        notes.append("only questions have a label: what follows each is taken for the answer")
    if found.unnamed:
        turns_open = "1 turn opens" if found.unnamed == 1 else f"{found.unnamed} turns open"
        notes.append(f"{turns_open} with a time alone: nobody is named as speaker")
    notes += doubtful_notes(found.doubtful)
    if begin > _LONG_HEADER:
        words = len(text[:begin].split())
        notes.append(f"the {words} words before the first speaker label are in no turn")
    early = [each for each in outside if each.start < begin]
    left_out = tuple(union([*found.outside, *early]))
    return Layout(turns, speakers, tuple(found.cues), left_out, tuple(notes))


def _among(
    candidates: Sequence[Candidate], names: Sequence[Candidate]
) -> tuple[list[Candidate], int]:
    """The names in their places among what else was found, and the number of the first.

    Times that belong to a name are left out.
    """
    if not names:
        return [], 0
    stamps = {name.stamp_start for name in names} | {name.start for name in names}
    others = [each for each in candidates if each.start not in stamps]
    ordered = sorted([*others, *names], key=lambda each: each.start)
    return ordered, ordered.index(names[0])


def _answers_apart(text: str, turns: Sequence[Turn], answers: str | None) -> list[Turn] | None:
    """The turns with the paragraphs after each question as turns of `answers`.

    Only where a single label occurs, an interviewer's, and most of its turns have several
    paragraphs; None elsewhere.
    """
    labels = {turn.speaker for turn in turns}
    if len(labels) != 1 or len(turns) < 2 or not names_interviewer(key_of(labels.pop() or "")):
        return None
    blanks = [_BLANK_LINE.search(text, turn.speech_start, turn.end) for turn in turns]
    if sum(blank is not None for blank in blanks) * 2 <= len(turns):
        return None
    apart = []
    for turn, blank in zip(turns, blanks, strict=True):
        if blank is None:
            apart.append(turn)
        else:
            apart.append(replace(turn, end=blank.start()))
            apart.append(Turn(blank.end(), blank.end(), turn.end, answers))
    return apart


def _alternating(text: str, outside: Sequence[Span]) -> Layout:
    found = pieces(text)
    body = [each for each in found if not each.outside]
    said: list[tuple[Paragraph, bool]] = []
    for each, asks in zip(body, interviewer_speaks(text, body), strict=True):
        if each.joined and said and said[-1][1] == asks:
            said[-1] = join(said[-1][0], each), asks
        else:
            said.append((each, asks))
    turns = tuple(_as_turn(each, INTERVIEWER if asks else PARTICIPANT) for each, asks in said)
    present = {turn.speaker for turn in turns}
    speakers = tuple(
        Speaker(label, label == INTERVIEWER)
        for label in (INTERVIEWER, PARTICIPANT)
        if label in present
    )
    note = "speakers are guessed from questions and alternation: please check them"
    rest = _rest((each for each, _ in said), found, outside)
    return Layout(turns, speakers, *rest, (note,))


def _unnamed(text: str, mode: Speakers, outside: Sequence[Span]) -> Layout:
    found = paragraphs(text, header=mode is not Speakers.NONE)
    body = [each for each in found if not each.outside]
    turns = tuple(_as_turn(each, None) for each in body)
    notes = unnamed_notes(len(turns)) if mode is Speakers.AUTO else ()
    return Layout(turns, (), *_rest(body, found, outside), notes)


def unnamed_notes(turns: int) -> tuple[str, ...]:
    """What to tell of a text in which nobody is named and each paragraph is a turn."""
    note = "no speaker labels were found: each paragraph is a turn of nobody named"
    if turns < _FEW:
        return (note,)
    return (
        f"{note}; if question and answer alternate, import it again with speakers guessed "
        "(--speakers alternate, or s where the app imports)",
    )


def _rest(
    said: Iterable[Paragraph], found: Sequence[Paragraph], outside: Sequence[Span]
) -> tuple[tuple[tuple[int, float], ...], tuple[Span, ...]]:
    """Time marks inside turns, and what is in no turn."""
    cues = tuple(cue for each in said for cue in each.cues)
    left_out = [Span(each.start, each.end) for each in found if each.outside]
    return cues, tuple(union([*left_out, *outside]))


def _as_turn(each: Paragraph, speaker: str | None) -> Turn:
    return Turn(each.start, each.speech, each.end, speaker, None, each.stamp, each.time)
