"""Blind audits as tables, and in words for a methods section."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.analysis.agreement import measures
from commonplace.analysis.audit.drawing import PLURAL
from commonplace.analysis.audit.result import Measured, Result
from commonplace.domain.codebook import Codebook
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.audits import Audit, AuditSegment

ALL = "(all codes)"
"""In place of a path, in the row that pools all codes."""


def audit_table(project: Project, audit: Audit) -> Table:
    """How good the suggestions were: a row for each code that the person or the suggestions
    applied, and one for all, where `code` is null and `code_path` is `ALL`.

    `person`, `model` and `both` count segments (pairs of segment and code in the last row).
    Precision and recall have Wilson's 95 % intervals; those of F1, kappa and alpha come from
    drawing transcripts anew (1,000 times), and over all codes precision and recall have what either
    interval holds. Raises as `Result` does.
    """
    result = Result(project, audit)
    counted = PLURAL[audit.unit]
    share, coefficient = "share 0–1", "−1 to 1"
    columns = [
        Column("code"),
        Column("code_path"),
        *(Column(name, counted) for name in ("units", "person", "model", "both")),
        Column("prevalence", share),
    ]
    for name, unit in (("precision", share), ("recall", share), ("f1", share)):
        columns += [Column(f"{name}{end}", unit) for end in ("", "_low", "_high")]
    columns.append(Column("percent", share))
    for name in ("cohen_kappa", "alpha"):
        columns += [Column(f"{name}{end}", coefficient) for end in ("", "_low", "_high")]
    return Table(
        "audit",
        tuple(columns),
        lambda: (_row(result.codebook, measured) for measured in result.rows),
        lambda: [methods(result), *_remarks(result)],
        brief=("code_path", "person", "model", "both", "precision", "recall", "f1", "cohen_kappa",
               "alpha"),
    )  # fmt: skip


def _row(codebook: Codebook, measured: Measured) -> Row:
    code = measured.code
    label = (None, ALL) if code is None else (codebook[code].name, codebook.path(code))
    return (
        *label,
        measured.units,
        measured.person,
        measured.model,
        measured.both,
        measured.person / measured.units if measured.units else None,
        measured.precision,
        *(measured.precision_interval or (None, None)),
        measured.recall,
        *(measured.recall_interval or (None, None)),
        measured.f1,
        *(measured.f1_interval or (None, None)),
        measured.percent,
        measured.kappa,
        *(measured.kappa_interval or (None, None)),
        measured.alpha,
        *(measured.alpha_interval or (None, None)),
    )


def methods(result: Result) -> str:
    """A paragraph for the methods section."""
    audit, whole = result.audit, result.rows[-1]
    answered = len(result.segments)
    some = "" if answered == audit.segments else f" (of {audit.segments:,} drawn)"
    learnt = (
        f"having learnt from {audit.labelled:,} coded or rejected sentences"
        if audit.labelled
        else "before anything had been learnt"
    )
    when = " to ".join(sorted({audit.started_at[:10], str(audit.finished_at)[:10]}))
    return (
        f"Suggestions ({audit.made_by}, {learnt}) were checked by a blind audit: a simple random "
        f"sample of {_counted(answered, audit.unit)}{some} from "
        f"{_counted(audit.population, audit.unit)} of interviewees in "
        f"{_counted(audit.transcripts, 'transcript')} that {audit.coder} had not coded "
        f"was coded by {audit.coder} without sight of the suggestions ({when}; random seed "
        f"{audit.seed}). Over all codes precision was "
        f"{_said(whole.precision, whole.precision_interval)}, recall "
        f"{_said(whole.recall, whole.recall_interval)} and F1 "
        f"{_said(whole.f1, whole.f1_interval)}; agreement between coder and suggestions was "
        f"{_said(whole.kappa, whole.kappa_interval)} by Cohen's kappa and "
        f"{_said(whole.alpha, whole.alpha_interval)} by Krippendorff's alpha."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def _remarks(result: Result) -> Iterator[str]:
    yield (
        "Codes count with their sub-codes; the row of all codes pools each code by itself. "
        "Precision and recall have Wilson's 95 % intervals, those of F1, kappa and alpha come from "
        "drawing transcripts anew; over all codes the wider of both."
    )
    if len(result.documents) < 2:
        yield "No intervals by transcript: the answers are from one transcript."


def _said(value: float | None, interval: measures.Interval = None) -> str:
    if value is None:
        return "not defined"
    said = f"{value:.2f}".replace("-", "−")
    if interval is None:
        return said
    low, high = (f"{edge:.2f}".replace("-", "−") for edge in interval)
    return f"{said} (95 % interval {low} to {high})"


def segments_table(project: Project, audit: Audit) -> Table:
    """The segments of an audit in the order in which they are to be coded, with the answers and
    without what was suggested. `codes` are paths, `; ` between them: `(none)` where none applies,
    null before there is an answer."""
    codebook = project.codes.codebook()
    names = {info.id: info.name for info in project.documents.all()}

    def rows() -> Iterator[Row]:
        for segment in project.audits.segments(audit.id):
            span = segment.span
            yield (
                segment.place,
                names[segment.document],
                span.start,
                span.end,
                project.documents.part(segment.document, span.start, span.end),
                _answer(codebook, segment),
            )

    columns = (
        Column("segment", "segments, from 1"),
        Column("document"),
        Column("start", "code points"),
        Column("end", "code points"),
        Column("quote"),
        Column("codes"),
    )
    return Table("audit segments", columns, rows, _status(audit))


def _answer(codebook: Codebook, segment: AuditSegment) -> str | None:
    if segment.codes is None:
        return None
    known = [codebook.path(code) for code in segment.codes if code in codebook]
    return "; ".join(known) or "(none)"


def audits_table(project: Project) -> Table:
    """All audits of a project, and how far they are."""
    columns = (
        Column("audit_id"),
        Column("coder"),
        Column("unit"),
        Column("segments", "segments"),
        Column("answered", "segments", of="segments"),
        Column("population", "segments"),
        Column("seed"),
        Column("started_at", time=True),
        Column("finished_at", time=True),
    )
    return Table(
        "audits",
        columns,
        lambda: (
            (
                audit.id,
                audit.coder,
                audit.unit,
                audit.segments,
                audit.answered,
                audit.population,
                str(audit.seed),
                audit.started_at,
                audit.finished_at,
            )
            for audit in project.audits.all()
        ),
    )


def _status(audit: Audit) -> str:
    return f"{audit.answered:,} of {audit.segments:,} segments answered by {audit.coder}."
