"""Where the header of a labelled transcript ends and its first turn begins."""

from __future__ import annotations

from collections.abc import Sequence

from commonplace.readers.speakers.labels import Candidate, Kind
from commonplace.readers.speakers.vocabulary import (
    is_header_field,
    is_role_field,
    looks_like_a_value,
)

_FARTHEST = 80
"""How many labels a header may have; more are a list of something else."""


def turns_begin(text: str, candidates: Sequence[Candidate], speakers: set[str]) -> int:
    """The number of the candidate that opens the first turn; how many there are, if none does.

    `Interviewer: Sam Jones` may be a line of the header or a turn. It is a header's line when its
    value is no speech and it shares its paragraph with lines such as `Date: …`, or when its
    paragraph holds nothing but such lines and the label comes back further down.
    """
    for number, each in enumerate(candidates):
        if each.key not in speakers:
            continue
        if number > _FARTHEST or not _is_field(text, candidates, number, speakers):
            return number
    return len(candidates)


def _is_field(text: str, candidates: Sequence[Candidate], number: int, speakers: set[str]) -> bool:
    here = candidates[number]
    value = text[here.speech : min(here.line_end, here.speech + 200)].strip()
    if here.kind is not Kind.COLON or here.stamp_start >= 0 or not looks_like_a_value(value):
        return False
    block = [
        (place, each)
        for place, each in enumerate(candidates[: number + _FARTHEST])
        if each.paragraph == here.paragraph
    ]
    fields = [place for place, each in block if is_header_field(each.name)]
    if any(place > number for place in fields):
        return True
    if not is_role_field(here.name):
        return False
    if fields:
        return True
    return _stands_apart(text, candidates, block[-1][0], speakers) and all(
        looks_like_a_value(text[each.speech : min(each.line_end, each.speech + 200)].strip())
        for _, each in block
    )


def _stands_apart(
    text: str, candidates: Sequence[Candidate], last: int, speakers: set[str]
) -> bool:
    """Whether the block is followed by turns in paragraphs of their own."""
    here = candidates[last]
    later = [each for each in candidates[last + 1 : last + 20] if each.key in speakers]
    blocks = {each.paragraph for each in later}
    lines = text.count("\n", candidates[0].start, here.line_end)
    return len(blocks) >= 2 and len(blocks) >= 0.8 * len(later) and lines >= 1
