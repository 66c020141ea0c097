"""Sets that other people coded: statements, interviews, and the sample that comes with the program.

The first two lie beside the project, in `../shared/data`, and not in it.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from commonplace import codebooks, readers
from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.span import Span
from commonplace.suggest.evaluation import Coded, gold
from commonplace.suggest.labels import Mark
from commonplace.suggest.segments import Segment, segments, whole_turns

HERE = Path(__file__).resolve().parents[1]
SHARED = HERE.parent / "shared" / "data"
SAMPLE = HERE / "transcripts_sample"

_TURN = re.compile(r"^(\S[^\n]{0,40}?) {2}\d+:\d\d(?::\d\d)?\n", re.MULTILINE)
"""The line above a turn in a transcript by Otter: `Name  00:13`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn, as segmenting wants it."""

    speech_start: int
    end: int
    speaker: str
    interviewer: bool


def statements(unit: str) -> Coded:
    """787 statements on five social determinants (SDOH-NLI), each a transcript of one turn."""
    del unit  # a statement is one segment either way
    entries = json.loads((SHARED / "coded/sdoh-nli.codebook.json").read_text(encoding="utf-8"))
    with (SHARED / "coded/sdoh-nli.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = tuple(
        Code(
            id=name,
            name=name,
            definition=entry["definition"],
            anchor=" ".join(entry["examples"]),
            keywords=tuple(entry["keywords"]),
        )
        for name, entry in entries.items()
    )
    found = [
        Segment(str(number), Span(0, len(row["text"])), row["text"], 0, "", False, True)
        for number, row in enumerate(rows)
    ]
    there = np.array([[code.id in row["codes"].split(";") for code in codes] for row in rows])
    return Coded(Codebook("SDOH-NLI", codes), found, there)


def interviews(unit: str) -> Coded:
    """28 interviews with 753 codings out of a QualCoder project; the codebook is bare names."""
    path = SHARED / "exchange/qualcoder-interviews.qda/data.qda"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        texts = connection.execute("SELECT id, fulltext FROM source ORDER BY name").fetchall()
        applied = connection.execute(
            "SELECT t.fid, t.pos0, t.pos1, n.name FROM code_text t JOIN code_name n "
            "ON n.cid = t.cid WHERE t.pos1 > t.pos0 ORDER BY 1, 2, 3, 4"
        ).fetchall()
    codes: dict[str, Code] = {}
    for name in sorted({row[3] for row in applied}):
        head, _, tail = name.partition(" - ")
        codes.setdefault(head, Code(id=head, name=head))
        if tail:
            codes[name] = Code(id=name, name=tail, parent=head)
    found: list[Segment] = []
    for number, text in texts:
        found += _cut(unit)(str(number), text, list(_turns(text)))
    codebook = Codebook("interviews", tuple(codes.values()))
    marks = [Mark(str(fid), Span(start, end), name) for fid, start, end, name in applied]
    return Coded(codebook, found, gold(codebook, found, marks))


def sample(unit: str) -> Coded:
    """The sample interviews that come with the program, as the first of their coders has them."""
    codebook = codebooks.builtin()
    with (SAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [row for row in rows if row["coder"] == min(row["coder"] for row in rows)]
    found: list[Segment] = []
    marks = []
    for name in sorted({row["document"] for row in rows}):
        (transcript,) = readers.read(SAMPLE / name)
        asking = {speaker.label for speaker in transcript.speakers if speaker.interviewer}
        turns = [
            Spoken(t.speech_start, t.end, t.speaker or "", t.speaker in asking)
            for t in transcript.turns
        ]
        found += _cut(unit)(name, transcript.text, turns)
        for row in rows:
            code = codebook.find(row["code"])
            if row["document"] != name or code is None:
                continue
            start = -1
            for _ in range(int(row["occurrence"])):
                start = transcript.text.find(row["quote"], start + 1)
            if start >= 0:
                marks.append(Mark(name, Span(start, start + len(row["quote"])), code.id))
    return Coded(codebook, found, gold(codebook, found, marks))


SETS: dict[str, Callable[[str], Coded]] = {
    "statements": statements,
    "interviews": interviews,
    "sample": sample,
}


def _cut(unit: str) -> Callable[..., Iterator[Segment]]:
    return whole_turns if unit == "turn" else segments


def _turns(text: str) -> Iterator[Spoken]:
    heads = list(_TURN.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):  # a withdrawn interview has no turns
        yield Spoken(head.end(), end, head[1], "Mannheimer" in head[1])
