"""The codebooks that come with Commonplace hold what suggestions and people need."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
import snowballstemmer

from commonplace import codebooks
from commonplace.domain.codebook import Codebook, CodebookError, code_id

TREE = {
    "Housing": "Damp and repairs | Landlords and lettings | Rent and affordability | "
    "Security of home | Homelessness | Housing support | Overcrowding",
    "Transport": "Buses and trains | Travel cost | Walking and cycling | "
    "Access for disabled people | Cut off without transport | Campaigning for links",
    "Jobs and income": "Out of work | Skills and placements | Job quality | "
    "Local business and procurement | Volunteering as a route | Debt and benefits | "
    "Food and fuel costs",
    "Local environment": "Green space and gardens | Reclaimed spaces | Litter and fly-tipping | "
    "Safety and crime | Air, noise and traffic | Facilities | Pride and stigma",
    "Control and agency": "Individual control | Collective control | Lack of control",
    "Control and agency/Individual control": "Confidence | Skills and knowledge | Health literacy",
    "Control and agency/Collective control": "Setting priorities | Influencing decisions | "
    "Campaigning | Partnership",
    "Control and agency/Lack of control": "Not listened to | Tokenism | Bureaucracy | "
    "Funding ending",
    "Social connection": "Friends and networks | Neighbours | Belonging | Trust | "
    "Isolation and loneliness | Bringing groups together | Support in a crisis",
    "Health and wellbeing": "Mental health | Physical health | Use of services",
    "Change": "Shorter term | Longer term | Improved | Worsened | No change",
    "Enablers and barriers": "Enabler | Barrier",
}
FIELDS = ("definition", "include", "exclude", "anchor", "near_miss")
stem = snowballstemmer.stemmer("english")

SHARED_BY_MANY = 3
"""A keyword of more codes than this tells nothing about any of them."""

EVERYWHERE = {
    *(
        "activ",
        "alreadi",
        "collect",
        "communiti",
        "cours",
        "day",
        "expens",
        "famili",
        "feel",
        "fit",
    ),
    *("form", "get", "good", "happi", "help", "home", "hous", "last", "let", "like", "live", "lot"),
    *("march", "mind", "organis", "peopl", "place", "sat", "send", "session", "street", "talk"),
    *("thing", "time", "train", "use", "walk", "way", "work", "year"),
}
"""Stems that idioms and everyday words share: alone they would fire in every other sentence."""


def stems(keyword: str) -> tuple[str, ...]:
    return tuple(stem.stemWords(re.findall(r"[\w&']+", keyword.casefold())))


@pytest.fixture(params=codebooks.builtin_names())
def book(request: pytest.FixtureRequest) -> Codebook:
    return codebooks.builtin(request.param)


def test_the_default_codebook_is_the_first_of_two() -> None:
    assert codebooks.builtin_names() == ("social-determinants", "marmot-objectives")
    assert codebooks.builtin() == codebooks.builtin("social-determinants")


def test_the_tree_of_determinants_is_as_others_rely_on_it() -> None:
    book = codebooks.builtin()
    tops = [name for name in TREE if "/" not in name]
    assert [code.name for code in book.children()] == tops
    for path, names in TREE.items():
        children = book.children(book.find(path).id)
        assert [code.name for code in children] == names.split(" | ")
    assert len(book) == len(tops) + sum(len(names.split(" | ")) for names in TREE.values())


def test_identities_come_from_name_and_path(book: Codebook) -> None:
    assert all(code.id == code_id(book.name, book.path(code.id)) for code in book)


def test_every_code_is_fully_described(book: Codebook) -> None:
    for code in book:
        for name in FIELDS:
            assert getattr(code, name).strip(), f"{book.path(code.id)}: {name}"
        assert code.anchor != code.near_miss


def test_every_code_has_keywords_enough_to_start_from(book: Codebook) -> None:
    least = 15 if book.name == codebooks.builtin().name else 12
    few = {book.path(c.id): len(c.keywords) for c in book if len(c.keywords) < least}
    assert not few


def test_keywords_differ_within_a_code_also_by_their_stems(book: Codebook) -> None:
    for code in book:
        found: dict[tuple[str, ...], str] = {}
        for keyword in code.keywords:
            twin = found.setdefault(stems(keyword), keyword)
            assert twin == keyword, f"{book.path(code.id)}: {twin}, {keyword}"


def test_no_keyword_stands_for_everything(book: Codebook) -> None:
    owners = defaultdict(list)
    for code in book:
        for keyword in code.keywords:
            owners[stems(keyword)].append(book.path(code.id))
            assert stems(keyword)[1:] or stems(keyword)[0] not in EVERYWHERE, keyword
    assert not {key: paths for key, paths in owners.items() if len(paths) > SHARED_BY_MANY}


def test_examples_are_each_written_for_one_code(book: Codebook) -> None:
    examples = [text for code in book for text in (code.anchor, code.near_miss)]
    assert len(set(examples)) == len(examples)


def test_a_near_miss_names_the_code_where_it_belongs(book: Codebook) -> None:
    paths = {book.path(code.id) for code in book}
    for code in book:
        belongs = code.near_miss.rpartition("→")[2].strip()
        assert belongs in paths, f"{book.path(code.id)}: {belongs}"
        assert belongs != book.path(code.id)


def test_an_exclusion_names_codes_that_exist(book: Codebook) -> None:
    paths = {book.path(code.id) for code in book}
    for code in book:
        for named in re.findall(r"\(([A-Z][^()]*)\)", code.exclude):
            siblings = book.path(code.parent) + "/" if code.parent else ""
            above = siblings.rstrip("/").rpartition("/")[0]
            places = (named, siblings + named, f"{above}/{named}".lstrip("/"))
            below = f"{book.path(code.id)}/{named}"
            assert paths & {*places, below}, f"{book.path(code.id)}: {named}"


def test_top_level_colours_differ(book: Codebook) -> None:
    colors = [code.color for code in book.children()]
    assert all(re.fullmatch(r"#[0-9A-F]{6}", color) for color in colors)
    assert len(set(colors)) == len(colors)


def test_an_unknown_name_is_refused_with_a_hint() -> None:
    with pytest.raises(CodebookError, match="did you mean 'marmot-objectives'"):
        codebooks.builtin("marmot-objective")
    with pytest.raises(CodebookError, match="there are social-determinants"):
        codebooks.builtin("../../etc/passwd")
