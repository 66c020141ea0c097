"""The retrieval language: what it means, against sets of code points, and what it refuses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.query.tree import QueryError
from commonplace.analysis.retrieval.naming import mentions
from commonplace.analysis.retrieval.parse import parse
from commonplace.analysis.retrieval.tables import Shape, retrieve
from commonplace.analysis.retrieval.tree import Both, Coded, Either, Reach, Related, Relation, Said
from commonplace.domain.codebook import Code, Codebook
from commonplace.project import Project, ProjectError
from commonplace.project.queries import bracketed
from tests import make
from tests.analysis.worlds import Model, World, built, worlds

SPEECH = "The flat is damp and the rent is high. No bus comes. We went to the council together."


@pytest.fixture
def talk(project: Project) -> Project:
    """Damp, Rent and Transport in one turn, Control in the next of the same speaker."""
    document = project.documents.add(
        make.transcript(("Q", "And?"), ("P1", SPEECH), ("P2", "Damp? We decide now."))
    )
    for path, words in (
        ("Damp", "The flat is damp"),
        ("Rent", "damp and the rent is high"),
        ("Transport", "No bus comes."),
        ("Control", "We went to the council"),
        ("Control", "We decide"),
    ):
        code(project, document, words, path)
    people = project.people.by_speaker(document)
    project.people.set_attributes(people["P1"].id, {"role": "participant"})
    return project


def code(project: Project, document: str, words: str, path: str) -> None:
    at = make.find(project.documents.text(document), words)
    project.codings.add(document, at, project.codes.find(path).id)


def quotes(project: Project, query: str, **more) -> list[str]:
    return [row["quote"] for row in retrieve(project, query, **more).records()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("damp", ["The flat is damp"]),
        ("Housing/Rent", ["damp and the rent is high"]),
        ("housing", ["The flat is damp", "damp and the rent is high"]),
        ("hous", None),
        ("trans", None),
        ('"damp"', ["damp", "Damp"]),
        ("“the rent”", ["the rent"]),
        ("damp and rent", ["The flat is damp and the rent is high"]),
        ("rent and damp", ["The flat is damp and the rent is high"]),
        ('housing and "rent"', ["damp and the rent is high"]),
        ('housing and not "rent"', ["The flat is damp"]),
        ("not rent", None),
        ('damp or "council"', ["The flat is damp", "council"]),
        ("damp overlaps rent", ["The flat is damp"]),
        ("damp overlaps transport", []),
        ('"flat" inside damp', ["flat"]),
        ("damp inside damp", ["The flat is damp"]),
        ("damp inside rent", []),
        ('"rent" near/3 transport', ["rent is high. No bus comes."]),
        ('"rent" near/1 transport', []),
        ("transport near/0 control", ["No bus comes. We went to the council"]),
        ('"flat" near "council" within turn', ["flat is damp and the rent is high. No bus comes. "
         "We went to the council"]),
        ('"flat" near "council" within sentence', []),
        ('"flat" near "high" within sentence', ["flat is damp and the rent is high"]),
        ('"flat" near "bus" within 9 words', ["flat is damp and the rent is high. No bus"]),
        ('"flat" near "bus" within 7 words', []),
        ("damp followed by control", ["The flat is damp and the rent is high. No bus comes. "
         "We went to the council"]),
        ("control followed by damp", []),
        ('transport followed by "decide" within turn', []),
        ('[Transport] followed by "damp" within transcript', ["No bus comes. We went to the "
         "council together.\n\nP2: Damp"]),
        ("(damp or transport) and not (rent or control)", ["No bus comes."]),
        ("control where role=participant", ["We went to the council"]),
        ('control where not role = "participant"', ["We decide"]),
        ("damp near/1 rent near/9 transport", ["The flat is damp and the rent is high. "
         "No bus comes."]),
    ],
)  # fmt: skip
def test_what_a_query_finds(talk: Project, query: str, found: list[str] | None) -> None:
    if found is None:
        with pytest.raises(QueryError):
            quotes(talk, query)
    else:
        assert quotes(talk, query) == found


def test_a_code_may_be_named_by_how_it_begins(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.codes.add("Jobs and income")
    project.codes.add("Jobs lost", parent=project.codes.find("Jobs and income").id)
    code(project, document, "The rent", "Jobs and income")
    for query in (
        "jobs",
        "JOBS AND not transport",
        "[jobs and income]",
        "jobs and not [Jobs lost]",
    ):
        assert quotes(project, query) == ["The rent"]
    project.codes.add("Jobs")
    assert quotes(project, "jobs") == []
    project.codes.add("Control of money")
    assert quotes(project, "control") == []
    with pytest.raises(QueryError, match=r"may be .* or .*brackets"):
        project.codes.rename(project.codes.find("Control").id, "Control at home")
        quotes(project, "control")


def keep(project: Project, name: str, query: str) -> None:
    project.queries.save(name, query, mentions(project.codes.codebook(), query))


def test_a_saved_query_follows_its_codes(talk: Project) -> None:
    rent, transport, control = (
        talk.codes.find(n).id for n in ("Housing/Rent", "Transport", "Control")
    )
    keep(talk, "both", '"[a b]" or rent and damp where role=participant')
    found = quotes(talk, talk.queries.get("both"))
    assert len(found) == 1
    talk.codes.rename(rent, "Costs")
    talk.codes.move(rent, transport)
    shown = '"[a b]" or [Transport/Costs] and [Housing/Damp] where role=participant'
    assert talk.queries.all() == {"both": shown}
    assert quotes(talk, talk.queries.get("both")) == found
    talk.codes.merge(rent, control)
    assert quotes(talk, talk.queries.get("both")) == found
    assert "[Control] and" in talk.queries.get("both")
    talk.journal.undo()
    assert talk.queries.get("both") == shown
    talk.journal.redo()
    assert "[Control] and" in talk.queries.get("both")
    for _ in range(3):
        talk.journal.undo()
    assert "[Housing/Rent] and" in talk.queries.get("both")
    talk.codes.retire(rent)
    assert quotes(talk, talk.queries.get("both")) == found


def test_a_saved_query_says_which_of_its_codes_is_gone(project: Project) -> None:
    jobs = project.codes.add("Jobs")
    keep(project, "work", "jobs or rent")
    project.codes.rename(jobs, "Work")
    project.codes.remove(jobs)
    with pytest.raises(ProjectError, match="query 'work' names the code 'Work', which is not in"):
        project.queries.get("work")
    assert project.queries.all() == {"work": "[Work] or [Housing/Rent]"}
    project.journal.undo()
    assert project.queries.get("work") == "[Work] or [Housing/Rent]"


@settings(max_examples=40)
@given(names=st.lists(st.text("a/\\[]\"'“(= where", min_size=1).filter(str.strip), min_size=2))
def test_a_code_in_brackets_is_that_code_whatever_it_is_called(names: list[str]) -> None:
    codes, parent = [], None
    for number, name in enumerate(names):
        codes.append(Code(str(number), name.strip(), parent))
        parent = str(number)
    book = Codebook("odd", tuple(codes))
    query = " or ".join(bracketed(book.path(code.id)) for code in codes)
    assert [code for *_, code in mentions(book, query)] == [code.id for code in codes]


def test_the_tree() -> None:
    wanted = parse('a b and not "c d" or e followed by f within 5 words where x=1 or y=2')
    assert wanted.wanted == Either(
        (
            Both((Coded("a b", 0, 3),), (Said("c d", 12, 17),)),
            Related(Relation.FOLLOWED, Coded("e", 21, 22), Coded("f", 35, 36), 5),
        )
    )
    assert wanted.where == " x=1 or y=2"
    assert parse("a followed by b").wanted.reach is Reach.TURN
    assert parse("whereabouts").wanted == Coded("whereabouts", 0, 11)
    assert parse("android nearby insideout").wanted == Coded("android nearby insideout", 0, 24)


@pytest.mark.parametrize(
    ("query", "word", "problem"),
    [
        ("housing and", "", "too early"),
        ("housing (damp)", "(", "missing before it"),
        ("and housing", "and", "must come first"),
        ("housing and not", "", "too early"),
        ("transport or not rent", "not", "what from"),
        ("near/5 rent", "near/5", "must come first"),
        ("rent near/5 damp within turn", "within turn", "already"),
        ("rent near damp within page", "page", "turn, sentence"),
        ("rent within turn", "within turn", "belongs to near"),
        ('rent and "damp', '"damp', "never closed"),
        ("rent and [damp", "[damp", "never closed\n"),
        ("rent [private]", "[private]", "missing before it\n"),
        ("rent and hosing", "hosing", "did you mean 'Housing'"),
        ("rent and xyzzy", "xyzzy", "stand in quotes"),
        ("housing adn transport", "adn", "after 'housing'.*expected"),
        ("rent near/x damp", "near/x", "near/20"),
        ('rent and "…"', '"…"', "no word"),
        ("rent where", "", "condition is missing"),
        ("rent where colour=red", "colour", "no attribute 'colour'"),
        ("rent where role=", "", "too early"),
        ("", "", "the query is empty"),
        ("where role=x", "where", "must come first"),
    ],
)
def test_errors_point_at_the_word(talk: Project, query: str, word: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem) as caught:
        quotes(talk, query)
    error = caught.value
    assert error.query == query
    assert query[error.start : error.end] == word


def test_a_name_with_a_word_of_the_language_wants_brackets(project: Project) -> None:
    project.codes.add("Jobs and income")
    with pytest.raises(QueryError, match=r"\[Jobs and income\]") as caught:
        quotes(project, "rent or jobs and income")
    assert (caught.value.start, caught.value.end) == (8, 23)


def test_brackets_of_a_name_are_written_as_the_errors_say(project: Project) -> None:
    private, both = "Rent [private]", "Rent and [private]"
    project.codes.rename(project.codes.find("Rent").id, private)
    project.codes.add(both, parent=project.codes.find("Housing").id)
    errors = (
        (both, r"may be [Housing/Rent \[private\]] or [Housing/Rent and \[private\]]: write"),
        (private, r"as in [Rent \[private\]]"),
        ("[damp", r"never closed; brackets that a code's name holds are written \[ and \], as"),
    )
    for query, problem in errors:
        with pytest.raises(QueryError, match=re.escape(problem)):
            quotes(project, query)
    assert quotes(project, r"[Housing/Rent and \[private\]] or [Rent \[private\]]") == []


def test_where_is_said_once(talk: Project) -> None:
    with pytest.raises(FilterError, match="once"):
        retrieve(talk, "rent where role=participant", Filters(where="role=participant"))
    assert quotes(talk, "rent", filters=Filters(where="role=participant")) != []


def test_the_three_shapes(talk: Project) -> None:
    (quote,) = retrieve(talk, "damp").records()
    assert (quote["turn"], quote["speaker"], quote["role"]) == (2, "P1", "participant")
    assert quote["code_paths"] == "Housing/Damp; Housing/Rent"
    assert (quote["before"], quote["after"][:8]) == ("", " and the")
    (line,) = retrieve(talk, '"council"', shape=Shape.KWIC).records()
    assert line["left"].endswith("to the ")
    assert line["right"] == " together."
    (row,) = retrieve(talk, "control", shape=Shape.TABLE).records()
    assert (row["passages"], row["participants"], row["participants_of"]) == (2, 2, 2)
    assert row["words"] == 5 + 2
    assert "Query: control." in retrieve(talk, " control ").note


OVER = st.sampled_from(["Housing", "Damp", "Rent", "Transport", "Control", '"a"', '"ab"'])


@settings(max_examples=20)
@given(world=worlds(), one=OVER, other=OVER)
def test_operators_are_what_their_sets_say(world: World, one: str, other: str) -> None:
    with built(world) as project:
        found = {
            operator: {
                (row["document"], row["start"], row["end"])
                for row in retrieve(project, f"{one} {operator} {other}").records()
            }
            for operator in ("and", "and not", "or", "overlaps", "inside", "near/2")
        }
        first, second = (
            {(row["document"], row["start"], row["end"]) for row in retrieve(project, q).records()}
            for q in (one, other)
        )
        model = Model.of(project)
        begins = {name: [at for at, _ in model.word_starts(name)] for name in model.texts}

        def points(place) -> set[int]:
            return set(range(place[1], place[2]))

        def meet(p, q) -> bool:
            return p[0] == q[0] and bool(points(p) & points(q))

        def hull(p, q):
            return p[0], min(p[1], q[1]), max(p[2], q[2])

        def between(p, q) -> int:
            left, right = sorted((p, q))
            return sum(left[2] <= at < right[1] for at in begins[p[0]])

        overlapping = {p for p in first if any(meet(p, q) for q in second)}
        assert found["or"] == first | second
        assert found["overlaps"] == overlapping
        assert found["and not"] == first - overlapping
        assert found["and"] == {hull(p, q) for p in first for q in second if meet(p, q)}
        assert found["inside"] == {
            p for p in first if any(p[0] == q[0] and points(p) <= points(q) for q in second)
        }
        assert found["near/2"] == {
            hull(p, q) for p in first for q in second if p[0] == q[0] and between(p, q) <= 2
        }


@given(query=st.text(alphabet='ab"/[]() andotrwhe=near5within', max_size=30))
def test_nothing_typed_breaks_it(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(query) + 1
