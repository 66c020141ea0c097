"""Words that hold sentences together and say little of what they are about.

English function words: the closed classes (articles, pronouns, prepositions, conjunctions,
auxiliaries, particles; Quirk et al. 1985), with their contractions, and the sounds made while
thinking. Words with a meaning of their own, frequent as they may be (`people`, `get`, `good`), are
not among them. Negations and words that compare (`not`, `more`) are: who looks for these wants all
words.
"""

from __future__ import annotations

from commonplace.domain.published.vocabulary import FILLED_PAUSES

_CLASSES = (
    # Articles and other determiners
    "a an the this that these those each every either neither some any all both no such what "
    "which whose another other others half few many more most much less least several enough "
    "own same",
    # Pronouns
    "i me my mine myself you your yours yourself yourselves he him his himself she her hers "
    "herself it its itself we us our ours ourselves they them their theirs themselves one ones "
    "oneself who whom someone somebody something anyone anybody anything everyone everybody "
    "everything nobody nothing none",
    # Auxiliaries
    "am is are was were be been being have has had having do does did doing done will would "
    "shall should can could may might must ought cannot",
    # Prepositions
    "of in on at by for with from to into onto about against between through during before "
    "after above below up down out off over under within without upon across along around "
    "behind beside beyond near since than toward towards until till via per as like",
    # Conjunctions and adverbs that link
    "and but or nor so yet because if unless while whereas although though when where why how "
    "whether then there here also too very just only even still again ever never not now once "
    "well oh yes yeah no okay ok",
    # Contractions, with straight apostrophes as words are counted
    "i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd "
    "it'll we're we've we'd we'll they're they've they'd they'll that's that'd that'll there's "
    "there'd here's what's who's where's when's how's why's let's isn't aren't wasn't weren't "
    "haven't hasn't hadn't don't doesn't didn't won't wouldn't shan't shouldn't can't couldn't "
    "mustn't mightn't needn't ain't",
)

FUNCTION_WORDS = frozenset(word for words in _CLASSES for word in words.split()) | FILLED_PAUSES
"""All of them, lower case, with straight apostrophes."""


def tells_nothing(phrase: str) -> bool:
    """Whether a phrase, as it is counted, has function words alone."""
    return FUNCTION_WORDS.issuperset(phrase.split())
