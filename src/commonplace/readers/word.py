"""Word documents (.docx): paragraphs, lists and tables in order, line breaks kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from commonplace.domain.span import Span
from commonplace.domain.transcript import Transcript
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.rendering import set_apart
from commonplace.readers.source import Source
from commonplace.readers.speakers import find_turns
from commonplace.readers.speakers.labels import scan
from commonplace.readers.speakers.stamps import STAMP_AT
from commonplace.readers.speakers.vocabulary import key_of, looks_like_a_name, names_role, word_set
from commonplace.readers.wordxml import Rows, Words, blocks

_UNPACKED_AT_MOST = 400 * 1024 * 1024
_RATIO_AT_MOST = 200
_SMALL = 10 * 1024 * 1024
_LONGEST_LABEL = 40
_NO_LABEL = re.compile(r"[^\w\s.,'’&/()#+-]+|^[^\w]+")
_HEADINGS = ("title", "subtitle", "heading")
_COLUMN_NAMES = word_set(
    """
    speaker speakers name who label person role participant voice time timestamp timecode start
    text speech transcript transcription utterance content words said turn no. no #
    """
)


@dataclass(slots=True)
class _Lines:
    """The document as lines of text, with what Word itself says of some of them."""

    lines: list[str] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    """Numbers of lines that are no speech."""
    labels: set[str] = field(default_factory=set)
    """Speakers named in a table's column."""


def _read(source: Source, options: Options) -> list[Transcript]:
    found = _lines(_document(source))
    if not any(line.strip() for line in found.lines):
        raise ReadError(
            f"{source.name} is empty: there is no text in its body; text in pictures, text boxes, "
            "headers and footnotes is not read"
        )
    text, headings = _joined(found)
    layout = find_turns(
        text,
        speakers=options.speakers,
        interviewers=options.interviewers,
        certain=found.labels,
        outside=headings,
    )
    text, layout = set_apart(text, layout)
    return [transcript(source, FORMAT, text, layout)]


def _document(source: Source) -> Any:
    """The opened document. Raises `ReadError` when it is none or would not fit in memory."""
    name, data = source.name, source.data
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name} is encrypted, or an old .doc; open it in a word processor and save it as "
            ".docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_bomb(package, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ReadError(
            f"{name} is no Word document or is cut off ({error}); open it in a word processor "
            "and save it again"
        ) from error
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # a broken package raises whatever its first broken part raises
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ReadError(
            f"{name} is a damaged Word document ({reason[:120]}); open it in a word processor "
            "and save it again"
        ) from error


def _refuse_bomb(package: zipfile.ZipFile, name: str) -> None:
    for part in package.infolist():
        if part.flag_bits & 1:
            raise ReadError(f"{name} is encrypted; save it without a password")
    unpacked = sum(part.file_size for part in package.infolist())
    packed = sum(part.compress_size for part in package.infolist())
    if unpacked > _UNPACKED_AT_MOST or (
        unpacked > _SMALL and unpacked > _RATIO_AT_MOST * max(packed, 1)
    ):
        raise ReadError(
            f"{name} would unpack from {packed} to {unpacked} bytes, as no transcript does; "
            "if it is one, save its text as .txt"
        )


def _lines(document: Any) -> _Lines:
    styles = {style.style_id: (style.name or "").casefold() for style in document.styles}
    found = _Lines()
    for block in blocks(document.element.body):
        if isinstance(block, Words):
            if styles.get(block.style, "").startswith(_HEADINGS) and not _is_label(block.text):
                found.headings.add(len(found.lines))
            found.lines.append(block.text)
        else:
            _add_table(block, found)
    return found


def _is_label(text: str) -> bool:
    return any(each.key for each in scan(text).candidates)


def _add_table(table: Rows, found: _Lines) -> None:
    speech = _speech_columns(table.rows)
    if speech is None:
        found.lines += ["\t".join(row) for row in table.rows]
        return
    time, speaker, words = speech
    for number, row in enumerate(table.rows):
        cells = [cell.strip() for cell in (*row, "", "", "")]
        if number == 0 and _is_heading(row):
            found.headings.add(len(found.lines))
            found.lines.append("\t".join(row))
            continue
        label = _as_label(cells[speaker])
        stamp = f"[{cells[time].strip('[]()')}] " if time is not None and cells[time] else ""
        found.lines.append(f"{stamp}{label}: {cells[words]}" if label else stamp + cells[words])
        if label:
            found.labels.add(label)


def _as_label(cell: str) -> str:
    """A cell of the speakers' column as a label that can stand before a colon."""
    label = " ".join(_NO_LABEL.sub(" ", cell).split()).rstrip("-–— ")
    return f"Speaker {label}" if label[:1].isdigit() else label


def _speech_columns(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, int, int] | None:
    """The columns of time, speaker and words in a table of turns; None for other tables.

    A table of turns has two columns, the first with short labels of which some are known roles
    or come back, or three, one of them with times.
    """
    body = [row for row in rows if any(cell.strip() for cell in row)]
    titled = bool(body) and _is_heading(body[0])
    if titled:
        body = body[1:]
    width = max((len(row) for row in body), default=0)
    if not body or width not in (2, 3) or any(len(row) != width for row in body):
        return None
    times = [
        column
        for column in range(width)
        if sum(STAMP_AT.fullmatch(row[column].strip()) is not None for row in body) * 2 > len(body)
    ]
    if len(times) != width - 2:
        return None
    speaker, words = (column for column in range(width) if column not in times)
    labels = [row[speaker].strip().rstrip(":") for row in body]
    if any(len(label) > _LONGEST_LABEL or "\n" in label for label in labels):
        return None
    named = [label for label in labels if label]
    keys = {key_of(label) for label in named}
    likely = sum(names_role(label) or looks_like_a_name(label) for label in named)
    longer = sum(len(row[words]) for row in body) > 2 * sum(map(len, labels))
    recur = len(keys) < len(named) or any(names_role(label) for label in named)
    if named and longer and recur and (titled or likely * 3 >= 2 * len(named)):
        return (times[0] if times else None), speaker, words
    return None


def _is_heading(row: Sequence[str]) -> bool:
    cells = [cell.strip().casefold() for cell in row if cell.strip()]
    return bool(cells) and all(cell in _COLUMN_NAMES for cell in cells)


def _joined(found: _Lines) -> tuple[str, list[Span]]:
    """The lines as one text, and where the headings stand in it.

    Where empty paragraphs part the turns, they are the blank lines of the text; elsewhere each
    paragraph stands by itself.
    """
    empty = sum(not line.strip() for line in found.lines)
    separator = "\n" if empty * 4 > len(found.lines) - empty else "\n\n"
    headings = []
    size = 0
    for number, line in enumerate(found.lines):
        if number in found.headings and line.strip():
            headings.append(Span(size, size + len(line)))
        size += len(line) + len(separator)
    return separator.join(found.lines), headings


FORMAT = Format("docx", (".docx",), 1, _read)
