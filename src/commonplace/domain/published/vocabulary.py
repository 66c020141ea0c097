"""Words that may go from a quote without a mark, and words whose loss can turn its meaning.

The lists are part of the rules that `docs/explanation/quotes.md` sets out, and are listed there.
All are lower case, with straight apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLED_PAUSES = _words("um umm ummm uhm uh uhh er err erm errm eh ehm ah hm hmm mm mmm")
"""Sounds made while thinking (filled pauses: Shriberg 1994), however long their letters are drawn:
they go wherever they stand, unless a hyphen ties them to another word (`uh-uh` is a no)."""

ASIDES = tuple(
    tuple(phrase.split())
    for phrase in (
        *("if you know what i mean", "you know what i mean", "know what i mean"),
        *("you know", "y'know", "i mean", "you see", "like", "well"),
    )
)
"""Words that hold the floor: they go only where punctuation, or an end of the turn, sets them off
on both sides. "It was, like, cold" loses one; "I like the park" does not."""

NOISES = _words(
    "laugh laughs laughing laughter chuckle chuckles sigh sighs sighing pause pauses paused long "
    "short cough coughs coughing smile smiles smiling sniff sniffs cry cries crying silence"
)
"""What the transcriber heard besides words: `[laughs]`, `(long pause)`."""

UNHEARD = _words("inaudible unclear indistinct crosstalk overtalking redacted removed anonymised")
"""What stands for words that are not there: a remark with one of these never goes unmarked."""

NEGATIONS = _words(
    "no not never none nobody nothing nowhere neither nor without cannot nay nope nae nowt "
    "nah naw hardly barely scarcely seldom rarely "
    "dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wont wouldnt cant couldnt "
    "shouldnt mustnt neednt aint "
    "dinnae didnae isnae wasnae cannae couldnae wouldnae willnae shouldnae havenae hasnae "
    "dinna canna wasna didna"
)
"""Negative words, negative adverbs (Quirk et al. 1985, §10.58–59), contractions as typed without
an apostrophe, and Scots ones. Every word that ends in `n't` is one as well."""

NEGATIVE_AFFIXES = _words("un in im ir il dis non n't not less")
"""Of these a bracket inside a word makes its opposite: `[un]happy`."""

NEGATIVE_BEGINNINGS = ("un", "dis", "non")
"""A word that a bracket takes away and that begins so may have been a denial: `unhappy`."""

ALIKE_BEGINNINGS = (
    *("under", "unit", "uni", "until", "unto", "uncle", "dish", "dist", "disc", "disk", "display"),
    *("dispens", "dispatch", "disaster"),
)
"""Words that begin with a negative prefix and deny nothing (beginnings of them)."""

CONTRACTED = {
    "'s": _words("is has us"),
    "'re": _words("are"),
    "'ve": _words("have"),
    "'ll": _words("will shall"),
    "'d": _words("had would did"),
    "'m": _words("am"),
    "n't": _words("not"),
}
"""Endings of contractions, and words that a bracket may give in full: `He [is] gone`."""

HEDGES = tuple(
    tuple(phrase.split())
    for phrase in (
        *("perhaps", "maybe", "possibly", "probably", "presumably", "apparently", "supposedly"),
        *("allegedly", "seemingly", "likely", "unlikely", "might", "may", "could", "seem", "seems"),
        *("seemed", "roughly", "approximately", "almost", "nearly", "somewhat", "partly"),
        *("sometimes", "usually", "generally", "mostly", "mainly", "often", "occasionally"),
        *("normally", "supposed to", "quite", "few"),
        *("only", "unless", "except", "if"),
        *("i think", "i thought", "i guess", "i suppose", "i believe", "i feel", "i felt"),
        *("i reckon", "i imagine", "i assume", "i hope", "i'm sure", "i would say", "i'd say"),
        *("sort of", "kind of", "sorta", "kinda", "a bit", "a little", "more or less"),
        *("in a way", "to some extent", "to a degree", "at least", "as far as i know"),
        *("as far as", "in my opinion", "in my view", "in my experience", "for me", "not sure"),
        *("who knows", "it depends", "so far", "up to a point"),
    )
)
"""Words that make a claim smaller, less sure, or one's own (hedges: Lakoff 1973, Hyland 1998), and
those that set a condition."""

LONGEST_HEDGE = max(map(len, HEDGES))

DOUBLES = _words(
    "had that oh zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million"
)
"""Words that grammar or counting may double (`had had`, `twenty twenty`): a second one is a
repetition only behind punctuation. Figures are treated alike."""


def is_filled_pause(word: str) -> bool:
    """Whether a folded word is a sound made while thinking, its letters drawn out or not."""
    forms = (word, re.sub(r"(.)\1+", r"\1", word), re.sub(r"(.)\1{2,}", r"\1\1", word))
    return not FILLED_PAUSES.isdisjoint(forms)


def is_negation(word: str) -> bool:
    """Whether a folded word denies something."""
    return word in NEGATIONS or word.endswith("n't")


def is_prefixed_denial(word: str, instead: Collection[str] = ()) -> bool:
    """Whether a folded word looks like the opposite of another, by a prefix or `-less`. `instead`
    are words put in its place: what is left without any prefix stands there."""
    if any(word == prefix + other for other in instead for prefix in NEGATIVE_AFFIXES):
        return True
    if len(word) < 6 or word.startswith(ALIKE_BEGINNINGS):
        return False
    return word.startswith(NEGATIVE_BEGINNINGS) or (word.endswith("less") and word != "unless")


def phrases_in(
    words: Sequence[str], phrases: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Where phrases stand among folded words, as `[start, end)`; of two that begin at one place
    the first in `phrases`."""
    beginning: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        beginning.setdefault(phrase[0], []).append(phrase)
    for place, word in enumerate(words):
        for phrase in beginning.get(word, ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                yield place, place + len(phrase)
                break
