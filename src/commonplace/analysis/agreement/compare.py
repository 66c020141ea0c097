"""What several coders did to the same transcripts, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from commonplace.analysis.agreement import measures
from commonplace.analysis.agreement.measures import Tally
from commonplace.analysis.agreement.units import Unit, Units, units
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.layout import speech_of, together
from commonplace.analysis.scope import Scope
from commonplace.project import Project

Progress = Callable[[int, int], None]
"""Hears how many transcripts are done, of how many; may raise to break off."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One transcript: its units, and for each code the pattern of coders on units that have it.

    `patterns` are as in `measures`, by place of the unit; `alone` are those of the code itself,
    `below` count its sub-codes in.
    """

    document: str
    units: Units
    alone: dict[str, dict[int, int]]
    below: dict[str, dict[int, int]]

    def tally(self, patterns: dict[int, int]) -> dict[int, int]:
        """How much of this transcript has each pattern."""
        weights = self.units.weights
        tally = {0: sum(weights)}
        for place, pattern in patterns.items():
            tally[pattern] = tally.get(pattern, 0) + weights[place]
            tally[0] -= weights[place]
        return tally


class Comparison:
    """Two or more coders over the transcripts that all of them marked done, or over all.

    Looked at is the speech of those asked about. A unit has a code when a coding shares a code
    point with it. Filters choose transcripts, people, codes, origins and dates; whose codings
    count is said by `coders` alone. `preset` is the code that marks the stretches of
    `Unit.PRESET`, whoever applied it; it is not judged itself. Raises `FilterError` for fewer than
    two coders, and as `Scope` does.
    """

    def __init__(
        self,
        project: Project,
        coders: Sequence[str],
        filters: Filters | None = None,
        *,
        unit: Unit = Unit.SEGMENT,
        all_transcripts: bool = False,
        preset: str = "",
        progress: Progress | None = None,
    ) -> None:
        asked = filters or Filters()
        if len({coder.casefold() for coder in coders}) < max(2, len(coders)):
            raise FilterError("agreement is between two or more different coders: name them")
        if asked.coders:
            raise FilterError("the coders to compare are named once: leave the filter by coder out")
        self.scope = Scope(project, replace(asked, coders=tuple(coders), done=False))
        if (unit is Unit.PRESET) is not bool(preset):
            raise FilterError(
                "stretches marked beforehand are units where a code marks them: name it"
            )
        self.unit = unit
        self.preset = project.codes.find(preset).id if preset else ""
        self._progress = progress or (lambda _done, _total: None)
        self.all_transcripts = all_transcripts
        self.coders = self._spelt(coders)
        self.documents = self._documents()
        """Ids of the transcripts that are compared, in order of name."""

    @cached_property
    def judged(self) -> list[Judged]:
        """The transcripts, judged unit by unit; none in which those asked about say nothing."""
        return [judged for judged in self._judge(self.documents) if judged.units.starts]

    @cached_property
    def codes(self) -> list[str]:
        """The codes that at least one of the coders applied here, in reading order."""
        used = {
            code
            for judged in self.judged
            for code in (judged.alone if self.scope.filters.direct else judged.below)
        }
        return [code for code in self.scope.codes if code in used]

    def tallies(self, code: str) -> list[dict[int, int]]:
        """For each transcript how much of it has each pattern; the code with its sub-codes unless
        the filters ask for it alone."""
        direct = self.scope.filters.direct
        return [
            judged.tally((judged.alone if direct else judged.below).get(code, {}))
            for judged in self.judged
        ]

    def pooled(self) -> list[dict[int, int]]:
        """As `tallies`, over all codes together: one judgement for each unit and code.

        Each code stands for itself, so that nothing is judged twice; those that none of the
        coders applied anywhere are left out, for agreement on them would be for nothing.
        """
        used = {code for judged in self.judged for code in judged.alone}
        return [
            measures.together(judged.tally(judged.alone.get(code, {})) for code in used)
            for judged in self.judged
        ]

    def applied(self, tally: Tally) -> list[int]:
        """How much each coder applied the code to, in order of coders."""
        return [
            sum(weight for pattern, weight in tally.items() if pattern >> place & 1)
            for place in range(len(self.coders))
        ]

    def codings(self, document: str, start: int, end: int, code: str) -> list[tuple[str, str]]:
        """(coding id, coder) of the coders' codings with this code, itself and not a sub-code,
        that share text with a stretch: what stands behind a disagreement."""
        return [
            (id, coder)
            for id, coder in self.scope.project.connection.execute(
                "SELECT id, coder FROM codings WHERE document_id = ? AND code_id = ? "
                f'AND start < ? AND "end" > ? AND {self.scope.condition} ORDER BY coder, start',
                (document, code, end, start, *self.scope.values),
            )
        ]

    def names(self, pattern: int, *, applied: bool = True) -> str:
        """The coders of a pattern, `; ` between them; with `applied` false the others."""
        return "; ".join(
            coder
            for place, coder in enumerate(self.coders)
            if bool(pattern >> place & 1) is applied
        )

    def _spelt(self, coders: Sequence[str]) -> list[str]:
        """The coders as the project spells them."""
        rows = self.scope.project.connection.execute(
            "SELECT coder FROM codings UNION SELECT coder FROM done"
        )
        known = {row[0].casefold(): row[0] for row in rows}
        return [known.get(coder.casefold(), coder) for coder in coders]

    def _documents(self) -> list[str]:
        if self.all_transcripts:
            return list(self.scope.documents)
        wanted = {coder.casefold() for coder in self.coders}
        done: dict[str, set[str]] = {}
        rows = self.scope.project.connection.execute("SELECT document_id, coder FROM done")
        for document, coder in rows:
            done.setdefault(document, set()).add(coder.casefold())
        return [d for d in self.scope.documents if wanted <= done.get(d, set())]

    def _judge(self, documents: Collection[str]) -> Iterator[Judged]:
        scope = self.scope
        place = {coder.casefold(): number for number, coder in enumerate(self.coders)}
        above = {
            code.id: [c.id for c in scope.codebook.lineage(code.id)] for code in scope.codebook
        }
        speech = speech_of(
            scope.project.connection, [v.id for d in documents for v in scope.heard[d]]
        )
        for number, document in enumerate(documents):
            self._progress(number, len(documents))
            spoken = together(speech[v.id] for v in scope.heard[document] if v.id in speech)
            codings = scope.project.connection.execute(
                'SELECT start, "end", code_id, coder FROM codings '
                f"WHERE document_id = ? AND {scope.condition}",
                (document, *scope.values),
            ).fetchall()
            cut = units(
                self.unit,
                scope.project.documents.text(document),
                spoken,
                (edge for coding in codings for edge in coding[:2]),
                whole=scope.keeps_everything,
                preset=self._marked(document) if self.preset else (),
            )
            alone: dict[str, dict[int, int]] = {}
            below: dict[str, dict[int, int]] = {}
            for start, end, code, coder in codings:
                if code == self.preset:
                    continue
                bit = 1 << place[coder.casefold()]
                for unit in cut.touched(start, end):
                    _mark(alone, code, unit, bit)
                    for line in above.get(code, ()):
                        _mark(below, line, unit, bit)
            yield Judged(document, cut, alone, below)

    def _marked(self, document: str) -> list[tuple[int, int]]:
        """The stretches marked beforehand in a transcript. Raises `FilterError` on overlaps."""
        found: list[tuple[int, int]] = self.scope.project.connection.execute(
            'SELECT DISTINCT start, "end" FROM codings WHERE document_id = ? AND code_id = ? '
            'ORDER BY start, "end"',
            (document, self.preset),
        ).fetchall()
        for (_, end), (start, _) in pairwise(found):
            if start < end:
                path = self.scope.codebook.path(self.preset)
                raise FilterError(
                    f"{self.scope.documents[document]}: stretches marked '{path}' overlap at "
                    f"{start}; units may not"
                )
        return found


def _mark(patterns: dict[str, dict[int, int]], code: str, unit: int, bit: int) -> None:
    of_code = patterns.setdefault(code, {})
    of_code[unit] = of_code.get(unit, 0) | bit
