"""Agreement on stretches, against published figures and properties it must have."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.agreement import measures, unitizing
from commonplace.analysis.agreement.unitized import unitized
from commonplace.analysis.filters import Filters
from commonplace.domain.span import Span
from tests import make

BOOK = (
    [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")],
    [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")],
    [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")],
)
"""Three coders on a continuum of 60: Krippendorff (2019), figure 12.11, p. 340."""


def test_the_published_example() -> None:
    found = unitizing.coincidences(BOOK, 60)
    assert unitizing.u_alpha(found) == pytest.approx(0.510, abs=5e-4)
    assert unitizing.binary(found) == pytest.approx(0.413, abs=1e-3)
    assert unitizing.cu_alpha(found) == pytest.approx(0.724, abs=5e-4)
    fives = {key: n for key, n in found.lengths.items() if key[0] == "5"}
    paired = sum(n for key, n in fives.items() if None not in key)
    assert paired / sum(fives.values()) == pytest.approx(8 / 18)


@pytest.mark.parametrize("measure", [unitizing.u_alpha, unitizing.binary, unitizing.cu_alpha])
def test_where_nothing_varies_there_is_no_figure(measure) -> None:
    assert measure(unitizing.coincidences([[], []], 60)) is None
    assert measure(unitizing.coincidences([[(0, 60, "1")], [(0, 60, "1")]], 60)) is None


@st.composite
def continua(draw: st.DrawFn):
    length = draw(st.integers(20, 40))
    coders = []
    for _ in range(draw(st.integers(2, 4))):
        edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
        values = st.sampled_from(["a", "b", None])
        pieces = [(one, other, draw(values)) for one, other in pairwise(edges)]
        coders.append([piece for piece in pieces if piece[2]])
    return coders, length


@settings(max_examples=60)
@given(drawn=continua(), turn=st.integers(1, 3))
def test_neither_order_of_coders_nor_naming_of_values_matters(drawn, turn) -> None:
    coders, length = drawn
    other_names = [[(s, e, {"a": "x", "b": "y"}[v]) for s, e, v in pieces] for pieces in coders]
    turned = other_names[turn % len(coders) :] + other_names[: turn % len(coders)]
    one, other = unitizing.coincidences(coders, length), unitizing.coincidences(turned, length)
    for measure in (unitizing.u_alpha, unitizing.binary, unitizing.cu_alpha, unitizing.coverage):
        assert measure(one) == (
            pytest.approx(measure(other)) if measure(other) is not None else None
        )


@settings(max_examples=60)
@given(drawn=continua())
def test_units_of_one_code_point_each_give_the_usual_alpha(drawn) -> None:
    coders, length = drawn
    single = [[(at, at + 1, "a") for s, e, _ in pieces for at in range(s, e)] for pieces in coders]
    marked = [{at for at, _, _ in pieces} for pieces in single]
    tally: dict[int, int] = {}
    for at in range(length):
        pattern = sum(1 << n for n, mine in enumerate(marked) if at in mine)
        tally[pattern] = tally.get(pattern, 0) + 1
    expected = measures.alpha(tally, len(coders))
    found = unitizing.binary(unitizing.coincidences(single, length))
    assert found == (None if expected is None else pytest.approx(expected))


def test_stretches_in_a_project(project) -> None:
    """Two interviews of 60 code points of speech, the published example in each; the pieces of
    the interviewer, over which one unit reaches, do not count."""
    words = "x" * 30
    turns = (("P1", words), ("Q", "Well?"), ("P1", words))
    known = {v: project.codes.add(v, project.codes.find("Housing").id) for v in "1234567"}
    for name in ("P01.txt", "P02.txt"):
        document = project.documents.add(make.transcript(*turns, name=name))
        first, _, second = project.documents.turns(document)
        for coder, pieces in zip(("Amira", "Ben", "Cleo"), BOOK, strict=True):
            spans = [
                (Span(at(first, second, start), at(first, second, end - 1) + 1), known[value])
                for start, end, value in pieces
            ]
            project.codings.add_many(document, spans, coder=coder)
    table = unitized(project, ("Amira", "Ben", "Cleo"), all_transcripts=True)
    rows = {row["code_path"]: row for row in table.records()}
    housing = rows["Housing"]
    twice = unitizing.together([unitizing.coincidences(BOOK, 60)] * 2)
    assert (housing["length"], housing["stretches"]) == (120, 32)
    assert housing["u_alpha"] == pytest.approx(unitizing.binary(twice))
    assert housing["cu_alpha"] == pytest.approx(unitizing.cu_alpha(twice))
    assert housing["low"] == housing["high"] == pytest.approx(housing["u_alpha"])
    assert rows["Housing/6"]["cu_alpha"] is None
    whole = rows["(all codes)"]
    assert (whole["code"], whole["u_alpha"]) == (None, housing["u_alpha"])
    assert whole["cu_alpha"] is None
    alone = unitized(project, ("Amira", "Ben"), Filters(direct=True), all_transcripts=True)
    assert "Housing" not in {row["code_path"] for row in alone.records()}
    document = project.documents.all()[0].id
    span = Span(at(first, second, 0), at(first, second, 5))
    project.codings.add_many(document, [(span, known["2"])], coder="Amira")
    rows = {row["code_path"]: row for row in table.records()}
    assert rows["Housing"]["cu_alpha"] is None


def at(first, second, position: int) -> int:
    """The offset of a place in the speech of two turns of 30 code points."""
    if position < 30:
        return first.speech_start + position
    return second.speech_start + position - 30
