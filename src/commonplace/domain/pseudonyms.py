"""Names and what stands for them in whatever leaves the project; the transcripts keep the names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from commonplace.domain.span import Span

_ALSO_WORDS = (
    "amber angel april art august autumn basil bath bay bill bob brook candy carol chase chuck "
    "cliff crystal daisy dale dawn deal dean don drew earl faith fern flora forest frank gale "
    "gene ginger glen grace grant guy hazel heath heather holly hope hull iris ivy jack jade jean "
    "jewel joy june lance laurel lily lock mark max may miles mike misty nick norm olive opal "
    "patience pearl peg penny poppy prudence ray reading reed rich rob robin rose rowan ruby "
    "rugby rusty sale sandy scot skip sky star stew street sue summer violet ward ware wells will "
    "wit woody young"
)
ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Names that are English words as well: in small letters they are taken for the word."""

_WORD = re.compile(r"[^\W_]+")
_AFTER = r"(?![^\W_]|[\u0300-\u036f])"
_MARKS = re.compile(r"['’]")


class PseudonymError(ValueError):
    """A replacement that cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name, and what stands for it. `kind` is a word for what it is: person, place, phone, …

    Raises `PseudonymError` for a name without a letter or digit, or without a pseudonym.
    """

    name: str
    pseudonym: str
    kind: str = ""

    def __post_init__(self) -> None:
        if _WORD.search(self.name) is None:
            raise PseudonymError(f"'{self.name}' is no name: it has no letter and no digit")
        if not self.pseudonym.strip():
            raise PseudonymError(f"'{self.name}' needs a pseudonym, such as [name] or Anna")

    @property
    def key(self) -> str:
        """What makes two names the same one: case, kinds of apostrophe and spaces aside."""
        return name_key(self.name)


def name_key(name: str) -> str:
    """See `Replacement.key`."""
    return _MARKS.sub("'", " ".join(unicodedata.normalize("NFC", name).split())).casefold()


class _Candidate(NamedTuple):
    lead: str
    """What stands before the first letter or digit, as in `+44 …`."""
    pattern: re.Pattern[str]
    replacement: Replacement


class Pseudonyms:
    """A list of replacements, ready to be applied to texts.

    A name is found as a whole word or words, whatever its case, unless it is also a common word
    (`ALSO_WORDS`): then only with a capital. Of two names that begin at the same place the longer
    one counts.
    """

    def __init__(self, replacements: Iterable[Replacement] = ()) -> None:
        self._by_key = {each.key: each for each in replacements}
        self._candidates: dict[str, list[_Candidate]] = {}
        for each in sorted(self._by_key.values(), key=lambda each: -len(each.name)):
            for form in dict.fromkeys(unicodedata.normalize(f, each.name) for f in ("NFC", "NFD")):
                self._add(each, form)

    def _add(self, replacement: Replacement, name: str) -> None:
        first = _WORD.search(name)
        assert first is not None
        parts = [_letters(part) for part in name[first.start() :].split()]
        pattern = re.compile(r"\s+".join(parts) + _AFTER, re.IGNORECASE)
        candidate = _Candidate(name[: first.start()], pattern, replacement)
        self._candidates.setdefault(first[0].casefold(), []).append(candidate)

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[Replacement]:
        return iter(self._by_key.values())

    def __contains__(self, name: str) -> bool:
        return name_key(name) in self._by_key

    def get(self, name: str) -> Replacement | None:
        """The replacement of a name."""
        return self._by_key.get(name_key(name))

    def with_(self, replacements: Iterable[Replacement]) -> Pseudonyms:
        """This list with some more; a name that is there gets its new pseudonym."""
        return Pseudonyms([*self, *replacements])

    def without(self, name: str) -> Pseudonyms:
        """This list without a name."""
        return Pseudonyms(each for each in self if each.key != name_key(name))

    def found(self, text: str) -> Iterator[tuple[Span, Replacement]]:
        """Where names stand in a text, in order, and what stands for each."""
        after = 0
        for word in _WORD.finditer(text):
            if word.start() < after:
                continue
            for lead, pattern, replacement in self._candidates.get(word[0].casefold(), ()):
                start = word.start() - len(lead)
                match = pattern.match(text, word.start())
                if match is None or start < after or text[start : word.start()] != lead:
                    continue
                if match[0].islower() and name_key(match[0]) in ALSO_WORDS:
                    continue
                yield Span(start, match.end()), replacement
                after = match.end()
                break

    def apply(self, text: str) -> str:
        """The text with pseudonyms for all names in it, in the case in which they stand."""
        parts, last = [], 0
        for span, replacement in self.found(text):
            name = text[span.start : span.end]
            parts += [text[last : span.start], in_case_of(name, replacement)]
            last = span.end
            ending = _possessive(text, span, replacement.pseudonym)
            if ending is not None:
                parts.append(ending)
                last += 1
        if not parts:
            return text
        return "".join([*parts, text[last:]])


def _letters(part: str) -> str:
    """A pattern for a part of a name, with either kind of apostrophe."""
    return _MARKS.sub("['’]", re.escape(part))


def in_case_of(name: str, replacement: Replacement) -> str:
    """The pseudonym in the case in which a name stands, where that is not how it is listed: `SUE`
    becomes `ANNA`, `sue` becomes `anna`."""
    pseudonym = replacement.pseudonym
    if name == replacement.name or not any(map(str.isalpha, name)):
        return pseudonym
    if name.isupper():
        return pseudonym.upper()
    return pseudonym.lower() if name.islower() else pseudonym


def _possessive(text: str, span: Span, pseudonym: str) -> str | None:
    """What takes the place of the lone apostrophe in `James' flat`: `Tom's flat`; None where there
    is none. One that ends a quotation is none."""
    mark = text[span.end : span.end + 1]
    if mark not in ("'", "’") or text[span.end - 1].casefold() != "s":
        return None
    quoted = text[max(0, span.start - 1) : span.start] in ("'", "‘")
    if quoted or text[span.end + 1 : span.end + 2] != " ":
        return None
    return mark if pseudonym.casefold().endswith("s") else f"{mark}s"
