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
_AFTER = r"(?=s(?![^\W_]))|(?![^\W_]|[\u0300-\u036f])"
_BETWEEN = r"(?:\s+|[-\u2010\u2011_])"
_PARTED = re.compile(r"[\s\-\u2010\u2011_]+")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What may stand in a name and shows nothing."""
_EDITED = re.compile(r"(?:[^\W\d_]++|\[[^\W\d_]++\])++")
"""A word, perhaps with an editor's brackets in it: `S[ue]`."""
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
    together: bool
    """Whether the parts of the name are run together."""


class Pseudonyms:
    """A list of replacements, ready to be applied to texts.

    A name is found as a whole word or words, whatever its case, unless it is also a common word
    (`ALSO_WORDS`): then only with a capital. Its parts may be tied by a hyphen or an underscore, or
    run together as in `@SueBrown`; an `s` may follow without an apostrophe; what cannot be seen and
    an editor's brackets may stand in it. Of two names that begin at the same place the longer one
    counts.
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
        lead = name[: first.start()]
        parts = [_letters(part) for part in _PARTED.split(name[first.start() :]) if part]
        self._note(first[0], _BETWEEN.join(parts), lead, replacement)
        if len(parts) > 1 and all(map(str.isalpha, parts)):
            self._note("".join(parts), "".join(parts), lead, replacement, together=True)

    def _note(
        self, word: str, name: str, lead: str, replacement: Replacement, *, together: bool = False
    ) -> None:
        pattern = re.compile(f"{name}(?:{_AFTER})", re.IGNORECASE)
        candidate = _Candidate(lead, pattern, replacement, together)
        self._candidates.setdefault(word.casefold(), []).append(candidate)

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
        unseen = _unseen(text)
        if not unseen:
            yield from self._found(text)
            return
        # What is between the characters that are left belongs to the name that it stands in.
        kept = [place for place in range(len(text)) if place not in unseen]
        edges = [-1, *kept, len(text)]
        bare = "".join(text[place] for place in kept)
        inside = [
            (Span(edges[span.start] + 1, edges[span.end + 1]), replacement)
            for span, replacement in self._found(bare)
        ]
        after = 0
        both = sorted((*inside, *self._found(text)), key=lambda each: (each[0].start, -each[0].end))
        for span, replacement in both:
            if span.start >= after:
                yield span, replacement
                after = span.end

    def _found(self, text: str) -> Iterator[tuple[Span, Replacement]]:
        after = 0
        for word in _WORD.finditer(text):
            if word.start() < after:
                continue
            for lead, pattern, replacement, together in self._beginning(word[0].casefold()):
                start = word.start() - len(lead)
                match = pattern.match(text, word.start())
                if match is None or start < after or text[start : word.start()] != lead:
                    continue
                if not _is_name(text, match, together=together):
                    continue
                yield Span(start, match.end()), replacement
                after = match.end()
                break

    def _beginning(self, word: str) -> Iterator[_Candidate]:
        """The names that may begin with a folded word, or with all of it but an `s` at its end."""
        yield from self._candidates.get(word, ())
        if word.endswith("s"):
            yield from self._candidates.get(word[:-1], ())

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


def _unseen(text: str) -> set[int]:
    """Places of what may stand inside a name that is one all the same."""
    found = {each.start() for each in _UNSEEN.finditer(text)}
    if "[" in text:
        for each in _EDITED.finditer(text):
            if not each[0].strip("[]").isalpha():
                found.update(each.start() + at for at, c in enumerate(each[0]) if c in "[]")
    return found


def _is_name(text: str, match: re.Match[str], *, together: bool) -> bool:
    """Whether what reads like a name is none of the words that do: `will`, `sues`, `willing`."""
    said = match[0]
    if said.islower() and name_key(said) in ALSO_WORDS:
        return False
    if together and text[match.start() - 1 : match.start()] not in ("@", "#"):
        return any(map(str.isupper, said[1:])) and not said.isupper()
    if text[match.end() : match.end() + 1] in ("s", "S"):
        return len(said) >= (5 if said.islower() else 3) and said[-1] not in "sS"
    return True


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
