"""Broken and hostile files behind every ending: read or refused, and nothing else.

Everything is made here, and is small: what would grow, grows only in whoever unpacks it.
"""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonplace.domain.transcript import Transcript
from commonplace.readers import (
    ReadError,
    archive,
    csvfile,
    cues,
    decode,
    flow,
    formats,
    read,
)
from tests.readers.packages import odt, page_of, zipped
from tests.readers.show import check_layout

MADE = Path(__file__).parent / "made"
ENDINGS = sorted(formats())
ARCHIVES = [".docx", ".odt", ".ott", ".ods", ".xlsx", ".xlsm", ".epub"]
MAIN_MEMBERS = {
    ".docx": "word/document.xml", ".odt": "content.xml", ".ott": "content.xml",
    ".ods": "content.xml", ".xlsx": "xl/workbook.xml", ".xlsm": "xl/workbook.xml",
    ".epub": "META-INF/container.xml",
}  # fmt: skip
SAMPLES = {path.suffix: path.read_bytes() for path in sorted(MADE.glob("labelled.*"))}
SAMPLES |= {".ott": SAMPLES[".odt"], ".xlsm": SAMPLES[".xlsx"], ".htm": SAMPLES[".html"]}
JUNK = [
    b"\0" * 1000, b"\xff" * 1000, b"%PDF-", b"{\\rtf1", b"<", b"[", b"PK\x05\x06" + b"\0" * 18,
    b"\n" * 1000, b"MZ\x90\0" * 50,
]  # fmt: skip
ESCAPES = "Q: \x1b]0;owned\x07\x1b[2J\u202eHow\u202c?\n\nA: \u2066Damp\x00.\u2069 =1+1"


def outcome(path: Path, name: str) -> list[Transcript] | str:
    """The transcripts, or why there are none; any other error fails the test."""
    try:
        found = read(path, name=name)
    except ReadError as refusal:
        assert name.rpartition("/")[2] in str(refusal)
        assert len(str(refusal)) < 1000
        return str(refusal)
    for transcript in found:
        check_layout(transcript.text, transcript)
        assert "\r" not in transcript.text
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


def bomb(member: str) -> bytes:
    """A hundred megabytes of spaces in a hundred kilobytes."""
    out = io.BytesIO()
    package = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with package, package.open(member, "w") as inside:
        for _ in range(100):
            inside.write(b" " * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize("ending", ARCHIVES)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(file: Path, ending: str) -> None:
    file.write_bytes(bomb(MAIN_MEMBERS[ending]))
    outcome(file, f"a{ending}")  # imports are not counted
    tracemalloc.start()
    try:
        assert "would unpack" in outcome(file, f"a{ending}")
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("ending", ARCHIVES)
def test_a_member_that_lies_about_its_size_is_refused(file: Path, ending: str) -> None:
    member = MAIN_MEMBERS[ending]
    data = bytearray(zipped({member: b" " * 20_000_000}))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)  # in the directory
    data[22:26] = struct.pack("<I", 100)  # before the member itself
    file.write_bytes(data)
    assert isinstance(outcome(file, f"a{ending}"), str)


@pytest.mark.parametrize("ending", ARCHIVES)
def test_a_hundred_thousand_members_are_refused(file: Path, ending: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(20_001):
            package.writestr(f"{number}", b"")
    file.write_bytes(out.getvalue())
    assert "20001 parts" in outcome(file, f"a{ending}")


LAUGHS = (
    "<!DOCTYPE l ["
    + '<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
EXTERNAL = '<!DOCTYPE l [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("kind", [LAUGHS, EXTERNAL], ids=["laughs", "external"])
@pytest.mark.parametrize("ending", [*ARCHIVES, ".html", ".xhtml"])
def test_entities_are_not_expanded(file: Path, ending: str, kind: str) -> None:
    page = f'<?xml version="1.0"?>{kind}<html><body><p>Q: How? &a9;</p></body></html>'
    if ending in MAIN_MEMBERS:
        members = _members(SAMPLES[ending])
        target = "OEBPS/sections/section0001.xhtml" if ending == ".epub" else MAIN_MEMBERS[ending]
        file.write_bytes(zipped(members | {target: page.encode()}))
    else:
        file.write_text(page)
    found = outcome(file, f"a{ending}")
    text = found if isinstance(found, str) else found[0].text
    assert "root:" not in text
    assert len(text) < 1000


def _members(package: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as inside:
        return {name: inside.read(name) for name in inside.namelist() if not name.endswith("/")}


@pytest.mark.parametrize("ending", ARCHIVES)
def test_members_named_to_lead_elsewhere_are_never_written(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    members = _members(SAMPLES[ending])
    for name in (
        "../evil.txt",
        f"{tmp_path}/evil.txt",
        "..\\evil.txt",
        "C:\\evil.txt",
        "x/../../evil",
    ):
        members[name] = b"evil"
    path = inside / "file"
    path.write_bytes(zipped(members))
    assert not isinstance(outcome(path, f"a{ending}"), str)
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == ["file"]


@pytest.mark.parametrize("ending", sorted(SAMPLES))
def test_a_file_cut_off_anywhere_is_read_or_refused(file: Path, ending: str) -> None:
    whole = SAMPLES[ending]
    for cut in (1, 3, 10, 100, len(whole) // 3, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        file.write_bytes(whole[:cut])
        outcome(file, f"a{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_is_behind_a_name_is_read_or_refused(file: Path, ending: str) -> None:
    for content in (*SAMPLES.values(), *JUNK):
        file.write_bytes(content)
        outcome(file, f"a{ending}")


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_document_type_far_into_a_part_is_found(file: Path, ending: str) -> None:
    members = _members(SAMPLES[ending])
    late = f"<?xml version='1.0'?><!-- {'x' * 3_000_000} -->{LAUGHS}<a>&a9;</a>"
    file.write_bytes(zipped(members | {MAIN_MEMBERS[ending]: late.encode()}))
    assert "declares entities" in outcome(file, f"a{ending}")


def dense(ending: str, count: int) -> bytes:
    """So many paragraphs, captions or rows with next to nothing in them."""
    if ending == ".docx":
        members = _members(SAMPLES[ending])
        body = members[MAIN_MEMBERS[ending]].decode()  # type: ignore[union-attr]
        start = body.index("<w:body>") + len("<w:body>")
        empty = body[:start] + "<w:p/>" * count + body[start:]
        return zipped(members | {MAIN_MEMBERS[ending]: empty})
    if ending == ".odt":
        return odt("<text:p/>" * count)
    if ending == ".json":
        return b"[" + b",".join([b'{"text":"a"}'] * count) + b"]"
    if ending == ".rtf":
        return b"{\\rtf1 " + b"\\par " * count + b"a}"
    repeated = {
        ".txt": b"a\n\n", ".md": b"A\n", ".html": b"<p>a", ".csv": b"a\n",
        ".vtt": b"00:01.000 --> 00:02.000\na\n\n",
        ".srt": b"1\n00:00:01,000 --> 00:00:02,000\na\n\n",
    }  # fmt: skip
    begin = {".csv": b"text\n", ".vtt": b"WEBVTT\n\n"}.get(ending, b"")
    return begin + repeated[ending] * count


LIMITS = (
    (archive, "TAGS_AT_MOST"), (decode, "_LINES_AT_MOST"), (flow, "_PARAGRAPHS_AT_MOST"),
    (cues, "_CUES_AT_MOST"), (csvfile, "_ROWS_AT_MOST"), (csvfile, "_CELLS_AT_MOST"),
)  # fmt: skip
DENSE = [".docx", ".odt", ".html", ".rtf", ".json", ".csv", ".vtt", ".srt", ".txt", ".md"]


@pytest.mark.parametrize("ending", DENSE)
def test_a_small_file_with_countless_parts_is_refused(
    file: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(dense(ending, 3000))
    for module, name in LIMITS:
        monkeypatch.setattr(module, name, 2000)
    assert "has" in outcome(file, f"a{ending}")


@pytest.mark.slow
@pytest.mark.parametrize("ending", DENSE)
def test_and_with_little_memory(file: Path, ending: str) -> None:
    file.write_bytes(dense(ending, 3_000_000 if ending != ".docx" else 1_400_000))
    code = (
        "import resource, sys; from commonplace.readers import ReadError, read\n"
        "try: read(sys.argv[1], name='a' + sys.argv[2])\n"
        "except ReadError: pass\n"
        "else: sys.exit('it was read')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, file, ending], capture_output=True, text=True, check=True
    )
    assert int(said.stdout) < 700


def test_files_too_large_for_a_transcript_are_refused_unread(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(300 * 1024 * 1024)
    for ending in ENDINGS:
        assert "300 MB" in outcome(file, f"a{ending}")
    with file.open("wb") as sparse:
        sparse.write(b"Q: How?\n")
        sparse.truncate(65 * 1024 * 1024)
    assert "65 MB of text" in outcome(file, "a.txt")


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".xlsm"])
def test_office_files_with_a_password_are_refused_as_such(file: Path, ending: str) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)
    assert "without a password" in outcome(file, f"a{ending}")


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".pdf"])
def test_real_files_with_a_password_are_refused_as_such(ending: str) -> None:
    name = f"locked{ending}"
    said = outcome(Path(__file__).parent / "made" / name, name)
    assert said == f"{name} is protected by a password; save a copy without one"


@pytest.mark.parametrize("ending", ARCHIVES)
def test_archives_with_a_password_are_refused_as_such(file: Path, ending: str) -> None:
    data = bytearray(SAMPLES.get(ending) or SAMPLES[".odt"])
    entry = data.find(b"PK\x01\x02")
    while entry >= 0:
        data[entry + 8] |= 1
        entry = data.find(b"PK\x01\x02", entry + 4)
    file.write_bytes(data)
    assert "encrypted" in outcome(file, f"a{ending}")


def test_a_sheet_of_endless_columns_is_cut_short(file: Path) -> None:
    members = _members(SAMPLES[".xlsx"])
    sheet = next(name for name in members if "sheet1" in name and name.endswith(".xml"))
    words = '<is><t>text</t></is></c><c r="XFD{0}" t="inlineStr"><is><t>far</t></is>'
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr">{words.format(n)}</c></row>' for n in range(1, 300)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    file.write_bytes(zipped(members | {sheet: content}))
    found = outcome(file, "a.xlsx")
    assert len(found) == 298


WORDS = b"BT /F 12 Tf 50 700 Td (Hello there, world, how are you) Tj ET"


def test_a_page_that_draws_itself_again_and_again_is_refused(file: Path) -> None:
    file.write_bytes(page_of(WORDS + b" /X Do", WORDS))
    assert not isinstance(outcome(file, "a.pdf"), str)
    file.write_bytes(page_of(b"/X Do " * 20, *[b"/X Do " * 20] * 3, WORDS))
    assert "page 1: it draws itself" in outcome(file, "a.pdf")


def test_words_far_outside_the_page_do_not_fill_the_memory(file: Path) -> None:
    far = b"BT /F 12 Tf 2000000000 700 Td (far) Tj 1e30 0 0 1e30 0 0 Tm (huge) Tj ET"
    file.write_bytes(page_of(WORDS + far))
    found = outcome(file, "a.pdf")
    assert not isinstance(found, str)
    assert found[0].text == "Hello there, world, how are you"


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_format_follows_what_is_no_file(tmp_path: Path, ending: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not an ordinary file" in outcome(pipe, f"a{ending}")
    assert "is a folder" in outcome(tmp_path, f"a{ending}")
    assert "not an ordinary file" in outcome(Path("/dev/zero"), f"a{ending}")


@pytest.mark.parametrize("ending", [".doc", ".xls", ".pages", ".exe", ""])
def test_other_endings_are_refused_with_a_way_out(file: Path, ending: str) -> None:
    file.write_bytes(b"x")
    assert "save it as" in outcome(file, f"a{ending}")


def test_escapes_and_overrides_are_kept_as_they_are(file: Path) -> None:
    paragraph = "<text:p>Q: \u202eHow\u202c?</text:p><text:p>A: \u2066Damp\u2069.</text:p>"
    file.write_bytes(odt(paragraph))
    found = outcome(file, "a.odt")
    assert not isinstance(found, str)
    assert found[0].text == "Q: \u202eHow\u202c?\n\nA: \u2066Damp\u2069."
    file.write_text(ESCAPES)
    found = outcome(file, "a.txt")
    assert not isinstance(found, str)
    assert found[0].text == ESCAPES


def long_lines(size: int) -> Iterator[tuple[str, bytes]]:
    """A line of that many characters, in formats that take one as it is."""
    words = ("It was damp in there. " * (size // 22 + 1))[:size]
    yield ".txt", f"Q: How?\n\nA: {words}".encode()
    yield ".md", f"Q: How?\n\nA: {words}".encode()
    yield ".html", f"<p>Q: How?</p><p>A: {words}</p>".encode()
    yield ".rtf", f"{{\\rtf1 Q: How?\\par A: {words}\\par}}".encode()
    yield ".odt", odt(f"<text:p>Q: How?</text:p><text:p>A: {words}</text:p>")
    yield ".csv", f"speaker,text\nQ,How?\nA,{words}\n".encode()
    yield ".vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\nA: {words}\n".encode()
    yield ".json", f'[{{"speaker": "A", "text": "{words}"}}]'.encode()


@pytest.mark.parametrize(
    "size",
    [100_000, pytest.param(10_000_000, marks=pytest.mark.slow)],
)
def test_a_line_without_end_is_read(file: Path, size: int) -> None:
    for ending, content in long_lines(size):
        file.write_bytes(content)
        found = outcome(file, f"a{ending}")
        if size > 10_000_000 // 2 and ending == ".odt":
            continue  # as dense as a bomb, and refused as one
        assert not isinstance(found, str), ending
        assert len(found[0].text) >= size


PIECES = [
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"%PDF-1.7\n", b"1 0 obj<</Type/Catalog>>endobj\n",
    b"trailer<</Root 1 0 R>>\n", b"%%EOF", b"{\\rtf1", b"\\ansi", b"\\u-1", b"\\'e9", b"\\bin9",
    b"{\\*\\x", b"}", b"\\cell", b"\\row", b"\\par ", b"\\trowd", b"\\fonttbl", b"\\uc99", b"<p>",
    b"</p>", b"<table><tr><td>", b"<!DOCTYPE x>", b"<![CDATA[", b"&#0;", b"&#x1F600;", b"<b>",
    b"WEBVTT\n\n", b"00:01.000 --> 00:02.000\n", b"<v A>", b"1\n", b'{"segments":[',
    b'{"text":"x"}',
    b"]}", b'{"results":{"items":[', b"text,speaker\n", b'"', b"\t", b"\n", b"\r\n", b"Q: How?\n\n",
    b"\0", b"\x1b[2J", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"A: ", b"Name  00:13\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=25).map(b"".join),
    st.sampled_from(ENDINGS),
)
@example(b"{\\rtf1\\u55357?\\u-8?}", ".rtf")
@example(b"{\\rtf1{\\fonttbl\\f999999999\\fcharset9999;}\\f1 x}", ".rtf")
def test_random_bytes_behind_every_ending(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    outcome(path, f"a{ending}")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_samples_with_bytes_changed_are_read_or_refused(
    tmp_path: Path, ending: str, data: st.DataObject
) -> None:
    content = bytearray(SAMPLES[ending])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "file"
    path.write_bytes(content)
    outcome(path, f"a{ending}")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([".odt", ".docx", ".ods", ".epub"]), st.data())
def test_documents_with_their_text_changed_are_read_or_refused(
    tmp_path: Path, ending: str, data: st.DataObject
) -> None:
    """Inside the archive, where checksums do not catch it."""
    target = "OEBPS/sections/section0001.xhtml" if ending == ".epub" else MAIN_MEMBERS[ending]
    members = _members(SAMPLES[ending])
    content = bytearray(members[target])  # type: ignore[arg-type]
    start = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 200))
    content[start : start + length] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    path = tmp_path / "file"
    path.write_bytes(zipped(members | {target: bytes(content)}))
    outcome(path, f"a{ending}")


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Damp.\n", "give it the ending .vtt"),
        ("a.srt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Damp.\n", "give it the ending .vtt"),
        ("a.txt", b"\n<!DOCTYPE html>\n<html><p>Q: Damp?</p></html>", "give it the ending .html"),
    ],
)
def test_text_that_is_of_another_format_is_refused(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = outcome(path, name)
    assert isinstance(found, str) and what in found
