"""A joint display: what interviewees speak of beside what a survey found (Guetterman, Fetters &
Creswell 2015)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.analysis.filters import Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import codes_by_voice
from commonplace.analysis.sample import interviewees
from commonplace.analysis.scope import Scope
from commonplace.analysis.shares import wilson
from commonplace.domain.survey import SurveyFigure
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.errors import NotFoundError


def joint_display(
    project: Project, figures: Sequence[SurveyFigure], filters: Filters | None = None
) -> Table:
    """A row for each figure whose theme is asked about: how many interviewees speak of the theme,
    sub-codes counted in, what the survey found, and what others found elsewhere.

    `figure` is the share who agreed, `low` and `high` its 95 % interval (Wilson 1927) where the
    base is known: that of a simple random sample, so too narrow for any other. `difference` is
    `figure` less `comparator_figure`, in percentage points. The people interviewed and the people
    surveyed are not the same: their counts are shown side by side and never subtracted.

    Raises `NotFoundError`, with the line, for a theme that is no code, and as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    themes = [_code(project, each) for each in figures]
    columns = (
        Column("code"),
        Column("code_path"),
        Column("participants", "people", of="participants_of"),
        Column("participants_of", "people"),
        Column("statement"),
        Column("figure", "share 0–1"),
        Column("base", "people asked"),
        Column("low", "share 0–1"),
        Column("high", "share 0–1"),
        Column("comparator"),
        Column("comparator_figure", "share 0–1"),
        Column("difference", "percentage points"),
        Column("source"),
    )

    def rows() -> Iterator[Row]:
        has = codes_by_voice(scope)
        everyone = interviewees(scope)
        book = scope.codebook
        asked = set(scope.codes)
        for each, code in zip(figures, themes, strict=True):
            if code not in asked:
                continue
            having = {v.person for v in everyone.voices if code in has.get(v.id, ())}
            _, low, high = _interval(each)
            yield (
                book[code].name,
                book.path(code),
                len(having),
                len(everyone.people),
                each.statement,
                each.figure,
                each.base,
                low,
                high,
                each.comparator or None,
                each.comparator_figure,
                _difference(each),
                each.source or None,
            )

    said = (
        "People interviewed, and shares of people surveyed: two samples, set side by side. "
        "Intervals are those of a simple random sample."
    )
    return Table("joint display", columns, rows, noted(scope, said))


def _code(project: Project, each: SurveyFigure) -> str:
    try:
        return project.codes.find(each.theme).id
    except NotFoundError as error:
        raise NotFoundError(f"line {each.line} of the survey: {error}") from None


def _interval(each: SurveyFigure) -> tuple[float | None, float | None, float | None]:
    """The share found again from a whole number of people, with its interval."""
    if each.figure is None or each.base is None:
        return each.figure, None, None
    return wilson(round(each.figure * each.base), each.base)


def _difference(each: SurveyFigure) -> float | None:
    if each.figure is None or each.comparator_figure is None:
        return None
    return round(100 * (each.figure - each.comparator_figure), 6)
