"""What became of the codes between two codebooks."""

from __future__ import annotations

import dataclasses

from hypothesis import given

from commonplace.domain.codebook import Code, Codebook, code_id
from commonplace.domain.codebook_diff import Change, ChangeKind, diff, pairs
from tests.codebooks.trees import codebooks


def book(*paths: str, name: str = "x", **definitions: str) -> Codebook:
    """A codebook of these paths; a definition is given by the last name in the path."""
    codes = []
    for path in paths:
        above, _, last = path.rpartition("/")
        parent = code_id(name, above) if above else None
        codes.append(Code(code_id(name, path), last, parent, definition=definitions.get(last, "")))
    return Codebook(name, tuple(codes))


@given(codebooks())
def test_a_codebook_does_not_differ_from_itself(one: Codebook) -> None:
    assert diff(one, one) == []


@given(codebooks(), codebooks())
def test_each_code_is_paired_once_and_none_is_lost(old: Codebook, new: Codebook) -> None:
    same = pairs(old, new)
    assert len(set(same.values())) == len(same)
    changes = diff(old, new)
    kinds = [change.kind for change in changes]
    assert kinds.count(ChangeKind.ADDED) == len(new) - len(same)
    assert kinds.count(ChangeKind.REMOVED) == len(old) - len(same)


def test_added_and_removed_codes_are_told() -> None:
    assert diff(book("A", "B"), book("A", "A/C")) == [
        Change(ChangeKind.ADDED, "A/C"),
        Change(ChangeKind.REMOVED, "B"),
    ]


def test_a_renamed_code_is_known_by_its_identity() -> None:
    old = book("A", "A/B")
    new = Codebook("x", tuple(dataclasses.replace(c, name=c.name + "!") for c in old))
    assert diff(old, new) == [
        Change(ChangeKind.RENAMED, "A!", "name", "A", "A!"),
        Change(ChangeKind.RENAMED, "A!/B!", "name", "B", "B!"),
    ]


def test_a_renamed_code_is_known_by_its_content_and_its_children_are_not_moved() -> None:
    old = book("A", "A/Other", "B", "B/Other", A="the same")
    new = book("Z", "Z/Other", "B", "B/Other", Z="the same")
    assert diff(old, new) == [Change(ChangeKind.RENAMED, "Z", "name", "A", "Z")]


def test_a_moved_code_is_known_by_its_name() -> None:
    assert diff(book("A", "B", "A/C"), book("A", "B", "B/C")) == [
        Change(ChangeKind.MOVED, "B/C", "parent", "A", "B")
    ]
    assert diff(book("A", "A/C"), book("A", "C")) == [
        Change(ChangeKind.MOVED, "C", "parent", "A", "")
    ]


def test_a_code_under_a_new_parent_has_moved() -> None:
    assert diff(book("C"), book("N", "N/C")) == [
        Change(ChangeKind.ADDED, "N"),
        Change(ChangeKind.MOVED, "N/C", "parent", "", "N"),
    ]


def test_changed_fields_are_told_with_both_values() -> None:
    old = book("A", A="one")
    new = Codebook("x", (dataclasses.replace(old.codes[0], definition="two", keywords=("a", "b")),))
    assert diff(old, new) == [
        Change(ChangeKind.EDITED, "A", "definition", "one", "two"),
        Change(ChangeKind.EDITED, "A", "keywords", "", "a; b"),
    ]


def test_codebooks_of_different_names_are_compared_by_path() -> None:
    assert diff(book("A", "A/B"), book("A", "A/B", name="y")) == []
