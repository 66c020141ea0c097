"""Words that open asides and notes as well as names open turns: what speaks against a label.

Nobody is called "Damp": a word that the text also writes small, and any of a list of common ones,
is a name only where it answers an interviewer again and again. Names that are words as well
("Will", "Grace") and what people are to each other ("Husband") are spared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from commonplace.readers.speakers.interviewers import interviewers_among
from commonplace.readers.speakers.labelled import labelled_turns
from commonplace.readers.speakers.labels import Candidate
from commonplace.readers.speakers.vocabulary import (
    is_full_name,
    is_name_too,
    is_no_speaker,
    key_of,
    looks_like_a_name,
    names_interviewer,
    names_role,
    word_set,
)

_PEOPLE = word_set(
    """
    mother father mum mam mom mummy dad daddy husband wife partner spouse fiance fiancee son
    daughter brother sister sibling twin child children kid kids boy girl girls boys baby parent
    parents grandmother grandfather grandma grandpa granny gran nan nana grandad granddad aunt
    auntie uncle nephew niece cousin friend friends neighbour neighbor man woman lady gentleman
    men women carer caregiver nurse doctor therapist counsellor midwife consultant surgeon teacher
    student pupil tutor lecturer worker manager supervisor director owner officer warden police
    policeman judge lawyer solicitor driver farmer miner priest vicar minister waiter waitress
    visitor guest stranger colleague boss secretary chairman chairwoman chairperson reporter
    journalist audience group all both everyone everybody somebody someone anon anonymous unknown
    user assistant caller operator host narrator translator interpreter expert member volunteer
    landlord landlady tenant resident customer client patient staff leader coach
    abbey amber angel april art august aurora autumn barb basil bay bea bell belle berry bill bishop
    blossom bob bonny brandy brook brooke buck bud buddy candy carol cash cat chance chase charity
    cherry chip christian chuck clay cliff colt constance cook coral crystal dale daisy dawn dean
    dick dolly don dot drew duke dusty earl eve faith faye fern flora florence fox frank gale gene
    ginger glen glory grace grant guy hale happy harmony harry hazel heath heather heaven henna
    holly honey honor hope hunter iris ivory ivy jack jade jasmine jay jean jewel job joe joy june
    justice kitty king lacy lance lane lark laurel lee leo liberty lily lisa love luna lux mabel
    mae maple marina mark marsha mason mat max may melody mercy merit merry miles mike misty nick
    noble norm olive opal page pam pansy pat patience paw pearl penny peg peter phoebe pierce piper
    polly poppy price prince prudence queen rain randy ray red reed reef rex rich rob robin rocky
    rod roman rose rosemary ruby rusty sage sally sandy saul savannah scarlet serenity shell sienna
    sierra sky skye sol sonny spencer star stew sterling storm sue summer sunny tab tanner tasha
    ted terry tiger tim tom toby tony trinity trip troy tucker turner van verity victor viola
    violet wade ward warren wayne wes will willow win winter woody wren
    """
)
_COMMON = word_set(
    """
    thought thoughts idea ideas question questions answer answers comment comments remark remarks
    observation observations context detail details description reflection reflections memo memos
    fact facts truth opinion opinions view views feeling feelings emotion emotions memory memories
    damp mould mold rent rents housing house houses home homes flat flats heating heat cold weather
    money income work working jobs job employment unemployment business shop shops shopping school
    schools education health hospital medicine food water transport bus buses train trains car cars
    road roads traffic parking noise crime safety security community family families friends people
    neighbours neighborhood neighbourhood government council politics law rules policy policies tax
    taxes benefits support help service services care training future past history culture tradition
    religion church nature environment climate pollution energy power land farming village town
    city internet computer computers technology media news television radio telephone music sport
    sports holiday holidays travel christmas easter morning afternoon evening night weekend spring
    bread milk tea coffee breakfast lunch dinner supper
    advantage advantages disadvantage disadvantages benefit strength strengths weakness weaknesses
    opportunity opportunities threat threats challenge challenges barrier barriers cost costs cause
    causes effect effects impact impacts change changes difference differences issue issues problems
    solution solutions need needs want wants risk risks response responses task tasks goal goals
    plan plans purpose value values rule principle option options choice choices alternative
    conclusion evidence proof quote quotes quotation definition meaning translation answering
    total sum average
    positive negative good bad best worst better worse same different true false correct wrong
    before after during later earlier meanwhile next previously once twice always sometimes often
    usually here there everything nothing something anything everybody nobody none many much more
    most less least few several another other others both either neither
    likes dislikes pros cons dos donts hint tip tips caution advice rumour joke story moral lesson
    motto saying proverb verdict outcome upshot bottom line short story
    """
)
_CALENDAR = (
    word_set(
        "january february march april may june july august september october november december"
    ),
    word_set("monday tuesday wednesday thursday friday saturday sunday"),
)
_LOOKED_AT = 1_000_000
"""Code points of a text in which words written small are looked for."""
_LABELS_AT_MOST = 200


class Doubts:
    """Whether a label of this text is rather a common word."""

    def __init__(self, text: str) -> None:
        self.text = text[:_LOOKED_AT]
        self.known: dict[str, bool] = {}

    def about(self, name: str) -> bool:
        """Whether the words are common ones, or stand in the text written small."""
        key = key_of(name)
        if key not in self.known:
            self.known[key] = self._is_common(name, key)
        return self.known[key]

    def _is_common(self, name: str, key: str) -> bool:
        words = _words_of(key)
        if any(word in _PEOPLE for word in words) or names_role(name):
            return False
        if is_common(name):
            return True
        if len(words) > 1 or len(key) < 2 or len(self.known) > _LABELS_AT_MOST:
            return False
        return not name[:1].islower() and self._is_written_small(key)

    def _is_written_small(self, word: str) -> bool:
        text, at = self.text, self.text.find(word)
        while at >= 0:
            end = at + len(word)
            before, after = text[at - 1 : at], text[end : end + 1]
            if not (before.isalnum() or before in tuple("@#/.-")) and not (
                after.isalnum() or after in tuple(":：@")
            ):
                return True
            at = text.find(word, end)
        return False


def _words_of(key: str) -> list[str]:
    return [word.strip(".,'’") for word in key.split()]


def is_common(name: str) -> bool:
    """Whether the label is, or ends in, one of the common words that nobody is called by."""
    words = _words_of(key_of(name))
    return words[-1] in _COMMON or (words[0] in _COMMON and not looks_like_a_name(name))


def answers_interviewer(key: str, marks: Sequence[Candidate]) -> bool:
    """Whether most of a label's places among `marks` follow an interviewer's label directly."""
    found = [number for number, each in enumerate(marks) if each.key == key]
    after = sum(number > 0 and names_interviewer(marks[number - 1].key) for number in found)
    return len(found) >= 2 and after * 3 >= len(found) * 2


def without_exchange(
    text: str, candidates: Sequence[Candidate], kept: Collection[str], certain: Collection[str]
) -> set[str]:
    """Of the `kept` labels (keys), words that are names as well and answer nobody: `May`, `Will`.

    Such a name has to ask the questions, or to come back, nearly always right after somebody else
    who speaks: twice where that is an interviewer, else three times. A month beside another month
    is none, nor is a day of the week beside another. Surnames and times beside labels leave no
    doubt, nor do `certain` labels.
    """
    marks = [each for each in candidates if each.key in kept]
    names = {each.key: each.name for each in marks}
    unproven = {key for key, name in names.items() if is_name_too(name) and not is_full_name(name)}
    unproven -= _with_times(marks).union(certain)
    if not unproven:
        return set()
    pairs = list(pairwise(each.key for each in marks))
    follows = {key: [last for last, each in pairs if each == key != last] for key in unproven}
    dated = _dated({each.key for each in candidates})
    follows |= {key: [] for key in dated & unproven}
    unproven -= _asking(text, marks, names) - dated
    while proven := {key for key in unproven if _takes_turns(follows[key], unproven)}:
        unproven -= proven
    return unproven


def _dated(keys: Collection[str]) -> set[str]:
    """Those of the labels that are months, or days of the week, beside others of the kind."""
    beside = [names.intersection(keys) for names in _CALENDAR]
    return {key for found in beside if len(found) > 1 for key in found}


def _with_times(marks: Sequence[Candidate]) -> set[str]:
    """The labels that always have a time beside them, where nearly all have."""
    without = [each.key for each in marks if each.stamp_start < 0]
    return set() if len(without) * 10 > len(marks) else {each.key for each in marks} - {*without}


def _asking(text: str, marks: Sequence[Candidate], names: Mapping[str, str]) -> set[str]:
    """The keys of those who ask, if all these labels are speakers'."""
    turns = labelled_turns(text, marks, 0, set(names)).turns
    asking = interviewers_among(text, turns, [(name, "") for name in names.values()])
    return {key for key, name in names.items() if name in asking}


def _takes_turns(before: Sequence[str], unproven: Collection[str]) -> bool:
    """Whether those who speak before somebody are mostly proven to, and often enough."""
    asked = sum(map(names_interviewer, before))
    proven = sum(last not in unproven for last in before)
    return (asked >= 2 or proven >= 3) and proven * 3 >= len(before) * 2


def no_exchange(marks: Sequence[Candidate]) -> set[str]:
    """`question` and `answer` (keys), where these words are no labels.

    A question has to come back, as a third of all labels, to be answered by somebody each time,
    and to be the only label that asks; an answer has to follow one that asks.
    """
    names = {each.key: each.name for each in marks if each.key}
    likely = {key for key, name in names.items() if not is_no_speaker(name)}
    keys = [each.key for each in marks if each.key in likely]
    asks = {key for key in likely if names_interviewer(key)}
    asking = [number for number, key in enumerate(keys) if key == "question"]
    answered = sum(keys[number + 1 : number + 2] not in ([], ["question"]) for number in asking)
    nobody: set[str] = set()
    often = len(asking) >= max(2, len(keys) / 3)
    if not often or answered * 3 < len(asking) * 2 or asks != {"question"}:
        nobody.add("question")
        asks.discard("question")
    answering = [number for number, key in enumerate(keys) if key == "answer"]
    if sum(number > 0 and keys[number - 1] in asks for number in answering) * 3 < 2 * len(
        answering
    ):
        nobody.add("answer")
    return nobody
