"""Whose work there is to compare."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS


@dataclass(frozen=True, slots=True)
class CoderInfo:
    """Somebody who coded, or read to the end."""

    name: str
    codings: int
    done: frozenset[str]
    """Ids of the transcripts they marked done."""


def coders(project: Project) -> list[CoderInfo]:
    """Everyone who coded or marked a transcript done, by name; the consensus coder last."""
    counts = dict(
        project.connection.execute("SELECT coder, count(*) FROM codings GROUP BY coder").fetchall()
    )
    done: dict[str, set[str]] = {}
    for document, coder in project.connection.execute("SELECT document_id, coder FROM done"):
        done.setdefault(coder, set()).add(document)
    names = sorted(counts.keys() | done.keys(), key=lambda n: (n == CONSENSUS, n.casefold(), n))
    return [CoderInfo(name, counts.get(name, 0), frozenset(done.get(name, ()))) for name in names]


def usual_pair(known: list[CoderInfo]) -> tuple[str, ...]:
    """The two who have most transcripts done in common, the consensus apart; of several such
    pairs the one with most codings. Empty with fewer than two coders."""
    people = [coder for coder in known if coder.name != CONSENSUS]
    pairs = list(combinations(people, 2))
    if not pairs:
        return ()
    one, other = max(
        pairs,
        key=lambda pair: (len(pair[0].done & pair[1].done), pair[0].codings + pair[1].codings),
    )
    return one.name, other.name
