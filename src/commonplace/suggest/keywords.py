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

_JOINTS = re.compile(r"\s*(?:[/,;:&+()–—]|\s-\s|\band\b|\bor\b)\s*", re.IGNORECASE)
_SIGN = re.compile(UNSPACED)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")


def phrases(code: Code, english: English) -> list[str]:
    """What to look for: the keywords, and where they are few the name, its parts and words.

    A keyword with a hyphen is looked for with, without and with a space in its place: people
    write fly-tipping, fly tipping and flytipping.
    """
    found = list(code.keywords)
    if len(found) < ENOUGH_KEYWORDS:
        parts = [part for part in _JOINTS.split(code.name) if english.content(part)]
        found += parts
        words = (word for part in parts for word in english.content(part))
        found += [word for word in words if not _SIGN.fullmatch(word)]
    spellings = [
        variant
        for phrase in found
        for variant in (phrase, _HYPHEN.sub(" ", phrase), _HYPHEN.sub("", phrase))
    ]
    return list(dict.fromkeys(filter(None, map(str.strip, spellings))))


@dataclass(frozen=True, slots=True)
class Keywords:
    """The cues of a codebook: each phrase of each code, found by its stems.

    `owners[cue, column]` is 1 where the cue belongs to the code in that column; a phrase of two
    codes is two cues.
    """

    english: English
    matcher: PhraseMatcher
    cues: Mapping[str, Sequence[int]]
    """The cues of each phrase, by the key it has in the matcher."""
    owner: Sequence[int]
    """The column of each cue's code."""
    owners: sparse.csr_matrix

    @classmethod
    def of(cls, codes: Sequence[Code], english: English) -> Keywords:
        """The cues of these codes, whose order gives the columns."""
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(english.nlp.vocab, attr="NORM")
        cues: dict[str, dict[int, int]] = {}
        owner: list[int] = []
        for column, code in enumerate(codes):
            for phrase in phrases(code, english):
                doc = english.doc(phrase)
                key = " ".join(english.stems(doc))
                if not key:
                    continue
                matcher.add(key, [doc])
                if column not in cues.setdefault(key, {}):
                    cues[key][column] = len(owner)
                    owner.append(column)
        shape = (len(owner), len(codes))
        ones = (np.ones(len(owner)), (np.arange(len(owner)), np.array(owner, dtype=np.int64)))
        return cls(
            english=english,
            matcher=matcher,
            cues={key: list(found.values()) for key, found in cues.items()},
            owner=owner,
            owners=sparse.csr_matrix(ones, shape=shape),
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
