"""Small transcripts and codebooks, made up for tests."""

from __future__ import annotations

import hashlib

from commonplace.domain.codebook import Code, Codebook, code_id
from commonplace.domain.span import Span
from commonplace.domain.transcript import Speaker, Transcript, Turn

NAMES = {"Q": True, "P1": False, "P2": False}


def codebook() -> Codebook:
    """Housing (with Damp and Rent), Transport, Control."""
    tree = {"Housing": ["Damp", "Rent"], "Transport": [], "Control": []}
    codes = []
    for top, children in tree.items():
        parent = code_id("small", top)
        codes.append(Code(parent, top, definition=f"About {top.lower()}.", keywords=(top.lower(),)))
        codes += [
            Code(code_id("small", f"{top}/{name}"), name, parent, keywords=(name.lower(),))
            for name in children
        ]
    return Codebook("small", tuple(codes), "1")


def transcript(
    *turns: tuple[str, str], name: str = "P01.txt", interviewers: frozenset[str] = frozenset({"Q"})
) -> Transcript:
    """A transcript of (label, speech) turns, written `Label: speech` with a blank line between."""
    turns = turns or (("Q", "How is the flat?"), ("P1", "Damp. The rent went up, and no bus."))
    text, rows, labels = "", [], {}
    for label, speech in turns:
        start = len(text)
        text += f"{label}: {speech}"
        rows.append(
            Turn(start, start + len(label) + 2, len(text), label, Span(start, start + len(label)))
        )
        labels[label] = Speaker(label, label in interviewers)
        text += "\n\n"
    return Transcript(
        name=name,
        text=text,
        turns=tuple(rows),
        speakers=tuple(labels.values()),
        format="txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="test/1",
    )


def find(text: str, words: str) -> Span:
    """Where `words` stand in `text` for the first time."""
    start = text.index(words)
    return Span(start, start + len(words))
