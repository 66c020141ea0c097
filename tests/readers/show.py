"""Transcripts as something to compare with."""

from __future__ import annotations

from itertools import pairwise

from commonplace.domain.transcript import Transcript
from commonplace.readers import Layout


def said(found: Transcript | Layout, text: str | None = None) -> list[tuple[str | None, str]]:
    """Speaker and speech of each turn."""
    text = found.text if isinstance(found, Transcript) else text or ""
    return [(turn.speaker, text[turn.speech_start : turn.end]) for turn in found.turns]


def interviewers(found: Transcript | Layout) -> list[str]:
    """The labels of those who interview."""
    return [speaker.label for speaker in found.speakers if speaker.interviewer]


def check_layout(text: str, found: Transcript | Layout) -> None:
    """What holds of every layout, whatever the text."""
    end = 0
    for turn in found.turns:
        assert end <= turn.start <= turn.speech_start <= turn.end <= len(text)
        assert turn.start < turn.end
        for span in (turn.label, turn.stamp):
            assert span is None or turn.start <= span.start < span.end <= turn.end
        assert turn.label is None or turn.label.end <= turn.speech_start
        assert text[turn.start : turn.end].strip() == text[turn.start : turn.end]
        end = turn.end
    assert all(0 <= offset < len(text) for offset, _ in found.cues)
    labels = [speaker.label for speaker in found.speakers]
    assert len(labels) == len(set(labels))
    assert {turn.speaker for turn in found.turns} - {None} == set(labels)
    if isinstance(found, Layout):
        covered = [(t.start, t.end) for t in found.turns]
        covered += [(span.start, span.end) for span in found.outside]
        covered.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(covered))
        left = "".join(
            text[a:b]
            for a, b in zip(
                [0, *(c[1] for c in covered)], [*(c[0] for c in covered), len(text)], strict=True
            )
        )
        assert not left.strip(), left
