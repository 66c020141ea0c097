"""Tables inside documents: those that hold turns, one a row, and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commonplace.readers.speakers.stamps import STAMP_AT
from commonplace.readers.speakers.vocabulary import key_of, looks_like_a_name, names_role, word_set

_LONGEST_LABEL = 40
_NO_LABEL = re.compile(r"[^\w\s.,'’&/()#+-]+|^[^\w]+")
_COLUMN_NAMES = word_set(
    """
    speaker speakers name who label person role participant voice time timestamp timecode start
    text speech transcript transcription utterance content words said turn no. no #
    """
)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row as a line of text; `label` is the speaker whom the table names."""

    text: str
    label: str = ""
    heading: bool = False


def table_lines(rows: Sequence[tuple[str, ...]]) -> Iterator[TableLine]:
    """The rows as lines: `[time] Speaker: words` where it is a table of turns, else tabbed."""
    speech = _speech_columns(rows)
    if speech is None:
        for row in rows:
            yield TableLine("\t".join(row))
        return
    time, speaker, words = speech
    for number, row in enumerate(rows):
        cells = [cell.strip() for cell in (*row, "", "", "")]
        if number == 0 and _is_heading(row):
            yield TableLine("\t".join(row), heading=True)
            continue
        label = _as_label(cells[speaker])
        stamp = f"[{cells[time].strip('[]()')}] " if time is not None and cells[time] else ""
        text = f"{stamp}{label}: {cells[words]}" if label else stamp + cells[words]
        yield TableLine(text, label)


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
