"""Themes beside a survey."""

from __future__ import annotations

import pytest

from commonplace.analysis.filters import Filters
from commonplace.analysis.joint import joint_display
from commonplace.domain.survey import SurveyFigure
from commonplace.project import Project
from commonplace.project.errors import NotFoundError
from tests.analysis.test_groups import add_people


def figure(theme: str, share: float | None = 0.6, base: int | None = 50) -> SurveyFigure:
    return SurveyFigure(2, theme, "Warm enough", share, base, "England", 0.75, "Made up")


def test_people_stand_beside_shares_with_interval_and_difference(project: Project) -> None:
    add_people(project, ["Wales"] * 4, codes=3)
    (row,) = joint_display(project, [figure("Housing")]).records()
    assert (row["participants"], row["participants_of"]) == (3, 4)
    assert (row["figure"], row["base"], row["comparator_figure"]) == (0.6, 50, 0.75)
    assert row["difference"] == -15
    # Wilson's interval of 30 of 50, by an independent calculation.
    assert row["low"] == pytest.approx(0.4618, abs=5e-5)
    assert row["high"] == pytest.approx(0.7239, abs=5e-5)


def test_without_a_base_there_is_no_interval(project: Project) -> None:
    add_people(project, ["Wales"], codes=1)
    (row,) = joint_display(project, [figure("Housing", base=None)]).records()
    assert (row["low"], row["high"]) == (None, None)


def test_only_themes_that_are_asked_about_are_shown(project: Project) -> None:
    add_people(project, ["Wales"], codes=1)
    figures = [figure("Transport"), figure("Damp")]
    rows = list(joint_display(project, figures, Filters(codes=("Housing",))).records())
    assert [row["code_path"] for row in rows] == ["Housing/Damp"]


def test_a_theme_that_is_no_code_is_refused_with_its_line(project: Project) -> None:
    with pytest.raises(NotFoundError, match="line 2 of the survey: no code 'Houses'"):
        joint_display(project, [figure("Houses")])
