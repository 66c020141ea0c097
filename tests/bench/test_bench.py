"""The bench runs from end to end on a tiny workload; what it measures is not judged here."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bench_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bench lies beside the sources and is not installed."""
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    """What other tests left is not gone through at each collection: it took half a minute."""
    gc.freeze()
    yield
    gc.unfreeze()


def test_a_workload_is_the_same_each_time_and_its_codings_stand_in_speech() -> None:
    from bench.workload import SIZES, interviews

    first, second = (list(interviews(SIZES["XS"])) for _ in range(2))
    assert first == second
    for interview in first:
        assert len(interview.codings) == len(set(interview.codings)) == SIZES["XS"].codings
        for start, end, _ in interview.codings:
            assert "\n" not in interview.text[start:end].strip()
            assert interview.text[start:end].strip() == interview.text[start:end]


def test_storage_and_analysis_are_measured_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench.__main__ import main

    from bench import storage

    monkeypatch.setattr(storage, "ROUNDS", 1)
    monkeypatch.setattr(storage, "SINGLE", 3)
    record = tmp_path / "figures.json"
    main(["--size", "XS", "--only", "storage", "--only", "analysis", "--json", str(record)])
    told = capsys.readouterr().out
    figures = json.loads(record.read_text(encoding="utf-8"))["figures"]
    assert {"import", "many codings", "theme counts", "all quotes to CSV"} <= {
        figure["what"] for figure in figures
    }
    assert all(figure["what"] in told for figure in figures)


def test_exports_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bench.prepare import Workshop

    from bench import exports

    monkeypatch.setattr(exports, "ROUNDS", 1)
    monkeypatch.setattr(exports, "STREAMED", (".csv",))
    figures = list(exports.figures(Workshop(tmp_path), "XS"))
    assert [figure.what for figure in figures] == [
        *(f"quotes to {ending}" for ending in exports.AT_MOST),
        "quotes to .csv, peak memory",
    ]
    assert all(figure.limit for figure in figures)


def test_readers_are_measured_and_files_of_every_kind_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench import bare, kinds, readers
    from commonplace.readers import formats, read

    turns = [("Interviewer", "How is it there?"), ("P01", "Damp. The café (closed) — and cold.")]
    turns = turns * 30
    files = kinds.written(turns, tmp_path)
    assert files.keys() == bare.LIBRARIES.keys() <= formats().keys()
    for file in files.values():
        (found,) = read(file)
        text = found.text
        assert [(t.speaker, text[t.speech_start : t.end]) for t in found.turns] == turns, file.name
    monkeypatch.setattr(readers, "ROUNDS", 1)
    monkeypatch.setattr(readers, "_memory", lambda *_: "")
    from bench.__main__ import main

    main(["--size", "XS", "--only", "readers"])
    told = capsys.readouterr().out
    assert "read .pdf" in told and "missing after an interruption" in told


def test_a_terminal_tells_what_is_painted_and_what_a_key_costs() -> None:
    from bench.terminal import Terminal

    program = "print('\\x1b[1mready\\x1b[0m', flush=True); print('echo', input())"
    with Terminal([sys.executable, "-c", program]) as terminal:
        cpu, wall = terminal.wait_for("ready")
        assert cpu > 0 and wall > 0
        press = terminal.press("x\r", quiet=0.5)
        assert "echo x" in terminal.shown()
        assert press.written > 0


def test_the_limit_counts_each_word_once_and_a_parent_with_its_children(tmp_path: Path) -> None:
    from bench import limit

    connection = limit.connect(tmp_path / "limit.db")
    file = tmp_path / "P1.txt"
    file.write_text("Q: How so?\n\nP1: It was damp and cold.\n", encoding="utf-8")
    limit.take_in(connection, [file])
    text = limit.text_of(connection, 1)
    damp, cold = text.index("was"), text.index("and")
    limit.code(connection, [(1, damp, cold + 3, 5), (1, cold, cold + 8, 6)])
    assert limit.count_words(connection, {5: 1, 6: 1}) == {5: 3, 6: 2, 1: 4}
    connection.close()


def test_the_table_says_what_is_missed() -> None:
    from bench.measure import Figure, table

    told = table([Figure("slow", 30, 10, at_most=2), Figure("quick", 1, at_most=2, absolute=True)])
    slow, quick = told.splitlines()[2:]
    assert "3.00" in slow and "NO" in slow
    assert "≤ 2 ms" in quick and "yes" in quick


def test_a_review_that_learns_finds_more_with_fewer_decisions() -> None:
    from bench.simulation import review

    from tests.suggest.test_evaluation import statements

    efforts = {(e.order, e.share): e.decisions for e in review(statements(200), shares=(0.9,))}
    assert efforts["learned", 0.9] < efforts["cold", 0.9]
    assert efforts["learned", 0.9] <= efforts["accepts", 0.9]
    assert None not in efforts.values()


def test_asked_for_a_precision_as_much_is_kept_as_keeps_it() -> None:
    from bench.balances import for_precision

    confidence = np.array([0.95, 0.9, 0.7, 0.5, 0.1], dtype=np.float32)
    assert np.isclose(for_precision(confidence, 0.8), 0.7)
    assert for_precision(confidence, 0.99) > 1
