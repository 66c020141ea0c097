"""Codebooks in YAML: precise faults, and files that stay a person's own when saved over."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from textwrap import dedent

import pytest

from commonplace import codebooks
from commonplace.codebooks import yaml_tree
from commonplace.codebooks.reading import CodebookFileError
from commonplace.domain.codebook import Code, Codebook, CodebookError, code_id


def write(folder: Path, text: str, name: str = "book.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(CodebookFileError) as caught:
        codebooks.load(write(folder, text))
    assert str(caught.value).startswith("book.yaml, line ")
    return [(fault.line, fault.message) for fault in caught.value.faults]


FAULTY = [
    ("an unknown key", "codes:\n- name: A\n  defnition: x\n", 3, 'did you mean "definition"?'),
    ("a habit", "codes:\n- name: A\n  children: []\n", 3, 'did you mean "codes"?'),
    ("British colour", "codes:\n- name: A\n  colour: x\n", 3, 'did you mean "color"?'),
    ("an identity", "codes:\n- name: A\n  id: 7\n", 3, "known by its name and place"),
    ("nonsense", "codes:\n- name: A\n  zzzqqq: 7\n", 3, "a code has name, definition"),
    ("an unknown key above", "nmae: x\ncodes: []\n", 1, 'did you mean "name"?'),
    ("keywords as text", "codes:\n- name: A\n  keywords: damp\n", 3, "must be a list"),
    ("keywords with keys", "codes:\n- name: A\n  keywords: [a: b]\n", 3, "put it in quotes"),
    ("a list as text", "codes:\n- name: A\n  anchor: [x]\n", 3, "`anchor` must be text"),
    ("keys as text", "codes:\n- name: A\n  include:\n    x: y\n", 4, "must be text"),
    ("no name", "codes:\n- name: A\n- definition: x\n", 3, "no name"),
    ("an empty name", "codes:\n- name:\n", 2, "no name"),
    ("a bare name", "codes:\n- Damp\n", 2, "write `- name: Damp`"),
    ("an empty item", "codes:\n- name: A\n-\n- name: B\n", 3, "nothing stands after this `-`"),
    ("codes as text", "codes: Damp\n", 1, "`codes` must be a list"),
    ("a list alone", "- name: A\n", 1, "write `codes:` on a line above"),
    ("an empty file", "", 1, "begin with `name:`"),
    ("only comments", "# nothing\n", 1, "begin with `name:`"),
    ("a text alone", "hello\n", 1, "begin with `name:`"),
    ("siblings", "codes:\n- name: A\n- name: B\n- name: a\n", 4, "the first is in line 2"),
    ("a key twice", "codes:\n- name: A\n  anchor: x\n  anchor: y\n", 4, "first in line 3"),
    ("a bad colour", "codes:\n- name: A\n  color: blue\n", 3, 'color: "#0072B2"'),
    ("a colour unquoted", "codes:\n- name: A\n  color: #0072B2\n", 3, "`#` begins a comment"),
    ("a tab", "codes:\n- name: A\n\tdefinition: x\n", 3, "a tab"),
    ("a colon", "codes:\n- name: A\n  anchor: He said: no\n", 3, "put the text in quotes"),
    ("an open quote", 'codes:\n- name: "A\n  anchor: x\n', 2, "nowhere closes"),
    ("an open bracket", "codes:\n- name: A\n  keywords: [a, b\n- name: B\n", 3, "has no `]`"),
    ("text after a quote", 'codes:\n- name: A\n  anchor: "No" he said\n', 3, "quotation mark"),
    ("a strange beginning", "codes:\n- name: @A\n", 2, "may not begin with '@'"),
    ("an escape", 'codes:\n- name: "a\\q"\n', 2, "a backslash"),
    ("an alias", "codes:\n- name: &x A\n- name: *x\n", 2, "an alias and an anchor"),
    ("a tag", "codes: !!python/object:os.system [x]\n", 1, "is a tag"),
    ("two documents", "name: A\n---\nname: B\n", 2, "a second document"),
    ("a NUL", "name: A\ncodes:\n- name: x\x00\n", 3, "delete it"),
]


@pytest.mark.parametrize(
    ("text", "line", "words"), [f[1:] for f in FAULTY], ids=[f[0] for f in FAULTY]
)
def test_a_fault_is_told_with_its_line_and_what_would_be_right(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    found = faults(tmp_path, text)
    assert len(found) == 1
    assert found[0][0] == line
    assert words in found[0][1]


def test_all_faults_are_told_at_once_in_order(tmp_path: Path) -> None:
    found = faults(tmp_path, "nmae: x\ncodes:\n- name: A\n  keywords: x\n- anchor: y\n")
    assert [line for line, _ in found] == [1, 4, 5]


def test_endless_faults_are_cut_short(tmp_path: Path) -> None:
    path = write(tmp_path, "codes:\n" + "- x\n" * 500)
    with pytest.raises(CodebookFileError, match="… and 480 more") as caught:
        codebooks.load(path)
    assert len(caught.value.faults) == 500


def test_a_byte_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_bytes("name: A\ncodes:\n- name: Café\n".encode("cp1252"))
    with pytest.raises(CodebookFileError, match=r"book\.yaml, line 3: a byte \(0xe9\)"):
        codebooks.load(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_unicode_encodings_with_a_mark_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.yaml"
    path.write_bytes("name: A\r\ncodes:\r\n- name: Café\r\n".encode(encoding))
    assert [code.name for code in codebooks.load(path)] == ["Café"]


def test_codes_nested_without_end_are_refused(tmp_path: Path) -> None:
    for text in ("codes: " + "[" * 5000, "codes: " + "[{codes: " * 500):
        assert "levels deep" in faults(tmp_path, text)[0][1]


def test_a_file_of_endless_values_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 50)
    found = faults(tmp_path, "codes:\n" + "- name: A\n" * 50)
    assert "more than 50 values" in found[0][1]


def test_words_stay_words(tmp_path: Path) -> None:
    path = write(
        tmp_path, "name: 1e3\nversion: 1.10\ncodes:\n- name: no\n  keywords: [yes, 2010, ~]\n"
    )
    book = codebooks.load(path)
    assert (book.name, book.version) == ("1e3", "1.10")
    assert (book.codes[0].name, book.codes[0].keywords) == ("no", ("yes", "2010"))


def test_a_codebook_without_a_name_is_named_after_its_file(tmp_path: Path) -> None:
    book = codebooks.load(write(tmp_path, "codes:\n- name: Damp\n", "estate.yaml"))
    assert book.name == "estate"
    assert book.codes[0].id == code_id("estate", "Damp")


COMMENTED = """\
# Our study's codes. Agreed 3 May.
name: Estate   # the short name
version: 1

codes:

# ---- Homes ----

# asked for by the board
- name: Housing
  definition: 'What people   live in.'  # from the bid
  # keywords from the pilot
  keywords: [damp,
             black mould]
  codes:
    # mind the overlap with Repairs
    - name: Damp
      anchor: >
        It was
        black.
    - name: Rent

# ---- Getting about ----

# still thin
- {name: Transport, keywords: [bus]}
# - name: Dropped
# the end
"""


@pytest.fixture
def commented(tmp_path: Path) -> Path:
    return write(tmp_path, COMMENTED)


def replaced(book: Codebook, name: str, /, **changes: object) -> Codebook:
    codes = [dataclasses.replace(c, **changes) if c.name == name else c for c in book]
    return Codebook(book.name, tuple(codes), book.version)


def test_saving_what_was_loaded_changes_no_letter(commented: Path) -> None:
    codebooks.save(codebooks.load(commented), commented)
    assert commented.read_text() == COMMENTED


def test_a_changed_value_changes_its_own_lines_only(commented: Path) -> None:
    book = replaced(codebooks.load(commented), "Housing", definition="Homes.", keywords=("cold",))
    codebooks.save(book, commented)
    expected = COMMENTED.replace("'What people   live in.'  # from", "Homes.  # from")
    expected = expected.replace("[damp,\n             black mould]", "[cold]")
    assert commented.read_text() == expected
    assert codebooks.load(commented) == book


def test_a_renamed_code_keeps_its_comments(commented: Path) -> None:
    codebooks.save(replaced(codebooks.load(commented), "Damp", name="Damp and mould"), commented)
    assert commented.read_text() == COMMENTED.replace("- name: Damp\n", "- name: Damp and mould\n")


def test_a_moved_code_takes_its_own_comment_and_leaves_the_heading(commented: Path) -> None:
    book = codebooks.load(commented)
    damp, transport = book.find("Damp"), book.find("Transport")
    codes = [c for c in book if c is not damp]
    codes.append(dataclasses.replace(damp, parent=transport.id))
    codebooks.save(Codebook(book.name, tuple(codes), book.version), commented)
    text = commented.read_text()
    assert text.index("# mind the overlap") > text.index("name: Transport")
    assert text.count("#") == COMMENTED.count("#")
    assert codebooks.load(commented).find("Transport/Damp").anchor == "It was black."


def test_a_removed_code_takes_its_own_comment_and_leaves_the_heading(commented: Path) -> None:
    book = codebooks.load(commented)
    kept = Codebook(book.name, (book.find("Transport"),), book.version)
    codebooks.save(kept, commented)
    text = commented.read_text()
    assert "# ---- Homes ----" in text
    assert "# ---- Getting about ----" in text
    assert "asked for by the board" not in text
    assert "# the end" in text
    assert [code.name for code in codebooks.load(commented)] == ["Transport"]


def test_new_codes_and_fields_are_written_in_place(commented: Path) -> None:
    book = replaced(
        codebooks.load(commented), "Rent", definition="Cost: of\n\nhomes", color="#0072B2"
    )
    new = Code("new", "Repairs", book.find("Housing").id, keywords=("fix: it", "boiler"))
    book = Codebook(book.name, (*book.codes, new, Code("x", "Control")), "2")
    codebooks.save(book, commented)
    loaded = codebooks.load(commented)
    assert loaded.version == "2"
    assert loaded.find("Rent").definition == "Cost: of\n\nhomes"
    assert loaded.find("Rent").color == "#0072B2"
    assert [c.name for c in loaded.children(loaded.find("Housing").id)] == [
        "Damp",
        "Rent",
        "Repairs",
    ]
    assert [c.name for c in loaded.children()] == ["Housing", "Transport", "Control"]
    assert commented.read_text().count("# ") == COMMENTED.count("# ")


def test_emptied_fields_disappear(commented: Path) -> None:
    book = replaced(codebooks.load(commented), "Housing", definition="", keywords=())
    codebooks.save(book, commented)
    text = commented.read_text()
    assert "definition" not in text
    assert "# keywords from the pilot" in text
    assert codebooks.load(commented) == book


def test_swapped_codes_take_their_comments_along(commented: Path) -> None:
    book = codebooks.load(commented)
    codes = [book.find(name) for name in ("Transport", "Housing", "Rent", "Damp")]
    codebooks.save(Codebook(book.name, tuple(codes), book.version), commented)
    loaded = codebooks.load(commented)
    assert [code.name for code in loaded] == ["Transport", "Housing", "Rent", "Damp"]
    text = commented.read_text()
    assert text.index("# mind the overlap") > text.index("name: Rent")


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    codebooks.save(replaced(codebooks.load(path), "Damp", name="Wet"), path)
    assert (
        path.read_bytes()
        == COMMENTED.replace("\n", "\r\n").replace("- name: Damp\r", "- name: Wet\r").encode()
    )


def test_a_file_without_its_last_line_end_can_be_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text("name: x\ncodes:\n- name: A # last")
    book = Codebook("x", (*codebooks.load(path).codes, Code("b", "B")))
    codebooks.save(book, path)
    assert "- name: A # last\n" in path.read_text()
    assert [code.name for code in codebooks.load(path)] == ["A", "B"]


def test_a_json_codebook_can_be_saved_over(tmp_path: Path) -> None:
    path = write(tmp_path, '# ours\n{"name": "x", "codes": [{"name": "A", "anchor": "b"}]}\n')
    book = replaced(codebooks.load(path), "A", name="C")
    codebooks.save(book, path)
    assert codebooks.load(path).codes[0].anchor == "b"
    assert path.read_text().startswith("# ours\n")


def test_a_file_that_is_no_codebook_is_not_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path, "services:\n  web: nginx\n")
    before = path.read_bytes()
    with pytest.raises(CodebookError, match="save under another name"):
        codebooks.save(Codebook("x", (Code("1", "A"),)), path)
    assert path.read_bytes() == before


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    codebooks.save(Codebook("x", (Code("1", "A"),)), path)
    assert codebooks.load(path).name == "x"


def test_long_text_is_wrapped_and_multi_line_text_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    code = Code("1", "A", definition="word " * 60 + "end", include="first\n\nsecond")
    codebooks.save(Codebook("x", (code,)), path)
    text = path.read_text()
    assert max(map(len, text.splitlines())) <= 100
    assert "  include: |-\n    first\n\n    second\n" in text
