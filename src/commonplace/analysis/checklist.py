"""Reporting checklists, filled in as far as a project knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from commonplace.analysis.facts import Facts, facts
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.methods import ORIGINS, day, listed, number, percent, trustworthiness
from commonplace.analysis.notes import noted
from commonplace.analysis.reporting_items import CHECKLISTS
from commonplace.analysis.sample import sample
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import themes
from commonplace.domain.attribution import K
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

TO_FILL_IN = "to be filled in by the authors"
KNOWN = "from the project"


def checklist(project: Project, name: str, filters: Filters | None = None, *, k: int = K) -> Table:
    """A row for each item of `coreq` or `srqr`: what it asks, and what the project knows of it.

    `status` is `KNOWN` or `TO_FILL_IN`; where it is known, authors still have to see whether it is
    all there is to say. Groups of the sample are of at least `k` people. Raises `FilterError` for
    another name, and as `themes` does.
    """
    if name.casefold() not in CHECKLISTS:
        raise FilterError(f"no checklist '{name}': there are {listed(list(CHECKLISTS))}")
    items, source = CHECKLISTS[name.casefold()]
    asked = filters or Filters()
    scope = Scope(project, asked)
    columns = (
        Column("item", "items, from 1"),
        *(Column("part"), Column("topic"), Column("asks"), Column("status"), Column("answer")),
    )

    def rows() -> Iterator[Row]:
        known = _Known(project, asked, k)
        for place, item in enumerate(items, 1):
            answer = ANSWERS[item.answer](known) if item.answer else ""
            status = KNOWN if answer else TO_FILL_IN
            yield (place, item.part, item.topic, item.asks, status, answer or None)

    said = (
        f"{source}, the items in our own words. Known is what the project records; check it, add "
        "to it, and say on which page it stands."
    )
    brief = ("item", "topic", "status", "answer")
    return Table(name.casefold(), columns, rows, noted(scope, said), brief)


class _Known:
    """What answers draw on."""

    def __init__(self, project: Project, filters: Filters, k: int) -> None:
        self.project, self.filters, self.k = project, filters, k
        self.facts: Facts = facts(project, filters)


def _size(known: _Known) -> str:
    f = known.facts
    return f"{number(f.people, 'person', 'people')} in {number(f.transcripts, 'transcript')}."


def _interviewers(known: _Known) -> str:
    found = known.facts.interviewers
    if not found:
        return ""
    return (
        f"In {number(found, 'transcript')} a speaker is marked as the interviewer; who it was is "
        "not recorded."
    )


def _withdrawn(known: _Known) -> str:
    gone = known.facts.withdrawn
    if not gone:
        return ""
    have = "participant has" if gone == 1 else "participants have"
    return f"{gone} {have} withdrawn after the interview; nothing of theirs is counted or quoted."


def _together(known: _Known) -> str:
    groups = known.facts.group_interviews
    return "" if not groups else (
        f"In {number(groups, 'transcript')} several interviewees speak."
    )  # fmt: skip


def _sample(known: _Known) -> str:
    if known.facts.people < known.k:
        return ""
    by: dict[str, list[str]] = {}
    for row in sample(known.project, known.filters, k=known.k).records():
        if row["attribute"]:
            by.setdefault(str(row["attribute"]), []).append(f"{row['group']} {row['participants']}")
    return " ".join([_size(known), *(f"{name}: {'; '.join(of)}." for name, of in by.items())])


def _repeated(known: _Known) -> str:
    again = known.facts.repeated
    if not again:
        return "Nobody was interviewed more than once."
    were = "person was" if again == 1 else "people were"
    return f"{again} {were} interviewed more than once."


def _recorded(known: _Known) -> str:
    timed = known.facts.timed
    return "" if not timed else (
        f"{number(timed, 'transcript')} of {known.facts.transcripts} have times of a recording."
    )  # fmt: skip


def _duration(known: _Known) -> str:
    f = known.facts
    if not f.timed:
        return ""
    return (
        f"By the last time in each of {number(f.timed, 'transcript')} that have times: "
        f"{f.shortest // 60:.0f} to {f.longest // 60:.0f} minutes, to the beginning of the last "
        "turn."
    )


def _saturation(known: _Known) -> str:
    return " ".join(known.facts.saturation)


def _coders(known: _Known) -> str:
    coders = known.facts.coders
    if not coders:
        return ""
    did = "; ".join(f"{c.name}: {number(c.codings, 'coding')}" for c in coders)
    return f"{number(len(coders), 'coder')} ({did})."


def _codebook(known: _Known) -> str:
    f = known.facts
    edition = f", version {f.codebook_version}" if f.codebook_version else ""
    changed = f" Definitions changed {number(f.revisions, 'time')}." if f.revisions else ""
    return (
        f"{f.codebook}{edition}: {number(f.codes, 'code')} on {number(f.levels, 'level')}, "
        f"{f.codes_used} used; the report has it as an appendix.{changed}"
    )


def _origin(known: _Known) -> str:
    f = known.facts
    if not f.codings:
        return ""
    how = listed(
        [
            f"{percent(f.origins[o], f.codings)} {said}"
            for o, said in ORIGINS.items()
            if f.origins[o]
        ]
    )
    return (
        f"Of {number(f.codings, 'coding')}: {how}. Whether codes were set beforehand is yours to "
        "say."
    )


def _software(known: _Known) -> str:
    return f"{known.facts.software}."


def _quotes(known: _Known) -> str:
    if not known.facts.codings:
        return ""
    return (
        "The report gives quotes for each theme, numbered, each with an attribution that at least "
        f"{known.k} of the people share."
    )


def _counts(known: _Known) -> str:
    f = known.facts
    return (
        "Themes are counted in people, transcripts, passages and words, each with its denominator; "
        f"{f.done} of {f.transcripts} transcripts were read to the end."
    )


def _themes(known: _Known) -> str:
    found = [
        row for row in _frequencies(known) if "/" not in str(row["code_path"]).replace("\\/", "")
    ]
    return "; ".join(f"{r['code']} ({r['participants']} of {r['participants_of']})" for r in found)


def _minor(known: _Known) -> str:
    few = [r for r in _frequencies(known) if r["participants"] == 1]
    return (
        f"Mentioned by one person only: {'; '.join(str(r['code_path']) for r in few)}."
        if few
        else ""
    )


def _frequencies(known: _Known) -> list[dict[str, object]]:
    rows = themes(known.project, known.filters, words=False).records()
    return [dict(row) for row in rows if row["quotes"]]


def _ethics(known: _Known) -> str:
    f = known.facts
    if not f.consents:
        return _withdrawn(known)
    recorded = (
        f"Consent to be quoted is recorded of {f.consents} of {f.people} people and enforced in "
        f"exports; attributions are coarsened until {known.k} people share them."
    )
    return " ".join(filter(None, (recorded, _withdrawn(known))))


def _processing(known: _Known) -> str:
    f = known.facts
    said = "Transcripts are kept as they came in, each coding with its exact words."
    if f.corrected:
        were = "transcript was" if f.corrected == 1 else "transcripts were"
        said += f" {f.corrected} {were} corrected later; earlier versions are kept."
    return said


def _analysis(known: _Known) -> str:
    return " ".join(filter(None, (_coders(known), _codebook(known))))


def _trust(known: _Known) -> str:
    return trustworthiness(known.facts)


def _limits(known: _Known) -> str:
    f = known.facts
    unread = f.transcripts - f.done
    return "" if unread <= 0 else (
        f"{unread} of {f.transcripts} transcripts were not read to the end by {day(f.as_of)}."
    )  # fmt: skip


ANSWERS: dict[str, Callable[[_Known], str]] = {
    "interviewers": _interviewers,
    "size": _size,
    "withdrawn": _withdrawn,
    "together": _together,
    "sample": _sample,
    "repeated": _repeated,
    "recorded": _recorded,
    "duration": _duration,
    "saturation": _saturation,
    "coders": _coders,
    "codebook": _codebook,
    "origin": _origin,
    "software": _software,
    "quotes": _quotes,
    "counts": _counts,
    "themes": _themes,
    "minor": _minor,
    "ethics": _ethics,
    "processing": _processing,
    "analysis": _analysis,
    "trust": _trust,
    "limits": _limits,
}
"""What the project knows of each subject; empty where it knows nothing."""
