"""Which code the words of a query name, and what is wrong where they name none."""

from __future__ import annotations

import re
from difflib import get_close_matches

from commonplace.analysis.query.tree import QueryError
from commonplace.analysis.retrieval.tree import Coded, coded
from commonplace.domain.codebook import Codebook
from commonplace.project.queries import bracketed

_WORD = re.compile(r"\S+")


def named(book: Codebook, name: str) -> list[str]:
    """Ids of the codes that a name may stand for: the one with that path or name, else those whose
    names begin so and which are nearest to the top."""
    found = book.find(name)
    if found is not None:
        return [found.id]
    begins = re.compile(re.escape(name.casefold()) + r"(?!\w)")
    matches = [code for code in book if name and begins.match(code.name.casefold())]
    top = min((book.depth(code.id) for code in matches), default=0)
    return [code.id for code in matches if book.depth(code.id) == top]


def code_of(book: Codebook, query: str, node: Coded) -> str:
    """Id of the one code that a query means. Raises `QueryError`."""
    meant = named(book, node.name)
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise unknown(book, query, node)
    several = " or ".join(bracketed(book.path(code)) for code in meant)
    problem = f"'{node.name}' may be {several}: write it out, in brackets"
    raise QueryError(query, node.start, node.end, problem)


def mentions(book: Codebook, query: str) -> list[tuple[int, int, str]]:
    """Where a query names codes, in order: start, end, and the id of the code.

    Raises `QueryError` for a query that cannot be understood or names no code there.
    """
    from commonplace.analysis.retrieval.parse import parse

    wanted = parse(query, book).wanted
    return sorted((node.start, node.end, code_of(book, query, node)) for node in coded(wanted))


def unknown(book: Codebook, query: str, node: Coded) -> QueryError:
    """The error for words that name no code, pointing at the one that is wrong."""
    return (
        _divided(book, query, node)
        or _too_many(book, query, node)
        or QueryError(query, node.start, node.end, _nothing(book, node.name))
    )


def _divided(book: Codebook, query: str, node: Coded) -> QueryError | None:
    """Where a code's name holds a word of the language, and was written without brackets."""
    for code in book:
        for found in re.finditer(re.escape(code.name), query, re.IGNORECASE):
            inside = found.start() <= node.start and node.end <= found.end()
            if inside and found.end() - found.start() > node.end - node.start:
                problem = (
                    f"to name a code that holds a word of this language: {bracketed(code.name)}"
                )
                return QueryError(query, found.start(), found.end(), problem)
    return None


def _too_many(book: Codebook, query: str, node: Coded) -> QueryError | None:
    """Where the first words name a code, and another stands where one that joins is expected."""
    words = list(_WORD.finditer(query, node.start, node.end))
    for count in range(len(words) - 1, 0, -1):
        name = " ".join(word[0] for word in words[:count])
        if len(named(book, name)) == 1:
            wrong = words[count]
            problem = (
                "after near/ stands how many words, as in near/20"
                if wrong[0].casefold().startswith("near/")
                else f"after '{name}', 'and', 'or', 'near' or another such word is expected, "
                f"not '{wrong[0]}'"
            )
            return QueryError(query, wrong.start(), wrong.end(), problem)
    return None


def _nothing(book: Codebook, name: str) -> str:
    names = {code.name.casefold(): code.name for code in book}
    near = get_close_matches(name.casefold(), names, n=1)
    meant = f"did you mean '{names[near[0]]}'?" if near else "words that are said stand in quotes"
    return f"no code is named '{name}' or begins so; {meant}"
