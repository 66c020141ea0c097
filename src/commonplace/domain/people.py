"""People behind the labels, and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks in one transcript or several.

    `attributes` hold everywhere; `in_document` holds those of one transcript, which win there
    (a wave, say), by document id.
    """

    id: str
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    in_document: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def attributes_in(self, document: str) -> dict[str, str]:
        """What holds of this person in that document."""
        return {**self.attributes, **self.in_document.get(document, {})}


ATTRIBUTION_ORDER = ("role", "programme", "nation", "wave")
"""The attributes that name a quote's source without naming the person."""


_WAVE = re.compile(r"^wave\s*", re.IGNORECASE)

OF_ONE_TRANSCRIPT = frozenset({"wave"})
"""Attributes that tell one interview from another, even where there is only one yet."""


def attribution(attributes: Mapping[str, str]) -> str:
    """`Practitioner, Local Conversations, Wales, wave 2`, as far as known; never a name."""
    parts = []
    for name in ATTRIBUTION_ORDER:
        value = attributes.get(name, "").strip()
        if not value:
            continue
        if name == "wave" and not value.casefold().startswith("wave"):
            value = f"wave {value}"
        parts.append(value)
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def attribution_of_all(interviews: Iterable[Mapping[str, str]]) -> str:
    """The attribution of one person in several interviews, whose values may differ:
    `Practitioner, Wales, waves 1 and 2`."""
    found: dict[str, list[str]] = {}
    for attributes in interviews:
        for name in ATTRIBUTION_ORDER:
            value = attributes.get(name, "").strip()
            if value and value not in found.setdefault(name, []):
                found[name].append(value)
    joined = {name: _joined(sorted(values)) for name, values in found.items()}
    if len(found.get("wave", ())) > 1:
        bare = [_WAVE.sub("", value) for value in sorted(found["wave"])]
        joined["wave"] = f"waves {_joined(bare)}"
    return attribution(joined)


def _joined(values: Sequence[str]) -> str:
    *most, last = values or [""]
    return f"{', '.join(most)} and {last}" if most else last
