"""How much of a transcript is coded."""

from __future__ import annotations

import json
from collections.abc import Iterator

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Edges, merged, speech_of, together
from commonplace.analysis.scope import Scope
from commonplace.project import Project


def coded_shares(project: Project, filters: Filters | None = None) -> dict[str, float | None]:
    """The share (0–1) of what those asked about say that has a code, by transcript id.

    Counted in code points of speech, each once; no text is read. None where nothing is said.
    """
    return shares_in(Scope(project, filters or Filters()))


def shares_in(scope: Scope) -> dict[str, float | None]:
    """`coded_shares` in a scope."""
    connection = scope.project.connection
    heard = [voice.id for voices in scope.heard.values() for voice in voices]
    speech = speech_of(connection, heard)
    spoken = {
        document: together(speech[voice.id] for voice in voices if voice.id in speech)
        for document, voices in scope.heard.items()
    }
    shares: dict[str, float | None] = {
        document: 0.0 if edges else None for document, edges in spoken.items()
    }
    for document, starts, ends in connection.execute(
        'SELECT document_id, json_group_array(start), json_group_array("end") FROM codings '
        f"WHERE {scope.condition} GROUP BY document_id",
        scope.values,
    ):
        edges = spoken.get(document)
        if edges:
            coded = merged(sorted(zip(json.loads(starts), json.loads(ends), strict=True)))
            shared = sum(end - start for start, end in _common(coded, edges))
            shares[document] = shared / (sum(edges[1::2]) - sum(edges[::2]))
    return shares


def _common(spans: list[tuple[int, int]], edges: Edges) -> Iterator[tuple[int, int]]:
    """What two lists of stretches, each in order and without overlaps, have in common."""
    place = 0
    for start, end in spans:
        while place < len(edges) and edges[place + 1] <= start:
            place += 2
        at = place
        while at < len(edges) and edges[at] < end:
            yield max(start, edges[at]), min(end, edges[at + 1])
            at += 2
