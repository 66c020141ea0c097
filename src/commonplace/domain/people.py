"""People behind the labels, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
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
