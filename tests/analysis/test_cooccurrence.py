"""Co-occurrence against counting every pair, sentence and code point one by one."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import given, settings

from commonplace.analysis.cooccurrence import cooccurrence, matrix, passages
from commonplace.analysis.filters import FilterError, Filters
from commonplace.domain.sentences import sentences
from commonplace.project import Project
from commonplace.project.errors import NotFoundError
from tests import make
from tests.analysis.worlds import CODES, Model, World, built, worlds

PAIRS = [
    (a, b) for a, b in combinations(CODES, 2) if not (b.startswith(a + "/") or a.startswith(b))
]


def has(path: str, code: str) -> bool:
    return path == code or path.startswith(code + "/")


def coded(model: Model) -> list[tuple[str, int, int, set[str]]]:
    """Distinct passages with some interviewee's speech, and the paths on them."""
    found: dict[tuple[str, int, int], set[str]] = {}
    for _, name, start, end, path, _ in model.rows:
        if set(model.speakers(name, start, end)) - model.interviewers:
            found.setdefault((name, start, end), set()).add(path)
    return [(*key, paths) for key, paths in found.items()]


def shown(project: Project, within: str) -> dict[tuple[str, str], dict]:
    rows = cooccurrence(project, within=within).records()
    return {(row["code_a_path"], row["code_b_path"]): row for row in rows}


@settings(max_examples=40)
@given(world=worlds())
def test_overlap_counts_pairs_of_passages_and_shares_code_points(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        found, every = shown(project, "overlap"), coded(model)
        for a, b in PAIRS:
            count = sum(
                p[0] == q[0]
                and p[1] < q[2]
                and q[1] < p[2]
                and any(
                    any(has(x, a) for x in one[3]) and any(has(y, b) for y in other[3])
                    for one, other in ((p, q), (q, p))
                )
                for p, q in combinations_with_replacement(every, 2)
            )
            assert (a, b) in found if count else (a, b) not in found
            if not count:
                continue
            points = [
                {
                    (name, at)
                    for name, start, end, paths in every
                    if any(has(path, code) for path in paths)
                    for at in range(start, end)
                    if model.said[name][at] not in (None, *model.interviewers)
                }
                for code in (a, b)
            ]
            row = found[a, b]
            assert row["count"] == count
            assert row["jaccard"] == len(points[0] & points[1]) / len(points[0] | points[1])
            assert row["a"] == sum(any(has(path, a) for path in p[3]) for p in every)


@settings(max_examples=30)
@given(world=worlds())
def test_sentences_and_turns_have_both_codes(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        for within in ("sentence", "turn"):
            units = []
            for info in project.documents.all():
                text = project.documents.text(info.id)
                for turn in project.documents.turns(info.id):
                    if turn.interviewer or turn.speech_start == turn.end:
                        continue
                    parts = [(turn.speech_start, turn.end)]
                    if within == "sentence":
                        speech = text[turn.speech_start : turn.end]
                        at = turn.speech_start
                        parts = [(at + s.start, at + s.end) for s in sentences(speech)]
                    units += [
                        {p for _, n, s, e, p, _ in model.rows if n == info.name and s < b and a < e}
                        for a, b in parts
                    ]
            found = shown(project, within)
            for a, b in PAIRS:
                with_a, with_b = (
                    {n for n, paths in enumerate(units) if any(has(p, code) for p in paths)}
                    for code in (a, b)
                )
                row = found.get((a, b))
                if not with_a & with_b:
                    assert row is None
                    continue
                assert (row["count"], row["a"], row["b"]) == (
                    len(with_a & with_b),
                    len(with_a),
                    len(with_b),
                )
                assert row["jaccard"] == len(with_a & with_b) / len(with_a | with_b)


@settings(max_examples=30)
@given(world=worlds())
def test_near_counts_the_words_between(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        every = coded(model)
        begins = {name: [at for at, _ in model.word_starts(name)] for name in model.texts}
        for words in (0, 2):
            found = shown(project, str(words))
            for a, b in PAIRS:
                count, near = 0, set()
                for p, q in combinations_with_replacement(sorted(every, key=str), 2):
                    first, last = sorted((p, q), key=lambda x: x[1:3])
                    if first[0] != last[0]:
                        continue
                    between = sum(first[2] <= at < last[1] for at in begins[first[0]])
                    if between > words:
                        continue
                    if any(
                        any(has(x, a) for x in one[3]) and any(has(y, b) for y in other[3])
                        for one, other in ((p, q), (q, p))
                    ):
                        count += 1
                        near |= {
                            x[:3]
                            for x in (p, q)
                            if any(has(path, code) for path in x[3] for code in (a, b))
                        }
                row = found.get((a, b))
                assert (row["count"] if row else 0) == count
                if row:
                    either = [
                        x for x in every if any(has(path, c) for path in x[3] for c in (a, b))
                    ]
                    assert row["jaccard"] == len(near) / len(either)


@settings(max_examples=20)
@given(world=worlds())
def test_the_matrix_is_the_list_and_each_cell_has_its_passages(world: World) -> None:
    with built(world) as project:
        for within in ("overlap", "turn"):
            found = shown(project, within)
            square = {row["code_path"]: row for row in matrix(project, within=within).records()}
            shares = matrix(project, within=within, jaccard=True).records()
            assert all(row[row["code_path"]] == 1.0 for row in shares)
            for a, row in square.items():
                for b in square:
                    if a != b:
                        assert row[b] == square[b][a]
                    if (a, b) in PAIRS:
                        assert row[b] == (found[a, b]["count"] if (a, b) in found else 0)
                    elif a != b and (b, a) not in PAIRS:
                        assert row[b] is None
            for (a, b), row in list(found.items())[:3]:
                assert len(list(passages(project, b, a, within=within))) == row["count"]


def test_passages_behind_a_cell(project: Project) -> None:
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    project.codings.add(document, make.find(text, "Damp. The rent"), project.codes.find("Damp").id)
    bus = make.find(text, "no bus")
    project.codings.add(document, bus, project.codes.find("Transport").id)
    assert list(passages(project, "Housing", "Transport")) == []
    (row,) = passages(project, "Transport", "Housing", within="4").records()
    assert row["quote"] == "Damp. The rent went up, and no bus"
    assert (row["turn"], row["speaker"]) == (2, "P1")
    assert row["code_paths"] == "Housing/Damp; Transport"
    assert list(passages(project, "Transport", "Housing", within="2")) == []
    (row,) = passages(project, "Damp", "Transport", within="turn").records()
    assert row["quote"] == "Damp. The rent went up, and no bus."


def test_what_is_no_nearness_is_refused(project: Project) -> None:
    for wrong in ("paragraph", "-1", "²"):
        with pytest.raises(FilterError, match="number of words"):
            cooccurrence(project, Filters(), within=wrong)
    with pytest.raises(NotFoundError, match="Hosing"):
        passages(project, "Hosing", "Transport")
