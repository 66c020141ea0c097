"""Rich text: code pages, characters by number, tables, what is not said, broken files."""

from __future__ import annotations

import pytest

from commonplace.readers import ReadError
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, said


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    return b"{\\rtf1" + head.encode() + b"\n" + body.encode("latin-1") + b"}"


def text(reading: Reading, body: str, head: str = r"\ansi\ansicpg1252") -> str:
    return reading("a.rtf", rtf(body, head)).text


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        (r"\ansi\ansicpg1252", r"caf\'e9 \'93so\'94", "café “so”"),
        (r"\ansi\ansicpg1251", r"\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\ansi\ansicpg1250", r"\'9fr\'f3d\'b3o", "źródło"),
        (r"\mac", r"caf\'8e", "café"),
        (r"\pc", r"caf\'82", "café"),
        (r"\ansi\ansicpg932", r"\'93\'fa\'96\'7b", "日本"),
        (r"\ansi\ansicpg932", r"\'83\\", "ソ"),
        (r"\ansi", "raw caf\xe9", "raw café"),
        (r"\ansi\ansicpg99999", r"caf\'e9", "café"),
        (r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\cpg1253 C;}}",
         r"\f0\'e9 \f1\'e9 {\f2\'e9} \'e9\plain \'e9", "é й ι йé"),
        (r"\ansi\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}", r"\'b3", "ł"),
    ],
)  # fmt: skip
def test_bytes_are_read_by_the_code_page_of_their_font(
    reading: Reading, head: str, body: str, words: str
) -> None:
    assert text(reading, body, head) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"\u8217's", "’s"),
        (r"\u8217?s", "’s"),
        (r"\u8217 ?s", "’s"),
        (r"\u-4064?x", "\uf020x"),
        (r"\uc0\u8217s", "’s"),
        (r"{\uc2\u8217\'92\'92}s", "’s"),
        (r"\uc2\u8217??s{\uc1\u8217?t}\u8217??", "’s’t’"),
        (r"\u55357?\u56898?!", "🙂!"),
        (r"\u55357?!", "?!"),
        (r"\u8217{?}s", "’?s"),
        (r"\u8217\tab s", "’s"),
        (r"a\~b\_c\-d\{e\}\\", "a\u00a0b\u2011cd{e}\\"),
        (r"\lquote a\rquote\emdash\bullet b", "‘a’—•b"),
        ("a\r\nb", "ab"),
        (r"a\line b", "a\nb"),
    ],
)
def test_characters_by_number_and_name(reading: Reading, body: str, words: str) -> None:
    assert text(reading, body) == words


def test_what_nobody_says_is_left_out(reading: Reading) -> None:
    body = (
        r"{\fonttbl{\f0 Times;}}{\colortbl;\red1;}{\stylesheet{\s0 Normal;}}{\info{\author Eve}}"
        r"{\*\generator X;}{\header Page head}{\footnote a note}Q: How?\par {\listtext\tab 1.}"
        r"A: Damp{\deleted ly}{\v hidden}.{\field{\*\fldinst HYPERLINK http://x}{\fldrslt Here}}"
        r"{\pict\bin7 {}}{\'5c}{\*\unknown thing}\par}after the end"
    )
    assert text(reading, body) == "Q: How?\n\nA: Damp.Here"


def test_tables_of_turns_are_turns(reading: Reading) -> None:
    lines = [("Int", "How is it there?"), ("Mary", "Damp,\nwith mould."), ("Int", "Since May?")]
    body = "".join(
        rf"\trowd\cellx1\cellx2\pard\intbl {name}\cell {words}\cell\row "
        for name, words in lines
    ).replace("\n", r"\par ")  # fmt: skip
    found = reading("a.rtf", rtf(body + r"\pard The end.\par"))
    assert said(found) == [*lines[:2], ("Int", "Since May?\nThe end.")]
    check_layout(found.text, found)


def test_headings_are_no_speech(reading: Reading) -> None:
    body = r"{\stylesheet{\s0 Normal;}{\s3 heading 2;}}\pard\s3 Part one\par\pard\s0 Q: How?\par "
    found = reading("a.rtf", rtf(body + r"A: Damp.\par\pard\s3 Part two\par\pard\s0 Q: Oh?\par"))
    assert said(found) == [("Q", "How?"), ("A", "Damp."), ("Q", "Oh?")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"plain words", "no rich text"),
        (b"{\\rtf1}", "empty"),
        (b"{\\rtf1{\\fonttbl", "cut off before its first words"),
        (b"{\\rtf1" + b"{" * 100_000 + b"x", "deeper"),
    ],
    ids=["text", "empty", "cut", "deep"],
)
def test_what_is_no_rich_text_is_refused(reading: Reading, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.rtf.*{reason}"):
        reading("a.rtf", content)


def test_a_file_cut_off_gives_what_is_there(reading: Reading) -> None:
    assert reading("a.rtf", rtf(r"Q: How?\par A: Da")[:-1]).text == "Q: How?\n\nA: Da"
    assert reading("a.rtf", b"{\\rtf1 Hello\\'").text == "Hello"


def test_a_file_that_ends_in_the_middle_is_noted(reading: Reading) -> None:
    whole = rtf(r"Q: How was it?\par A: Damp.\par ")
    assert not reading("a.rtf", whole).notes
    cut = reading("a.rtf", whole[:-2])
    assert "ends in the middle" in "; ".join(cut.notes)
