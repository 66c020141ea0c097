"""YAML text to a tree of nodes that know where they stand, so that faults can be located and
files edited in place.

Built from the parser's events, not from its objects: every scalar stays the text it is (`no`
and `1.0` are words here), nothing is constructed, and aliases, anchors and tags are refused,
which leaves no way to make a small file unfold into a huge one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from commonplace.codebooks.fields import MAX_DEPTH
from commonplace.codebooks.reading import CodebookFileError, Fault

_LEVELS = 2 * MAX_DEPTH + 4
"""Each level of codes takes a list and a mapping; the rest is the file's own mapping."""

MAX_NODES = 300_000
"""Values in one file: thousands of fully described codes, read in seconds."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `start` and `end` are code points in the file, `line` counts from 1."""

    text: str
    start: int
    end: int
    line: int
    plain: bool

    @property
    def null(self) -> bool:
        """Whether nothing is written here."""
        return self.plain and self.text in _NULLS


@dataclass(slots=True)
class Sequence:
    """A list. `flow` is the form in brackets."""

    start: int
    line: int
    flow: bool
    items: list[Node] = field(default_factory=list)
    end: int = 0


@dataclass(slots=True)
class Mapping:
    """Keys and values in file order; `flow` is the form in braces."""

    start: int
    line: int
    flow: bool
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    end: int = 0


Node = Scalar | Sequence | Mapping


def content_end(node: Node, text: str) -> int:
    """Where the node's last character stands, plus one: blank lines after it are not counted."""
    while not isinstance(node, Scalar) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else node.entries[-1][1]
    return node.start + len(text[node.start : node.end].rstrip())


def parse(text: str, file: str) -> Node | None:
    """The tree of the one document in `text`; None when it is empty.

    Raises `CodebookFileError` when the text is not YAML or uses what codebooks do not need.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _build(YAML(typ="safe", pure=True).parse(text), text, file)
    except MarkedYAMLError as error:
        raise CodebookFileError(file, [_explain(error, text)]) from None
    except YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        raise CodebookFileError(
            file, [Fault(line, "a character that no text file should hold; delete it")]
        ) from None


def _build(events: Iterator[Any], text: str, file: str) -> Node | None:
    """The tree that the events describe, in time and memory bounded by the limits above."""
    from ruamel.yaml import events as ev

    root: Node | None = None
    open_nodes: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []
    nodes = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, ev.NodeEvent):
            _refuse_extras(event, file, line)
            node = _node(event, text, keys[-1] if keys else None)
            if open_nodes:
                _attach(open_nodes[-1], keys, node, file)
            else:
                root = node
            if not isinstance(node, Scalar):
                open_nodes.append(node)
                keys.append(None)
            nodes += 1
            _refuse_excess(nodes, len(open_nodes), file, line)
        elif isinstance(event, ev.CollectionEndEvent):
            open_nodes.pop().end = event.end_mark.index
            keys.pop()
        elif isinstance(event, ev.DocumentStartEvent) and root is not None:
            message = "a second document begins here; a codebook file holds one"
            raise CodebookFileError(file, [Fault(line, message)])
    return root


def _refuse_excess(nodes: int, levels: int, file: str, line: int) -> None:
    if nodes > MAX_NODES:
        message = f"more than {MAX_NODES} values, which no codebook has; is it the right file?"
    elif levels > _LEVELS:
        message = f"codes are nested more than {MAX_DEPTH} levels deep"
    else:
        return
    raise CodebookFileError(file, [Fault(line, message)])


def _node(event: Any, text: str, key: Scalar | None) -> Node:
    from ruamel.yaml import events as ev

    if isinstance(event, ev.ScalarEvent):
        return _scalar(event, text, key)
    kind = Sequence if isinstance(event, ev.SequenceStartEvent) else Mapping
    return kind(event.start_mark.index, event.start_mark.line + 1, bool(event.flow_style))


def _scalar(event: Any, text: str, key: Scalar | None) -> Scalar:
    """A scalar; one that is not there stands right after its `:` or `-`, not where the parser
    noticed."""
    start, end = event.start_mark.index, event.end_mark.index
    line = event.start_mark.line + 1
    if not event.value and not event.style:
        mark = text.find(":", key.end) if key is not None else text.rfind("-", 0, start)
        if mark >= 0:
            line -= text.count("\n", mark, start)
            start = end = mark + 1
    return Scalar(event.value, start, end, line, plain=not event.style)


def _attach(parent: Sequence | Mapping, keys: list[Scalar | None], node: Node, file: str) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return
    key = keys[-1]
    if key is not None:
        parent.entries.append((key, node))
        keys[-1] = None
    elif isinstance(node, Scalar):
        keys[-1] = node
    else:
        message = "a key must be one word, such as `name`; is a `-` or a bracket out of place?"
        raise CodebookFileError(file, [Fault(node.line, message)])


def _refuse_extras(event: Any, file: str, line: int) -> None:
    """Anchors, aliases and tags have no use in a codebook."""
    tag = getattr(event, "tag", None)
    if event.anchor is not None:
        message = (
            "`*` and `&` at the beginning of a value make an alias and an anchor in YAML, which "
            'codebooks do not use; put a value that begins so in quotes: "*like this"'
        )
    elif tag is not None and str(tag) != "!":
        message = (
            f"`{str(tag)[:40]}` is a tag, which codebooks do not use; leave it out, or put the "
            'whole value in quotes: "!like this"'
        )
    else:
        return
    raise CodebookFileError(file, [Fault(line, message)])


_EXPLAINED = (
    (
        "mapping values are not allowed",
        "a colon and a space stand inside a text that is not in quotes, or the line is indented "
        'further than the one above; put the text in quotes: definition: "Rent: what it costs"',
    ),
    (
        "could not find expected ':'",
        "a key without its colon, such as `name` for `name:`, or a text that runs on without "
        "being indented further than its key",
    ),
    (
        "found unexpected end of stream",
        "a quotation mark opens here and nowhere closes; close it, or put the whole text in the "
        "other kind of quotes",
    ),
    (
        "expected ',' or ']'",
        "the list that opens here in `[` has no `]`, or a comma is missing between its items",
    ),
    ("expected ',' or '}'", "what opens here in `{` has no `}`, or a comma is missing"),
    (
        "expected <block end>",
        "this line is indented differently from the lines it belongs with, or a text that begins "
        "with a quotation mark goes on after the closing one; line up the keys of a code, and "
        "put the whole text in the other kind of quotes",
    ),
    (
        "unknown escape character",
        "a backslash inside \"…\" needs a second one (\\\\), or write the text in '…'",
    ),
    ("found duplicate anchor", "`&` begins an anchor, which codebooks do not use"),
)

_OPENING = ("found unexpected end of stream", "expected ',' or ']'", "expected ',' or '}'")
"""Faults told where the quotation mark or bracket opens, which is what a person must find."""


def _explain(error: Any, text: str) -> Fault:
    problem = error.problem or error.context or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(known in problem for known in _OPENING):
        mark = error.context_mark
    line = mark.line + 1 if mark is not None else 1
    index = mark.index if mark is not None else 0
    if "cannot start any token" in problem:
        character = text[index : index + 1]
        if character == "\t":
            return Fault(line, "a tab stands where only spaces may; indent with spaces")
        return Fault(
            line,
            f'a value may not begin with {character!r}; put it in quotes: "{character}like this"',
        )
    for known, explanation in _EXPLAINED:
        if known in problem:
            return Fault(line, explanation)
    return Fault(line, f"this is not YAML as codebooks use it: {problem}")
