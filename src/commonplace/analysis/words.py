"""Which words and phrases are said, and which of them more here than elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import log, log2

from commonplace.analysis.common_words import tells_nothing
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import layout, merged
from commonplace.analysis.names import free_names, natural
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import passages
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.scope import Scope, Voice
from commonplace.analysis.wording import TOKEN
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project


def log_likelihood(count: int, of: int, rest: int, rest_of: int) -> float | None:
    """How unlikely two counts of a word are if it is said as often in both (0: just as often).

    Twice the sum of observed × ln(observed / expected) over the two counts (Rayson & Garside
    2000). None where one of the two has no words at all. 3.84 stands for p < 0.05, 15.13 for
    p < 0.0001 (Rayson, Berridge & Francis 2004), if words were said independently, which they
    are not.
    """
    if not of or not rest_of:
        return None
    together = (count + rest) / (of + rest_of)
    return 2 * sum(
        observed * log(observed / (total * together))
        for observed, total in ((count, of), (rest, rest_of))
        if observed
    )


def log_ratio(count: int, of: int, rest: int, rest_of: int) -> float | None:
    """How many times doubled the frequency is against the rest (Hardie 2014): 1 is twice as often.

    None where one of the two frequencies is nothing.
    """
    return log2(count / of / (rest / rest_of)) if count and rest else None


@dataclass(slots=True)
class _Group:
    """What some people say."""

    words: Counter[str] = field(default_factory=Counter)
    people: dict[str, set[str]] = field(default_factory=dict)
    """Those who say each phrase."""


def words(
    project: Project,
    filters: Filters | None = None,
    *,
    by: str | None = None,
    length: int = 1,
    least: int = 1,
    limit: int | None = None,
    all_words: bool = True,
) -> Table:
    """A row for each word, or phrase of `length` words, of those asked about, against the rest.

    `where` and `speakers` choose who is asked about; the rest are all other interviewees of the
    same transcripts. Filters on codings choose what is said in such codings, and the rest is all
    else. `by` names an attribute: each of its values is a group, and the rest everyone else.
    `count` is out of `count_of` words, or phrases, of the group, `rest` out of `rest_of`;
    `participants` is how many people say it. Rows are in order of `log_likelihood`, what the group
    says more often first; without a rest in order of `count`. Phrases do not reach across
    punctuation. `least` is the smallest count shown, `limit` the most rows of a group.
    Without `all_words` what has function words alone (see `common_words`) gets no row, but counts
    among all words as ever; so do phrases of several words that only those say who may not be
    quoted.

    Raises as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    attribute = None if by is None else scope.attribute(by)
    columns: tuple[Column, ...] = (
        Column("words"),
        Column("count", "times", of="count_of"),
        Column("count_of", "words" if length == 1 else f"phrases of {length} words"),
        Column("rest", "times", of="rest_of"),
        Column("rest_of", "words" if length == 1 else f"phrases of {length} words"),
        Column("log_likelihood", "0 or more"),
        Column("log_ratio", "doublings"),
        Column("participants", "people"),
    )
    if attribute is not None:
        (name,) = free_names([attribute], [column.name for column in columns])
        columns = (Column(name), *columns)

    refused = _not_quoted(scope) if length > 1 else set()

    def rows() -> Iterator[Row]:
        groups, rest = _count(scope, attribute, length)
        everything = sum((group.words for group in groups.values()), Counter(rest))
        total = everything.total()
        for value, group in groups.items():
            of = group.words.total()
            for phrase in [p for p, people in group.people.items() if people <= refused]:
                del group.words[phrase]
            ranked = _ranked(group, of, everything, total, least)
            shown = islice((row for row in ranked if all_words or _tells(row)), limit)
            yield from shown if attribute is None else ((value, *row) for row in shown)

    note = (
        "Keyness is log-likelihood (Rayson & Garside 2000) against all else that interviewees say "
        "in these transcripts."
    )
    left_out = "" if all_words else "Left out: what has English function words alone."
    held = "Phrases that only those say who may not be quoted are counted, not shown."
    return Table("words", columns, rows, noted(scope, note, left_out, held if refused else ""))


def _not_quoted(scope: Scope) -> set[str]:
    """People who may not be quoted, in one of the transcripts at least."""
    desk = Desk(scope)
    voices = (voice for voices in scope.voices.values() for voice in voices)
    return {
        voice.person for voice in voices if not voice.interviewer and desk.consent(voice).refusal
    }


def _tells(row: Row) -> bool:
    return not tells_nothing(str(row[0]))


def _ranked(
    group: _Group, of: int, everything: Counter[str], total: int, least: int
) -> Iterator[Row]:
    found = []
    for phrase, count in group.words.items():
        if count < least:
            continue
        rest, rest_of = everything[phrase] - count, total - of
        keyness = log_likelihood(count, of, rest, rest_of)
        more = not rest_of or count * rest_of >= rest * of
        signed = (keyness or 0.0) if more else -(keyness or 0.0)
        ratio = log_ratio(count, of, rest, rest_of)
        people = len(group.people.get(phrase, ()))
        row = (phrase, count, of, rest, rest_of, keyness, ratio, people)
        found.append((-signed, -count, phrase, row))
    for *_, row in sorted(found):
        yield row


def _count(
    scope: Scope, attribute: str | None, length: int
) -> tuple[dict[str, _Group], Counter[str]]:
    """The groups in order, and what nobody of them says, or not in such codings."""
    groups: dict[str, _Group] = {} if attribute is not None else {"": _Group()}
    rest: Counter[str] = Counter()
    for document, voices in scope.voices.items():
        text = scope.project.documents.text(document)
        heard = {voice.id for voice in scope.heard[document]}
        known = {voice.id: voice for voice in voices}
        coded = _coded(scope, document)
        turns = layout(scope.project.connection, document)
        said: dict[str, Counter[str]] = {}
        for start, end, speaker in zip(
            turns.speech_starts, turns.ends, turns.speakers, strict=True
        ):
            voice = known[speaker]
            if speaker in scope.withdrawn or (voice.interviewer and speaker not in heard):
                continue
            inside, outside = _split(text, start, end, coded, length)
            if speaker in heard:
                said.setdefault(speaker, Counter()).update(inside)
                rest.update(outside)
            else:
                rest.update(inside)
                rest.update(outside)
        for speaker, counts in said.items():
            voice = known[speaker]
            group = groups.setdefault(_value(scope, voice, attribute), _Group())
            group.words.update(counts)
            if not voice.interviewer:
                for phrase in counts:
                    group.people.setdefault(phrase, set()).add(voice.person)
    return {v: groups[v] for v in sorted(groups, key=lambda v: (v == NONE, natural(v)))}, rest


def _value(scope: Scope, voice: Voice, attribute: str | None) -> str:
    if attribute is None:
        return ""
    return scope.attributes(voice).get(attribute, "").strip() or NONE


def _coded(scope: Scope, document: str) -> list[tuple[int, int]] | None:
    """The stretches under the codings asked about; None when all speech is."""
    if not scope.values:
        return None
    return merged((passage.start, passage.end) for passage in passages(scope, document))


def _split(
    text: str, start: int, end: int, coded: list[tuple[int, int]] | None, length: int
) -> tuple[list[str], list[str]]:
    """The phrases of a turn that begin in one of the stretches (or all), and the others."""
    speech = text[start:end]
    if coded is None:
        if length == 1:
            return TOKEN.findall(_alike(speech)), []
        return [phrase for _, phrase in _phrases(speech, length)], []
    inside: list[str] = []
    outside: list[str] = []
    for at, phrase in _phrases(speech, length):
        within = any(a <= start + at < b for a, b in coded)
        (inside if within else outside).append(phrase)
    return inside, outside


def _alike(words: str) -> str:
    """Words as they are counted."""
    return words.lower().replace("’", "'")


def _phrases(speech: str, length: int) -> Iterator[tuple[int, str]]:
    """(offset, words) of each phrase; its words have only white space between."""
    run: list[tuple[int, str]] = []
    end = 0
    for match in TOKEN.finditer(speech):
        if run and not speech[end : match.start()].isspace():
            run.clear()
        end = match.end()
        run.append((match.start(), _alike(match[0])))
        if len(run) > length:
            del run[0]
        if len(run) == length:
            yield run[0][0], " ".join(word for _, word in run)
