"""Word documents: paragraphs, line breaks, tables, revisions; and packages that are refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from commonplace.readers import ReadError
from tests.readers.show import check_layout, interviewers, said


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_paragraphs(*paragraphs: str) -> Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def of_xml(*paragraphs: str) -> bytes:
    """A document of these paragraphs, given as WordprocessingML."""
    document = docx.Document()
    body = document.element.body
    for xml in paragraphs:
        element = parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1))
        body.insert(len(body) - 1, element)
    return saved(document)


def test_paragraphs_become_turns_parted_by_a_blank_line(reading) -> None:
    document = of_paragraphs("Int: How is it?", "Mary: Damp.", "And cold.", "Int: Oh?", "Mary: Yes")
    found = reading("a.docx", saved(document))
    assert found.text == "Int: How is it?\n\nMary: Damp.\nAnd cold.\n\nInt: Oh?\n\nMary: Yes"
    assert said(found) == [
        ("Int", "How is it?"),
        ("Mary", "Damp.\nAnd cold."),
        ("Int", "Oh?"),
        ("Mary", "Yes"),
    ]
    assert interviewers(found) == ["Int"]
    check_layout(found.text, found)


def test_line_breaks_and_tabs_are_kept(reading) -> None:
    data = of_xml(
        "<w:p><w:r><w:t>Int: How is it?</w:t><w:br/><w:t>P1: Damp</w:t><w:cr/>"
        "<w:t>and</w:t><w:tab/><w:t>cold.</w:t></w:r></w:p>"
    )
    found = reading("a.docx", data)
    assert said(found) == [("Int", "How is it?"), ("P1", "Damp\nand\tcold.")]
    assert found.text == "Int: How is it?\n\nP1: Damp\nand\tcold."


def test_names_above_the_speech_with_empty_paragraphs_between(reading) -> None:
    document = of_paragraphs(
        "", "A talk", "SPEAKERS", "Ann, Ben", "", "Ann  00:13", "Hello.", "", "Ben  1:00:14",
        "Hi.", "Well.", "", "Ann 00:20", "So?",
    )  # fmt: skip
    found = reading("a.docx", saved(document))
    assert found.text == (
        "A talk\nSPEAKERS\nAnn, Ben\n\nAnn  00:13\nHello.\n\nBen  1:00:14\nHi.\nWell.\n\n"
        "Ann 00:20\nSo?"
    )
    assert said(found) == [("Ann", "Hello."), ("Ben", "Hi.\nWell."), ("Ann", "So?")]
    assert [turn.time for turn in found.turns] == [13.0, 3614.0, 20.0]


def test_revisions_are_accepted_and_links_are_text(reading) -> None:
    data = of_xml(
        "<w:p><w:r><w:t>Int: How </w:t></w:r><w:del w:id='1' w:author='a'><w:r><w:delText>was"
        "</w:delText></w:r></w:del><w:ins w:id='2' w:author='a'><w:r><w:t>is it?</w:t></w:r>"
        "</w:ins></w:p>",
        "<w:p><w:r><w:t>Mary: See </w:t></w:r><w:hyperlink w:anchor='x'><w:r><w:t>the letter</w:t>"
        "</w:r></w:hyperlink><w:r><w:footnoteReference w:id='3'/><w:t>.</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:rPr><w:del w:id='4' w:author='a'/></w:rPr></w:pPr><w:r><w:t>Int: And "
        "</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>then?</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Mary: Nothing</w:t><w:noBreakHyphen/>"
        "<w:t>at all.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert said(reading("a.docx", data)) == [
        ("Int", "How is it?"),
        ("Mary", "See the letter."),
        ("Int", "And then?"),
        ("Mary", "Nothing\N{NON-BREAKING HYPHEN}at all."),
    ]


def test_list_items_are_in_and_headings_are_no_speech(reading) -> None:
    document = docx.Document()
    document.add_heading("The shed", 0)
    document.add_paragraph("Int: What was wrong?")
    document.add_paragraph("Mary: Three things.")
    for item in ("the damp", "the cold"):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Later", 2)
    document.add_paragraph("And the noise.")
    document.add_paragraph("Int: Oh?")
    document.add_paragraph("Mary: Yes.")
    found = reading("a.docx", saved(document))
    assert said(found) == [
        ("Int", "What was wrong?"),
        ("Mary", "Three things.\nthe damp\nthe cold"),
        ("Mary", "And the noise."),
        ("Int", "Oh?"),
        ("Mary", "Yes."),
    ]
    assert found.text.startswith("The shed\n\nInt:")


def add_table(document: Document, rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def test_a_table_of_speakers_and_speech_is_turns(reading) -> None:
    document = of_paragraphs("The shed, second wave")
    rows = [
        ("Speaker", "Speech"),
        ("INT", "So what was it like?"),
        ("lady in red", "Damp, and nobody came.\nNobody."),
        ("INT", "Note: what do you mean?"),
        ("lady in red", "Well, they never did."),
    ]
    add_table(document, rows)
    found = reading("a.docx", saved(document))
    assert said(found) == rows[1:]
    assert found.text.startswith("The shed, second wave\n\nSpeaker\tSpeech\n\nINT: So what")
    assert interviewers(found) == ["INT"]


def test_a_table_with_times_gives_times(reading) -> None:
    document = docx.Document()
    rows = [
        ("Ann", "00:00:10", "So what was it like in there?"),
        ("Ben", "00:00:20", "Damp, and nobody came to see."),
        ("Ann", "00:00:30", "And then?"),
    ]
    add_table(document, rows)
    found = reading("a.docx", saved(document))
    assert [(turn.speaker, turn.time) for turn in found.turns] == [
        ("Ann", 10.0), ("Ben", 20.0), ("Ann", 30.0),
    ]  # fmt: skip


def test_other_tables_are_lines_of_cells(reading) -> None:
    document = docx.Document()
    add_table(document, [("Date", "3 March"), ("Place", "The shed"), ("Interviewer", "Sam Jones")])
    for paragraph in ("Int: So?", "Mary: Damp.", "Int: Oh?", "Mary: Yes."):
        document.add_paragraph(paragraph)
    found = reading("a.docx", saved(document))
    assert found.text.startswith("Date\t3 March\nPlace\tThe shed\nInterviewer\tSam Jones\n\nInt:")
    assert len(found.turns) == 4


def test_merged_and_nested_cells_come_once(reading) -> None:
    document = of_paragraphs("Int: So?")
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
    inner = table.cell(0, 2).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "inside"
    assert reading("a.docx", saved(document)).text == "Int: So?\nboth\tinside"


def test_a_document_without_labels_can_alternate(reading) -> None:
    document = of_paragraphs(
        "So how long have you lived here?", "Nine years in May, I think.",
        "And did you like it?", "I did, we had friends in the street.",
    )  # fmt: skip
    found = reading("a.docx", saved(document), speakers="alternate")
    assert [turn.speaker for turn in found.turns] == ["Interviewer", "Participant"] * 2


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def encrypted() -> bytes:
    data = bytearray(zipped(word=b"x"))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"not a zip at all", "no Word document"),
        (saved(of_paragraphs("Int: So?"))[:-400], "no Word document or is cut off"),
        (zipped(word=b"nothing"), "damaged Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "encrypted, or an old .doc"),
        (encrypted(), "is encrypted"),
        (zipped(bomb=b"\x00" * 30_000_000), "would unpack from"),
        (saved(docx.Document()), "no text in its body"),
    ],
)
def test_what_is_no_readable_document_is_refused(reading, data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what) as refusal:
        reading("tape 3.docx", data)
    assert "tape 3.docx" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_part_that_is_cut_off_is_refused(reading) -> None:
    data = bytearray(saved(of_paragraphs("Int: So?")))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo("word/document.xml").header_offset
    data[start + 60 : start + 90] = b"\x00" * 30
    with pytest.raises(ReadError, match="damaged"):
        reading("a.docx", bytes(data))


def test_a_label_in_a_table_may_be_anything(reading) -> None:
    document = docx.Document()
    rows = [
        ("Speaker", "Speech"),
        ("1", "So what was it like in there?"),
        ("??", "Damp."),
        ("Ann [unclear]", "No, it was not."),
        ("1", "Oh?"),
        ("", "So then what?"),
    ]
    add_table(document, rows)
    assert said(reading("a.docx", saved(document))) == [
        ("Speaker 1", "So what was it like in there?\n\nDamp.".replace("\n\n", "\n")),
        ("Ann unclear", "No, it was not."),
        ("Speaker 1", "Oh?\nSo then what?"),
    ]
