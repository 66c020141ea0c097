"""Attributions by template, coarsened until enough people share them.

A template is parts between commas, such as `{role}, {programme}, {nation}, wave {wave}`. A part
without an attribute always stands; one with an attribute that is not known of somebody is left out
for them. `{role:title}` writes Every Word with a capital, `:lower` and `:upper` as they say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

DEFAULT = "{role}, {programme}, {nation}, wave {wave}"
K = 3
"""People who must share an attribution, unless told otherwise."""

WITHHELD = "Attribution withheld"
"""Stands where even the coarsest attribution is shared by too few."""

NAME = "name"
"""Stands for the name of those who agreed to be named, else for their attribute `pseudonym`."""
PSEUDONYM = "pseudonym"

STYLES: dict[str, Callable[[str], str]] = {
    "": str.strip,
    "title": str.title,
    "lower": str.lower,
    "upper": str.upper,
}
_FIELD = re.compile(r"\{\s*([^{}:]+?)\s*(?::\s*(\w*)\s*)?\}")

Vector = tuple[tuple[str | None, ...], ...]
"""What somebody's attribution says, part by part, folded; None: not known."""


class TemplateError(ValueError):
    """A template that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two commas of a template."""

    text: str

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The attributes in it, each with its style."""
        return tuple((name, style or "") for name, style in _FIELD.findall(self.text))

    @property
    def counted(self) -> bool:
        """Whether it says something of the person that others share or do not share."""
        return any(name not in (NAME, PSEUDONYM) for name, _ in self.fields)

    def filled(self, values: Mapping[str, str]) -> str:
        """The part with its attributes filled in; empty where one is not known."""
        if any(not values.get(name, "").strip() for name, _ in self.fields):
            return ""

        def value(match: re.Match[str]) -> str:
            return STYLES[match[2] or ""](values[match[1]].strip())

        filled = _FIELD.sub(value, self.text)
        # "wave {wave}" with the value "wave 2" is not "wave wave 2".
        return re.sub(r"^(\w+) (?=\1\b)", "", filled, flags=re.IGNORECASE).strip()


@dataclass(frozen=True)
class Template:
    """A template, taken apart."""

    parts: tuple[Part, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Reads a template. Raises `TemplateError`."""
        parts = tuple(Part(" ".join(part.split())) for part in text.split(",") if part.strip())
        if not parts:
            raise TemplateError(f"an empty template: write it as '{DEFAULT}'")
        for part in parts:
            bare = _FIELD.sub("", part.text)
            if "{" in bare or "}" in bare:
                raise TemplateError(
                    f"'{part.text}': attributes stand as {{role}} or {{role:title}}"
                )
            for name, style in part.fields:
                if style not in STYLES:
                    known = ", ".join(filter(None, STYLES))
                    raise TemplateError(f"'{{{name}:{style}}}': after the colon may stand {known}")
        return cls(parts)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The attributes it names, in order, `NAME` left out."""
        return tuple(dict.fromkeys(n for part in self.parts for n, _ in part.fields if n != NAME))

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """The parts that stand for everybody."""
        return tuple(part.text for part in self.parts if not part.fields)

    @cached_property
    def depth(self) -> int:
        """How many parts may be dropped."""
        return sum(part.counted for part in self.parts)

    def vector(self, values: Mapping[str, str]) -> Vector:
        """What is said of somebody with these attributes, for comparison with others."""
        return tuple(
            tuple(
                " ".join(values.get(name, "").casefold().split()) or None
                for name, _ in part.fields
                if name not in (NAME, PSEUDONYM)
            )
            for part in self.parts
            if part.counted
        )

    def label(self, values: Mapping[str, str], depth: int) -> str:
        """The attribution with the first `depth` of the parts that may be dropped."""
        said, left = [], depth
        for part in self.parts:
            if part.counted:
                left -= 1
                if left < 0:
                    continue
            if text := part.filled(values):
                said.append(text)
        label = ", ".join(said)
        return label[:1].upper() + label[1:]


def safe_depths(
    sample: Mapping[str, Collection[Vector]],
    used: Mapping[str, Collection[Vector]],
    k: int,
) -> dict[str, int | None]:
    """For each person of `used`, how many parts may be said of them so that `k` people share it.

    `sample` holds for each person of the study all that could be said of them (one vector a
    transcript), `used` what would be said of them in the report. A reader may tell that several
    quotes are the same person's, so all that is said of one person counts together: at depth d a
    person of the sample shares it who has every one of its first-d-parts (k-anonymity, Sweeney
    2002, over the set of a person's attributions). All attributions of one person have the same
    depth, the greatest at which at least `k` share them; None when not even depth 0 will do.
    """
    deepest = max((len(v) for vectors in used.values() for v in vectors), default=0)
    found: dict[str, int | None] = {}
    for depth in range(deepest, -1, -1):
        cut = {person: {v[:depth] for v in vectors} for person, vectors in sample.items()}
        sharing = Counter(vector for vectors in cut.values() for vector in vectors)
        for person, vectors in used.items():
            if person in found:
                continue
            said = {v[:depth] for v in vectors}
            if min((sharing[v] for v in said), default=0) < k:
                continue
            if len(said) == 1 or sum(said <= theirs for theirs in cut.values()) >= k:
                found[person] = depth
    return {person: found.get(person) for person in used}
