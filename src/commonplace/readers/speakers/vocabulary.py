"""Words that stand before a colon: who speaks, what a header tells, and what is neither."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The words in a string, for lists that are read by people."""
    return frozenset(words.split())


_INTERVIEWER = re.compile(
    r"(?:(?:lead|main|second|first|co|peer|female|male|assistant)[ -]?)?"
    r"(?:interviewers?|researchers?|moderators?|facilitators?|intvr?|interv|int|mod|fac|iv|ir|iwer"
    r"|question(?:er)?|q|i)(?:[ _.#-]?\d|[ _.#-][a-c])?"
    r"|(?:采访者|采访人|访谈者|访谈人|访问者|访员|提问者|主持人|研究者|採訪者|訪談者|訪問者|主持|采访|问|問"
    r"|聞き手|インタビュアー|質問者|면접자|질문자|인터뷰어)\d?"
)
_PARTICIPANT = re.compile(
    r"(?:(?:female|male|second|first|unknown|unidentified|new|young|older)[ -])?"
    r"(?:interviewees?|participants?|respondents?|informants?|practitioners?|residents?|speakers?"
    r"|persons?|subjects?|patients?|clients?|carers?|narrators?|observers?|note[- ]?takers?"
    r"|translators?|interpreters?|hosts?|chairs?|voices?|females?|males?|wom[ae]n|m[ae]n|answer"
    r"|unknown|unidentified|resp|ptcp|pt|ie|iwee|spk|[aprmfs])"
    r"(?:[ _.#-]?\d{1,4}|[ _.#-][a-z])?"
    r"|(?:受访者|受访人|被访者|被访人|被采访者|参与者|受訪者|被訪者|參與者|回答者|答|話し手|参加者|응답자|참여자)\d{0,4}"
)
_NUMBERED = re.compile(r"[A-Z]{1,5}[ _-]?\d{1,4}[A-Za-z]?|[A-Z]{1,4}\d{0,3}[_-][A-Z]{0,3}\d{1,4}")

_HEADER = word_set(
    """
    date time place location venue duration length title subject topic project programme program
    study wave phase round interview transcript transcription transcribed transcriber recorded
    recording file filename audio video tape language present attendees attending participants
    speakers keywords summary abstract background site region nation country county area
    organisation organization setting start end started ended id ref reference case version draft
    status author authors editor editors copyright licence license consent age gender sex ethnicity
    occupation name pseudonym initials address phone email website url session meeting
    confidential dob born nationality role interviewed
    """
)
_ASIDES = word_set(
    """
    note notes nb ps http https ftp mailto tel file re fw cc to from introduction conclusion
    section part chapter page figure fig table theme themes code codes key legend source sources
    example examples warning important update edit todo day year month week monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december item step level stage point problem result reason aim
    covid no number vs side chorus verse method methods methodology finding findings results
    conclusions discussion aims objective objectives recommendation recommendations action actions
    decision decisions agenda apologies acknowledgements appendix reminder
    """
)
_SPEECH = word_set(
    """
    yes yeah yep no nope okay ok right well so but and because also plus then now today tomorrow
    yesterday anyway actually basically obviously honestly look listen remember imagine think
    first firstly second secondly third thirdly last lastly finally one two three four five or
    however therefore again maybe perhaps really sure thing things what why how when where who
    which that this these those there here it he she they we you if like just only still
    hello hi thanks sorry please oh um er erm mm my our his her their for with in on at by of the
    as is was are were do did does have has had can could would should will not never always
    meaning namely hence saying says said
    """
)
_NAMES_TOO = word_set("will may june april august said sunday monday friday")
"""Of the words above, those that are first names as well."""
_PARTICLES = word_set(
    "and de del der den di da dos du la le van von of the y e zu al bin ibn ap ab ferch ten ter &"
)
_ROLE_FIELDS = word_set(
    """
    interviewer interviewers interviewee interviewees participant respondent informant researcher
    researchers moderator moderators facilitator facilitators speaker int
    """
)


def key_of(label: str) -> str:
    """What two spellings of a label have in common: case and the width of spaces do not count."""
    return " ".join(label.casefold().split())


def names_interviewer(key: str) -> bool:
    """Whether a label (as `key_of`) or a role says that this is the interviewer."""
    return _INTERVIEWER.fullmatch(key) is not None


def names_role(label: str) -> bool:
    """Whether the label is a usual one: a role (`Participant 2`, `Q`) or a number (`P07`)."""
    key = key_of(label)
    if is_no_speaker(label):
        return False
    return bool(
        names_interviewer(key) or _PARTICIPANT.fullmatch(key) or _NUMBERED.fullmatch(label.strip())
    )


def is_no_speaker(label: str) -> bool:
    """Whether the label is of the kind that headers, asides and links have."""
    key = key_of(label)
    if "." in key and key.replace(".", "") in _ASIDES:  # as in "P.S."
        return True
    first = re.split(r"[ _.#/-]", key, maxsplit=1)[0]
    return (first in _HEADER or first in _ASIDES) and not is_full_name(label)


def is_header_field(label: str) -> bool:
    """Whether the label is one that a header has: `Date`, `Interview no.`, `Transcribed by`."""
    first = re.split(r"[ _.#/-]", key_of(label), maxsplit=1)[0]
    return first in _HEADER


def is_role_field(label: str) -> bool:
    """Whether the label opens turns in some transcripts and a header's line in others."""
    return key_of(label) in _ROLE_FIELDS


def is_name_too(label: str) -> bool:
    """Whether the label opens asides or sentences, and is a name as well: `Will`, `June Fenn`."""
    first, *others = label.split()
    return (
        first.casefold() in _NAMES_TOO
        and first[0].isupper()
        and len(others) <= 2
        and all(_is_like_a_surname(word) for word in others)
    )


def is_full_name(label: str) -> bool:
    """Whether it is such a name with a surname, which leaves no doubt: `June Fenn`, `Will S.`."""
    return " " in label and is_name_too(label)


def _is_like_a_surname(word: str) -> bool:
    key = word.casefold().strip(".,'’")
    small = key in _SPEECH or key in _ASIDES or key in _HEADER
    return word[0].isupper() and key != "i" and (key in _NAMES_TOO or not small)


def looks_like_a_name(label: str) -> bool:
    """Whether the label could be somebody's name: few words, each with a capital, none common."""
    words = label.split()
    if not 1 <= len(words) <= 4:
        return False
    if is_speech_word(label) and not is_full_name(label):
        return False
    return all(
        not word[0].islower() or word in _PARTICLES or _has_late_capital(word) for word in words
    )


def could_be_named(label: str) -> bool:
    """Whether somebody could go by the label, and it is no header's and no aside's."""
    if is_name_too(label):
        return True
    return (names_role(label) or looks_like_a_name(label)) and not is_no_speaker(label)


def is_speech_word(label: str) -> bool:
    """Whether a label begins with a word that opens sentences: `Well`, `But then`."""
    first, *others = label[:80].split()
    return first.casefold().strip(".,'’") in _SPEECH or (first == "I" and bool(others))


def _has_late_capital(word: str) -> bool:
    """As in `d'Arcy` and `iPhone`."""
    return len(word) > 2 and any(letter.isupper() for letter in word[1:3])


def looks_like_a_value(value: str) -> bool:
    """Whether what stands after a colon is a header's value, such as a name, and no speech."""
    words = value.split()
    if not 1 <= len(words) <= 8 or value[-1] in "?!…":
        return False
    if words[0].casefold().strip(".,!") in _SPEECH:
        return False
    written_large = sum(not word[0].islower() for word in words)
    ends_sentence = value[-1] == "." and len(words) > 1 and len(words[-1]) > 3
    return written_large * 3 >= len(words) * 2 and not ends_sentence


def is_single_letter(key: str) -> bool:
    """Whether a label (as `key_of`) is one letter, as in `Q:`."""
    return len(key) == 1


_STAGE = word_set(
    """
    laughs laughing laughter crying sighs pause inaudible unclear crosstalk overlapping whispering
    shouting quietly interrupting interrupts cont continued continuing via over on off to in from
    nods nodding pointing reading reads translating remotely joining leaves enters
    """
)


def is_stage_direction(words: str) -> bool:
    """Whether words in brackets after a label say how something is said, and not by whom."""
    first = re.split(r"[^\w]", key_of(words), maxsplit=1)[0]
    return first in _STAGE or any(character.isdigit() for character in words)


_BRACKETS = re.compile(r"(?P<name>[^()]*\S)\s*\((?P<role>[^()]{1,40})\)")


def name_and_role(label: str) -> tuple[str, str]:
    """`P07 (practitioner):` as a name and the role in brackets, which may be empty."""
    bare = label.strip().strip("*_").rstrip(":：").strip().strip("*_").strip()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    match = _BRACKETS.fullmatch(bare)
    if match is None or is_stage_direction(match["role"]):
        return bare, ""
    return match["name"], match["role"].strip()
