from __future__ import annotations

import random

import numpy as np
import pytest

from commonplace.domain.codebook import Codebook
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.suggest.active_learning import most_informative
from commonplace.suggest.evaluation import (
    Coded,
    Forecast,
    calibration_error,
    coded,
    evaluate,
    measure,
    scores,
    split,
)
from commonplace.suggest.segments import Segment
from tests.suggest.build import HOUSING, TALK, code, codebook, make_project, transcript

THEMES = {
    "Weather": ("rain", "sunny", "snowed", "windy", "clouds"),
    "Cooking": ("soup", "oven", "recipe", "baking", "onions"),
}
FILLING = ["we", "then", "had", "some", "more", "over", "there", "when", "they", "came", "back"]


def statements(count: int = 120) -> Coded:
    """Made-up statements: a code holds where a word of its theme stands; names tell nothing."""
    rng = random.Random(5)
    found, rows = [], []
    for number in range(count):
        words = rng.choices(FILLING, k=6)
        there = [rng.random() < 0.4 for _ in THEMES]
        for holds, theme in zip(there, THEMES.values(), strict=True):
            if holds:
                words.insert(rng.randrange(len(words)), rng.choice(theme))
        text = " ".join(words)
        found.append(Segment(f"s{number}", Span(0, len(text)), text, 0, "", False, True))
        rows.append(there)
    return Coded(codebook(*(code(f"Theme {n}") for n in "AB")), found, np.array(rows))


def averages(study, **options):
    return {s.budget: s for s in evaluate(study, seeds=1, **options) if s.code is None}


def test_what_is_learnt_shows_in_the_curve():
    scores = averages(statements(), budgets=(0, 50))
    assert scores[50].average_precision > scores[0].average_precision + 0.2
    assert scores[50].f1 > scores[0].f1
    assert scores[50].ece < 0.2


def test_every_order_ends_at_the_same_place():
    study = statements(60)
    size = len(split(study, 0)[0])
    ends = {order: averages(study, budgets=(size,), order=order)[size]
            for order in ("random", "uncertain", "document")}  # fmt: skip
    assert len({round(score.average_precision, 6) for score in ends.values()}) == 1


def test_transcripts_are_held_out_whole_and_budgets_beyond_the_pool_left_out():
    study = statements(40)
    paired = [Segment(f"d{n // 4}", *_rest(s)) for n, s in enumerate(study.segments)]
    pool, held_out = split(Coded(study.codebook, paired, study.gold), 3)
    documents = [{paired[row].document for row in rows} for rows in (pool, held_out)]
    assert not documents[0] & documents[1]
    assert len(documents[1]) == 4
    assert list(averages(study, budgets=(0, 1000))) == [0]


def _rest(segment: Segment) -> tuple:
    return (segment.span, segment.text, 0, "", False, True)


def test_the_same_seed_gives_the_same_scores():
    one, other = ([s.as_row() for s in evaluate(statements(60), budgets=(20,), seeds=1)]
                  for _ in range(2))  # fmt: skip
    assert one == other


def test_nothing_coded_gives_no_scores():
    assert list(evaluate(Coded(Codebook("empty"), [], np.zeros((0, 0), dtype=bool)))) == []


def test_any_method_can_be_measured():
    def always(dataset, study, known, held_out):
        ones = np.ones((len(held_out), 2), dtype=np.float32)
        return Forecast(ones, ones, ones > 0)

    (score,) = averages(statements(), budgets=(0,), method=always).values()
    assert score.recall == 1
    assert score.precision == pytest.approx(score.average_precision)
    assert score.ece == pytest.approx(1 - score.precision, abs=0.1)


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="no such order"):
        list(evaluate(statements(20), order="alphabetical"))


def test_measures_of_one_code():
    there = np.array([True, False, True, False])
    score = np.array([0.9, 0.8, 0.3, 0.1], dtype=np.float32)
    found = measure(there, score, score, score > 0.5)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert found.ece == pytest.approx((0.1 + 0.8 + 0.7 + 0.1) / 4, abs=1e-6)
    assert found.proposed_ece == pytest.approx((0.1 + 0.8) / 2, abs=1e-6)
    assert measure(there, score, score, score > 2).precision is None


def test_an_average_is_over_the_same_codes_in_every_measure():
    there = np.array([[True, True]] * 6 + [[False, False]] * 4)
    confidence = np.full((10, 2), 0.6, dtype=np.float32)
    confidence[:, 1] = 0.2
    study = Coded(codebook(code("A"), code("B")), [], there)
    forecast = Forecast(confidence, confidence, confidence > 0.5)
    all_codes, one, other = scores(study, np.arange(10), forecast, budget=0, order="random", seed=0)
    assert (all_codes.codes, one.codes) == (2, 1)
    assert (one.precision, other.precision) == (0.6, None)
    assert (all_codes.precision, all_codes.recall) == (0.3, 0.5)
    assert all_codes.f1 == pytest.approx(one.f1 / 2)
    assert (one.ece, other.ece) == (pytest.approx(0, abs=1e-6), pytest.approx(0.4, abs=1e-6))
    assert all_codes.ece == all_codes.pooled_ece == pytest.approx(0.2, abs=1e-6)
    assert all_codes.proposed_ece == pytest.approx(0, abs=1e-6)


def test_confidences_that_come_true_have_no_error():
    there = np.array([True] * 3 + [False] * 7)
    assert calibration_error(there, np.full(10, 0.3, dtype=np.float32)) == pytest.approx(
        0, abs=1e-6
    )


def test_of_a_project_what_people_have_been_through_takes_part(tmp_path):
    talks = [transcript(f"{n}.txt", *TALK) for n in range(3)]
    with make_project(tmp_path / "p.commonplace", HOUSING, *talks) as project:
        one, two, three = project.documents.all()
        damp = project.codes.find("Damp").id
        start = project.documents.text(one.id).index("The walls")
        project.codings.add(one.id, Span(start, start + 30), damp)
        project.documents.set_done(two.id)
        study = coded(project, unit="sentence")
        assert {segment.document for segment in study.segments} == {one.id, two.id}
        assert [s.text for s, row in zip(study.segments, study.gold, strict=True) if row.any()] == [
            "The walls were damp all winter."
        ]
        assert {s.document for s in coded(project, coder="Nobody").segments} == set()
        turns = coded(project, unit="turn").segments
        assert [s.text for s in turns][1].startswith("The walls were damp all winter. There was")
        # rows of one table are read together: those without a code have none
        project.codings.add_many(three.id, [(Span(5, 9), damp)], origin=Origin.IMPORTED)
        assert {s.document for s in coded(project).segments} == {one.id, two.id, three.id}


def test_the_most_telling_are_doubtful_rare_and_unlike_each_other():
    confidence = np.array([[0.5, 0.01], [0.5, 0.01], [0.01, 0.5], [0.01, 0.01]], dtype=np.float32)
    meaning = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    assert most_informative(confidence, np.array([0, 20]), meaning, 2) == [0, 1]
    assert most_informative(confidence, np.array([0, 0]), meaning, 3) == [0, 2, 1]
