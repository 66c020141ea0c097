"""The process in which PDF files are read: what it may use, and what becomes of it."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

import pytest

from commonplace.readers import ReadError
from commonplace.readers.pdfprocess import Reader, paragraphs_in
from tests.readers.packages import page_of

MADE = Path(__file__).parent / "made"
GOOD = (MADE / "labelled.pdf").read_bytes()
WORDS = b"BT /F 12 Tf 50 700 Td (Hello there, world, how are you) Tj ET"
SMALL = (
    "from commonplace.readers import pdfchild; pdfchild.MEMORY_AT_MOST = 160 * 1024**2; "
    "pdfchild.SECONDS_AT_MOST = 1; pdfchild.main()"
)


def reader(code: str) -> Reader:
    return Reader(sys.executable, "-P", "-c", code)


def endless(times: int, depth: int) -> bytes:
    """A page that draws itself this often, to this depth: a few hundred bytes."""
    return page_of(b"/X Do " * times, *[b"/X Do " * times] * depth, WORDS)


@pytest.mark.skipif(sys.platform == "darwin", reason="memory cannot be limited there")
def test_a_file_that_takes_too_much_is_refused_and_the_next_is_read() -> None:
    small = reader(SMALL)
    try:
        assert paragraphs_in(GOOD, "good.pdf", small)
        with pytest.raises(ReadError, match=r"^bad\.pdf takes more memory or time"):
            paragraphs_in(endless(20, 4), "bad.pdf", small)
        assert paragraphs_in(GOOD, "good.pdf", small)
    finally:
        small.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "darwin", reason="memory cannot be limited there")
@pytest.mark.parametrize(("times", "depth"), [(20, 5), (300, 3), (50, 8)])
def test_whatever_a_page_draws_memory_is_bounded(times: int, depth: int) -> None:
    with pytest.raises(ReadError, match=r"bad\.pdf takes more memory or time"):
        paragraphs_in(endless(times, depth), "bad.pdf")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1000 * 1024


def test_a_process_that_dies_is_started_again() -> None:
    one = reader("from commonplace.readers import pdfchild; pdfchild.main()")
    try:
        first = paragraphs_in(GOOD, "good.pdf", one)
        os.kill(one.pid, signal.SIGKILL)
        assert paragraphs_in(GOOD, "good.pdf", one) == first
    finally:
        one.close()


@pytest.mark.parametrize("code", ["", "print('?')", "import sys; sys.stdin.buffer.read(3)"])
def test_one_that_never_answers_well_costs_the_file_alone(code: str) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf"):
        paragraphs_in(GOOD, "a.pdf", reader(code))


def test_interrupting_ends_what_is_under_way() -> None:
    slow = reader("import time; time.sleep(60)")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            paragraphs_in(b"%PDF-", "a.pdf", slow)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert slow.pid is None


def test_a_damaged_file_is_told_to_be_one() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf is a damaged PDF"):
        paragraphs_in(b"%PDF-1.4 and no more", "a.pdf")
