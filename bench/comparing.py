"""Comparisons: crosstab, co-occurrence, agreement, retrieval."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

from bench.measure import Figure, Work, cpu, in_turns
from bench.prepare import CODER, Prepared, Workshop, codes_above
from commonplace.analysis.agreement.cases import Cases
from commonplace.analysis.agreement.tables import agreement
from commonplace.analysis.agreement.unitized import unitized
from commonplace.analysis.cooccurrence import cooccurrence
from commonplace.analysis.crosstab import DOCUMENT, Count, crosstab
from commonplace.analysis.kwic import kwic
from commonplace.analysis.retrieval.tables import retrieve
from commonplace.domain.span import Span
from commonplace.project import Project

SECOND_CODER = "Tom"


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on comparisons."""
    prepared = workshop.prepared(size)
    above = codes_above()

    def ready(work: Work) -> Callable[[], Work]:
        return lambda: work

    connection = sqlite3.connect(prepared.limit)
    with Project.open(prepared.project) as project:
        mine, least = in_turns(
            ready(lambda: list(crosstab(project, by=DOCUMENT, count=Count.QUOTES))),
            ready(lambda: count_by_document(connection, above)),
            5,
        )
        note = "quotes of each code in each transcript; limit: one SQL statement"
        yield Figure("crosstab", mine, least, at_most=2, note=note)
        mine, least = in_turns(
            ready(lambda: list(cooccurrence(project))),
            ready(lambda: sweep(connection, above)),
            5,
        )
        note = "counts, Jaccard, transcripts; limit: a bare sweep, counts alone"
        yield Figure("co-occurrence", mine, least, at_most=3, note=note)
        yield Figure(
            "words in context",
            cpu(lambda: list(kwic(project, "no bus"))),
            at_most=50,
            absolute=True,
        )
        query = '"damp" near/20 housing and not transport'
        work = cpu(lambda: list(retrieve(project, query)))
        yield Figure("retrieval query", work, at_most=1000, absolute=True, note=query)
    connection.close()
    with Project.open(_coded_twice(prepared)) as project:
        work = cpu(lambda: list(agreement(project, (CODER, SECOND_CODER))))
        note = "sentences, all coefficients, 1,000 bootstrap replicates of each code"
        yield Figure("agreement", work, at_most=2000, absolute=True, note=note)
        coders = (CODER, SECOND_CODER)
        work = cpu(lambda: list(unitized(project, coders)))
        note = "u-alpha and cu-alpha of each code, 1,000 bootstrap replicates"
        yield Figure("agreement on stretches", work, at_most=2000, absolute=True, note=note)
        work = cpu(lambda: list(Cases(project, coders)))
        note = "every passage on which two coders differ, with what each marked"
        yield Figure("disagreements", work, at_most=2000, absolute=True, note=note)


def count_by_document(connection: sqlite3.Connection, above: Mapping[int, int]) -> None:
    """Distinct passages of each code, and the code above it, in each transcript."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS above (code INTEGER, under INTEGER)")
    connection.execute("DELETE FROM above")
    codes = {*above, *above.values()}
    connection.executemany(
        "INSERT INTO above VALUES (?, ?)", [*above.items(), *((code, code) for code in codes)]
    )
    connection.execute(
        'SELECT under, document, count(DISTINCT start * 10000000 + "end") '
        "FROM codings JOIN above USING (code) GROUP BY under, document"
    ).fetchall()


def sweep(connection: sqlite3.Connection, above: Mapping[int, int]) -> Counter[tuple[int, int]]:
    """How many pairs of overlapping codings have each two codes, those above them counted in."""
    pairs: Counter[tuple[int, int]] = Counter()
    rows = {code: {code, above.get(code, code)} for code in {*above, *above.values()}}
    coded: dict[int, list[tuple[int, int, int]]] = {}
    for document, *coding in connection.execute(
        'SELECT document, start, "end", code FROM codings ORDER BY document, start'
    ):
        coded.setdefault(document, []).append(tuple(coding))
    for codings in coded.values():
        for place, (_, end, code) in enumerate(codings):
            for later in range(place + 1, len(codings)):
                start, _, other = codings[later]
                if start >= end:
                    break
                if code != other:
                    pairs.update({(min(p), max(p)) for p in product(rows[code], rows[other])})
    return pairs


def _coded_twice(prepared: Prepared) -> Path:
    """A copy of the project in which a second coder applied every other coding as well."""
    path = Path(shutil.copy(prepared.project, prepared.folder / "twice.commonplace"))
    with Project.open(path, coder=SECOND_CODER) as project, project.transaction("coded again"):
        for info in project.documents.all():
            codings = project.codings.of_document(info.id)[::2]
            mine = [(Span(c.span.start, c.span.end), c.code) for c in codings]
            project.codings.add_many(info.id, mine)
            for coder in (CODER, SECOND_CODER):
                project.documents.set_done(info.id, coder=coder)
    return path
