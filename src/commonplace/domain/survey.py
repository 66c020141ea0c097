"""Figures of a survey and of national statistics, to be set beside what interviewees say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SurveyFigure:
    """One statement of a questionnaire, how many agree, and one figure to compare it with."""

    line: int
    """In the file, for messages."""
    theme: str
    """The code it belongs to, by path or unique name."""
    statement: str
    figure: float | None
    """The share of those asked, 0–1."""
    base: int | None
    """How many were asked."""
    comparator: str
    """Who else was asked: similar areas, a nation."""
    comparator_figure: float | None
    source: str
