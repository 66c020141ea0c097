"""REFI-QDA codebooks."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from commonplace import codebooks
from commonplace.codebooks.qdc import describe, undescribe
from commonplace.codebooks.reading import CodebookFileError
from commonplace.domain.codebook import Code, Codebook, CodebookError, code_id
from tests.codebooks.trees import codebooks as books

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "refi_qda" / "Codebook.xsd"))
ID = "0f2a6c1e-1111-4222-8333-abcdefabcdef"


def write(
    folder: Path, codes: str, head: str = "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>"
) -> Path:
    path = folder / "book.qdc"
    path.write_text(
        f"<?xml version='1.0' encoding='utf-8'?>\n{head}<Codes>{codes}</Codes></CodeBook>"
    )
    return path


@given(books(min_codes=1))
def test_what_is_written_is_valid_by_the_schema(book: Codebook) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.qdc"
        codebooks.save(book, path)
        SCHEMA.assertValid(etree.parse(path))


def test_the_default_codebook_is_valid_too(tmp_path: Path) -> None:
    codebooks.save(codebooks.builtin(), tmp_path / "x.qdc")
    SCHEMA.assertValid(etree.parse(tmp_path / "x.qdc"))


def test_identities_are_upper_case_guids_in_the_file_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.qdc"
    codebooks.save(Codebook("x", (Code(ID, "A"), Code("no guid", "B"))), path)
    text = path.read_text()
    assert f'guid="{ID.upper()}"' in text
    assert 'isCodable="true"' in text
    assert re.findall(r'guid="([0-9A-F-]{36})"', text)
    assert codebooks.load(path).codes[0].id == ID


@pytest.mark.parametrize("spelling", [ID, ID.upper(), "{" + ID.upper() + "}", f" {ID} "])
def test_a_guid_is_the_same_however_it_is_spelt(tmp_path: Path, spelling: str) -> None:
    path = write(tmp_path, f'<Code guid="{spelling}" name="A" isCodable="true"/>')
    assert codebooks.load(path).codes[0].id == ID


def test_all_fields_are_readable_in_the_description() -> None:
    code = Code("1", "A", None, "Def.", "In.", "Out.", "Said.", "Not.", ("damp", "a;b"))
    assert describe(code) == (
        "Def.\n\nInclude: In.\n\nExclude: Out.\n\nExample: Said.\n\nNear miss: Not.\n\n"
        "Keywords: damp; a\\;b"
    )


def test_a_description_without_labels_is_the_definition() -> None:
    assert undescribe("One.\r\nTwo: three.") == {"definition": "One.\nTwo: three."}


def test_an_empty_codebook_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="at least one code"):
        codebooks.save(Codebook("x"), tmp_path / "x.qdc")
    assert not (tmp_path / "x.qdc").exists()


def test_what_the_format_cannot_hold_is_told(tmp_path: Path) -> None:
    book = Codebook("x", (Code("1", "A", definition="a\x01b"),), "3")
    notes = codebooks.save(book, tmp_path / "x.qdc")
    assert any("version, 3" in note for note in notes)
    assert any("1 control characters" in note for note in notes)
    assert codebooks.load(tmp_path / "x.qdc").codes[0].definition == "ab"


def test_the_flavours_of_other_programs_are_read(tmp_path: Path) -> None:
    codes = (
        '<Code name="Sense"><Description />'
        '<Code guid="c-1" name=" Smell\n of it " color="#F00" isCodable="1"/></Code>'
    )
    for head in (
        "<CodeBook xmlns='urn:QDA-XML:codebook:1:0' origin='Other'>",
        "<CodeBook xmlns='urn:QDA-XML:codebook:0:4'>",
        "<CodeBook>",
        "<q:CodeBook xmlns:q='u'><q:Codes/></q:CodeBook>",
    ):
        if head.startswith("<q:"):
            path = tmp_path / "book.qdc"
            path.write_text(
                "<q:CodeBook xmlns:q='u'><q:Codes><q:Code name='Sense'><q:Code "
                "name='Smell of it' color='#F00'/></q:Code></q:Codes></q:CodeBook>"
            )
        else:
            path = write(tmp_path, codes, head)
        reading = codebooks.read(path)
        book = reading.codebook
        assert [book.path(code.id) for code in book] == ["Sense", "Sense/Smell of it"]
        assert book.codes[1].color == "#FF0000"
        assert book.codes[0].id == code_id("book", "Sense")
        assert any("GUID" in note for note in reading.notes)


def test_what_has_no_place_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "x.qdc"
    path.write_text(
        f"<CodeBook><Codes><Code guid='{ID}' name='A' isCodable='false' color='red'>"
        f"<NoteRef targetGUID='{ID}'><Description>not mine</Description></NoteRef>"
        f"<Code guid='{ID}' name='B'/><Code name='b'/><Code/></Code></Codes>"
        f"<Sets><Set guid='{ID}' name='S'><MemberCode guid='{ID}'/></Set><Set/></Sets></CodeBook>"
    )
    reading = codebooks.read(path)
    assert [code.name for code in reading.codebook] == ["A", "B", "b (2)", "Unnamed"]
    assert reading.codebook.codes[0].definition == ""
    told = "\n".join(reading.notes)
    for words in (
        "left out: 1 <NoteRef>",
        "left out: 2 <Set>",
        "folders",
        "colours",
        "shared a GUID",
        "without a name",
        "called 'b (2)'",
    ):
        assert words in told


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    "<CodeBook><Codes><Code name='&b;'/></Codes></CodeBook>"
)
OUTSIDE = (
    '<!DOCTYPE x SYSTEM "http://localhost/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<CodeBook><Codes><Code name='A'><Description>&a;</Description></Code></Codes></CodeBook>"
)


@pytest.mark.parametrize("text", [BOMB, OUTSIDE], ids=["entities that unfold", "files outside"])
def test_document_types_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.qdc"
    path.write_text(text)
    with pytest.raises(CodebookFileError, match=r"x\.qdc, line 1: a document type declaration"):
        codebooks.load(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<CodeBook>\n<Codes></CodeBook>", "line 2: this is not well-formed XML"),
        ("", "not well-formed"),
        ("<Project/>", "commonplace convert"),
        ("<html/>", "no <CodeBook>"),
        ("<CodeBook/>", "holds no codes"),
        ("<CodeBook><Codes>" + "<Code name='a'>" * 60, "levels deep"),
        ("<?xml version='1.0' encoding='klingon'?><CodeBook/>", "encoding"),
    ],
)
def test_what_is_no_codebook_is_refused_with_the_reason(
    tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "x.qdc"
    path.write_text(text)
    with pytest.raises(CodebookError, match=re.escape(words)):
        codebooks.load(path)


def test_codebooks_inside_real_projects_are_read(tmp_path: Path, shared_data: Path) -> None:
    for archive in sorted((shared_data / "exchange").glob("*.qdpx")):
        with zipfile.ZipFile(archive) as opened:
            name = next(name for name in opened.namelist() if name.lower().endswith(".qde"))
            project = opened.read(name).decode("utf-8-sig")
        found = re.search(r"<CodeBook>.*</CodeBook>", project, re.DOTALL)
        path = tmp_path / f"{archive.stem}.qdc"
        path.write_text(found[0], encoding="utf-8")
        book = codebooks.load(path)
        assert len(book) == found[0].count("<Code ")
        codebooks.save(book, path)
        SCHEMA.assertValid(etree.parse(path))
        assert codebooks.load(path).codes == book.codes
