"""What is saved is what is loaded, in every format."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace import codebooks
from commonplace.domain.codebook import Code, Codebook, CodebookError
from tests.codebooks.trees import codebooks as books


def saved_and_loaded(book: Codebook, name: str) -> Codebook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        codebooks.save(book, path)
        return codebooks.load(path)


@given(books())
def test_yaml_gives_back_everything(book: Codebook) -> None:
    assert saved_and_loaded(book, "other.yaml") == book


@given(books(min_codes=1))
def test_csv_gives_back_every_code(book: Codebook) -> None:
    assert saved_and_loaded(book, "book.csv").codes == book.codes


@given(books(min_codes=1))
def test_qdc_gives_back_every_code(book: Codebook) -> None:
    assert saved_and_loaded(book, "other.qdc").codes == book.codes


@given(books(), books())
def test_saving_over_a_yaml_file_gives_the_new_codebook(old: Codebook, new: Codebook) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.yaml"
        codebooks.save(old, path)
        codebooks.save(new, path)
        assert codebooks.load(path) == new


@given(books(min_codes=2), st.randoms(use_true_random=False))
def test_moved_and_renamed_codes_arrive_in_the_file(book: Codebook, random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.yaml"
        codebooks.save(book, path)
        moved = random.choice(book.codes)
        inside = {code.id for code in book.subtree(moved.id)}
        parent = random.choice([None, *(code.id for code in book if code.id not in inside)])
        changed = [
            dataclasses.replace(code, name="Quite new", parent=parent) if code is moved else code
            for code in book
        ]
        order = sorted(changed, key=lambda code: code.id in inside)
        new = Codebook(book.name, tuple(order), book.version)
        new = Codebook(book.name, tuple(new.in_reading_order()), book.version)
        codebooks.save(new, path)
        loaded = codebooks.load(path)
        assert [loaded.path(c.id) for c in loaded] == [new.path(c.id) for c in new]
        assert [c.definition for c in loaded] == [c.definition for c in new]


@pytest.mark.parametrize("name", ["book.yaml", "book.csv", "book.qdc"])
def test_a_file_gives_the_same_identities_every_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    codebooks.save(codebooks.builtin("marmot-objectives"), path)
    first, second = codebooks.load(path), codebooks.load(path)
    assert [code.id for code in first] == [code.id for code in second]


@pytest.mark.parametrize("suffix", [".csv", ".qdc"])
def test_the_default_codebook_travels_through_other_formats(tmp_path: Path, suffix: str) -> None:
    book = codebooks.builtin()
    path = tmp_path / f"{book.name}{suffix}"
    codebooks.save(book, path)
    assert codebooks.load(path).codes == book.codes


def test_an_unknown_extension_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    for act in (codebooks.load, lambda path: codebooks.save(Codebook("x"), path)):
        with pytest.raises(CodebookError, match=r"\.yaml, \.yml, \.csv, \.qdc"):
            act(tmp_path / "codes.docx")


def test_a_new_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    book = Codebook("x", (Code("1", "A"),))
    for name in ("a.yaml", "a.csv", "a.qdc"):
        codebooks.save(book, tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    (tmp_path / "a.csv").chmod(0o644)
    codebooks.save(book, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o644
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_file_too_large_to_be_a_codebook_is_refused(tmp_path: Path) -> None:
    for name in ("big.yaml", "big.csv", "big.qdc"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_000)
        with pytest.raises(CodebookError, match=f"{name} is larger than 8 MB"):
            codebooks.load(tmp_path / name)


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(CodebookError, match="is not a file"):
        codebooks.load(tmp_path / "x.yaml")
