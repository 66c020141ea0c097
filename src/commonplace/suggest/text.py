"""English as the suggester reads it: spaCy's blank tokenizer, Snowball stems, n-grams.

Of scripts without spaces each sign is a token, so that a keyword is found wherever it stands.

A token's NORM is its stem. spaCy asks for the norm of a new word once and keeps it in the
vocabulary, so that stemming costs once a word and `PhraseMatcher(attr="NORM")` matches stems.
Stems (Porter 2001, Snowball "English") did as well as or better than dictionary lemmas on five
coded sets, and need no dictionary.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from commonplace.domain.windows import UNSPACED
from commonplace.suggest.segments import FILLERS, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 60_000
"""Different words, as they are written, that are remembered: some 35 MB. What reads on after that
begins anew. (spaCy remembers the tokens of 10,000 by itself: fewer than a large project has.)"""

_APOSTROPHES = str.maketrans("’‘ʼ", "'''")

COMMON = words_of(
    """actually bit bits come comes coming day days get gets getting go goes going gone got kind
    let lot lots people say saying says see stuff tell thing things think thought time told try
    used want way went year years"""
)
"""Words of every conversation that explain nothing, beside spaCy's stop words."""


class English:
    """A blank English pipeline whose norms are stems."""

    def __init__(self) -> None:
        import snowballstemmer
        import spacy
        from spacy.attrs import NORM, ORTH

        self._snowball = snowballstemmer.stemmer("english")
        self.nlp = spacy.blank("en")
        # spaCy's limit is for parsers, which need memory by the character; there is none here.
        self.nlp.max_length = sys.maxsize
        vocab: Any = self.nlp.vocab  # the stubs do not know all of it
        tokenizer: Any = self.nlp.tokenizer
        tokenizer.max_cache_size = MOST_WORDS
        infixes = (*(self.nlp.Defaults.infixes or ()), UNSPACED)
        tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
        vocab.lex_attr_getters[NORM] = self.stem
        for lexeme in vocab:
            lexeme.norm_ = self.stem(lexeme.text)
        tokenizer.rules = {  # "gon" + "na" are "going" + "to": their norms want stems too
            text: [{**part, NORM: self.stem(part.get(NORM, part[ORTH]))} for part in parts]
            for text, parts in tokenizer.rules.items()
        }
        self.asked = 0
        """Words that the codebook asks for: these are not forgotten."""
        self._words: dict[int, str] = {}
        stop = {*self.nlp.Defaults.stop_words, *FILLERS, *COMMON}
        self.stop_stems = frozenset({self.stem(word) for word in stop} | {"'s", "ca", "na", "wo"})

    @property
    def full(self) -> bool:
        """Whether so many words have been met that it is time for another pipeline."""
        return len(self.nlp.vocab) - self.asked > MOST_WORDS

    def stem(self, word: str) -> str:
        """The stem of one word, composed and in lower case; signs are left as they are."""
        plain = unicodedata.normalize("NFC", word.translate(_APOSTROPHES)).lower()
        return self._snowball.stemWord(plain) or plain

    def doc(self, text: str) -> Doc:
        """The tokens of a short text, such as a keyword."""
        return self.nlp.make_doc(text)

    def turn(self, sentences: Sequence[str]) -> Doc:
        """The sentences of one turn as a document in which just they are sentences.

        White space becomes single spaces, so that a phrase is found across a line break.
        """
        from spacy.attrs import IDX, SENT_START

        texts = [" ".join(sentence.split()) for sentence in sentences]
        starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
        made = self.nlp.make_doc(" ".join(texts))
        doc: Any = made  # the stubs do not know all of it
        marks = np.full((len(doc), 1), -1)
        marks[np.searchsorted(doc.to_array([IDX]).ravel(), starts)] = 1
        doc.from_array([SENT_START], marks.astype(np.uint64))
        return made

    def stems(self, doc: Iterable[Token]) -> list[str]:
        """The stems of the words of a document or sentence, in order; signs are no words."""
        found = []
        for token in doc:
            stem = self._words.get(token.norm)
            if stem is None:
                stem = token.norm_ if any(map(str.isalnum, token.norm_)) else ""
                self._words[token.norm] = stem
            if stem:
                found.append(stem)
        return found

    def content(self, text: str) -> list[str]:
        """The words of a text, as they stand, that are no stop words."""
        return [
            token.text
            for token in self.doc(text)
            if any(map(str.isalnum, token.text)) and token.norm_ not in self.stop_stems
        ]


@cache
def english() -> English:
    """The one pipeline of this process: making one takes half a second."""
    return English()


def grams(stems: list[str]) -> list[str]:
    """The stems and their neighbouring pairs. Stop words stay in: on speech they help."""
    return stems + [f"{a} {b}" for a, b in pairwise(stems)]


def printable(words: str) -> str:
    """The words without signs that do not print: a transcript is not to be trusted."""
    return "".join(filter(str.isprintable, words))
