"""Where coders who read the same text applied a code differently."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonplace.domain.coding import Coding
from commonplace.domain.span import Span

_NAMESPACE = uuid.UUID("6b0f7d0a-6f5a-5d0e-9a53-0d3a1c5e7b42")


class Difference(StrEnum):
    """In what way coders differ."""

    APPLIED = "applied"
    """Some applied the code, and others did not."""
    BOUNDARIES = "boundaries"
    """All applied it, to other stretches."""


@dataclass(frozen=True, slots=True)
class Place:
    """One code in one stretch of text where at least one of the coders applied it.

    `codings` has every coder that is compared, in the order in which they were named, with those
    of their codings with this code that overlap there, directly or through one another.
    """

    document: str
    code: str
    span: Span
    """From the beginning of the first of the codings to the end of the last."""
    codings: Mapping[str, tuple[Coding, ...]]

    @property
    def id(self) -> str:
        """Identity (UUIDv5) of document, code and stretch, for as long as these stay."""
        words = f"{self.document}|{self.code}|{self.span.start}|{self.span.end}"
        return str(uuid.uuid5(_NAMESPACE, words))

    @property
    def marked(self) -> dict[str, tuple[Span, ...]]:
        """The stretches of each coder, in order; none where they did not apply the code."""
        return {coder: tuple(c.span for c in found) for coder, found in self.codings.items()}

    @property
    def agreed(self) -> bool:
        """Whether all of them marked the same stretches."""
        return len(set(self.marked.values())) == 1

    @property
    def difference(self) -> Difference:
        """In what way they differ; of no meaning where they agree."""
        return Difference.BOUNDARIES if all(self.codings.values()) else Difference.APPLIED


def places(codings: Iterable[Coding], coders: Sequence[str]) -> Iterator[Place]:
    """The places where the coders applied a code, alike or not, in order of place, then of code.

    `codings` are those of one document, in any order; those of other coders are passed over.
    Codings with the same code belong together where they share text: different boundaries of one
    code are one place and not two.
    """
    by_code: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.coder in coders:
            by_code.setdefault(coding.code, []).append(coding)
    found = [
        Place(
            cluster[0].document,
            code,
            Span(cluster[0].span.start, max(coding.span.end for coding in cluster)),
            {who: tuple(c for c in cluster if c.coder == who) for who in coders},
        )
        for code, applied in by_code.items()
        for cluster in _clusters(applied)
    ]
    yield from sorted(found, key=lambda place: (place.span, place.code))


def _clusters(codings: Iterable[Coding]) -> Iterator[list[Coding]]:
    """The codings that share text, each group in order of place."""
    cluster: list[Coding] = []
    end = -1
    for coding in sorted(codings, key=lambda coding: (coding.span, coding.coder)):
        if cluster and coding.span.start >= end:
            yield cluster
            cluster = []
        end = max(end, coding.span.end) if cluster else coding.span.end
        cluster.append(coding)
    if cluster:
        yield cluster
