"""An invented interview with marks, for the tests of the reader."""

from __future__ import annotations

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Band
from commonplace.domain.transcript import Speaker, Turn
from commonplace.tui.widgets.reader import CodeLook, CodingMark, Document, SuggestionMark

HEADER = "Interview 7, Rhyl\nRecorded in the garden hut\n\n"
LINES = [
    ("INT", "Can you tell me how you first heard about the garden?"),
    (
        "P07",
        "Well. My neighbour, Bronwen, she’d been on at me for weeks. “You want to get out of that "
        "flat,” she said. And she was right, wasn’t she… the damp was in the walls, the landlord "
        "wouldn’t answer, and since they cut the 37 bus I’d not seen my sister from one month to "
        "the next.",
    ),
    ("INT", "And what was it like, the first time you went?"),
    (
        "P07",
        "Terrifying! [laughs] I stood at the gate for ten minutes. Then this lad, Kofi — he’s "
        "from Ghana, he runs the compost — he says, “Are you coming in or are you guarding it?” "
        "So I came in. 🌱 I’ve got a key now. Me, with a key to something. I never thought the "
        "council would hand over anything to the likes of us.",
    ),
    (
        "PRACTITIONER",
        "That is what I mean by control.\tIt is not a workshop: people decide where the money "
        "goes, they get it wrong, they decide again.",
    ),
    (
        "P07",
        "My granddaughter put it in our family chat: 👨‍👩‍👧 🇫🇷 日本語 cafe\u0301 and the lot. "
        "\x1b[31mRed?\x1b[0m No.",
    ),
    ("INT", "Mm."),
    (
        "P07",
        "And the jobs. Nobody gave our Dafydd a look-in, three years on the dole, ‘unemployable’ "
        "they wrote, in actual writing. He did the placement with the lettings people and they "
        "kept him on. Twenty-one hours, proper contract. He pays rent! He pays me rent, can you "
        "imagine.",
    ),
]
SPEAKERS = (Speaker("INT", interviewer=True), Speaker("P07"), Speaker("PRACTITIONER"))
CODES = {
    "housing": CodeLook("H", "#e69f00"),
    "transport": CodeLook("T", "#56b4e9"),
    "jobs": CodeLook("J", "#cc79a7"),
    "control": CodeLook("C", "#d55e00"),
    "connection": CodeLook("S", "#0072b2"),
}


def interview(lines: list[tuple[str, str]], header: str = "") -> tuple[str, list[Turn]]:
    """A stored text and its turns."""
    text, turns, time = header, [], 3.0
    for speaker, speech in lines:
        start = len(text)
        begin = start + len(speaker) + 2
        text += f"{speaker}: {speech}"
        label = Span(start, begin - 1)
        turns.append(Turn(start, begin, len(text), speaker, label, None, time))
        text += "\n\n"
        time += 41.7
    return text, turns


TEXT, TURNS = interview(LINES, HEADER)


def span(first: str, last: str = "") -> Span:
    """From `first` to the end of `last` (else of `first`) in the invented text."""
    start = TEXT.index(first)
    return Span(start, TEXT.index(last, start) + len(last) if last else start + len(first))


def document() -> Document:
    return Document.build(TEXT, TURNS, SPEAKERS)


CODINGS = [
    CodingMark("1", span("the damp was", "answer"), "housing"),
    CodingMark("2", span("since they cut", "to the next"), "transport"),
    CodingMark("3", span("I’d not seen", "to the next"), "connection"),
    CodingMark("4", span("So I came in", "likes of us."), "control"),
    CodingMark("5", span("Me, with a key", "something."), "connection", coder="Ann", own=False),
    CodingMark("6", span("people decide", "decide again."), "control", pending=True),
    CodingMark("7", span("Nobody gave", "imagine."), "jobs"),
    CodingMark("8", span("Nobody gave", "kept him on."), "housing"),
    CodingMark("9", span("He did the", "kept him on."), "control"),
]
SUGGESTIONS = [
    SuggestionMark("s1", span("Terrifying!", "ten minutes."), "connection", Band.LIKELY),
    SuggestionMark("s2", span("Then this lad", "guarding it?”"), "connection", Band.MAYBE),
    SuggestionMark("s3", span("He pays rent!"), "housing", Band.WEAK),
]
