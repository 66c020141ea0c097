"""How much a paragraph sounds like an interviewer's question rather than an answer.

Everything here is a natural logarithm of odds: above 0 speaks for a question, below 0 for an
answer. The weights are rounded judgements about English interviews in general (questions are
short, end in a question mark, open with `So`, `And did`, `What`, and say `you`; answers open with
`Yes`, `Well`, `I`, run long and say `I`, `we`, `my`), not estimates from any one collection.
"""

from __future__ import annotations

import re

from commonplace.readers.speakers.vocabulary import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]\s?[.!]?\s?$")
_LONG = 4000
_CLOSERS = " \t\n.!\"'”’)]*_"

_QUESTION_OPENINGS = {
    "what": 1.5, "how": 1.5, "where": 1.5, "why": 1.5, "who": 1.5, "whose": 1.5, "which": 1.0,
    "when": 0.5, "whereabouts": 1.5,
    "did": 1.5, "do": 1.0, "does": 1.5, "was": 0.8, "were": 1.2, "is": 0.8, "are": 1.2,
    "have": 0.8, "has": 0.8, "had": 0.5, "can": 0.8, "could": 0.8, "would": 0.8, "will": 0.5,
    "so": 0.9, "and": 0.6, "now": 0.5, "okay": 0.7, "ok": 0.7, "right": 0.8, "really": 1.0,
    "great": 0.8, "thanks": 0.5, "thank": 0.7, "you": 0.8, "your": 1.0, "any": 0.6, "tell": 1.0,
    "interesting": 0.8, "lovely": 0.5, "brilliant": 0.5, "dear": 0.8, "wow": 1.0, "mm": 0.2,
    "hmm": 0.2,
}  # fmt: skip
_ANSWER_OPENINGS = {
    "yes": -1.2, "yeah": -0.9, "yep": -0.9, "no": -1.0, "nope": -1.0, "not": -0.6, "never": -0.8,
    "oh": -0.3, "well": -1.0, "i": -1.2, "i'd": -1.0, "i've": -1.0, "i'm": -0.9, "i'll": -0.3,
    "we": -1.2, "we'd": -1.0, "we've": -1.0, "my": -1.2, "me": -0.8, "our": -1.0, "mum": -0.8,
    "he": -0.5, "she": -0.4, "they": -0.5, "it": -0.4, "there": -0.4, "because": -1.0,
    "um": -0.5, "erm": -0.5, "er": -0.4, "uh": -0.4, "sometimes": -0.6, "probably": -0.6,
    "nothing": -0.8, "none": -0.8, "once": -0.4, "actually": -0.5, "just": -0.3, "but": -0.2,
}  # fmt: skip
_TWO_WORD_OPENINGS = {
    "i see": 3.2, "you know": -1.5, "you see": -1.5, "and i": -1.2, "and we": -1.2,
    "so i": -1.2, "so we": -1.2, "such as": -4.0, "do you": 0.5, "what do": 0.3, "my name": -1.0,
}  # fmt: skip
"""Added to what the two words say singly."""
_SECOND_PERSON = word_set("you your yours yourself you'd you've you're you'll")
_FIRST_PERSON = word_set(
    "i my me mine myself we our us ours i'd i've i'm i'll we'd we've we're we'll"
)
_ASKING = re.compile(
    r"\b(?:did|do|does|were|are|have|had|would|could|can|was|is)\s+(?:you|your|there|it|that|they"
    r"|he|she|the)\b|\btell me\b|\bwhat about\b|\bhow about\b|\bjust (?:to )?ask\b"
    r"|\bwould you say\b",
    re.IGNORECASE,
)
_THANKING = re.compile(
    r"\bthank(?:s| you)\b.{0,40}\b(?:for (?:your|talking|sharing|doing|taking|letting|coming)"
    r"|your time)\b|\bthank(?:s| you) (?:very|so|ever so) much\b.{5}",
    re.IGNORECASE,
)
_CLARIFYING = re.compile(
    r"(?:^|[.?!…]\s+)(?:(?:or|what|how),? )?(?:do |did )?you mean\b", re.IGNORECASE
)

# Words in the paragraph, up to and including: log odds of a question.
_LENGTHS = ((3, 0.3), (8, 0.7), (20, 0.6), (35, 0.0), (60, -1.2), (100, -2.5), (200, -4.0))
_LONGEST = -5.0


def sounds_like_a_question(speech: str) -> float:
    """The log odds that an interviewer says `speech`, from its wording, marks and length."""
    if len(speech) > _LONG:
        return _LONGEST
    aside = _ASIDE.search(speech, max(0, len(speech) - 45))
    body = speech[: aside.start()] if aside else speech
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(body)]
    return _marks(body, len(words)) + _length(len(words)) + _wording(body, words)


def is_clear_question(speech: str) -> bool:
    """Whether nearly anyone would take `speech` for an interviewer's question."""
    return sounds_like_a_question(speech) > 3.0


def _marks(body: str, words: int) -> float:
    end = body.rstrip(_CLOSERS)
    if end.endswith("?"):
        return 2.6 if words <= 40 else 1.2
    if "?" in body and words <= 40:
        return 0.7
    return -0.7


def _length(words: int) -> float:
    return next((odds for limit, odds in _LENGTHS if words <= limit), _LONGEST)


def _wording(body: str, words: list[str]) -> float:
    if not words:
        return 0.0
    odds = _opening(words)
    second = sum(word in _SECOND_PERSON for word in words)
    first = sum(word in _FIRST_PERSON for word in words)
    odds += 1.5 * (second - first) / (second + first + 2)
    if len(words) <= 60 and _ASKING.search(body):
        odds += 0.8
    if _THANKING.search(body[-400:]):
        odds += 1.5
    if len(words) <= 30 and _CLARIFYING.search(body):
        odds -= 3.5
    return odds


def _opening(words: list[str]) -> float:
    """Of the first two words; an `oh` before them makes either clearer (`Oh, did you?`)."""
    odds = 0.0
    if words[0] == "oh":
        words = words[1:]
        odds = 0.5 if words[:1] and words[0] in _QUESTION_OPENINGS else _ANSWER_OPENINGS["oh"]
    for weight, word in zip((1.0, 0.5), words, strict=False):
        odds += weight * (_QUESTION_OPENINGS.get(word) or _ANSWER_OPENINGS.get(word) or 0.0)
    return odds + _TWO_WORD_OPENINGS.get(" ".join(words[:2]), 0.0)
