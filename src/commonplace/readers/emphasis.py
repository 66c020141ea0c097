"""Speakers told by bold, italics and headings: names set off, and questions set throughout.

Precision first: a name counts when it comes back, others alternate with it and much of the
document opens with them; a style counts when it alternates with another and one of the two asks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from commonplace.domain.transcript import INTERVIEWER, PARTICIPANT, Speaker, Turn
from commonplace.readers.blocks import Paragraph, Run, Style
from commonplace.readers.speakers import Layout
from commonplace.readers.speakers.alone import LONGEST_NAME, name_of
from commonplace.readers.speakers.questions import sounds_like_a_question
from commonplace.readers.speakers.stamps import STAMP_AT
from commonplace.readers.speakers.vocabulary import (
    key_of,
    name_and_role,
    names_role,
)

_LEAST_NAMES = 4
_LEAST_COVER = 0.3
"""Share of paragraphs, from the first name on, that names must open or stand above."""
_PLAIN_COVER = 0.4
"""The same for names that stand above the speech, but are set like everything else."""
_LEAST_MARKED = 3
_LONGEST_STAMP = 32
_MOST_MARKED = 0.9
_CLEAR = 0.75
_CLOSERS = " \t\n\"'”’)]"
_SENTENCE_ENDS = ".?!…？؟。"


def name_set_off(
    paragraphs: list[Paragraph], but: Iterable[str] = (), sure: Iterable[str] = ()
) -> set[str]:
    """The speakers whose names are set off by style alone, without a colon; none of `but`.

    A name at the beginning of its paragraph, or in a paragraph above the speech, is given the
    colon that makes it a label: `paragraphs` are changed in place. Names of `sure` need no proof
    at the beginning of paragraphs.
    """
    nobody = {key_of(label) for label in but}
    certain = {key_of(label) for label in sure} - nobody
    return _names_before(paragraphs, nobody, certain) or _names_above(paragraphs, nobody)


def _names_before(paragraphs: list[Paragraph], nobody: set[str], certain: set[str]) -> set[str]:
    """For names at the beginning, told from the speech by their type or by a tab."""
    leads = {number: _lead(paragraph) for number, paragraph in enumerate(paragraphs)}
    found = {
        number: name for number, lead in leads.items() if (name := _name(_timed(lead)[1], nobody))
    }
    spoken = [_after(paragraphs[number], leads[number])[:1] for number in found]
    large = sum(not letter.islower() for letter in spoken)
    if large * 10 < 9 * len(spoken) or not _are_speakers(found, paragraphs, _LEAST_COVER):
        found = {n: name for n, name in found.items() if key_of(name) in certain}
    for number, name in found.items():
        time, _ = _timed(leads[number])
        label = f"{time} {name}" if time else name
        _put_colon(paragraphs[number], len(leads[number]), label)
    return set(found.values())


def _lead(paragraph: Paragraph) -> str:
    """What is set off at the beginning, with a time before it and the tab between them."""
    begin = paragraph.text[: LONGEST_NAME + _LONGEST_STAMP]
    before, tab, after = begin.partition("\t")
    if tab and STAMP_AT.fullmatch(before.strip()):
        name, tab, after = after.partition("\t")
        return f"{before}\t{name}" if tab and after.strip() else ""
    return before if tab and after.strip() else paragraph.lead()


def _timed(lead: str) -> tuple[str, str]:
    """The time that a lead begins with, if one does, and the name."""
    time, tab, name = lead.partition("\t")
    return (time.strip(), name) if tab else ("", lead)


def _after(paragraph: Paragraph, lead: str) -> str:
    return paragraph.text[len(lead) : len(lead) + 40].lstrip(" \t\n-–—\"'“‘([…")


def _put_colon(paragraph: Paragraph, size: int, label: str) -> None:
    """Replace what the paragraph begins with, `size` code points, by the label and a colon."""
    runs = paragraph.runs
    paragraph.runs = [Run(f"{label}: ", runs[0].style)]
    for run in runs:
        words = run.text[size:]
        size = max(size - len(run.text), 0)
        if len(paragraph.runs) == 1:
            words = words.lstrip(" \t\n-–—")
        if words:
            paragraph.runs.append(Run(words, run.style))


def _names_above(paragraphs: list[Paragraph], nobody: set[str]) -> set[str]:
    """As `_names_before`, for paragraphs that are nothing but a name, above one that is not."""
    written = [n for n, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    names = {n: name for n in written if (name := _name(paragraphs[n].text, nobody))}
    following = {n: after for n, after in pairwise(written) if n in names and after not in names}
    found = {n: names[n] for n in following}
    marked = sum(paragraphs[n].heading or bool(paragraphs[n].style()) for n in found)
    cover = _LEAST_COVER if marked * 2 > len(found) else _PLAIN_COVER
    if not _are_speakers(found, paragraphs, cover):
        return set()
    for number, after in following.items():
        speech = paragraphs[after]
        speech.runs.insert(0, Run(f"{names[number]}: "))
        speech.heading = False
    for number in sorted(following, reverse=True):
        del paragraphs[number : following[number]]
    return set(found.values())


def _name(words: str, nobody: set[str]) -> str:
    """The words, if they could be a speaker's name; else ""."""
    name, _ = name_of(words)
    return "" if not name or key_of(name) in nobody else " ".join(words.strip(" \t\n-–—").split())


def _are_speakers(found: dict[int, str], paragraphs: Sequence[Paragraph], cover: float) -> bool:
    """Whether names at these paragraphs come back, alternate, and open enough of the document."""
    if len(found) < _LEAST_NAMES:
        return False
    keys = [key_of(name_and_role(name)[0]) for name in found.values()]
    counts = Counter(keys)
    recur = sum(count for key, count in counts.items() if count >= 2 or names_role(key))
    changes = sum(a != b for a, b in pairwise(keys))
    later = paragraphs[min(found) :]
    opened = sum(bool(each.text.strip()) and not each.heading for each in later)
    return (
        len(counts) >= 2
        and recur * 10 >= 9 * len(keys)
        and changes * 2 >= len(keys)
        and len(found) >= cover * opened
    )


@dataclass(frozen=True, slots=True)
class StyledText:
    """Where which style begins in a text: offsets in order, and the style from there on."""

    starts: Sequence[int]
    styles: Sequence[Style]

    def share(self, text: str, turn: Turn, style: Style) -> float:
        """The share (0–1) of the turn's letters and digits that are set in `style`."""
        number = max(bisect_right(self.starts, turn.speech_start) - 1, 0)
        marked = letters = 0
        position = turn.speech_start
        while position < turn.end:
            last = number + 1 >= len(self.starts)
            stop = turn.end if last else min(self.starts[number + 1], turn.end)
            count = sum(character.isalnum() for character in text[position:stop])
            letters += count
            marked += count if self.styles[number] & style else 0
            position, number = max(stop, position), number + 1
        return marked / letters if letters else 0.0


def turns_by_style(text: str, styled: StyledText, layout: Layout) -> Layout | None:
    """The turns of a layout in which nobody is named, told apart by bold or else by italics.

    None when the styles do not alternate, or neither of them is that of an interviewer's
    questions. Paragraphs of one speaker that follow each other become one turn.
    """
    if not layout.turns or not styled.starts:
        return None
    for style, how in ((Style.BOLD, "bold"), (Style.ITALIC, "italics")):
        shares = [styled.share(text, turn, style) for turn in layout.turns]
        marked = [share > 0.5 for share in shares]
        if not _alternates(shares, marked) or _are_headings(text, layout.turns, marked):
            continue
        asks = _asks(text, layout.turns, marked)
        if asks is None:
            continue
        who = [INTERVIEWER if mark is asks else PARTICIPANT for mark in marked]
        what = "questions" if asks else "answers"
        note = f"speakers are told by type: {what} are set in {how}; please check them"
        return _named(layout, who, note)
    return None


def _alternates(shares: Sequence[float], marked: Sequence[bool]) -> bool:
    """Whether paragraphs are set wholly one way or the other, and both ways take turns."""
    clear = sum(share > _CLEAR or share < 1 - _CLEAR for share in shares)
    most = sum(marked)
    changes = sum(a != b for a, b in pairwise(marked))
    fewer = min(most, len(marked) - most)
    return (
        fewer >= _LEAST_MARKED
        and clear >= 0.9 * len(shares)
        and most <= _MOST_MARKED * len(marked)
        and changes >= fewer
    )


def _are_headings(text: str, turns: Sequence[Turn], marked: Sequence[bool]) -> bool:
    """Whether most of what is marked are words without an end of sentence that come back."""
    said = [
        text[turn.speech_start : turn.end] for turn, mark in zip(turns, marked, strict=True) if mark
    ]
    counts = Counter(each for each in said if each.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS)
    return sum(count for count in counts.values() if count >= 2) * 2 > len(said)


def _asks(text: str, turns: Sequence[Turn], marked: Sequence[bool]) -> bool | None:
    """Whether the marked paragraphs are the questions; None when neither kind is."""
    sound = {True: 0.0, False: 0.0}
    asked = {True: 0, False: 0}
    for turn, mark in zip(turns, marked, strict=True):
        speech = text[turn.speech_start : turn.end]
        sound[mark] += max(-6.0, min(6.0, sounds_like_a_question(speech)))
        asked[mark] += speech.rstrip(_CLOSERS).endswith(("?", "？", "؟"))
    count = {True: sum(marked), False: len(marked) - sum(marked)}
    share = {mark: asked[mark] / count[mark] for mark in (True, False)}
    mean = {mark: sound[mark] / count[mark] for mark in (True, False)}
    asking = mean[True] > mean[False]
    if share[asking] >= 0.3 and share[asking] >= 2 * share[not asking]:
        return asking
    return None


def _named(layout: Layout, who: Sequence[str], note: str) -> Layout:
    turns: list[Turn] = []
    cues = list(layout.cues)
    breaks = [span.start for span in layout.outside]
    for turn, speaker in zip(layout.turns, who, strict=True):
        last = turns[-1] if turns else None
        parted = last is not None and _between(breaks, last.end, turn.start)
        if last is None or last.speaker != speaker or parted:
            turns.append(replace(turn, speaker=speaker))
            continue
        if turn.stamp is not None and turn.time is not None:
            cues.append((turn.start, turn.time))
        turns[-1] = replace(last, end=turn.end)
    speakers = tuple(
        Speaker(label, label == INTERVIEWER)
        for label in dict.fromkeys(turn.speaker or "" for turn in turns)
    )
    return replace(
        layout, turns=tuple(turns), speakers=speakers, cues=tuple(sorted(cues)), notes=(note,)
    )


def _between(breaks: Sequence[int], start: int, end: int) -> bool:
    number = bisect_right(breaks, start - 1)
    return number < len(breaks) and breaks[number] < end


def styled_text(paragraphs: Iterable[Paragraph], separator: str) -> StyledText:
    """The styles of the paragraphs' text, joined by `separator`."""
    starts: list[int] = []
    styles: list[Style] = []
    size = 0
    for paragraph in paragraphs:
        for run in paragraph.runs:
            starts.append(size)
            styles.append(run.style)
            size += len(run.text)
        size += len(separator)
    return StyledText(starts, styles)
