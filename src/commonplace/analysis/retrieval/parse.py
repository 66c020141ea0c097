"""From what a person types to a retrieval query. Importing this loads the parser generator."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from commonplace.analysis.query.tree import QueryError
from commonplace.analysis.retrieval.tree import (
    Both,
    Coded,
    Either,
    Node,
    Query,
    Reach,
    Related,
    Relation,
    Said,
)
from commonplace.domain.codebook import Codebook
from commonplace.project.queries import bracketed

NEAR_WORDS = 20
"""How many words `near` alone allows between."""

_EXAMPLE = 'such as housing and not transport where role=practitioner, or "damp" near/20 control'
_DEEPEST = 100
_ESCAPED = re.compile(r"(\\\\)|\\([\[\]])")
"""In brackets: a backslash that is one, which is left to the path; and a bracket that is one."""


def parse(query: str, book: Codebook | None = None) -> Query:
    """What `query` asks for. Raises `QueryError`, which points at the place; where codes of `book`
    hold brackets, it says how these are written."""
    if max(query.count("("), query.casefold().count("not")) > _DEEPEST:
        raise QueryError(query[:60], 0, 1, f"more than {_DEEPEST} parentheses or 'not': simplify")
    try:
        tree = _parser().parse(query)
    except UnexpectedInput as error:
        raise _explained(query, error, book) from None
    try:
        parsed: Query = _Builder(query).transform(tree)
    except VisitError as error:
        raise error.orig_exc from None
    return parsed


@cache
def _parser() -> Lark:
    return Lark.open("retrieve.lark", rel_to=__file__, parser="lalr", lexer="basic")


class _Negated:
    """What is to be taken away, until the `and` it belongs to is known."""

    def __init__(self, part: Node, token: Token) -> None:
        self.part, self.token = part, token


class _Builder(Transformer[Token, Any]):
    """Makes the query of the parse tree, from the leaves up."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self._query = query

    def start(self, parts: list[Any]) -> Query:
        wanted = self._positive(parts[0])
        if len(parts) == 1:
            return Query(wanted)
        token = parts[1]
        where_start = token.start_pos + len("where")
        where = self._query[where_start:]
        if not where.strip():
            end = len(self._query.rstrip())
            raise QueryError(self._query, end, end + 1, "after 'where' a condition is missing")
        return Query(wanted, where, where_start)

    def disjunction(self, parts: list[Any]) -> Node:
        return Either(tuple(map(self._positive, parts)))

    def conjunction(self, parts: list[Any]) -> Any:
        wanted = tuple(part for part in parts if not isinstance(part, _Negated))
        if not wanted:
            return parts[0]
        return Both(wanted, tuple(part.part for part in parts if isinstance(part, _Negated)))

    def negation(self, parts: list[Any]) -> Any:
        token, part = parts
        return part.part if isinstance(part, _Negated) else _Negated(part, token)

    def near(self, parts: list[Any]) -> Node:
        first, token, second, *unit = parts
        _, _, number = token.partition("/")
        if unit and number:
            start, end = unit[0].start_pos, unit[0].end_pos
            raise QueryError(self._query, start, end, f"'{token}' says how near already")
        reach = _reach(unit[0]) if unit else int(number or NEAR_WORDS)
        return self._related(Relation.NEAR, first, second, reach)

    def followed(self, parts: list[Any]) -> Node:
        first, _, second, *unit = parts
        reach = _reach(unit[0]) if unit else Reach.TURN
        return self._related(Relation.FOLLOWED, first, second, reach)

    def overlaps(self, parts: list[Any]) -> Node:
        return self._related(Relation.OVERLAPS, parts[0], parts[2])

    def inside(self, parts: list[Any]) -> Node:
        return self._related(Relation.INSIDE, parts[0], parts[2])

    def code(self, tokens: list[Token]) -> Node:
        self._refuse_within(tokens)
        name = " ".join(tokens)
        if tokens[0].type == "BRACKETED":
            name = _ESCAPED.sub(r"\1\2", name[1:-1])
        return Coded(name.strip(), tokens[0].start_pos or 0, tokens[-1].end_pos or 0)

    def _refuse_within(self, tokens: list[Token]) -> None:
        """A `within` that says nothing is no part of a name."""
        for place, token in enumerate(tokens):
            if token.casefold() == "within":
                wrong = tokens[min(place + 1, len(tokens) - 1)]
                raise QueryError(
                    self._query,
                    wrong.start_pos or 0,
                    wrong.end_pos or 0,
                    "after 'within' stands turn, sentence, transcript or a number, as in 20 words",
                )

    def text(self, tokens: list[Token]) -> Node:
        token = tokens[0]
        return Said(token[1:-1], token.start_pos or 0, token.end_pos or 0)

    def _related(
        self,
        relation: Relation,
        first: Any,
        second: Any,
        reach: Reach | int = Reach.TRANSCRIPT,
    ) -> Node:
        return Related(relation, self._positive(first), self._positive(second), reach)

    def _positive(self, part: Any) -> Node:
        if isinstance(part, _Negated):
            raise QueryError(
                self._query,
                part.token.start_pos or 0,
                part.token.end_pos or 0,
                "'not' takes something away: write what from, as in housing and not transport",
            )
        found: Node = part
        return found


def _reach(token: Token) -> Reach | int:
    """What `within turn` or `within 5 words` says."""
    number = token.split()[1]
    return int(number) if number.isdigit() else Reach(number.casefold())


def _explained(query: str, error: UnexpectedInput, book: Codebook | None) -> QueryError:
    """The error in words for whoever typed the query."""
    if not query.strip():
        return QueryError(query, 0, 0, f"the query is empty; it says what is wanted, {_EXAMPLE}")
    if isinstance(error, UnexpectedCharacters):
        place = error.pos_in_stream or 0
        end = _word_end(query, place)
        if query[place] in '"“':
            end, problem = len(query), "this quotation mark is never closed"
        elif query[place] == "[":
            end, problem = len(query), f"this bracket is never closed{_in_a_name(book)}"
        else:
            problem = f"'{query[place:end]}' cannot stand here; the query is {_EXAMPLE}"
        return QueryError(query, place, end, problem)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        token = error.token
        start, end = token.start_pos or 0, token.end_pos or len(query)
        if token.type == "WHERE":
            end = start + len("where")
        problem = f"'{query[start:end]}' cannot stand here"
        if token.type == "WITHIN":
            problem += ": 'within' belongs to near or followed by"
        elif token.type in _OPERATORS:
            problem += ": a code or words in quotes must come first"
        else:
            problem += ": 'and', 'or', 'near' or another such word is missing before it"
        if token.type == "BRACKETED":
            problem += _in_a_name(book)
        return QueryError(query, start, end, problem)
    end = len(query.rstrip())
    return QueryError(query, end, end + 1, "the query ends too early: a code or words are missing")


def _in_a_name(book: Codebook | None) -> str:
    """How brackets of a code's name are written, if the name of one holds any."""
    name = next((code.name for code in book or () if set("[]") & set(code.name)), None)
    if name is None:
        return ""
    return rf"; brackets that a code's name holds are written \[ and \], as in {bracketed(name)}"


_OPERATORS = {"_AND", "_OR", "NEAR", "FOLLOWED", "OVERLAPS", "INSIDE", "WHERE", "RPAR"}


def _word_end(query: str, start: int) -> int:
    end = start
    while end < len(query) and not query[end].isspace():
        end += 1
    return max(end, start + 1)
