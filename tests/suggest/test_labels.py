from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonplace.domain.span import Span
from commonplace.suggest.labels import (
    BESIDE,
    CODED,
    PASSED_BY,
    PASSED_OVER,
    REJECTED,
    UNASKED,
    Decided,
    Labels,
    Mark,
    covered,
    labels,
    thinned,
)
from tests.suggest.build import INTERVIEWER, code, segments_of, transcript

CODES = [code("Home"), code("Damp", parent="Home"), code("Buses")]
TALK = transcript(
    "one.txt",
    (INTERVIEWER, "Tell me about your flat."),
    ("Ann", "The walls were damp all winter. The bus never came on Sunday."),
    ("Bo", "We walked to the shop instead. It took an hour each way."),
)
FOUND = segments_of(TALK)
ROWS = {segment.text: row for row, segment in enumerate(FOUND)}
DAMP, BUS = ROWS["The walls were damp all winter."], ROWS["The bus never came on Sunday."]
SHOP, HOUR = ROWS["We walked to the shop instead."], ROWS["It took an hour each way."]


def mark(row: int, name: str, *, to: int | None = None) -> Mark:
    end = FOUND[row if to is None else to].span.end
    return Mark("one.txt", Span(FOUND[row].span.start, end), name)


def of(known: Labels, row: int) -> tuple[list[float], list[float]]:
    place = known.rows.tolist().index(row)
    return known.target[place].tolist(), known.weight[place].tolist()


def test_a_coding_over_half_a_sentence_or_over_several_is_about_them():
    half = Mark("one.txt", Span(FOUND[DAMP].span.start, FOUND[DAMP].span.start + 12), "Damp")
    assert [row for row, _ in covered(FOUND, [half])] == [DAMP]
    across = mark(BUS, "Damp", to=HOUR)
    assert [row for row, _ in covered(FOUND, [across])] == [BUS, SHOP, HOUR]
    touching = Mark("one.txt", Span(FOUND[DAMP].span.start, FOUND[BUS].span.start + 3), "Damp")
    assert [row for row, _ in covered(FOUND, [touching])] == [DAMP]


def test_what_is_coded_counts_for_the_codes_above():
    known = labels(FOUND, CODES, Decided(coded=[mark(DAMP, "Damp")]))
    assert of(known, DAMP) == ([1, 1, 0], [CODED, CODED, BESIDE])


def test_a_rejection_counts_against_that_pair_alone():
    known = labels(FOUND, CODES, Decided(rejected=[mark(BUS, "Damp")]))
    assert of(known, BUS) == ([0, 0, 0], [UNASKED, REJECTED, UNASKED])
    assert known.imputed[known.rows.tolist().index(BUS)].tolist() == [True, False, True]


def test_confidences_count_what_a_reader_passed_over_in_full_and_what_nobody_was_asked_not_at_all():
    by_hand = labels(FOUND, CODES, Decided(coded=[mark(DAMP, "Damp")]))
    assert by_hand.calibration_weight[by_hand.rows.tolist().index(DAMP)].tolist() == [1, 1, 1]
    accepted = replace(mark(DAMP, "Damp"), reading=False)
    asked = labels(FOUND, CODES, Decided(coded=[accepted]))
    assert asked.calibration_weight[asked.rows.tolist().index(DAMP)].tolist() == [1, 1, UNASKED]
    assert asked.calibration_weight[asked.rows.tolist().index(HOUR)].tolist() == [UNASKED] * 3
    assert asked.imputed[asked.rows.tolist().index(DAMP)].tolist() == [False, False, True]


def test_what_was_accepted_unread_teaches_and_does_not_calibrate():
    unread = replace(mark(DAMP, "Damp"), weight=0.25, reading=False, seen=False)
    known = labels(FOUND, CODES, Decided(coded=[unread]))
    place = known.rows.tolist().index(DAMP)
    assert known.target[place].tolist() == [1, 1, 0]
    assert known.weight[place].tolist() == [0.25, 0.25, UNASKED]
    assert known.calibration_weight[place].tolist() == [0, 0, UNASKED]
    assert len(known) == 0


def test_a_transcript_marked_done_counts_where_somebody_has_been_at_it():
    done = frozenset({"one.txt"})
    assert len(labels(FOUND, CODES, Decided(read=done))) == 0
    assert len(labels(FOUND, CODES, Decided(rejected=[mark(BUS, "Damp")], read=done))) == 4


def test_a_code_was_not_passed_over_before_it_was_there():
    known = labels(
        FOUND,
        CODES,
        Decided(
            coded=[mark(DAMP, "Damp")],
            read=frozenset({"one.txt"}),
            before={"Buses": {"one.txt": FOUND[SHOP].span.start}},
        ),
    )
    assert of(known, BUS)[1] == [PASSED_OVER, PASSED_OVER, UNASKED]
    assert of(known, HOUR)[1] == [PASSED_OVER] * 3
    assert known.read_whole.tolist() == [4, 4, 2]


def test_of_a_transcript_that_was_read_what_was_passed_over_counts():
    known = labels(FOUND, CODES, Decided(coded=[mark(BUS, "Buses")], read=frozenset({"one.txt"})))
    assert known.rows.tolist() == [DAMP, BUS, SHOP, HOUR]
    assert len(known) == 4
    assert of(known, DAMP) == ([0, 0, 0], [PASSED_OVER] * 3)


def test_segments_nobody_has_been_at_are_there_for_contrast_and_no_lesson():
    known = labels(FOUND, CODES, Decided(coded=[mark(BUS, "Buses")]))
    assert len(known) == 1
    assert of(known, HOUR) == ([0, 0, 0], [UNASKED] * 3)


def test_an_accepted_code_outweighs_an_earlier_rejection():
    decided = Decided(coded=[mark(BUS, "Buses")], rejected=[mark(BUS, "Buses")])
    assert of(labels(FOUND, CODES, decided), BUS)[0] == [0, 0, 1]


def test_too_many_rows_are_thinned_and_weigh_the_same_in_sum():
    rows, target = np.arange(1000), np.zeros((1000, 2))
    target[:100, 0] = 1
    whole = np.ones((1000, 2))
    every, none = np.ones(1000, dtype=bool), np.zeros((1000, 2), dtype=bool)
    read = np.full(2, 1000)
    known = Labels(rows, target, whole, every, np.ones(2), rows, whole, none, read)
    few = thinned(known, 300)
    assert len(few.rows) == 300
    assert few.target[:, 0].sum() == 100
    assert np.allclose(few.weight.sum(), known.weight.sum())
    assert (np.diff(few.rows) > 0).all()


def test_what_was_passed_by_on_the_way_counts_against_codes_but_less():
    end = FOUND[SHOP].span.end
    known = labels(FOUND, CODES, Decided(coded=[mark(SHOP, "Damp")], reached={"one.txt": end}))
    assert of(known, BUS) == ([0, 0, 0], [PASSED_BY] * 3)
    assert of(known, SHOP) == ([1, 1, 0], [CODED, CODED, PASSED_BY])
    assert of(known, HOUR) == ([0, 0, 0], [UNASKED] * 3)
    assert len(known) == 3
