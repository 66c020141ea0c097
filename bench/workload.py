"""Made-up interviews of any size: the same seed gives the same bytes, on any machine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from commonplace.domain.codebook import Code, Codebook, code_id

SEED = 20_260_801


@dataclass(frozen=True, slots=True)
class Size:
    """How many transcripts, of how many words, with how many codings each."""

    name: str
    transcripts: int
    words: int
    codings: int


SIZES = {
    size.name: size
    for size in (
        Size("XS", 3, 800, 20),
        Size("S", 20, 8_000, 100),
        Size("M", 200, 8_000, 100),
        Size("L", 1_000, 8_000, 100),
        Size("BIG", 1, 100_000, 5_000),
        Size("HUGE", 1, 1_000_000, 5_000),
    )
}
"""XS is for trying the bench itself; HUGE is the transcript of a million words."""

_SAID = """
the and I to it a you that was of in we they so but know like just on for have is with what not do
there them be this all had were get because well really my when people then at if out got one as
up think about me going say would about here no how said she he now don't it's I'm go been our time
right things thing see where some which who can your their her from more or been could back very lot
bit down into over something way work good us come day even only much house flat damp mould rent
landlord council heating cold winter bus route fare town stop walk train lift money job shift hours
wage benefits debt food bank centre park litter bins garden noise traffic street lights safe kids
school hall group meeting neighbours friends lonely family mum together listened decide vote
campaign confidence skills course volunteer project funding health doctor anxious sleep better worse
estate tower stairs window boiler repair letter phone form office queue waiting week month year
Saturday Glasgow Cardiff Leeds officer nurse warden café church mosque library allotment football
"""
_VOCABULARY = _SAID.split()
_CUMULATIVE = [*accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY)))]
"""Weights as in speech: a word's frequency falls with its rank (Zipf 1949)."""

_MARKS = (".", ".", ".", ".", "?", "…", ".", ".")
_ENTRIES = {
    "Housing": ("Repair", "Landlords", "Rent", "Tenure", "Homelessness"),
    "Transport": ("Buses", "Cost", "Walking", "Access", "Isolation"),
    "Jobs and income": ("Unemployment", "Skills", "Job quality", "Debt", "Benefits"),
    "Local environment": ("Green space", "Litter", "Safety", "Air", "Pride"),
    "Control and agency": ("Confidence", "Knowledge", "Influence", "Tokenism", "Funding"),
    "Social connection": ("Friends", "Neighbours", "Belonging", "Trust", "Loneliness"),
}


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript as a file holds it, and what is coded in it: (start, end, code id)."""

    name: str
    text: str
    codings: tuple[tuple[int, int, str], ...]


def codebook() -> Codebook:
    """Thirty-six codes: six, with five under each."""
    codes = []
    for top, entries in _ENTRIES.items():
        parent = code_id("bench", top)
        codes.append(Code(parent, top))
        codes += [Code(code_id("bench", f"{top}/{name}"), name, parent) for name in entries]
    return Codebook("bench", tuple(codes), "1")


def interviews(size: Size) -> Iterator[Interview]:
    """The transcripts of a workload, one after another."""
    codes = [code.id for code in codebook().codes]
    for number in range(1, size.transcripts + 1):
        yield _interview(size, number, codes)


def _interview(size: Size, number: int, codes: list[str]) -> Interview:
    chance = random.Random(f"{SEED}/{size.name}/{number}")
    label = f"P{number:02d}"
    parts: list[str] = []
    speech: list[tuple[int, int]] = []
    length = words = turn = 0
    while words < size.words:
        asks = turn % 2 == 0
        said = " ".join(
            _sentence(chance) for _ in range(chance.randint(1, 2) if asks else chance.randint(2, 9))
        )
        head = "Interviewer: " if asks else f"{label}: "
        if not asks:
            speech.append((length + len(head), length + len(head) + len(said)))
        parts.append(head + said)
        length += len(head) + len(said) + 2
        words += said.count(" ") + 1
        turn += 1
    text = "\n\n".join(parts) + "\n"
    return Interview(
        f"P{number:04d}.txt", text, _codings(chance, text, speech, codes, size.codings)
    )


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_VOCABULARY, cum_weights=_CUMULATIVE, k=chance.randint(4, 22))
    said = " ".join(words)
    return said[0].upper() + said[1:] + chance.choice(_MARKS)


def _codings(
    chance: random.Random, text: str, speech: list[tuple[int, int]], codes: list[str], wanted: int
) -> tuple[tuple[int, int, str], ...]:
    """Distinct codings of five to sixty words, cut at spaces, in order of place."""
    found: set[tuple[int, int, str]] = set()
    while len(found) < wanted:
        floor, ceiling = chance.choice(speech)
        start = chance.randrange(floor, ceiling)
        start = max(floor, text.rfind(" ", floor, start) + 1)
        end = text.find(" ", min(ceiling, start + 5 * chance.randint(5, 60)), ceiling)
        end = ceiling if end < 0 else end
        if end - start >= 3:
            found.add((start, end, chance.choice(codes)))
    return tuple(sorted(found))
