"""The sample of a blind audit: drawn at random, with what is suggested for it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from commonplace.analysis.agreement.units import Unit, units
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.layout import merged, speech_of, together, touching
from commonplace.analysis.scope import Scope
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.project.audits import Drawn, Sample

SEGMENTS = 100
"""Segments drawn unless told otherwise."""

COVERED = 0.5
"""Share of a segment, or of a suggestion if that is shorter, from which it is about the segment:
as what was coded teaches."""

PLURAL = {"sentence": "sentences", "turn": "turns"}
_UNITS = {"sentence": Unit.SEGMENT, "turn": Unit.TURN}


def draw(project: Project, unit: str, count: int, seed: int) -> Sample:
    """A simple random sample of what interviewees say and this coder has not been at.

    Left out are transcripts that this coder marked done, and segments that share text with a
    coding or a decision of theirs: from these was learnt. What is suggested for a segment are
    the codes of suggestions that wait now. The same project and seed draw the same segments.
    Raises `FilterError` where nothing was suggested yet, or nothing is left to draw from.
    """
    if not project.suggestions.run:
        raise FilterError("nothing was suggested in this project yet: `commonplace suggest` does")
    population = _population(project, unit)
    if not population:
        raise FilterError(
            f"there are no {PLURAL[unit]} of interviewees that {project.coder} has not been at: "
            "an audit is of what was not learnt from (`evaluate` holds transcripts out instead)"
        )
    chosen = Random(seed).sample(range(len(population)), min(count, len(population)))
    proposed: dict[str, list[Suggestion]] = {}
    for suggestion in project.suggestions.pending():
        proposed.setdefault(suggestion.document, []).append(suggestion)
    return Sample(
        unit=unit,
        seed=seed,
        population=len(population),
        transcripts=len({document for document, _, _ in population}),
        labelled=project.suggestions.basis.labelled,
        codes=tuple(
            code.id for code in project.codes.codebook().in_reading_order() if not code.retired
        ),
        drawn=tuple(
            Drawn(document, Span(start, end), _suggested(proposed.get(document, ()), start, end))
            for document, start, end in (population[place] for place in chosen)
        ),
    )


def _population(project: Project, unit: str) -> list[tuple[str, int, int]]:
    """Transcript, start and end of all segments that may be drawn, by name and place."""
    scope = Scope(project, Filters())
    coder = project.coder
    done = {
        row[0]
        for row in project.connection.execute(
            "SELECT document_id FROM done WHERE coder = ?", (coder,)
        )
    }
    been: dict[str, list[tuple[int, int]]] = {}
    for document, start, end in project.connection.execute(
        'SELECT document_id, start, "end" FROM codings WHERE coder = ?1 UNION '
        'SELECT document_id, start, "end" FROM decisions WHERE coder = ?1 '
        "ORDER BY 1, 2, 3",
        (coder,),
    ):
        been.setdefault(document, []).append((start, end))
    found = []
    for document in scope.documents:
        if document in done:
            continue
        speech = speech_of(project.connection, [voice.id for voice in scope.heard[document]])
        if not speech:
            continue
        spoken = together(speech.values())
        cut = units(_UNITS[unit], project.documents.text(document), spoken, ())
        edges = [edge for stretch in merged(been.get(document, ())) for edge in stretch]
        touched = touching(edges, cut.starts, cut.ends)
        left_out = set(range(len(cut.starts)) if touched is None else touched)
        found += [
            (document, start, end)
            for place, (start, end) in enumerate(zip(cut.starts, cut.ends, strict=True))
            if place not in left_out
        ]
    return found


def _suggested(suggestions: Sequence[Suggestion], start: int, end: int) -> tuple[str, ...]:
    """The codes suggested for a segment."""
    found: dict[str, None] = {}
    for suggestion in suggestions:
        both = min(end, suggestion.span.end) - max(start, suggestion.span.start)
        if both > 0 and both >= COVERED * min(end - start, len(suggestion.span)):
            found[suggestion.code] = None
    return tuple(found)
