"""One made-up interview as a file of every kind, written with as little as it takes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from textwrap import wrap

Turns = list[tuple[str, str]]
"""Speaker and words."""

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{short}="{_ODF}:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_BOLD = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
_PAGE_LINES = 48
_LINE_LENGTH = 88


def turns_of(text: str) -> Turns:
    """The turns of an interview of the workload."""
    return [(who, words) for who, _, words in (p.partition(": ") for p in text.split("\n\n"))]


def written(turns: Turns, folder: Path) -> dict[str, Path]:
    """The interview as files in `folder`, by ending."""
    files = {}
    for ending, make in KINDS.items():
        files[ending] = folder / f"interview{ending}"
        files[ending].write_bytes(make(turns))
    return files


def _txt(turns: Turns) -> bytes:
    return "\n\n".join(f"{who}: {words}" for who, words in turns).encode()


def _md(turns: Turns) -> bytes:
    return "\n\n".join(f"**{who}:** {words}" for who, words in turns).encode()


def _clock(seconds: int, point: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}000"


def _captions(turns: Turns) -> list[tuple[str, str, str]]:
    """Begin, end and words, with the speaker before them, of captions two lines long."""
    found = []
    for who, words in turns:
        for part in wrap(words, 80):
            found.append((len(found) * 3, len(found) * 3 + 3, who, part))
    return found


def _vtt(turns: Turns) -> bytes:
    cues = (
        f"{_clock(a, '.')} --> {_clock(b, '.')}\n<v {who}>{words}</v>"
        for a, b, who, words in _captions(turns)
    )
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def _srt(turns: Turns) -> bytes:
    cues = (
        f"{number}\n{_clock(a, ',')} --> {_clock(b, ',')}\n{who}: {words}"
        for number, (a, b, who, words) in enumerate(_captions(turns), 1)
    )
    return "\n\n".join(cues).encode()


def _csv(turns: Turns) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("speaker", "text"), *turns])
    return out.getvalue().encode()


def _json(turns: Turns) -> bytes:
    segments = [
        {"start": a, "end": b, "speaker": who, "text": words}
        for a, b, who, words in _captions(turns)
    ]
    return json.dumps({"segments": segments}).encode()


def _docx(turns: Turns) -> bytes:
    import docx

    document = docx.Document()
    for who, words in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}: ").bold = True
        paragraph.add_run(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(turns: Turns) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Turns")
    for row in [("speaker", "text"), *turns]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def _open_document(kind: str, body: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{_BOLD}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument." + kind
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return _zipped({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content})


def _odt(turns: Turns) -> bytes:
    return _open_document(
        "text",
        "".join(
            f'<text:p><text:span text:style-name="T1">{who}: </text:span>{escape(words)}</text:p>'
            for who, words in turns
        ),
    )


def _ods(turns: Turns) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in [("speaker", "text"), *turns]
    )
    return _open_document("spreadsheet", f'<table:table table:name="A">{rows}</table:table>')


def _page(turns: Turns) -> str:
    said = "".join(f"<p><b>{who}:</b> {escape(words)}</p>\n" for who, words in turns)
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{said}</body></html>'


def _html(turns: Turns) -> bytes:
    return _page(turns).encode()


def _epub(turns: Turns) -> bytes:
    size = 200
    chapters = {f"c{n}": _page(turns[n : n + size]) for n in range(0, len(turns), size)}
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="book.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    pages = {f"{name}.xhtml": page for name, page in chapters.items()}
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "book.opf": package,
            **pages,
        }
    )


def _rtf(turns: Turns) -> bytes:
    def coded(words: str) -> str:
        return "".join(
            c if c.isascii() else f"\\u{ord(c)}?" if ord(c) < 32768 else "?" for c in words
        )

    body = "".join(f"{{\\b {who}: }}{coded(words)}\\par\n" for who, words in turns)
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1\n" + body + "}").encode("ascii")


def _pdf(turns: Turns) -> bytes:
    """Lines of Helvetica, each drawn by itself, the label bold; as word processors write it."""
    lines = []
    for who, words in turns:
        first, *rest = wrap(f"{who}: {words}", _LINE_LENGTH)
        lines += [(f"{who}: ", first[len(who) + 2 :]), *(("", line) for line in rest), ("", "")]
    pages = [lines[n : n + _PAGE_LINES] for n in range(0, len(lines), _PAGE_LINES)]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        drawing = b"\n".join(_drawn(n, *line) for n, line in enumerate(page) if any(line))
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>" % (6 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        ]
    return _pdf_file(objects)


def _drawn(number: int, label: str, words: str) -> bytes:
    def shown(text: str) -> bytes:
        coded = text.encode("cp1252", "replace")
        for mark in (b"\\", b"(", b")"):
            coded = coded.replace(mark, b"\\" + mark)
        return b"(" + coded + b") Tj"

    bold = b"/B 10 Tf %s " % shown(label) if label else b""
    place = b"1 0 0 1 60 %d Tm " % (780 - 15 * number)
    return b"BT " + place + bold + b"/F 10 Tf " + shown(words) + b" ET"


def _pdf_file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


KINDS: dict[str, Callable[[Turns], bytes]] = {
    ".txt": _txt, ".md": _md, ".vtt": _vtt, ".srt": _srt, ".csv": _csv, ".json": _json,
    ".docx": _docx, ".odt": _odt, ".rtf": _rtf, ".pdf": _pdf, ".html": _html, ".epub": _epub,
    ".xlsx": _xlsx, ".ods": _ods,
}  # fmt: skip
