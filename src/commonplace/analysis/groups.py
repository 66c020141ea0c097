"""Groups of people large enough to hide in: small ones are shown together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commonplace.analysis.names import natural
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.attribution import K
from commonplace.domain.people import ATTRIBUTION_ORDER

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Group:
    """Interviewees who share one of these values of an attribute."""

    values: tuple[str, ...]
    voices: tuple[Voice, ...]

    @property
    def people(self) -> frozenset[str]:
        """Who they are, by id."""
        return frozenset(voice.person for voice in self.voices)

    @property
    def label(self) -> str:
        """The values in words."""
        return " or ".join(NOT_KNOWN if value == NONE else value for value in self.values)


def groups(scope: Scope, attribute: str, k: int = K) -> list[Group]:
    """Those asked about by an attribute, in order of value, in groups of at least `k` people.

    Values of fewer people are taken together. If those are still too few, the smallest of the
    other groups goes with them: shown apart, it would give them away by subtraction. With fewer
    than `k` people in all there is no group. Someone whose value differs between transcripts is
    in each group; groups go together where fewer than `k` are in both, or in one of them alone,
    for the figures of these would be known by adding and subtracting.
    """
    voices: dict[str, list[Voice]] = {}
    for heard in scope.heard.values():
        for voice in heard:
            if not voice.interviewer:
                value = scope.attributes(voice).get(attribute, "").strip() or NONE
                voices.setdefault(value, []).append(voice)
    return gathered(
        [Group((value,), tuple(voices[value])) for value in sorted(voices, key=_in_order)], k
    )


def gathered(found: Sequence[Group], k: int) -> list[Group]:
    """Groups of at least `k` people made of groups of single values: see `groups`."""
    small = [group for group in found if len(group.people) < k]
    large = [group for group in found if len(group.people) >= k]
    if not small:
        return _apart(found, k)
    while len(_together(small).people) < k and large:
        joining = min(large, key=lambda group: len(group.people))
        large.remove(joining)
        small.append(joining)
    pooled = _together(small)
    return _apart([*large, pooled], k) if len(pooled.people) >= k else []


def _apart(found: Sequence[Group], k: int) -> list[Group]:
    """The groups, those put together between which fewer than `k` people can be told apart."""
    made = list(found)
    while len(made) > 1 and (few := _few(made, k)):
        if len(few) == 1:
            (one,) = few
            mine = made[one].people
            others = [place for place in range(len(made)) if place != one]
            few = (one, max(others, key=lambda place: len(mine & made[place].people)))
        pooled = _together([made[place] for place in few])
        made = [group for place, group in enumerate(made) if place not in few] + [pooled]
    return made


def _few(made: Sequence[Group], k: int) -> tuple[int, ...]:
    """Places of the groups in exactly which fewer than `k` people are; empty when there are none
    such."""
    people = Counter(
        tuple(place for place, group in enumerate(made) if person in group.people)
        for person in frozenset().union(*(group.people for group in made))
    )
    return min((places for places, count in people.items() if count < k), default=())


def _together(parts: Sequence[Group]) -> Group:
    ordered = sorted(parts, key=lambda group: _in_order(group.values[0]))
    return Group(
        tuple(sorted((value for part in ordered for value in part.values), key=_in_order)),
        tuple(voice for part in ordered for voice in part.voices),
    )


def _in_order(value: str) -> tuple[bool, list[tuple[int, str]]]:
    return value == NONE, natural(value)


def usual_attributes(scope: Scope, asked: Sequence[str] = ()) -> list[str]:
    """The attributes that a sample is described by: those asked for, else those of an attribution
    that are known of anybody asked about. Raises `NotFoundError`."""
    if asked:
        return list(dict.fromkeys(map(scope.attribute, asked)))
    known = {
        name
        for voices in scope.heard.values()
        for voice in voices
        for name, value in scope.attributes(voice).items()
        if value.strip()
    }
    return [name for name in ATTRIBUTION_ORDER if name in known]
