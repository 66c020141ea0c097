"""Published versions: what must hold of any edit of any transcript."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.published import Concern, Spoken, check
from commonplace.domain.published.subsequence import longest_common
from commonplace.domain.published.vocabulary import is_negation
from commonplace.domain.span import Span
from tests.domain.test_published import speech

PLAIN = [f"w{number}" for number in range(40)]
DENIALS = ["not", "never", "nobody", "don't", "hardly"]


@st.composite
def editing(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A transcript of words that are all different, and an allowed edit of it as (kind, text)."""
    count = draw(st.integers(4, 24))
    words = draw(
        st.permutations(PLAIN[:count] + draw(st.lists(st.sampled_from(DENIALS), unique=True)))
    )
    text, parts, place = [], [], 0
    while place < len(words):
        word = words[place]
        what = draw(st.sampled_from(["keep"] * 6 + ["omit", "bracket", "insert", "um", "twice"]))
        if what == "omit":
            length = draw(st.integers(1, 5))
            text += words[place : place + length]
            parts.append(("mark", draw(st.sampled_from(["[…]", "…", "...", "[...]", "(…)"]))))
            place += length
            continue
        if what == "bracket":
            length = draw(st.integers(1, 4))
            text += words[place : place + length]
            parts.append(("bracket", "[a thing]"))
            place += length
            continue
        if what == "um":
            text.append("um,")
        if what == "twice" and not is_negation(word):
            text.append(f"{word},")
        if what == "insert":
            parts.append(("bracket", "[sic]"))
        text.append(word)
        parts.append(("word", word))
        place += 1
    if not any(kind == "word" for kind, _ in parts):
        text.append("end")
        parts.append(("word", "end"))
    return " ".join(text), parts


def joined(parts: list[tuple[str, str]]) -> str:
    return " ".join(text for _, text in parts)


@given(editing=editing(), data=st.data())
def test_allowed_edits_pass_and_others_are_caught(editing: tuple, data: st.DataObject) -> None:
    text, parts = editing
    published = joined(parts)
    first = next(place for place, (kind, _) in enumerate(parts) if kind == "word")
    styled = joined([*parts[:first], ("word", parts[first][1].capitalize()), *parts[first + 1 :]])
    assert check(text, speech(text), published).ok
    assert check(text, speech(text), f"“{styled}.”").ok
    words = [place for place, (kind, _) in enumerate(parts) if kind == "word"]
    place = data.draw(st.sampled_from(words))
    for wrong in ("other", f"{parts[place][1]} other", "w99", parts[place][1].upper() + "S"):
        changed = joined([*parts[:place], ("word", wrong), *parts[place + 1 :]])
        assert not check(text, speech(text), changed).ok
    for place, other in pairwise(words):
        swapped = list(parts)
        swapped[place], swapped[other] = parts[other], parts[place]
        assert not check(text, speech(text), joined(swapped)).ok
    for place in words:
        found = check(text, speech(text), joined([*parts[:place], *parts[place + 1 :]]))
        if is_negation(parts[place][1]):
            assert not found.ok or Concern.NEGATION in {w.concern for w in found.warnings}
        added = [*parts[:place], ("word", "cannot"), *parts[place:]]
        assert not check(text, speech(text), joined(added)).ok


def spoken_and_edited() -> st.SearchStrategy[tuple[list[str], list[str]]]:
    word = st.sampled_from(["a", "b", "um"])
    return st.tuples(
        st.lists(word, min_size=1, max_size=7),
        st.lists(st.sampled_from(["a", "b", "um", "…"]), max_size=6),
    )


def may_go(words: list[str], start: int, end: int) -> bool:
    """By trying: whether a stretch is fillers, then what was just said, then what is said again."""
    content = [i for i, word in enumerate(words) if word != "um"]

    def run(low: int, high: int, step: int) -> bool:
        while low < high and words[low] == "um":
            low += 1
        if low >= high:
            return True
        first = content.index(low)
        for length in range(1, len(content) - first + 1):
            mine = content[first : first + length]
            there = first + step * length
            if there < 0 or mine[-1] >= high:
                continue
            other = content[there : there + length]
            if [words[i] for i in mine] == [words[i] for i in other] and run(
                mine[-1] + 1, high, step
            ):
                return True
        return False

    return any(run(start, cut, -1) and run(cut, end, 1) for cut in range(start, end + 1))


def allowed(words: list[str], parts: list[str], place: int = 0, marked: bool = False) -> bool:
    if not parts:
        return marked or may_go(words, place, len(words))
    if parts[0] == "…":
        return allowed(words, parts[1:], place, True)
    return any(
        words[i] == parts[0]
        and (marked or may_go(words, place, i))
        and allowed(words, parts[1:], i + 1)
        for i in range(place, len(words))
    )


@settings(max_examples=300)
@given(both=spoken_and_edited())
def test_it_decides_as_trying_everything_does(both: tuple[list[str], list[str]]) -> None:
    words, parts = both
    text = " ".join(words)
    found = check(text, speech(text), " ".join(parts))
    assert found.ok is (any(part != "…" for part in parts) and allowed(words, parts))
    covered = [i for d in found.dropped for i in range(d.span.start, d.span.end)]
    kept = [i for _, span in found.kept for i in range(span.start, span.end)]
    assert not set(covered) & set(kept)
    if found.kept:
        left = set(range(len(text))) - set(covered) - set(kept)
        assert all(text[i].isspace() for i in left)


@given(one=st.lists(st.integers(0, 3), max_size=9), other=st.lists(st.integers(0, 3), max_size=9))
def test_the_longest_common_subsequence_is_one(one: list[int], other: list[int]) -> None:
    matches = [sum(1 << j for j, b in enumerate(other) if a == b) for a in one]
    pairs = longest_common(matches, len(other))
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            lengths[i + 1][j + 1] = (
                lengths[i][j] + 1 if a == b else max(lengths[i][j + 1], lengths[i + 1][j])
            )
    assert len(pairs) == lengths[-1][-1]


@settings(max_examples=120)
@given(text=st.text(max_size=40), published=st.text(max_size=40))
def test_anything_at_all_can_be_checked(text: str, published: str) -> None:
    found = check(text, [Spoken(Span(0, len(text)), "A")] if text else [], published)
    for problem in found.problems:
        assert 0 <= problem.at[0] <= problem.at[1] <= len(published)
    assert all(d.span.end <= len(text) for d in found.dropped)
