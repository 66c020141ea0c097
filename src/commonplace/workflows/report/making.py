"""Which sections a report has, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from commonplace.analysis.facts import Facts, facts
from commonplace.analysis.filters import Filters
from commonplace.analysis.illustrations import Illustrations, illustrate
from commonplace.analysis.methods import day, methods, number
from commonplace.analysis.sample import top_codes
from commonplace.analysis.scope import Scope
from commonplace.domain.attribution import K
from commonplace.domain.survey import SurveyFigure
from commonplace.exports import report as files
from commonplace.exports.report.model import Fact, Prose, Report, Section
from commonplace.project import Project
from commonplace.workflows import pseudonym_key
from commonplace.workflows.report import quality, themes, words
from commonplace.workflows.report.renamed import renamed


class ReportError(ValueError):
    """A report that cannot be made; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is to hold."""

    filters: Filters = field(default_factory=Filters)
    attribution: str | None = None
    """A template: see `domain.attribution`."""
    k: int = K
    """People who must share an attribution, and of whom a group must consist."""
    quotes: int = 3
    """For each theme."""
    marks: Sequence[str] = ()
    """Only quotes that the desk has marked so."""
    survey: Sequence[SurveyFigure] = ()
    by: Sequence[str] = ()
    """Attributes by which themes are set apart; else those of an attribution."""
    title: str = ""
    as_spoken: bool = False
    """Whether names stay although there are pseudonyms."""
    today: str | None = None
    """The day (ISO 8601) that embargoes are held against; else the day it is."""


def _go_on() -> None:
    """Nobody wants it stopped."""


def write_report(
    project: Project,
    path: Path,
    asked: Asked,
    *,
    template: Path | None = None,
    heed: Callable[[], None] = _go_on,
) -> None:
    """Writes the report to a page or a Word document; the same project and the same wishes give
    the same bytes. Raises as `make_report` and `exports.report.write` do."""
    files.check(path, template)
    made = make_report(project, asked, heed)
    heed()
    files.write(made, path, template=template)


def make_report(project: Project, asked: Asked, heed: Callable[[], None] = _go_on) -> Report:
    """The report, as data. `heed` is called before each section: what it raises stops it.

    Raises `ReportError` when there is nobody to report on or too few to be told from each other,
    `PseudonymError`, and as `analysis.themes`, `quotes` and `joint_display` do.
    """
    key = pseudonym_key.load(project.path)
    apply = _same if asked.as_spoken else key.apply
    with project.snapshot():
        known = facts(project, asked.filters)
        _refuse_few(known, asked.k)
        scope = Scope(project, asked.filters)
        sections = _sections(project, scope, known, asked, apply, heed=heed)
        report = Report(
            asked.title.strip() or f"{project.name}: what people said",
            _subtitle(project, known),
            _head(known),
            tuple(_cautions(known, scope.withdrawals(), named=asked.as_spoken and len(key) > 0)),
            (),
            _colophon(known, 0 if asked.as_spoken else len(key)),
        )
    return replace(renamed(report, apply), sections=sections)


def _sections(
    project: Project,
    scope: Scope,
    known: Facts,
    asked: Asked,
    apply: Callable[[str], str],
    *,
    heed: Callable[[], None],
) -> tuple[Section, ...]:
    """All that there is something to put into, with pseudonyms; coders keep their names."""
    heed()
    top, filters = top_codes(scope), asked.filters
    quotes = illustrate(
        project,
        top,
        filters,
        limit=asked.quotes,
        attribution=asked.attribution,
        k=asked.k,
        marks=asked.marks,
        today=asked.today,
    )
    counting: tuple[Callable[[], Section | None], ...] = (
        lambda: themes.sample_section(project, filters, asked.by, asked.k),
        lambda: themes.frequency_section(project, filters, top),
        lambda: themes.groups_section(project, filters, top, asked.by, asked.k),
        lambda: themes.joint_section(project, filters, asked.survey),
        lambda: words.quotes_section(scope.codebook, quotes),
        lambda: themes.together_section(project, filters, top),
        lambda: quality.saturation_section(project, filters),
        lambda: quality.agreement_section(project, filters, known, top),
        lambda: quality.suggestions_section(known),
    )
    counted = []
    for count in counting:
        heed()
        counted.append(count())
    appendices = [words.chosen_section(scope.codebook, quotes), words.codebook_section(scope)]
    told = replace(
        known,
        filters=apply(known.filters),
        codebook=apply(known.codebook),
        attributes=renamed(known.attributes, apply),
    )
    return (
        *(renamed(section, apply) for section in counted if section is not None),
        _methods_section(told, quotes, asked),
        *(renamed(section, apply) for section in appendices if section is not None),
    )


def _same(text: str) -> str:
    return text


def _refuse_few(known: Facts, k: int) -> None:
    if not known.people:
        raise ReportError(
            "there is nobody to report on: no transcript that is asked about holds what an "
            "interviewee says; `documents` and `turns` show how transcripts were understood"
        )
    if known.people < k:
        raise ReportError(
            f"a report on {number(known.people, 'person', 'people')} would give them away: ask for "
            f"more of the material, or, where everybody agreed to that, for --k {known.people}"
        )


def _subtitle(project: Project, known: Facts) -> str:
    parts = [
        f"Report on {number(known.transcripts, 'interview transcript')}",
        f"project {project.name}",
        *([f"as of {day(known.as_of)}"] if known.as_of else []),
    ]
    return " · ".join(parts)


def _head(known: Facts) -> tuple[Fact, ...]:
    return (
        Fact(
            f"{known.people:,}", "person interviewed" if known.people == 1 else "people interviewed"
        ),
        Fact(f"{known.transcripts:,}", "transcript" if known.transcripts == 1 else "transcripts"),
        Fact(f"{known.words:,}", "words of theirs"),
        Fact(f"{known.codings:,}", "coding" if known.codings == 1 else "codings"),
        Fact(f"{len(known.coders):,}", "coder" if len(known.coders) == 1 else "coders"),
    )


def _cautions(known: Facts, withdrawals: str, *, named: bool) -> list[str]:
    said = []
    if named:
        said.append("Pseudonyms were not applied, as was asked for: names are as spoken.")
    unread = known.transcripts - known.done
    if unread > 0:
        said.append(
            f"{unread} of {known.transcripts} transcripts "
            f"{'is' if unread == 1 else 'are'} not marked as read to the end. Whoever speaks only "
            "there counts as not mentioning a theme until somebody has looked."
        )
    if known.filters:
        said.append(f"This report covers a part of the material: {known.filters}.")
    if withdrawals:
        said.append(withdrawals)
    return said


def _methods_section(known: Facts, quotes: Illustrations, asked: Asked) -> Section:
    said = []
    if any(theme.quotes for theme in quotes.themes):
        said = [
            f"For each theme up to {number(asked.quotes, 'quote')} that may leave were chosen by "
            "rule: near the centre of the theme by their words, spread over people, places and "
            "waves, and readable; nobody a second time for a theme before everybody who spoke of "
            "it, and no words twice.",
            *quotes.remarks,
        ]
    return Section("methods", "How this was done", (Prose(tuple(methods(known, said))),))


def _colophon(known: Facts, pseudonyms: int) -> str:
    said = f"Made with {known.software}, on the machine where the interviews are."
    if pseudonyms:
        said += f" Pseudonyms were applied ({number(pseudonyms, 'name')} in the key)."
    return said
