"""Texts that are rendered once: turns parted by a blank line, no blank line inside a turn."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from commonplace.domain.span import Span
from commonplace.domain.transcript import Turn
from commonplace.readers.speakers import Layout


@dataclass(slots=True)
class _Moved:
    """Lines in their new places, and where each offset of the old text went."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)

    def block(self, text: str, start: int, end: int) -> None:
        """Add the lines of `text[start:end]` that are not blank, after a blank line."""
        separator = "\n\n" if self.parts else ""
        if text.find("\n", start, end) < 0:
            if not text[start:end].isspace():
                self._line(separator, text, start, end)
            return
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if text[start:stop].strip():
                self._line(separator, text, start, stop)
                separator = "\n"
            start = stop + 1

    def _line(self, separator: str, text: str, start: int, end: int) -> None:
        self.parts += separator, text[start:end]
        self.size += len(separator)
        self.old.append(start)
        self.new.append(self.size)
        self.size += end - start

    def at(self, offset: int) -> int:
        """The new place of the character at `offset`."""
        line = bisect_right(self.old, offset) - 1
        return self.new[line] + offset - self.old[line]

    def span(self, span: Span | None) -> Span | None:
        """The new place of a span."""
        return None if span is None else Span(self.at(span.start), self.at(span.end - 1) + 1)

    def turn(self, turn: Turn) -> Turn:
        """The turn in its new place."""
        start = self.at(turn.start)
        end = self.at(turn.end - 1) + 1
        shift = start - turn.start
        if end - turn.end == shift:  # nothing in it was left out, so all of it moves alike
            return _shifted(turn, shift)
        speech = self.at(turn.speech_start) if turn.speech_start < turn.end else end
        label, stamp = self.span(turn.label), self.span(turn.stamp)
        return replace(turn, start=start, speech_start=speech, end=end, label=label, stamp=stamp)


def _shifted(turn: Turn, by: int) -> Turn:
    if not by:
        return turn
    label, stamp = turn.label, turn.stamp
    return Turn(
        turn.start + by,
        turn.speech_start + by,
        turn.end + by,
        turn.speaker,
        Span(label.start + by, label.end + by) if label else None,
        Span(stamp.start + by, stamp.end + by) if stamp else None,
        turn.time,
        turn.page,
    )


def set_apart(text: str, layout: Layout) -> tuple[str, Layout]:
    """The text with each turn a block of its own, and the layout with its offsets moved there.

    Only blank lines are added and left out.
    """
    moved = _Moved()
    blocks = [(turn.start, turn.end) for turn in layout.turns]
    blocks += [(span.start, span.end) for span in layout.outside]
    for start, end in sorted(blocks):
        moved.block(text, start, end)
    turns = tuple(moved.turn(turn) for turn in layout.turns)
    outside = tuple(Span(moved.at(s.start), moved.at(s.end - 1) + 1) for s in layout.outside)
    cues = tuple((moved.at(offset), time) for offset, time in layout.cues)
    rendered = "".join(moved.parts)
    return rendered, replace(layout, turns=turns, outside=outside, cues=cues)
