"""Whatever the text: turns in order, disjoint, inside it, and nothing that is said left out."""

from __future__ import annotations

from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commonplace.domain.span import Span
from commonplace.readers import Corrections, ReadError, Speakers, find_turns, read
from commonplace.readers.rendering import set_apart
from tests.readers.show import check_layout

PIECES = [
    "Anna\n", "\n\nBen\n", "\n\nQ\n\n",
    "Interviewer: ", "P07 (practitioner): ", "Anna: ", "ANNA:", "[Ben] ", "**Q:** ", "Q: ", "A:",
    "[00:01:23] ", "00:01:23.4 ", "(00:12)", "1.05\t", "Anna  00:13", "48:32", "10:30 ",
    "Note: ", "https://x.y", "I said to him: ", "Date: ", "END OF SIDE A", "SIDE B", "13",
    "[laughs]", "What did you do then?", "Yes.", "Well, I walked.", "and so on", "- ", "> ", "# ",
    "\n", "\n\n", "\n \n", "\t", "  ", " ", "\n", "\n\n", "\u2028", "\u0301", "\x00", "🙂", "é",
    "采访者：", "\x0c", "…", "---", "***", "\u00a0", "\x85", "\v",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)


labels = st.sampled_from(["Anna", "P07", "Q", "Ben", "Note", "Yes"])
few = st.lists(labels, max_size=2).map(tuple)
corrections = st.builds(
    lambda speakers, nobody, asking, same: Corrections(speakers, nobody, asking, same=(same,)),
    few, few, few, st.lists(labels, min_size=1, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=200)
@given(texts.map(lambda text: text.replace("\r", "\n")), st.sampled_from(Speakers), corrections)
def test_a_layout_covers_the_text(text: str, mode: Speakers, corrected: Corrections) -> None:
    layout = find_turns(text, speakers=mode, corrections=corrected, alone=True)
    check_layout(text, layout)
    assert find_turns(text, speakers=mode, corrections=corrected, alone=True) == layout


@settings(max_examples=100)
@given(texts.map(lambda text: text.replace("\r", "\n")), st.sampled_from(Speakers), st.data())
def test_lines_marked_as_no_speech_are_in_no_turn(text: str, mode: Speakers, data) -> None:
    lines, position = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(position, position + len(line)))
        position += len(line) + 1
    outside = data.draw(st.lists(st.sampled_from(lines), unique=True)) if lines else []
    outside.sort()
    layout = find_turns(text, speakers=mode, outside=outside)
    check_layout(text, layout)
    assert not any(t.start < s.end and s.start < t.end for t in layout.turns for s in outside)


@settings(max_examples=100)
@given(texts.map(lambda text: text.replace("\r", "\n")), st.sampled_from(Speakers))
def test_setting_turns_apart_changes_blank_lines_alone(text: str, mode: Speakers) -> None:
    layout = find_turns(text, speakers=mode)
    rendered, moved = set_apart(text, layout)
    check_layout(rendered, moved)
    assert "".join(rendered.split()) == "".join(text.split())
    before = [text[t.speech_start : t.end].split() for t in layout.turns]
    assert [rendered[t.speech_start : t.end].split() for t in moved.turns] == before
    labels = [t.label and text[t.label.start : t.label.end] for t in layout.turns]
    assert [t.label and rendered[t.label.start : t.label.end] for t in moved.turns] == labels


@settings(max_examples=100)
@given(text=texts, name=st.sampled_from(["a.txt", "a.md"]))
def test_plain_text_is_stored_as_it_is(tmp_path: Path, text: str, name: str) -> None:
    assume(text.count("\x00") * 4 <= len(text) and not text.startswith("\ufeff"))
    path = tmp_path / "file"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    stored = path.read_bytes().decode().replace("\r\n", "\n").replace("\r", "\n")
    try:
        (transcript,) = read(path, name=name)
    except ReadError:
        assert not stored.strip() or not stored.isprintable()
        return
    assert transcript.text == stored
    check_layout(stored, transcript)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join),
    st.sampled_from(["a.vtt", "a.srt", "a.csv", "a.docx", "a.txt"]),
    st.sampled_from(Speakers),
    st.binary(max_size=20),
)
def test_whatever_is_in_a_file_it_is_read_or_refused(
    tmp_path: Path, text: str, name: str, mode: Speakers, junk: bytes
) -> None:
    path = tmp_path / "file"
    caption = "\n\n00:01.000 --> 00:02.000\n" if name.endswith(("vtt", "srt")) else ""
    path.write_bytes(f"text{caption}\n{text}{caption}<v A>{text}".encode(errors="replace") + junk)
    try:
        transcripts = read(path, name=name, speakers=mode)
    except ReadError as refusal:
        assert name in str(refusal)
        return
    for transcript in transcripts:
        check_layout(transcript.text, transcript)
