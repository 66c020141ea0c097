"""Codes, their paths, and the tree they form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.codebook import (
    Code,
    Codebook,
    CodebookError,
    code_id,
    join_path,
    split_path,
)

NAMES = st.text(st.sampled_from("ab/\\ é"), min_size=1).map(str.strip).filter(bool)

BOOK = Codebook(
    "study",
    (
        Code("h", "Housing"),
        Code("t", "Transport"),
        Code("r", "Rent", "h"),
        Code("o1", "Other", "h"),
        Code("o2", "Other", "t"),
        Code("a", "Arrears", "r"),
        Code("c", "Bus/train", "t"),
    ),
)


def ids(codes: list[Code]) -> list[str]:
    return [code.id for code in codes]


@given(st.lists(NAMES, min_size=1))
def test_a_path_splits_into_the_names_it_was_made_of(names: list[str]) -> None:
    assert split_path(join_path(names)) == names


def test_a_path_may_be_written_with_spaces_and_plain_backslashes() -> None:
    assert split_path(" Housing / Rent ") == ["Housing", "Rent"]
    assert split_path("a\\b") == ["a\\b"]
    assert split_path("a\\") == ["a\\"]


def test_identity_depends_on_codebook_and_path_and_not_on_case() -> None:
    assert code_id("x", "Housing/Rent") == code_id("x", "housing/RENT")
    assert len({code_id("x", "a"), code_id("x", "b"), code_id("y", "a")}) == 3


def test_the_tree_is_walked_in_order() -> None:
    assert ids(BOOK.children()) == ["h", "t"]
    assert ids(BOOK.children("h")) == ["r", "o1"]
    assert BOOK.children("a") == []
    assert ids(BOOK.subtree("h")) == ["h", "r", "a", "o1"]
    assert ids(BOOK.in_reading_order()) == ["h", "r", "a", "o1", "t", "o2", "c"]
    assert ids(BOOK.lineage("a")) == ["h", "r", "a"]
    assert (BOOK.depth("h"), BOOK.depth("a")) == (0, 2)
    assert BOOK.path("a") == "Housing/Rent/Arrears"
    assert BOOK.path("c") == "Transport/Bus\\/train"
    assert len(BOOK) == 7
    assert "a" in BOOK
    assert "z" not in BOOK
    assert BOOK["a"].name == "Arrears"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Housing", "h"),
        ("housing/RENT", "r"),
        ("Arrears", "a"),
        ("Rent/Arrears", "a"),
        ("Transport/Other", "o2"),
        ("Bus\\/train", "c"),
        ("Other", None),
        ("Rents", None),
        ("Housing/Arrears", None),
        ("", None),
    ],
)
def test_a_code_is_found_by_path_or_by_a_name_that_only_it_has(path: str, code: str | None) -> None:
    found = BOOK.find(path)
    assert (found.id if found else None) == code


def test_a_top_level_code_is_found_before_others_of_its_name() -> None:
    book = Codebook("x", (Code("1", "A"), Code("2", "B", "1"), Code("3", "B")))
    assert book.find("B").id == "3"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((Code("1", " "),), "no name"),
        ((Code("1", "A"), Code("1", "B")), "twice"),
        ((Code("1", "A", "2"), Code("2", "B")), "does not stand before it"),
        ((Code("1", "A"), Code("2", "a")), "two codes 'a'"),
    ],
)
def test_what_is_no_tree_is_refused(codes: tuple[Code, ...], words: str) -> None:
    with pytest.raises(CodebookError, match=words):
        Codebook("x", codes)
