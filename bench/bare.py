"""The bare libraries: the same files, read for nothing but who says what.

Each is the library that people reach for where a format has one (of the bench's own requirements
in `pyproject.toml`), used as its manual shows. No speakers are looked for, no layout is guessed and
nothing is checked: labels are split off where the file has them. Of PDF each character is asked
for, with its place and text object: that is what columns and bold labels have to be seen from.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

Turns = list[tuple[str, str]]


def _split(paragraphs: Iterable[str]) -> Turns:
    return [(who, words) for who, _, words in (p.partition(": ") for p in paragraphs)]


def _plain(file: Path) -> Turns:
    return _split(file.read_text(encoding="utf-8").split("\n\n"))


def _vtt(file: Path) -> Turns:
    import webvtt

    return [(cue.voice, cue.text) for cue in webvtt.read(str(file))]


def _srt(file: Path) -> Turns:
    import pysubs2

    return _split(line.text for line in pysubs2.load(str(file)))


def _csv(file: Path) -> Turns:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row[0], row[1]) for row in csv.reader(lines)]


def _json(file: Path) -> Turns:
    data = json.loads(file.read_bytes())
    return [(each["speaker"], each["text"]) for each in data["segments"]]


def _docx(file: Path) -> Turns:
    import docx

    words = []
    for paragraph in docx.Document(str(file)).paragraphs:
        runs = [(run.text, run.bold, run.italic) for run in paragraph.runs]
        words.append("".join(run[0] for run in runs))
    return _split(words)


def _odt(file: Path) -> Turns:
    from odf import teletype, text
    from odf.opendocument import load

    paragraphs = load(str(file)).getElementsByType(text.P)
    return _split(teletype.extractText(each) for each in paragraphs)


def _ods(file: Path) -> Turns:
    from odf import table, teletype
    from odf.opendocument import load

    rows = []
    for row in load(str(file)).getElementsByType(table.TableRow):
        cells = [teletype.extractText(each) for each in row.getElementsByType(table.TableCell)]
        rows.append((cells[0], cells[1]))
    return rows


def _page(data: bytes) -> Turns:
    from bs4 import BeautifulSoup

    return _split(each.get_text() for each in BeautifulSoup(data, "lxml").find_all("p"))


def _html(file: Path) -> Turns:
    return _page(file.read_bytes())


def _epub(file: Path) -> Turns:
    with zipfile.ZipFile(file) as package:
        chapters = [name for name in package.namelist() if name.endswith(".xhtml")]
        return [turn for name in chapters for turn in _page(package.read(name))]


def _xlsx(file: Path) -> Turns:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()), read_only=True)
    rows = [(str(row[0]), str(row[1])) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


def _rtf(file: Path) -> Turns:
    from striprtf.striprtf import rtf_to_text

    return _split(rtf_to_text(file.read_text(encoding="ascii")).split("\n"))


def _pdf(file: Path) -> Turns:
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(file.read_bytes())
    box = pdfium.FS_RECTF()
    words = []
    for page in document:
        text = page.get_textpage()
        for number in range(text.count_chars()):
            words.append(chr(pdfium.FPDFText_GetUnicode(text, number)))
            pdfium.FPDFText_GetLooseCharBox(text, number, box)
            pdfium.FPDFText_GetTextObject(text, number)
        text.close()
        page.close()
    document.close()
    return _split("".join(words).split("\r\n"))


class Library(NamedTuple):
    """How a library reads a format; `name` is empty where there is none but Python itself."""

    name: str
    read: Callable[[Path], Turns]


LIBRARIES = {
    ".txt": Library("", _plain), ".md": Library("", _plain), ".csv": Library("csv", _csv),
    ".json": Library("json", _json), ".vtt": Library("webvtt-py", _vtt),
    ".srt": Library("pysubs2", _srt), ".docx": Library("python-docx", _docx),
    ".odt": Library("odfpy", _odt), ".rtf": Library("striprtf", _rtf),
    ".pdf": Library("pypdfium2", _pdf), ".html": Library("beautifulsoup4 with lxml", _html),
    ".epub": Library("beautifulsoup4 with lxml", _epub), ".xlsx": Library("openpyxl", _xlsx),
    ".ods": Library("odfpy", _ods),
}  # fmt: skip
