"""Bytes become text: encodings, byte order marks, line ends, and what is refused."""

from __future__ import annotations

import pytest

from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError

WORDS = "Interviewer: How’s the café?\nP1: Damp – it’s “fine”… £40 a week.\n"
GREEK = "Ερώτηση: Πώς είναι το σπίτι;\nΑπάντηση: Υγρό, και κρύο τον χειμώνα.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_common_encodings_are_recognised(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt").text == WORDS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf16_is_recognised_in_other_scripts(encoding: str) -> None:
    assert decode(GREEK.encode(encoding), "a.txt").text == GREEK


def test_a_few_curly_quotes_are_read_as_windows_text() -> None:
    text = "It was the landlord’s dog that…\n" + "We waited and waited for the bus. " * 60
    assert decode(text.encode("cp1252"), "a.txt") == (text, "windows-1252", ())


def test_accents_of_a_western_language_are_read_as_windows_text() -> None:
    text = "Je n'étais jamais allée à l'école. Ça m'a manqué, bien sûr. " * 5
    assert decode(text.encode("cp1252"), "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Я не могла ходить в школу, потому что отец болел. Потом мы переехали. " * 5, "cp1251"),
        (
            "学校に行けませんでした。父が病気だったからです。その後、引っ越しました。" * 5,
            "shift_jis",
        ),
    ],
)
def test_other_encodings_are_guessed_and_said_to_be(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), "a.txt")
    assert found.text == text
    assert "guess" in found.notes[0]


def test_stray_bytes_in_utf8_do_not_spoil_the_rest() -> None:
    data = "It’s a café – “really”, she said. ".encode() * 5 + b"Fianc\xe9.\n"
    found = decode(data, "a.txt")
    assert found.text == "It’s a café – “really”, she said. " * 5 + "Fiancé.\n"
    assert "1 byte" in found.notes[0]


def test_undefined_bytes_survive_as_controls() -> None:
    found = decode(b"Well \x81" + b"we\x92ll see, and \x91so on\x92 " * 30, "a.txt")
    assert found.text.startswith("Well \x81we’ll see, and ‘so on’")


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    data = b"\xef\xbb\xbfone\r\ntwo\rthree\n\r\n four\t\xc2\x85 \xe2\x80\xa8\x0bfive\x00six seven\r"
    expected = "one\ntwo\nthree\n\n four\t\x85 \u2028\x0bfive\x00six seven\n"
    assert decode(data, "a.txt").text == expected


def test_only_one_byte_order_mark_is_taken_off() -> None:
    assert decode("\ufeff\ufeffa".encode(), "a.txt").text == "\ufeffa"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 20, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or encrypted"),
        (b"{\\rtf1 Hello}", "rich text"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)) * 8, "control characters"),
        (b"\x00" * 100, "control characters"),
        (b"abc\x00\x00\x00\x00def", "control characters"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfea\x00\x00\xd8", "broken at byte"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what) as refusal:
        decode(data, "tape 3.txt")
    assert "tape 3.txt" in str(refusal.value)
