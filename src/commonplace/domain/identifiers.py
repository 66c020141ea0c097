"""What in a text may tell who somebody is: by its form, or as a name by its capital letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple

from commonplace.domain.span import Span


class Kind(StrEnum):
    """What an identifier is."""

    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BIRTH = "date of birth"
    NUMBER = "number"
    """Of the National Health Service or of National Insurance."""
    PROFILE = "profile"
    """An address or a name under which somebody is found online."""
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    """Of a person, a place or something else: which, its capital letter does not say."""


SURE = frozenset({Kind.EMAIL, Kind.PHONE, Kind.POSTCODE, Kind.BIRTH, Kind.NUMBER, Kind.PROFILE})
"""Kinds that are known by their form."""


class Identifier(NamedTuple):
    """Something found in a text."""

    kind: Kind
    span: Span


_SITES = (
    "facebook|instagram|twitter|x|linkedin|tiktok|youtube|threads|snapchat|pinterest|reddit|bsky|"
    "github|onlyfans|twitch|soundcloud|justgiving|gofundme"
)
_FORMS = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        Kind.PROFILE,
        re.compile(
            rf"(?i)(?<![\w.@/-])(?:https?://)?(?:[a-z]{{1,8}}\.){{0,2}}(?:{_SITES})"
            r"\.(?:com|net|org|app|tv)/[^\s<>\"“”‘’(),;]*[\w/]"
        ),
    ),
    (Kind.PROFILE, re.compile(r"(?<![\w.@/-])@[A-Za-z][\w.]{1,28}\w")),
    (
        Kind.POSTCODE,
        re.compile(r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? ?(?!1st|2nd|3rd|\dth)\d[ABD-HJLNP-UW-Z]{2}\b"),
    ),
    (Kind.NUMBER, re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?(?:\d{2} ?){3}[A-D]\b")),
    (Kind.NUMBER, re.compile(r"(?i:\bNHS\b\D{0,24})(\d{3}[ -]?\d{3}[ -]?\d{4})\b")),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w+])(?:(?:\+|00)\d{1,3}[ -]?(?:\(0\)[ -]?)?|\(?0)\d(?:[ ()-]{0,2}\d){8,10}\b"
        ),
    ),
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"\d{{1,2}}[ ./-]\d{{1,2}}[ ./-]\d{{2,4}}|(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} {_DAY},? \d{{4}}|(?:19|20)\d{{2}}"
)
_BIRTH = re.compile(
    rf"(?i)\b(?:born|d\.?o\.?b\.?|date of birth|birthday)\b[^\n\d]{{0,40}}?({_DATE})\b"
)

_CAPITAL = r"(?<![^\W_])[A-ZÀ-ÖØ-ÞĀ-\u024f\u0370-\u1fff][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAMES = re.compile(rf"{_CAPITAL}(?: (?:(?:of|the|de|van|der|ap|ab|y) )?{_CAPITAL})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLE = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Lord|Rev|Nurse|Councillor|Cllr)\.?$"
)
_BEGINS = re.compile(r"(?:^|[.!?…:;–—\"“”‘(\[\]\n-])['\"”’)]?\s*$")
_BEFORE_PLACE = re.compile(r"\b(?:in|from|near|around|outside|into)\s+(?:the\s+)?$")

_NO_NAMES = (
    "i i'm i've i'd i'll ok okay yes no mm mhm oh ah er erm um well so and but the a an it it's "
    "he she they we you my your his her our their this that that's these those there there's here "
    "what what's what'd when where who why how can could shall should would will did do does is "
    "was are cause 'cause if then because like just not all some for in on at to with as or mum "
    "dad nan mam mama nana grandad now every next any anything only once even both either also "
    "maybe anyway right yeah hiya hello monday tuesday wednesday thursday friday saturday sunday "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april "
    "may june july august september october november december christmas easter ramadan diwali eid "
    "god english welsh scottish british irish european american asian african black white muslim "
    "christian catholic england scotland wales britain europe covid facebook whatsapp zoom google "
    "tesco asda aldi lidl internet interviewer participant respondent speaker interviewee unknown "
    "universal credit council"
)
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words with a capital that are nobody's name and no small place."""


def identifiers(text: str, known: AbstractSet[str] = frozenset()) -> Iterator[Identifier]:
    """What may tell who somebody is, in order of place; nothing overlaps.

    Names are sought inside sentences, where a capital letter means something, and after titles;
    where a sentence begins, only words that are `known` to be names (`certain_names`).
    """
    found = sorted(
        [*_formed(text), *_names(text, known)], key=lambda each: (each.span.start, -each.span.end)
    )
    end = 0
    for each in found:
        if each.span.start >= end:
            yield each
            end = each.span.end


def certain_names(text: str) -> set[str]:
    """The names, and the words of names, that stand inside sentences or after titles."""
    found = set()
    for identifier in _names(text, frozenset()):
        name = text[identifier.span.start : identifier.span.end]
        found |= {name, *name.split()}
    return found


def _formed(text: str) -> Iterator[Identifier]:
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            yield Identifier(kind, Span(*match.span(match.lastindex or 0)))
    for match in _BIRTH.finditer(text):
        yield Identifier(Kind.BIRTH, Span(*match.span(1)))


def _names(text: str, known: AbstractSet[str]) -> Iterator[Identifier]:
    for match in _NAMES.finditer(text):
        place = match.start()
        before = text[max(0, place - 24) : place]
        words = [(w.start() + place, w[0]) for w in re.finditer(r"\S+", match[0])]
        begins = _BEGINS.search(before) and not _is_title(before.rstrip())  # `Dr. Okafor`
        if begins and words[0][1] not in known and match[0] not in known:
            words = words[1:]
        for name, start in _runs(words):
            before = text[max(0, start - 24) : start]
            kind = Kind.PERSON if _is_title(before.rstrip()) else Kind.NAME
            if _BEFORE_PLACE.search(before):
                kind = Kind.PLACE
            yield Identifier(kind, Span(start, start + len(name)))


def _runs(words: list[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """(name, place) of what is left of words with a capital when those that are no names go."""
    run: list[tuple[int, str]] = []
    for place, word in [*words, (0, "")]:
        if word and not _is_no_name(word):
            run.append((place, word))
            continue
        while run and not run[-1][1][0].isupper():
            run.pop()
        while run and not run[0][1][0].isupper():
            del run[0]
        if run:
            start = run[0][0]
            joined = " ".join(each for _, each in run)
            yield _POSSESSIVE.sub("", joined), start
        run = []


def _is_no_name(word: str) -> bool:
    """Whether a word is no name: one of `NO_NAMES`, an initial, an abbreviation, or a title."""
    bare = _POSSESSIVE.sub("", word)
    if len(bare) < 2 or bare.isupper() or _is_title(bare):
        return True
    folded = word.casefold().replace("’", "'")
    return folded in NO_NAMES or bare.casefold() in NO_NAMES or folded.startswith("i'")


def _is_title(words: str) -> bool:
    """Whether the last of the words is a title."""
    return _TITLE.search(words) is not None
