"""The least Python that makes the same turns of the same files.

It knows beforehand how these very files are written, so that nothing is guessed, checked or
refused: bytes are read, fingerprinted and decoded, the library parses them, and each turn becomes
an object with its place in the text and that of its label. No reader in Python can save that.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from commonplace.domain.span import Span
from commonplace.domain.transcript import Turn


class Least(NamedTuple):
    """As in `domain.transcript.Transcript`."""

    text: str
    turns: tuple[Turn, ...]
    sha256: str
    cues: tuple[tuple[int, float], ...] = ()


def _read(file: Path) -> tuple[str, str]:
    data = file.read_bytes()
    return data.decode("utf-8").replace("\r\n", "\n"), hashlib.sha256(data).hexdigest()


def _plain(file: Path, bold: str = "") -> Least:
    text, sha256 = _read(file)
    turns, start = [], 0
    for paragraph in text.rstrip().split("\n\n"):
        head, mark, _ = paragraph.partition(f":{bold} ")
        speech, end = start + len(head) + len(mark), start + len(paragraph)
        turns.append(Turn(start, speech, end, head[len(bold) :], Span(start, speech - 1)))
        start = end + 2
    return Least(text, tuple(turns), sha256)


def _markdown(file: Path) -> Least:
    return _plain(file, "**")


def _csv(file: Path) -> Least:
    text, sha256 = _read(file)
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    parts, turns, start = [], [], 0
    for who, words in rows:
        parts.append(f"{who}: {words.strip()}")
        speech, end = start + len(who) + 2, start + len(parts[-1])
        turns.append(Turn(start, speech, end, who, Span(start, speech - 1)))
        start = end + 2
    return Least("\n\n".join(parts), tuple(turns), sha256)


def _json(file: Path) -> Least:
    data = file.read_bytes()
    parts, turns, cues, start = [], [], [], 0
    for who, segments in groupby(json.loads(data)["segments"], key=lambda each: each["speaker"]):
        speech = position = start + len(who) + 2
        words = []
        for each in segments:
            words.append(each["text"])
            cues.append((position, float(each["start"])))
            position += len(each["text"]) + 1
        parts.append(f"{who}: {' '.join(words)}")
        time = cues[-len(words)][1]
        turns.append(Turn(start, speech, position - 1, who, Span(start, speech - 1), None, time))
        start = position + 1
    sha256 = hashlib.sha256(data).hexdigest()
    return Least("\n\n".join(parts), tuple(turns), sha256, tuple(cues))


LEAST: dict[str, Callable[[Path], Least]] = {
    ".txt": _plain, ".md": _markdown, ".csv": _csv, ".json": _json,
}  # fmt: skip
"""For the formats of which the library does next to nothing."""
