"""OpenDocument texts: white space, tables, tracked changes, styles, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.readers import ReadError, read
from tests.readers.conftest import Reading
from tests.readers.packages import odt, zipped
from tests.readers.show import check_layout, interviewers, said

BOLD = (
    '<style:style style:name="B" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)


def test_spaces_tabs_and_line_breaks_are_as_the_format_says(reading: Reading) -> None:
    body = (
        '<text:p>Q:\n   How <text:s text:c="3"/>is<text:tab/>it?</text:p>'
        "<text:p>A: Damp.<text:line-break/>And <text:span>cold</text:span>, <text:a>look</text:a>."
        "</text:p>"
    )
    found = reading("a.odt", odt(body))
    assert said(found) == [("Q", "How    is\tit?"), ("A", "Damp.\nAnd cold, look.")]
    check_layout(found.text, found)


def test_deleted_words_notes_and_comments_are_left_out(reading: Reading) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Never said</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Q: How?</text:p><text:p>A: <text:change text:change-id="1"/>Damp'
        "<text:note><text:note-body><text:p>a footnote</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>a comment</text:p></office:annotation>.</text:p>"
    )
    assert said(reading("a.odt", odt(body))) == [("Q", "How?"), ("A", "Damp.")]


def test_a_table_of_speakers_and_words_gives_turns(reading: Reading) -> None:
    def row(*cells: str) -> str:
        inner = "".join(
            f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    body = (
        "<table:table>" + row("Speaker", "Words")
        + row("Int", "How is the house these days?") + row("Mary", "It was damp all winter.")
        + row("Int", "And now?") + row("Mary", "Now it is dry, they fixed it.") + "</table:table>"
    )  # fmt: skip
    found = reading("a.odt", odt(body))
    assert said(found) == [
        ("Int", "How is the house these days?"), ("Mary", "It was damp all winter."),
        ("Int", "And now?"), ("Mary", "Now it is dry, they fixed it."),
    ]  # fmt: skip
    assert interviewers(found) == ["Int"]


def test_names_in_bold_without_a_colon_are_speakers(reading: Reading) -> None:
    lines = [("Ann", "So how is it?"), ("Ben", "Damp."), ("Ann", "Oh?"), ("Ben", "Yes, damp.")]
    body = "".join(
        f'<text:p><text:span text:style-name="B">{name}</text:span> {words}</text:p>'
        for name, words in lines
    )
    found = reading("a.odt", odt(body, styles=BOLD))
    assert said(found) == lines
    assert found.text.startswith("Ann: So how is it?")


def test_bold_names_within_sentences_are_no_speakers(reading: Reading) -> None:
    body = "".join(
        f'<text:p><text:span text:style-name="B">{name}</text:span> {words}</text:p>'
        for name, words in [("Ann", "went home."), ("Ben", "stayed."), ("Ann", "came back.")] * 2
    )
    assert {speaker for speaker, _ in said(reading("a.odt", odt(body, styles=BOLD)))} == {None}


def test_names_on_lines_of_their_own_are_speakers(reading: Reading) -> None:
    lines = [("Ann", "So how is it?"), ("Ben", "Damp."), ("Ann", "Oh?"), ("Ben", "Yes, damp.")] * 2
    body = "".join(f"<text:p>{name}</text:p><text:p>{words}</text:p>" for name, words in lines)
    assert said(reading("a.odt", odt(body))) == lines


def test_styles_that_inherit_from_each_other_in_a_circle_do_no_harm(reading: Reading) -> None:
    styles = (
        '<style:style style:name="X" style:parent-style-name="Y"/>'
        '<style:style style:name="Y" style:parent-style-name="X"/>'
    )
    found = reading("a.odt", odt('<text:p text:style-name="X">Hello.</text:p>', styles=styles))
    assert found.text == "Hello."


def test_millions_of_spaces_and_cells_written_in_a_few_bytes_are_not_made(reading: Reading) -> None:
    body = (
        '<text:p>A<text:s text:c="999999999"/>B</text:p><table:table><table:table-row '
        'table:number-rows-repeated="99999999"><table:table-cell '
        'table:number-columns-repeated="99999999"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    assert len(reading("a.odt", odt(body)).text) < 1_000_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and no more", "cut off"),
        (b"\xd0\xcf\x11\xe0 old", "encrypted"),
        (zipped({"word/document.xml": "<x/>"}), "no content.xml"),
        (zipped({"content.xml": "<x"}), "damaged"),
        (odt("<text:p>x</text:p>", kind="spreadsheet"), "a sheet"),
        (odt("<text:p> </text:p>"), "empty"),
        (
            odt("<text:p>&x;</text:p>", before='<!DOCTYPE x [<!ENTITY x SYSTEM "/etc/passwd">]>'),
            "entities",
        ),
        (
            zipped({"content.xml": "<x/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "password",
        ),
        (odt("<text:p>Hello</text:p>")[:-40], "cut off"),
    ],
)
def test_what_is_no_open_document_is_refused(reading: Reading, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"(?s)a\.odt.*{reason}"):
        reading("a.odt", content)


@pytest.mark.parametrize(("made", "given"), [("odt", "ods"), ("ods", "odt")])
def test_a_text_named_as_a_sheet_is_told_its_own_ending(made: str, given: str) -> None:
    path = Path(__file__).parent / "made" / f"labelled.{made}"
    with pytest.raises(ReadError, match=f"give it the ending .{made}"):
        read(path, name=f"P01.{given}")
