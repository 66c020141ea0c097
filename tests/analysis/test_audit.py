"""Blind audits: the draw, and measures against those of scikit-learn and krippendorff."""

from __future__ import annotations

from random import Random

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from commonplace.analysis.agreement import measures
from commonplace.analysis.audit.drawing import draw
from commonplace.analysis.audit.result import Result
from commonplace.analysis.audit.tables import audit_table, methods, segments_table
from commonplace.analysis.filters import FilterError
from commonplace.analysis.shares import wilson
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.project.audits import Audit, Drawn, Sample
from tests import make

SPEECH = " ".join(f"This is sentence number {n} of it." for n in range(30))


@pytest.fixture
def documents(project: Project) -> list[str]:
    """Three transcripts with thirty sentences of an interviewee each."""
    found = [
        project.documents.add(
            make.transcript(("Q", f"Say something, {n}."), ("P1", SPEECH), name=f"P{n}.txt")
        )
        for n in range(3)
    ]
    project.suggestions.finish_run()
    return found


def audited(project: Project, documents: list[str], seed: int = 3) -> Audit:
    """An audit whose answers and suggestions are those of two dice that agree more than not."""
    dice = Random(seed)
    codes = [project.codes.find(name).id for name in ("Damp", "Rent", "Transport")]
    pairs = []
    for number in range(60):
        truth = [code for code in codes if dice.random() < 0.3]
        said = [code for code in codes if (code in truth) is (dice.random() < 0.85)]
        span = Span(number, number + 1)
        pairs.append((truth, Drawn(documents[number % 3], span, tuple(said))))
    sample = Sample("sentence", seed, 90, 3, 12, tuple(codes), tuple(one for _, one in pairs))
    audit = project.audits.start(sample)
    for segment, (truth, _) in zip(project.audits.segments(audit.id), pairs, strict=True):
        project.audits.answer(segment.id, truth)
    project.audits.finish(audit.id)
    return project.audits.get(audit.id)


def test_measures_are_those_of_independent_implementations(
    project: Project, documents: list[str]
) -> None:
    audit = audited(project, documents)
    result = Result(project, audit)
    book = project.codes.codebook()
    answers = project.audits.segments(audit.id)
    columns: dict[str | None, tuple[list[int], list[int]]] = {None: ([], [])}
    for name in ("Damp", "Rent", "Transport", "Housing"):
        code = project.codes.find(name).id
        below = {each.id for each in book.subtree(code)}
        person = [int(bool(below & set(s.codes or ()))) for s in answers]
        model = [int(bool(below & set(s.suggested))) for s in answers]
        columns[code] = (person, model)
        if name != "Housing":
            columns[None][0].extend(person)
            columns[None][1].extend(model)
    assert {row.code for row in result.rows} == set(columns)
    for row in result.rows:
        person, model = columns[row.code]
        precision, recall, f1, _ = precision_recall_fscore_support(person, model, average="binary")
        assert row.precision == pytest.approx(precision)
        assert row.recall == pytest.approx(recall)
        assert row.f1 == pytest.approx(f1)
        assert row.kappa == pytest.approx(cohen_kappa_score(person, model))
        alpha = krippendorff.alpha([person, model], level_of_measurement="nominal")
        assert row.alpha == pytest.approx(alpha)
        assert row.units == len(person)
        assert row.alpha_interval is not None
        assert row.alpha_interval[0] <= alpha <= row.alpha_interval[1]
        assert row.f1_interval is not None
        _, low, high = wilson(row.both, row.model)
        assert row.precision_interval is not None
        if row.code is not None:
            assert row.precision_interval == (low, high)
        else:  # pairs of one segment are alike: never narrower than as if they were not
            assert row.precision_interval[0] <= low
            assert row.precision_interval[1] >= high


def test_the_interval_of_kappa_is_of_transcripts_drawn_anew(
    project: Project, documents: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "REPLICATES", 40)
    audit = audited(project, documents)
    whole = Result(project, audit).rows[-1]
    answers: dict[str, tuple[list[bool], list[bool]]] = {}
    for segment in project.audits.segments(audit.id):
        person, model = answers.setdefault(segment.document, ([], []))
        for name in ("Damp", "Rent", "Transport"):
            code = project.codes.find(name).id
            person.append(code in (segment.codes or ()))
            model.append(code in segment.suggested)
    known = [answers[document] for document in sorted(answers)]
    times = np.random.default_rng(measures.SEED).multinomial(3, [1 / 3] * 3, size=40)
    kappas = [
        cohen_kappa_score(
            *([said for each, n in zip(known, row, strict=True) for said in each[who] * n]
              for who in (0, 1))
        )
        for row in times
    ]  # fmt: skip
    assert whole.kappa_interval == pytest.approx(tuple(np.percentile(kappas, [2.5, 97.5])))
    (*_, row) = audit_table(project, audit).records()
    assert (row["cohen_kappa_low"], row["cohen_kappa_high"]) == whole.kappa_interval


def test_the_table_says_for_the_methods_section_what_was_done(
    project: Project, documents: list[str]
) -> None:
    audit = audited(project, documents)
    *codes, whole = audit_table(project, audit).records()
    assert [row["code_path"] for row in codes] == [
        "Housing", "Housing/Damp", "Housing/Rent", "Transport",
    ]  # fmt: skip
    assert (whole["code"], whole["units"]) == (None, 180)
    said = methods(Result(project, audit))
    for part in (
        "60 sentences from 90 sentences",
        "3 transcripts",
        "learnt from 12",
        "seed 3",
        "Amira",
    ):
        assert part in said
    assert f"precision was {whole['precision']:.2f}" in said


def test_the_draw_is_random_repeatable_and_of_what_was_not_learnt_from(
    project: Project, documents: list[str]
) -> None:
    first, second, third = documents
    text = project.documents.text(first)
    project.documents.set_done(third)
    project.codings.add(first, make.find(text, "number 4 of"), project.codes.find("Rent").id)
    rejected = Suggestion(first, make.find(text, "number 5 of it."), project.codes.find("Rent").id,
                          0.5)  # fmt: skip
    wanted = make.find(text, "This is sentence number 7 of it.")
    waits = Suggestion(first, wanted, project.codes.find("Damp").id, 0.5)
    project.suggestions.replace(first, [rejected, waits])
    project.suggestions.reject(rejected)
    sample = draw(project, "sentence", 1000, 5)
    assert (sample.population, sample.transcripts, len(sample.drawn)) == (58, 2, 58)
    spans = [(one.document, one.span) for one in sample.drawn]
    assert spans != sorted(spans, key=lambda pair: (pair[0], pair[1].start))
    assert draw(project, "sentence", 10, 5).drawn == sample.drawn[:10]
    assert draw(project, "sentence", 10, 6).drawn != sample.drawn[:10]
    said = {text[one.span.start : one.span.end] for one in sample.drawn if one.document == first}
    assert not any("number 4 of" in each or "number 5 of" in each for each in said)
    assert [one.span for one in sample.drawn if one.suggested] == [wanted]
    turns = draw(project, "turn", 10, 5)
    assert (turns.population, len(turns.drawn)) == (1, 1)
    assert turns.drawn[0].document == second


def test_nothing_is_drawn_where_there_is_nothing_to_draw(
    project: Project, documents: list[str]
) -> None:
    for document in documents:
        project.documents.set_done(document)
    with pytest.raises(FilterError, match="has not been at"):
        draw(project, "sentence", 10, 1)
    project.connection.execute("DELETE FROM suggestion_runs")
    with pytest.raises(FilterError, match="nothing was suggested"):
        draw(project, "sentence", 10, 1)


def test_results_wait_for_the_end_and_suggestions_are_never_listed(
    project: Project, documents: list[str]
) -> None:
    audit = project.audits.start(draw(project, "sentence", 5, 1))
    with pytest.raises(FilterError, match="0 of 5"):
        Result(project, audit)
    table = segments_table(project, audit)
    assert "suggested" not in table.header
    assert [row["codes"] for row in table.records()] == [None] * 5
    segment = project.audits.segments(audit.id)[0]
    project.audits.answer(segment.id, [])
    assert next(table.records())["codes"] == "(none)"
    project.audits.finish(audit.id)
    (whole,) = Result(project, project.audits.get(audit.id)).rows
    assert (whole.units, whole.precision, whole.kappa, whole.alpha) == (0, None, None, None)
