"""From what a person types to a condition. Importing this loads the parser generator."""

from __future__ import annotations

from functools import cache

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from commonplace.analysis.query.tree import NONE, All, Any, Comparison, Condition, Not, QueryError

_EXAMPLE = "such as role=practitioner and nation in (Wales, Scotland) and not wave=1"
_DEEPEST = 100
"""Levels of parentheses and `not` beyond which a query is refused rather than tried."""


def parse(query: str) -> Condition:
    """The condition that `query` states. Raises `QueryError`, which points at the place."""
    depth = max(query.count("("), query.casefold().count("not"))
    if depth > _DEEPEST:
        raise QueryError(query[:60], 0, 1, f"more than {_DEEPEST} parentheses or 'not': simplify")
    try:
        tree = _parser().parse(query)
    except UnexpectedInput as error:
        raise _explained(query, error) from None
    condition: Condition = _Builder().transform(tree)
    return condition


@cache
def _parser() -> Lark:
    return Lark.open("where.lark", rel_to=__file__, parser="lalr", lexer="basic")


class _Builder(Transformer[Token, Condition]):
    """Makes the condition of the parse tree, from the leaves up."""

    def start(self, parts: list[Condition]) -> Condition:
        return parts[0]

    def disjunction(self, parts: list[Condition]) -> Condition:
        return Any(tuple(parts))

    def conjunction(self, parts: list[Condition]) -> Condition:
        return All(tuple(parts))

    def negation(self, parts: list[Condition]) -> Condition:
        return Not(parts[0])

    def name(self, tokens: list[Token]) -> Token:
        return tokens[0]

    def value(self, tokens: list[Token]) -> str:
        if tokens[0].type == "NONE":
            return NONE
        return " ".join(_unquoted(token) for token in tokens)

    def equals(self, parts: list[Token]) -> Condition:
        return _comparison(parts[0], [str(parts[2])])

    def differs(self, parts: list[Token]) -> Condition:
        return Not(_comparison(parts[0], [str(parts[2])]))

    def among(self, parts: list[Token]) -> Condition:
        return _comparison(parts[0], [str(part) for part in parts[1:]])

    def outside(self, parts: list[Token]) -> Condition:
        return Not(_comparison(parts[0], [str(part) for part in parts[1:]]))


def _comparison(name: Token, values: list[str]) -> Comparison:
    return Comparison(_unquoted(name), tuple(values), name.start_pos or 0, name.end_pos or 0)


def _unquoted(token: Token) -> str:
    return str(token)[1:-1] if token.type == "QUOTED" else str(token)


_WORDS = {
    "WORD": "a word",
    "QUOTED": "something in quotes",
    "NONE": "(none)",
    "EQUALS": "=",
    "UNEQUAL": "!=",
    "_AND": "and",
    "_OR": "or",
    "_NOT": "not",
    "_IN": "in",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "$END": "the end",
}


def _explained(query: str, error: UnexpectedInput) -> QueryError:
    """The error in words for whoever typed the query."""
    if not query.strip():
        return QueryError(query, 0, 0, f"the filter is empty; it says which people, {_EXAMPLE}")
    if isinstance(error, UnexpectedCharacters):
        place = error.pos_in_stream or 0
        if query[place] in "\"'“‘":
            return QueryError(query, place, len(query), "this quotation mark is never closed")
        return QueryError(
            query, place, place + 1, f"'{query[place]}' has no meaning here; quotes make it a value"
        )
    if isinstance(error, UnexpectedToken):
        expected = {_WORDS.get(name, name.lower()) for name in error.accepts or error.expected}
        hint = " or ".join(f"'{w}'" if len(w) <= 3 else w for w in sorted(expected))
        token = error.token
        if token.type == "$END":
            end = len(query.rstrip())
            return QueryError(query, end, end + 1, f"the filter ends too early: {hint} is missing")
        start, end = token.start_pos or 0, token.end_pos or len(query)
        problem = f"'{query[start:end]}' cannot stand here: {hint} is expected"
        if token.type in ("_AND", "_OR", "_NOT", "_IN"):
            problem += "; quotes make it a value"
        return QueryError(query, start, end, problem)
    return QueryError(query, 0, len(query), f"this is no filter; it says which people, {_EXAMPLE}")
