"""The words and phrases of a codebook, found in speech by their stems."""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from commonplace.domain.codebook import Code
from commonplace.domain.windows import UNSPACED
from commonplace.suggest.text import English, english

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

ENOUGH_KEYWORDS = 8
"""A code with fewer is looked for by its name as well. With more, whoever wrote the codebook has
said what to look for, and "Housing" need not fire at every house. (Measured: below about 8
keywords a cold start is poor.)"""

WORD_OF_NAME = 2 / 3
"""What a word of a name of several counts, beside 1 for the name as a whole or a keyword. On
interviews with a codebook of bare names F1 was .24 before any coding and .26 after 200 coded turns
(.23 and .25 with 1), and the calibration error before any .03 (.07). With a half, the cold start
beat what is learnt from 20."""

_JOINTS = re.compile(r"\s*(?:[/,;:&+()–—]|\s-\s|\band\b|\bor\b)\s*", re.IGNORECASE)
_SIGN = re.compile(UNSPACED)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")


def phrases(code: Code, english: English) -> dict[str, float]:
    """What to look for, and how much each counts: the keywords, and where they are few the name,
    its parts and words. A word of a longer name is less than the name.

    A keyword with a hyphen is looked for with, without and with a space in its place: people
    write fly-tipping, fly tipping and flytipping.
    """
    found = dict.fromkeys(code.keywords, 1.0)
    if len(found) < ENOUGH_KEYWORDS:
        parts = [part for part in _JOINTS.split(code.name) if english.content(part)]
        found = {**_words_of_name(parts, english), **dict.fromkeys(parts, 1.0), **found}
    spellings: dict[str, float] = {}
    for phrase, counts in found.items():
        for variant in (phrase, _HYPHEN.sub(" ", phrase), _HYPHEN.sub("", phrase)):
            if variant.strip():
                spellings[variant.strip()] = max(counts, spellings.get(variant.strip(), 0.0))
    return spellings


def _words_of_name(parts: Sequence[str], english: English) -> dict[str, float]:
    """The words of a name's parts, and how much of its part each is."""
    found: dict[str, float] = {}
    for part in parts:
        words = [word for word in english.content(part) if not _SIGN.fullmatch(word)]
        for word in words:
            found.setdefault(word, WORD_OF_NAME if len(words) > 1 else 1.0)
    return found


@dataclass(frozen=True, slots=True)
class Keywords:
    """The cues of a codebook: each phrase of each code, found by its stems.

    `owners[cue, column]` is what the cue counts for the code in that column: 1, or less where it
    is a word of a longer name; a phrase of two codes is two cues.
    """

    english: English
    matcher: PhraseMatcher
    cues: Mapping[str, Sequence[int]]
    """The cues of each phrase, by the key it has in the matcher."""
    owner: Sequence[int]
    """The column of each cue's code."""
    owners: sparse.csr_matrix
    """One entry a cue, in order."""

    @classmethod
    def of(cls, codes: Sequence[Code], english: English) -> Keywords:
        """The cues of these codes, whose order gives the columns."""
        from spacy.matcher import PhraseMatcher

        before = len(english.nlp.vocab)
        matcher = PhraseMatcher(english.nlp.vocab, attr="NORM")
        cues: dict[str, dict[int, int]] = {}
        owner: list[int] = []
        counts: list[float] = []
        for column, code in enumerate(codes):
            for phrase, count in phrases(code, english).items():
                doc = english.doc(phrase)
                key = " ".join(english.stems(doc))
                if not key:
                    continue
                matcher.add(key, [doc])
                if column not in cues.setdefault(key, {}):
                    cues[key][column] = len(owner)
                    owner.append(column)
                    counts.append(count)
                cue = cues[key][column]
                counts[cue] = max(counts[cue], count)
        english.asked += len(english.nlp.vocab) - before
        shape = (len(owner), len(codes))
        entries = (np.array(counts), (np.arange(len(owner)), np.array(owner, dtype=np.int64)))
        return cls(
            english=english,
            matcher=matcher,
            cues={key: list(found.values()) for key, found in cues.items()},
            owner=owner,
            owners=sparse.csr_matrix(entries, shape=shape),
        )

    def hits(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Cue, first token and token after the last, of every hit inside one sentence.

        Of a code's phrases within one another ("home" in "nursing home") only the longest
        counts: one word is no two pieces of evidence.
        """
        strings = self.english.nlp.vocab.strings
        matches = sorted(self.matcher(doc), key=lambda match: (match[1] - match[2], match[1]))
        longer: dict[int, list[tuple[int, int]]] = {}
        found = []
        for key, first, last in matches:
            if any(token.is_sent_start for token in doc[first + 1 : last]):
                continue
            for cue in self.cues[strings[key]]:
                places = longer.setdefault(self.owner[cue], [])
                if not any(start <= first and last <= end for start, end in places):
                    places.append((first, last))
                    found.append((cue, first, last))
        return found


def keywords_of(codes: Sequence[Code]) -> Keywords:
    """The cues of these codes, made once in a process, or again when it has read too many words."""
    if english().full:
        english.cache_clear()
        _made.cache_clear()
        gc.collect()  # a pipeline holds on to itself
    return _made(tuple(codes))


@lru_cache(maxsize=2)
def _made(codes: tuple[Code, ...]) -> Keywords:
    return Keywords.of(codes, english())
