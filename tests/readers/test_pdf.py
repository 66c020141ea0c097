"""PDF files: columns, parted words, running lines, and what is refused.

The files in `made/` were made by LibreOffice 7.4 and Chromium.
"""

from __future__ import annotations

import io
import json
import re
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import Corrections, ReadError, read
from commonplace.readers.blocks import Paragraph, Run, Style
from commonplace.readers.pdfcells import Labels, put_labels_first
from commonplace.readers.pdflabels import part_labels
from commonplace.readers.pdflines import Line
from commonplace.readers.pdfpage import PageText, Piece
from commonplace.readers.pdfparagraphs import paragraphs_of
from tests.readers.conftest import Reading
from tests.readers.interview import TURNS
from tests.readers.packages import page_of
from tests.readers.show import check_layout, interviewers, said

MADE = Path(__file__).parent / "made"


def test_columns_are_read_one_after_the_other_and_parted_words_are_whole() -> None:
    (transcript,) = read(MADE / "columns.pdf")
    assert said(transcript) == [(who, words.replace("🙂", "")) for who, words in TURNS]
    check_layout(transcript.text, transcript)


def test_running_headers_and_page_numbers_are_dropped() -> None:
    for name in ("columns.pdf", "labelled.pdf"):
        (transcript,) = read(MADE / name)
        assert "confidential" not in transcript.text
        assert not re.search(r"^(?:Page )?\d+$", transcript.text, re.MULTILINE)


def test_characters_beyond_sixteen_bits_are_whole(reading: Reading) -> None:
    words = b"BT /F 12 Tf 50 700 Td (They said I could come in A and so on.) Tj ET"
    names = b"1 beginbfchar <41> <D83DDE42> endbfchar"
    found = reading("a.pdf", page_of(words, unicode=names))
    assert found.text == "They said I could come in 🙂 and so on."


def test_letters_set_one_by_one_on_a_page_of_two_lines_are_whole_words(reading: Reading) -> None:
    words = "Only the singing, and it was loud."
    wide = dict.fromkeys("il ,.tf", 3.0) | {"w": 8.0}

    def letters(x: float, y: float, text: str) -> str:
        places = accumulate((wide.get(letter, 6.0) for letter in text), initial=x)
        set_apart = zip(places, text, strict=False)
        return " ".join(f"1 0 0 1 {at:g} {y:g} Tm ({letter}) Tj" for at, letter in set_apart)

    lines = [(33, 720, "Will"), (98, 720, words), (98, 707, "That I remember.")]
    drawing = f"BT /F 11 Tf {' '.join(letters(*each) for each in lines)} ET"
    assert words in reading("a.pdf", page_of(drawing.encode())).text


@pytest.mark.parametrize(
    ("first", "second", "speech", "gap"),
    [
        ("Agree", "Disagree", "It was so.", 6),
        ("Anna", "Edith", "Who was it?", 3),
        ("Int", "Mary", "So it was.", 3),
    ],
)
def test_words_before_a_gap_are_no_labels_without_questions_or_room(
    first: str, second: str, speech: str, gap: float
) -> None:
    """Gaps as in prose, and a table of answers in which nobody asks."""
    pieces = []
    for number in range(20):
        name = (first, second)[number % 2]
        words = f"{name} {speech}"
        end = 50.0 + 6 * len(name)
        gaps = [(end, end + gap), (end + 20, end + 23), (end + 40, end + 43)]
        piece = Piece(50, end + 60, 700 - 15 * number, 12, Paragraph([Run(words)]), gaps=gaps)
        pieces.append(piece)
    page = PageText(list(pieces), 600, 800)
    part_labels([page])
    assert page.pieces == pieces


QUESTION = ("How long was it?",)
ANSWER = ("It was nine years, all told, in one", "house by the river, where we had a", "garden.")


def table(names: tuple[str, str], where: float, gap: float = 0) -> PageText:
    """Questions and answers beside names at `where` of the height of their cells (0: the top)."""
    page = PageText([], 600, 800)
    y = 750.0
    for name, speech in zip(names * 4, (QUESTION, ANSWER) * 4, strict=True):
        labels = name.split("/")
        height = 12 * (len(speech) - len(labels))
        for number, words in enumerate(labels):
            at = y - where * height - 12 * number
            page.pieces.append(Piece(50, 80, at, 12, Paragraph([Run(words)])))
        for number, words in enumerate(speech):
            end = 120 + 5.0 * len(words)
            first = 5.0 * len(words.split()[0])
            piece = Piece(120, end, y - 12 * number, 12, Paragraph([Run(words)]), first)
            page.pieces.append(piece)
        y -= 12 * len(speech) + gap
    return page


def beside(page: PageText) -> list[str]:
    """What stands level with each first line of a cell."""
    return [
        " ".join(p.words.text for p in page.pieces if p.y == first.y and p is not first)
        for first in page.pieces
        if first.words.text in (QUESTION[0], ANSWER[0])
    ]


@pytest.mark.parametrize("where", [0, 0.5, 1])
@pytest.mark.parametrize("gap", [0, 6])
@pytest.mark.parametrize("names", [("Int", "Rosa"), ("Ruth Pell:", "Nia Rees:")])
def test_labels_come_to_the_first_lines_of_their_cells(
    names: tuple[str, str], gap: float, where: float
) -> None:
    page = table(names, where, gap)
    assert put_labels_first([page]) is Labels.FITTING
    assert beside(page) == [*names] * 4


def test_names_of_two_lines_are_one_where_gaps_part_the_cells() -> None:
    page = table(("Ruth/Pell", "Nia/Rees"), 0.5, 20)
    assert put_labels_first([page]) is Labels.FITTING
    assert beside(page) == ["Ruth Pell", "Nia Rees"] * 4
    assert put_labels_first([table(("Ruth/Pell", "Nia/Rees"), 0.5)]) is Labels.ASTRAY


def test_labels_neither_at_the_middle_nor_at_an_end_are_nobodys() -> None:
    page = table(("Int", "Rosa"), 0.25, 6)
    before = [piece.y for piece in page.pieces]
    assert put_labels_first([page]) is Labels.ASTRAY
    assert [piece.y for piece in page.pieces] == before


def test_names_beside_sentences_are_speakers_if_somebody_says_so() -> None:
    towns = MADE / "places.pdf"
    (transcript,) = read(towns)
    assert not transcript.speakers
    assert "--is-speaker" in transcript.notes[0]
    (transcript,) = read(towns, corrections=Corrections(speakers=("Wrexham",)))
    assert {turn.speaker for turn in transcript.turns} == {"Wrexham", "Cardiff"}
    only = Corrections(speakers=("Wrexham",), not_speakers=("Cardiff",))
    (transcript,) = read(towns, corrections=only)
    assert [turn.speaker for turn in transcript.turns] == ["Wrexham"] * 3


def test_a_name_above_the_speech_is_not_parted() -> None:
    pieces = [
        Piece(50, 100, 700 - 15 * n, 12, Paragraph([Run(words)]), gaps=[(70, 73.5)])
        for n, words in enumerate(["Ruth Pell", "Why so?", "Nia Rees", "So it was."] * 5)
    ]
    page = PageText(list(pieces), 600, 800)
    part_labels([page])
    assert page.pieces == pieces


def test_each_turn_knows_the_page_on_which_it_begins() -> None:
    (transcript,) = read(MADE / "hanging.pdf")
    pages = [turn.page for turn in transcript.turns]
    assert pages == sorted(pages)  # type: ignore[type-var]
    assert set(pages) == {1, 2, 3, 4}
    assert all(turn.page is None for turn in read(MADE / "labelled.docx")[0].turns)


def line(text: str, y: float, *, x0: float = 50, width: float | None = None, **other: bool) -> Line:
    words = Paragraph()
    words.add(text, Style.BOLD if other.get("bold") else Style.PLAIN)
    first = len(text.split(maxsplit=1)[0]) * 5.0
    end = x0 + (len(text) * 5.0 if width is None else width)
    return Line(0, (1, 0), x0, end, y, 12, words, first, other.get("hyphen", False))


def texts(*lines: Line) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(lines)]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    assert texts(
        line("It was damp all winter, every winter and the", 100, width=400),
        line("landlord never came.", 88),
        line("And then we moved to the other side of town and", 76, width=400),
        line("never looked back.", 64),
    ) == [
        "It was damp all winter, every winter and the landlord never came.",
        "And then we moved to the other side of town and never looked back.",
    ]  # fmt: skip


def test_type_indents_and_gaps_begin_paragraphs() -> None:
    def full(text: str, y: float, **other: bool) -> Line:
        return line(text, y, width=400 - 20 * other.get("inset", False),
                    x0=50 + 20 * other.get("inset", False), **other)  # fmt: skip

    assert texts(full("What then", 100, bold=True), full("We moved", 88)) == [
        "What then", "We moved"
    ]  # fmt: skip
    assert texts(full("a", 100), full("b", 88), full("c", 76, inset=True), full("d", 64)) == [
        "a b", "c d"
    ]  # fmt: skip
    assert texts(full("a", 100), full("b", 88), full("c", 60), full("d", 48)) == ["a b", "c d"]
    assert texts(full("So it was.", 100), full("Ann: Oh", 88)) == ["So it was.", "Ann: Oh"]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["the green", "house is here"], "the greenhouse is here"),
        (["a self", "help group"], "a self-help group"),
        (["Ann", "Marie came"], "Ann-Marie came"),
        (["the lay", "by and the lay-by there"], "the lay-by and the lay-by there"),
        (["my note", "book and the notebook"], "my notebook and the notebook"),
    ],
)
def test_words_parted_at_line_ends_are_as_elsewhere_or_as_usual(
    lines: list[str], whole: str
) -> None:
    first = line(lines[0], 100, width=400, hyphen=True)
    assert texts(first, line(lines[1], 88, width=400)) == [whole]


def blank_pages(count: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(300, 300)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"plain words", "no PDF"),
        (b"%PDF-1.7 and no more", "damaged"),
        (blank_pages(2), r"no text.*OCR"),
        (blank_pages(3001), "3001 pages"),
    ],
    ids=["text", "cut off", "scanned", "endless"],
)
def test_what_has_no_text_is_refused(reading: Reading, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.pdf.*{reason}"):
        reading("a.pdf", content)


def test_half_a_file_is_read_or_refused(reading: Reading) -> None:
    whole = (MADE / "labelled.pdf").read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        try:
            found = reading("a.pdf", whole[: int(len(whole) * share)])
        except ReadError:
            continue
        check_layout(found.text, found)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("gibbons", "GIBBONS_28OCT91_corrected.txt"), ("taylor", "TAYLOR_25NOV91_corrected.txt")],
)
def test_real_interviews_with_bold_questions_have_the_right_speakers(
    shared_data: Path, name: str, typed: str
) -> None:
    """Compared word by word with a key that was made by hand for the same interview as text."""
    real = shared_data / "interviews"
    (transcript,) = read(real / f"ftf_transcript_{name}.pdf")
    assert interviewers(transcript) == ["Interviewer"]
    key = json.loads((real / "speakers-key.json").read_text())["files"][typed]
    text = (real / typed).read_bytes().decode("cp1252").replace("\r\n", "\n").replace("\r", "\n")
    known = [(word, who) for start, end, who in key for word in _words(text[start:end])]
    found = _spoken(transcript)
    match = SequenceMatcher(None, [w for w, _ in known], [w for w, _ in found], autojunk=False)
    same = [
        known[a + n][1] == found[b + n][1]
        for a, b, size in match.get_matching_blocks()
        for n in range(size)
        if known[a + n][1] != "H"
    ]
    assert len(same) > 0.95 * len(known)
    assert sum(same) >= 0.999 * len(same)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())


def _spoken(transcript: Transcript) -> list[tuple[str, str]]:
    return [
        (word, "Q" if speaker == "Interviewer" else "A")
        for speaker, speech in said(transcript)
        for word in _words(speech)
    ]
