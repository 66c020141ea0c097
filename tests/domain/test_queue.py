from __future__ import annotations

import pytest

from commonplace.domain.queue import queue
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion


def one(start: int, code: str, score: float, document: str = "a") -> Suggestion:
    return Suggestion(document, Span(start, start + 1), code, score)


def test_the_surest_come_first_or_all_as_they_stand():
    found = [one(0, "x", 0.2), one(1, "x", 0.9), one(2, "y", 0.5)]
    assert [s.score for s in queue(found)] == [0.9, 0.5, 0.2]
    assert queue(found, "document") == found


def test_the_doubtful_of_rare_codes_come_first():
    found = [one(0, "rare", 0.5), one(1, "common", 0.5), one(2, "rare", 0.99)]
    ranked = queue(found, "uncertain", {"common": 30})
    assert (ranked[0].code, ranked[0].score) == ("rare", 0.5)


def test_what_is_alike_is_not_asked_about_twice_in_a_row():
    found = [one(0, "x", 0.5), one(5, "x", 0.5), one(9, "x", 0.4, document="b")]
    assert [s.document for s in queue(found, "uncertain")] == ["a", "b", "a"]


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="no such order"):
        queue([], "backwards")
