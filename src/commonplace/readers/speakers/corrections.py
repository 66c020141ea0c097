"""What a person says of the labels in transcripts, where the guess is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from commonplace.readers.speakers.vocabulary import key_of

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What labels are, whatever they look like; case and the width of spaces do not count.

    They hold for every transcript in which such a label occurs, and change nothing elsewhere.
    The text is never changed: a corrected label still stands in it as it was written.
    """

    speakers: Group = ()
    """Labels of speakers that were not recognised as such."""
    not_speakers: Group = ()
    """What was taken for a label and is none: it belongs to the words of whoever speaks."""
    interviewers: Group = ()
    """Labels of those who interview; where one of them occurs, they alone do."""
    interviewees: Group = ()
    """Labels of those who do not."""
    same: tuple[Group, ...] = ()
    """Labels of one person, who goes by the first: ("Sue", "Sue B.", "SB")."""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def and_then(self, later: Corrections) -> Corrections:
        """These and the `later` ones, which hold where the two contradict each other."""
        return Corrections(
            speakers=_together(self.speakers, later.speakers, but=later.not_speakers),
            not_speakers=_together(self.not_speakers, later.not_speakers, but=later.speakers),
            interviewers=_together(self.interviewers, later.interviewers, but=later.interviewees),
            interviewees=_together(self.interviewees, later.interviewees, but=later.interviewers),
            same=_joined([*later.same, *self.same]),
        )

    def without(self, labels: Iterable[str]) -> Corrections:
        """These without what they say of some labels, and of all that are the same person's."""
        keys = set(map(key_of, labels))
        same = []
        for group in self.same:
            if keys.isdisjoint(map(key_of, group)):
                same.append(group)
            else:
                keys.update(map(key_of, group))
        lists = {
            each.name: _together(getattr(self, each.name), (), but=keys)
            for each in fields(self)
            if each.name != "same"
        }
        return Corrections(**lists, same=tuple(same))

    @property
    def labels(self) -> Group:
        """All labels that are said to be speakers', in whatever way."""
        joined = (label for group in self.same for label in group)
        return (*self.speakers, *self.interviewers, *self.interviewees, *joined)

    def person(self, label: str) -> str:
        """The label that this one's person goes by; the label itself when nothing is said."""
        key = key_of(label)
        groups = (group for group in self.same if key in map(key_of, group))
        return next((group[0] for group in groups), label)

    def record(self) -> dict[str, Any]:
        """For JSON; `Corrections.of` reads it."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """The corrections in a record. Raises `ValueError` when it is none."""
        try:
            groups = tuple(tuple(map(str, group)) for group in record.get("same", ()))
            others = [each.name for each in fields(cls) if each.name != "same"]
            lists = {name: tuple(map(str, record.get(name, ()))) for name in others}
        except (TypeError, AttributeError) as error:
            raise ValueError(f"no corrections of speakers: {record!r}") from error
        return cls(**lists, same=groups)


NO_CORRECTIONS = Corrections()


def _together(first: Iterable[str], second: Iterable[str], *, but: Iterable[str]) -> Group:
    """The labels of both, each once, without those in `but`."""
    left_out = set(map(key_of, but))
    labels = {key_of(label): label for label in (*first, *second)}
    return tuple(label for key, label in labels.items() if key not in left_out)


def _joined(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups, with those that share a label made one; the earlier one's name holds."""
    found: list[dict[str, str]] = []
    for group in groups:
        mine = {key_of(label): label for label in group}
        touching = [each for each in found if each.keys() & mine.keys()]
        if touching:
            for each in (*touching[1:], mine):
                touching[0].update({k: v for k, v in each.items() if k not in touching[0]})
            found = [each for each in found if not any(each is other for other in touching[1:])]
        else:
            found.append(mine)
    return tuple(tuple(each.values()) for each in found if len(each) > 1)
