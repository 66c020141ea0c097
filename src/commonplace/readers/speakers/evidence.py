"""Which of the labels in a text are speakers', judged over the whole text.

A colon proves little: "Note: …", "Time: 10:30" and "I said to him: …" have one too. What tells is
how often a label comes back, whether it stands where a paragraph or a finished line begins,
whether others alternate with it, how much of the text labels cover, and what it looks like. When
in doubt it is no speaker: words taken for a label would be lost from what somebody said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from commonplace.readers.speakers.doubts import (
    Doubts,
    answers_interviewer,
    no_exchange,
    without_exchange,
)
from commonplace.readers.speakers.labels import Candidate, Kind, Scan
from commonplace.readers.speakers.vocabulary import (
    is_name_too,
    is_no_speaker,
    is_single_letter,
    is_speech_word,
    looks_like_a_name,
    names_role,
    word_set,
)

_NOISES = word_set(
    """
    laugh laughs laughing laughter chuckle chuckles giggles cry cries crying sob sigh sighs cough
    coughs pause pauses silence long short inaudible unclear indistinct unintelligible crosstalk
    overlapping interruption interrupted phone telephone doorbell door dog baby music applause
    noise background sound sounds recording tape redacted removed omitted anonymised nods shakes
    break overtalking talking whispers sings clears throat gestures points beep foreign missing
    name names town city village place street road school college university hospital surgery
    charity organisation organization company project location country area date person redaction
    """
)
_LATE = 5
"""Paragraphs before the first label; in a text with more, a few labels are found by chance."""
_SMALL = 12
"""Lines up to which a text may be so short that no name comes back."""


@dataclass(slots=True)
class _Label:
    """What is known of one label over the whole text."""

    key: str
    name: str
    found: list[Candidate] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def clean(self) -> float:
        return sum(each.clean for each in self.found) / len(self.found)

    def share(self, kind: Kind) -> float:
        return [each.kind for each in self.found].count(kind) / len(self.found)


def speaker_keys(
    scan: Scan, *, certain: Collection[str] = (), least_cover: float = 0.25
) -> set[str]:
    """The keys of the labels that are speakers'; `certain` ones (keys) are never doubted.

    `least_cover` is the share of paragraphs (0–1) that names must open to be believed.
    """
    kept = _speaker_keys(scan, certain, least_cover)
    words = without_exchange(scan.text, scan.candidates, kept, certain)
    if not words:
        return kept
    others = [each for each in scan.candidates if each.key not in words]
    return _speaker_keys(scan._replace(candidates=others), certain, least_cover)


def _speaker_keys(scan: Scan, certain: Collection[str], least_cover: float) -> set[str]:
    nobody = no_exchange(scan.candidates).difference(certain)
    labels = [each for each in _gathered(scan.candidates, certain) if each.key not in nobody]
    doubts = Doubts(scan.text)
    above = sum(label.share(Kind.ABOVE) * label.count for label in labels)
    strong = {label.key for label in labels if label.key in certain or _is_strong(label, above)}
    line_by_line = len(scan.candidates) >= 0.8 * scan.lines
    usual = {
        label.key for label in labels if label.key not in strong and _is_usual(label, line_by_line)
    }
    confirmed = _confirmed(labels, strong, usual, scan, least_cover)
    kept = strong | _undoubted(labels, strong, confirmed, doubts, scan)
    if above * 2 <= len(scan.candidates):
        kept |= _rare(labels, kept, doubts, scan)
    marks = [each for each in scan.candidates if each.key in kept]
    late = bool(marks) and marks[0].paragraph > _LATE
    if late and not certain and _cover(marks, scan) < 0.4 * least_cover:
        return set()
    return kept


def _gathered(candidates: Iterable[Candidate], certain: Collection[str]) -> list[_Label]:
    """The labels worth a thought, with how often each follows a different one."""
    labels: dict[str, _Label] = {}
    for each in candidates:
        if each.key:
            label = labels.setdefault(each.key, _Label(each.key, each.name))
            label.found.append(each)
    return [
        label
        for label in labels.values()
        if label.key in certain or (_could_speak(label) and not _is_noise(label))
    ]


def _could_speak(label: _Label) -> bool:
    again = label.count >= 2 or label.share(Kind.ABOVE) > 0.5
    return (again and is_name_too(label.name)) or not is_no_speaker(label.name)


def _is_noise(label: _Label) -> bool:
    if label.share(Kind.BRACKET) <= 0.5:
        return False
    return label.key.split()[0].strip(".,") in _NOISES or label.name[0].islower()


def _is_strong(label: _Label, above: float) -> bool:
    """Whether the label alone is proof enough: a usual role or number, or set above its speech."""
    if label.share(Kind.ABOVE) > 0.5:
        likely = looks_like_a_name(label.name) or is_name_too(label.name)
        return label.count >= 2 or (likely and above >= 2) or names_role(label.name)
    if not names_role(label.name):
        return False
    return label.count >= 2 or (not is_single_letter(label.key) and not label.name[0].islower())


def _is_usual(label: _Label, line_by_line: bool) -> bool:
    """Whether the label could well be a speaker's if the others agree."""
    if label.share(Kind.ABOVE) > 0.5 or (label.clean < 0.8 and not line_by_line):
        return False
    if names_role(label.name):
        return True
    if label.count < 2:
        return False
    words = len(label.name.split())
    most = 4 if looks_like_a_name(label.name) else 2
    return is_name_too(label.name) or (words <= most and not is_speech_word(label.name))


def _confirmed(
    labels: list[_Label], strong: set[str], usual: set[str], scan: Scan, least_cover: float
) -> set[str]:
    """The usual labels that take turns with others and together open much of the text."""
    if not usual:
        return set()
    believed = strong | usual
    cover = _cover([each for each in scan.candidates if each.key in believed], scan)
    likely = believed | {each.key for each in labels if _could_be_rare(each)}
    keys = [each.key for each in scan.candidates if each.key in likely]
    neighbours = zip([keys[0], *keys], keys, [*keys[1:], keys[-1]], strict=False)
    changes = Counter(key for before, key, after in neighbours if not before == key == after)
    confirmed = set()
    for label in labels:
        if label.key not in usual:
            continue
        alternates = changes[label.key] >= 0.5 * label.count
        needed = least_cover if _could_be_named(label) else 2.5 * least_cover
        several = len(likely) >= 2
        if (several and alternates and cover >= needed) or (
            label.count >= 3 and cover >= 2 * needed
        ):
            confirmed.add(label.key)
    return confirmed


def _undoubted(
    labels: list[_Label], strong: set[str], confirmed: set[str], doubts: Doubts, scan: Scan
) -> set[str]:
    """The confirmed labels without common words, unless these answer an interviewer."""
    common = {label.key for label in labels if label.key in confirmed and doubts.about(label.name)}
    if not common:
        return confirmed
    believed = strong | confirmed
    marks = [each for each in scan.candidates if each.key in believed]
    return {key for key in confirmed if key not in common or answers_interviewer(key, marks)}


def _rare(labels: list[_Label], kept: set[str], doubts: Doubts, scan: Scan) -> set[str]:
    """Names that occur once: believed where nearly every paragraph opens with a speaker."""
    names = [
        label
        for label in labels
        if label.key not in kept and _could_be_rare(label) and not doubts.about(label.name)
    ]
    if not names:
        return set()
    marks = [each for each in scan.candidates if each.key in kept]
    if kept:
        dense = _cover(marks, scan) >= 0.6
        small = scan.lines <= _SMALL
        return {
            label.key for label in names if dense or (small and _answers(label.found[0], marks))
        }
    first = [label.found[0] for label in names]
    if len(names) == 2 and scan.lines <= _SMALL and _cover(first, scan) >= 0.99:
        return {label.key for label in names}
    return set()


def _answers(each: Candidate, marks: list[Candidate]) -> bool:
    """Whether it stands between two turns of one and the same speaker."""
    before = [mark.key for mark in marks if mark.start < each.start]
    after = [mark.key for mark in marks if mark.start > each.start]
    return bool(before and after) and before[-1] == after[0]


def _could_be_rare(label: _Label) -> bool:
    """Whether it could be the label of somebody who speaks once."""
    return label.count == 1 and label.clean > 0 and _could_be_named(label)


def _could_be_named(label: _Label) -> bool:
    again = label.count >= 2 and is_name_too(label.name)
    return again or looks_like_a_name(label.name) or names_role(label.name)


def _cover(marks: list[Candidate], scan: Scan) -> float:
    """The share of paragraphs, from the first mark on, in which one of the marks stands."""
    if not marks:
        return 0.0
    opened = len({each.paragraph for each in marks})
    return opened / (scan.paragraphs - marks[0].paragraph + 1)
