"""The turns of a corrected transcript: as it was read, with what people had said of the old ones.

Who speaks stays as it is in the project wherever a turn begins with the words it began with and
its label is the same; so do turns that a person gave to somebody, split or joined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from commonplace.domain.placing import place
from commonplace.domain.rewording import Rewording
from commonplace.domain.span import Span, trim
from commonplace.domain.transcript import Transcript, Turn
from commonplace.project.documents import StoredTurn


@dataclass(slots=True)
class NewTurn:
    """A turn of the corrected transcript; `turn.speaker` is the label."""

    turn: Turn
    by_hand: bool = False
    old: StoredTurn | None = None
    """The turn it was before."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The turns of the corrected transcript, and what could not be kept."""

    turns: list[NewTurn]
    lost: int
    """Turns set by hand that are found no more."""


def shifted(turns: Iterable[StoredTurn], turn: int, by: int) -> list[NewTurn]:
    """The turns when one of them, by its number, has become longer `by` code points."""
    found, moved = [], 0
    for old in turns:
        new = Turn(
            old.start + moved,
            old.speech_start + moved,
            old.end + moved + (by if old.id == turn else 0),
            old.speaker,
            _moved(old.label, moved),
            _moved(old.stamp, moved),
            old.time,
            old.page,
        )
        found.append(NewTurn(new, old.by_hand, old))
        moved += by if old.id == turn else 0
    return found


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else Span(span.start + by, span.end + by)


def carried(
    rewording: Rewording, old: Sequence[StoredTurn], read: Transcript, *, relabel: bool
) -> Carried:
    """The turns as they were read, with what is known of the old ones.

    With `relabel`, the labels that were read hold, except where a person set the speaker.
    """
    begun = {
        rewording.start(turn.speech_start).offset: turn
        for turn in old
        if turn.speech_start < turn.end and rewording.start(turn.speech_start).firm
    }
    turns = [_known(rewording, turn, begun, relabel) for turn in read.turns]
    lost = 0
    for turn in old:
        if turn.by_hand and not _set_again(rewording, turn, turns):
            lost += 1
    return Carried(turns, lost)


def _known(
    rewording: Rewording, turn: Turn, begun: dict[int, StoredTurn], relabel: bool
) -> NewTurn:
    """A turn as it was read, with the speaker, time and page of the one it was."""
    old = begun.get(turn.speech_start)
    turn = replace(turn, speaker=turn.speaker or "")
    if old is None:
        return NewTurn(turn)
    same_label = _said(rewording.old, old.label) == _said(rewording.new, turn.label)
    if old.by_hand or (same_label and not relabel):
        turn = replace(turn, speaker=old.speaker)
    if turn.time is None and turn.stamp is None:
        turn = replace(turn, time=old.time)
    if turn.page is None:
        turn = replace(turn, page=old.page)
    return NewTurn(turn, old.by_hand, old)


def _said(text: str, label: Span | None) -> str | None:
    return None if label is None else text[label.start : label.end]


def _set_again(rewording: Rewording, old: StoredTurn, turns: list[NewTurn]) -> bool:
    """Gives a stretch to the speaker whom a person gave it to; false where it is found no more."""
    found = any(each.old is old and each.by_hand for each in turns)
    speech = None
    if old.speech_start < old.end:
        speech = place(rewording, Span(old.speech_start, old.end)).span
    if speech is None:
        return found
    first = bisect_right(turns, speech.start, key=lambda each: each.turn.start) - 1
    if first < 0 or turns[first].turn.end <= speech.start:
        return found
    if rewording.new[turns[first].turn.speech_start : speech.start].strip():
        _split(rewording.new, turns, first, speech.start)
        first += 1
    chosen = turns[first]
    while first + 1 < len(turns) and turns[first + 1].turn.end <= speech.end:
        chosen.turn = replace(chosen.turn, end=turns.pop(first + 1).turn.end)
    chosen.turn = replace(chosen.turn, speaker=old.speaker)
    chosen.by_hand, chosen.old = True, old
    return True


def _split(text: str, turns: list[NewTurn], index: int, offset: int) -> None:
    """Ends a turn before `offset`, where another begins."""
    whole = turns[index].turn
    before = trim(text, Span(whole.speech_start, offset))
    assert before is not None
    turns[index].turn = replace(whole, end=before.end)
    rest = Turn(offset, offset, whole.end, whole.speaker, page=whole.page)
    turns.insert(index + 1, NewTurn(rest))


def renamed(turns: Iterable[NewTurn], labels: Iterable[str]) -> dict[str, str]:
    """Labels that only have another spelling now: the old one by the new.

    `labels` are those there were. An old one that is found no more, most of whose words are
    under one label that is new, is that one.
    """
    known = set(labels)
    turns = list(turns)
    used = {each.turn.speaker or "" for each in turns}
    went: dict[str, Counter[str]] = {}
    for each in turns:
        label = each.turn.speaker or ""
        if each.old is not None and each.old.speaker not in used:
            went.setdefault(each.old.speaker, Counter())[label] += each.old.words + 1
    found: dict[str, str] = {}
    for old, counts in went.items():
        new, most = counts.most_common(1)[0]
        if new not in known and new not in found and 2 * most > counts.total():
            found[new] = old
    return found
