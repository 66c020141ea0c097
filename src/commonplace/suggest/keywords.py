"""The words and phrases of a codebook, found in speech by their stems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from commonplace.domain.codebook import Code
from commonplace.suggest.text import English

if TYPE_CHECKING:
    from spacy.tokens import Doc

ENOUGH_KEYWORDS = 8
"""A code with fewer is looked for by its name as well. With more, whoever wrote the codebook has
said what to look for, and "Housing" need not fire at every house. (Measured: below about 8
keywords a cold start is poor.)"""

_JOINTS = re.compile(r"\s*(?:[/,;:&+()–—]|\s-\s|\band\b|\bor\b)\s*", re.IGNORECASE)
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
        found += [word for part in parts for word in english.content(part)]
    spellings = [
        variant
        for phrase in found
        for variant in (phrase, _HYPHEN.sub(" ", phrase), _HYPHEN.sub("", phrase))
    ]
    return list(dict.fromkeys(filter(None, map(str.strip, spellings))))


@dataclass(frozen=True, slots=True)
class Keywords:
    """Every phrase of a codebook once (by its stems), and whose it is.

    `owners[p, c]` is 1 where phrase `p` belongs to the code in column `c`.
    """

    matcher: object
    english: English
    owners: sparse.csr_matrix

    @classmethod
    def of(cls, codes: Sequence[Code], english: English) -> Keywords:
        """The phrases of these codes, whose order gives the columns."""
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(english.nlp.vocab, attr="NORM")
        rows: dict[str, int] = {}
        pairs: dict[tuple[int, int], None] = {}
        for column, code in enumerate(codes):
            for phrase in phrases(code, english):
                doc = english.doc(phrase)
                stems = english.stems(doc)
                if not stems:
                    continue
                row = rows.setdefault(" ".join(stems), len(rows))
                matcher.add(str(row), [doc])
                pairs[row, column] = None
        at = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        shape = (len(rows), len(codes))
        owners = sparse.csr_matrix((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=shape)
        return cls(matcher, english, owners)

    def hits(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Phrase, first token and token after the last, of every hit inside one sentence."""
        strings = self.english.nlp.vocab.strings
        return [
            (int(strings[key]), first, last)
            for key, first, last in self.matcher(doc)  # type: ignore[operator]
            if not any(token.is_sent_start for token in doc[first + 1 : last])
        ]
