"""The quotes of a report: chosen theme by theme, attributed as the report as a whole allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from commonplace.analysis.attributions import Attributions, usual_template
from commonplace.analysis.candidates import Candidate, Theme
from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import Desk, left_out
from commonplace.analysis.quote_rows import QuoteRows
from commonplace.analysis.quotes import Quotes
from commonplace.analysis.reprints import passed_over
from commonplace.analysis.scope import Scope, Voice
from commonplace.project import Project
from commonplace.project.quotes import Place


@dataclass(frozen=True, slots=True)
class Illustration:
    """A quote as the report prints it, and why this one.

    The reason says nothing of the person: that would undo a coarsened attribution.
    """

    id: str
    said: str
    attribution: str
    typical: float
    """The share of the theme's quotes that are less typical, 0–1."""
    readability: float
    """0–1, see `readability`."""
    words: int


@dataclass(frozen=True, slots=True)
class Illustrated:
    """What is shown of a theme, out of what."""

    code: str
    quotes: tuple[Illustration, ...]
    candidates: int
    """Distinct passages that may leave."""
    people: int
    """Those who speak in them."""


@dataclass(frozen=True, slots=True)
class Illustrations:
    """The quotes of a report by theme, in order, and how they came to be these."""

    themes: tuple[Illustrated, ...]
    remarks: tuple[str, ...]


def illustrate(
    project: Project,
    codes: Sequence[str],
    filters: Filters | None = None,
    *,
    limit: int = 3,
    attribution: str | None = None,
    k: int | None = None,
    marks: Sequence[str] = (),
    today: str | None = None,
) -> Illustrations:
    """Up to `limit` quotes for each of these codes (ids), chosen as `choosing.choose` does.

    No words are printed twice: a passage that overlaps one shown for an earlier theme is passed
    over. Attributions are held against all quotes of the report together: what two quotes of one
    person say of them counts as said. Without `attribution` it is the usual one, as far as its
    attributes are known of anybody. The other arguments are those of `quotes`; raises as it
    does.
    """
    asked = filters or Filters()
    scope = Scope(project, asked)
    book = scope.codebook
    picked: dict[str, tuple[Theme, list[Candidate]]] = {}
    taken: list[Place] = []
    withheld: dict[Place, str] = {}
    reprinting: set[Place] = set()
    rare = None
    for code in codes:
        found = Quotes(
            project, replace(asked, codes=(book.path(code),)), export=True, marks=marks, today=today
        )
        theme = Theme(project, replace(asked, codes=(book.path(code),)), found, rare=rare)
        rare = theme.rare
        chosen: list[Candidate] = []
        for each, _ in theme.pick(len(theme.candidates)):
            if len(chosen) == limit:
                break
            if not _overlaps(taken, each.place):
                chosen.append(each)
                taken.append(each.place)
        picked[code] = theme, chosen
        withheld |= found.withheld
        reprinting |= theme.reprinting
    rows = _Rows(scope, taken, attribution, k, today)
    themes = tuple(
        Illustrated(
            code,
            tuple(map(rows.illustration, chosen)),
            len(theme.candidates),
            len({each.person for each in theme.candidates}),
        )
        for code, (theme, chosen) in picked.items()
    )
    remarks = (
        rows.remark(),
        rows.edits(picked.values()),
        left_out(withheld.values()),
        passed_over(len(reprinting)),
    )
    return Illustrations(themes, tuple(remark for remark in remarks if remark))


class _Rows:
    """Makes what is printed of the chosen passages."""

    def __init__(
        self,
        scope: Scope,
        taken: list[Place],
        template: str | None,
        k: int | None,
        today: str | None,
    ) -> None:
        self._scope, self._taken = scope, taken
        self._desk = Desk(scope, today=today)
        self._rows = QuoteRows(scope, self._desk)
        self._attributions: Attributions | None = None
        template = usual_template(scope) if template is None else template
        if template:
            self._attributions = Attributions(scope, self._desk, template, k, self._used)
            self._rows.attribute = self._attributions
        names = [column.name for column in self._rows.columns]
        self._places = names.index("published_quote"), names.index("attribution")

    def illustration(self, each: Candidate) -> Illustration:
        """The passage as it is printed."""
        (row,) = self._rows.of(each.key.document, only={each.key.id})
        said, attribution = (str(row[place] or "") for place in self._places)
        return Illustration(
            each.key.id,
            said.strip(),
            attribution,
            each.typical.above,
            each.readable.value,
            each.readable.words,
        )

    def remark(self) -> str:
        """How attributions were made."""
        known = self._attributions
        return known.remark() if known is not None and self._taken else ""

    def edits(self, picked: Iterable[tuple[Theme, list[Candidate]]]) -> str:
        """Which of what is printed was edited."""
        chosen = (each for _, those in picked for each in those)
        return self._desk.edits((each.place, each.key.id) for each in chosen)

    def _used(self) -> Iterator[tuple[Place, list[Voice]]]:
        for place in self._taken:
            speaking = {part.speaker for part in self._desk.speech(place)}
            heard = self._scope.heard[place[0]]
            yield place, [v for v in heard if v.id in speaking and not v.interviewer]


def _overlaps(taken: Sequence[Place], place: Place) -> bool:
    document, start, end = place
    return any(d == document and s < end and start < e for d, s, e in taken)
