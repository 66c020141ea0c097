"""Which labels of one transcript look like the same person: a proposal, never applied by itself.

Precision first: a wrong proposal costs trust, a missed one a few keystrokes. What speaks for it
is how labels are written ("Sue" and "Sue B.", "SB" and "Sue Brown", "P7" and "P07"); what speaks
against it is that two labels answer each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from commonplace.domain.transcript import Turn
from commonplace.readers.speakers.vocabulary import key_of, names_interviewer, names_role, word_set

_TITLES = word_set("mr mrs ms miss mx dr prof professor sir dame rev revd cllr councillor")
_ROLES = {
    "int": "interviewer", "intv": "interviewer", "intvr": "interviewer", "interv": "interviewer",
    "iv": "interviewer", "ir": "interviewer", "i": "interviewer", "iwer": "interviewer",
    "mod": "moderator", "fac": "facilitator", "p": "participant", "part": "participant",
    "ptcp": "participant", "r": "respondent", "resp": "respondent", "ie": "interviewee",
    "iwee": "interviewee", "s": "speaker", "spk": "speaker",
}  # fmt: skip
_NUMBERED = re.compile(r"([^\W\d_]*)[ ._#-]*0*(\d*)")
_SLIP_LENGTH = 6
"""Letters from which on two names that differ in one may be a slip of the pen."""
_SLIP_SHARE = 0.2
_ANSWERS = 0.4
"""Share of the rarer label's neighbours that are the other, from which on they converse."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Labels that look like one person's; the first is the one used most."""

    labels: tuple[str, ...]
    why: str
    """In words, such as "SB: the initials of Sue Brown"."""


def labels_alike(turns: Sequence[Turn]) -> list[Alike]:
    """The groups of labels in these turns that look like one person each, most used first."""
    order = [turn.speaker for turn in turns if turn.speaker]
    counts = Counter(order)
    beside: Counter[frozenset[str]] = Counter(
        frozenset(p) for p in pairwise(order) if len({*p}) > 1
    )
    pairs: dict[frozenset[str], str] = {}
    for first, second in combinations(counts, 2):
        why = _why(first, second, counts)
        pair = frozenset((first, second))
        neighbours = 2 * min(counts[first], counts[second])
        if why and beside[pair] < _ANSWERS * neighbours:
            pairs[pair] = why
    return _groups(_unambiguous(pairs), counts)


def _why(first: str, second: str, counts: Counter[str]) -> str:
    """Why two labels could be one person's; "" when they could not."""
    if any(map(_is_role, (first, second))):
        same = _numbered(first) == _numbered(second) != ("", "")
        return f"{second}: another way to write {first}" if same else ""
    if _bare(first) == _bare(second):
        return f"{second}: {first}, with other marks"
    one, other = _words(first), _words(second)
    if len(one) > len(other):
        first, second, one, other = second, first, other, one
    if _is_part(one, other):
        return f"{first}: part of {second}"
    if len(one) == 1 and len(other) > 1 and one[0] == "".join(word[0] for word in other):
        return f"{first}: the initials of {second}"
    rarer = min(counts[first], counts[second])
    often = max(counts[first], counts[second])
    if rarer <= _SLIP_SHARE * often and _is_slip(_bare(first), _bare(second)):
        rare = min((first, second), key=lambda label: counts[label])
        return f"{rare}: one letter away from {second if rare == first else first}"
    return ""


def _is_role(label: str) -> bool:
    key = key_of(label)
    letters = _NUMBERED.fullmatch(key)
    return names_role(label) or names_interviewer(key) or (letters is not None and bool(letters[2]))


def _numbered(label: str) -> tuple[str, str]:
    """`Participant 07` and `P7` as the same role and number; ("", "") for other labels."""
    match = _NUMBERED.fullmatch(key_of(label).rstrip("."))
    if match is None:
        return "", ""
    role = match[1]
    return _ROLES.get(role, role), match[2]


def _bare(label: str) -> str:
    """The letters and digits alone."""
    return "".join(character for character in key_of(label) if character.isalnum())


def _words(label: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", key_of(label))
    named = [word for word in words if word not in _TITLES]
    return named or words


def _is_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the short name leaves out or abbreviates what the long one has.

    One of its words must be a whole name, and each of its words match one of the long name in
    order, at its beginning where it is an initial.
    """
    if not any(len(word) > 2 and word in long for word in short):
        return False
    rest = iter(long)
    return all(any(word == each or _abbreviates(word, each) for each in rest) for word in short)


def _abbreviates(word: str, other: str) -> bool:
    """Whether one is the initial of the other."""
    return (len(word) == 1 or len(other) == 1) and word[0] == other[0]


def _is_slip(first: str, second: str) -> bool:
    """Whether two names differ by one letter: changed, left out, or swapped with the next."""
    if min(len(first), len(second)) < _SLIP_LENGTH or abs(len(first) - len(second)) > 1:
        return False
    if any(character.isdigit() for character in first + second):
        return False
    start = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if start is None:
        return True
    one, other = first[start:], second[start:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


def _unambiguous(pairs: dict[frozenset[str], str]) -> dict[frozenset[str], str]:
    """The pairs without those that could be either of two people.

    "Sue" beside "Sue Brown" and "Sue Black" is neither, unless those two are a pair as well.
    """
    beside: dict[str, set[str]] = {}
    for pair in pairs:
        first, second = pair
        beside.setdefault(first, set()).add(second)
        beside.setdefault(second, set()).add(first)
    unclear = {
        label
        for label, others in beside.items()
        if any(frozenset(two) not in pairs for two in combinations(others, 2))
        and not _joins(label, others)
    }
    return {pair: why for pair, why in pairs.items() if not pair & unclear}


def _joins(label: str, others: set[str]) -> bool:
    """Whether a label holds the others together: each is a shorter way to write it."""
    mine = _words(label)
    return all(len(_bare(other)) < len(_bare(label)) and len(mine) > 1 for other in others)


def _groups(pairs: dict[frozenset[str], str], counts: Counter[str]) -> list[Alike]:
    groups: list[tuple[set[str], list[str]]] = []
    for pair, why in pairs.items():
        touching = [each for each in groups if each[0] & pair]
        for each in touching:
            groups.remove(each)
        labels = set(pair).union(*(each[0] for each in touching))
        groups.append((labels, [*(w for each in touching for w in each[1]), why]))
    order = {label: number for number, label in enumerate(counts)}
    found = [
        Alike(tuple(sorted(labels, key=lambda each: (-counts[each], order[each]))), "; ".join(why))
        for labels, why in groups
    ]
    return sorted(found, key=lambda each: order[each.labels[0]])
