"""A YAML codebook as read: what may stand in it, and what is said when something else does."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path

from commonplace.codebooks.fields import (
    MAX_CODES,
    TEXTS,
    one_line,
    tidy,
    tidy_color,
    tidy_flag,
    tidy_keywords,
)
from commonplace.codebooks.reading import CodebookFileError, Fault
from commonplace.codebooks.yaml_tree import Mapping, Node, Scalar, Sequence, parse
from commonplace.domain.codebook import Code, Codebook, code_id, join_path

BOOK_KEYS = ("name", "version", "codes")
CODE_KEYS = ("name", *TEXTS, "keywords", "color", "retired", "codes")

_MEANT = {
    "children": "codes",
    "subcodes": "codes",
    "sub-codes": "codes",
    "code": "name",
    "title": "name",
    "label": "name",
    "colour": "color",
    "description": "definition",
    "memo": "definition",
    "example": "anchor",
    "examples": "anchor",
    "include_when": "include",
    "inclusion": "include",
    "exclude_when": "exclude",
    "exclusion": "exclude",
    "nearmiss": "near_miss",
    "phrases": "keywords",
    "keyword": "keywords",
}
"""What people write for the keys of this format."""


@dataclass(slots=True)
class Entry:
    """One code of a file: the code, the node it was read from, and its place in the tree."""

    code: Code
    node: Mapping
    children: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as read: the codebook, and the nodes its parts came from."""

    codebook: Codebook
    text: str
    root: Mapping
    top: list[Entry]


def read_document(text: str, path: Path) -> Document:
    """The codebook in `text`; `path` names it in messages, and the codebook if it has no name."""
    return _Reader(text, path).document()


class _Reader:
    """Reads one file, gathering every fault before giving up."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path
        self.faults: list[Fault] = []
        self.codes: list[Code] = []

    def document(self) -> Document:
        root = self._root()
        values = self._keys(root, BOOK_KEYS, "a codebook")
        name = one_line(self._text(values.get("name"), "name")) or self.path.stem
        version = one_line(self._text(values.get("version"), "version"))
        self.book = name
        top = self._codes(values.get("codes"), (), None)
        if self.faults:
            raise CodebookFileError(self.path.name, self.faults)
        return Document(Codebook(name, tuple(self.codes), version), self.text, root, top)

    def _root(self) -> Mapping:
        root = parse(self.text, self.path.name)
        if isinstance(root, Mapping):
            return root
        line = root.line if root is not None else 1
        if isinstance(root, Sequence):
            message = "the list of codes stands alone; write `codes:` on a line above it"
        else:
            message = "no codebook is in here; begin with `name:` and `codes:`"
        raise CodebookFileError(self.path.name, [Fault(line, message)])

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))

    def _keys(self, node: Mapping, known: tuple[str, ...], owner: str) -> dict[str, Node]:
        """The values by key; unknown and repeated keys are faults."""
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.entries:
            if key.text not in known:
                self._fault(key.line, self._unknown(key.text, known, owner))
            elif key.text in values:
                self._fault(
                    key.line,
                    f"`{key.text}` stands in {owner} twice, first in line {lines[key.text]}; "
                    "keep one",
                )
            else:
                values[key.text] = value
                lines[key.text] = key.line
        return values

    def _unknown(self, key: str, known: tuple[str, ...], owner: str) -> str:
        word = key.strip().casefold().replace(" ", "_")
        shown = one_line(key)[:60]
        meant = _MEANT.get(word)
        if meant not in known:
            close = difflib.get_close_matches(word, known, n=1)
            meant = close[0] if close else None
        if meant is not None:
            return f'unknown key "{shown}": did you mean "{meant}"?'
        if word in ("id", "guid", "uuid"):
            return (
                f'unknown key "{shown}": a code is known by its name and place; leave this line out'
            )
        return f'unknown key "{shown}": {owner} has {", ".join(known)}'

    def _text(self, node: Node | None, key: str) -> str:
        if node is None or (isinstance(node, Scalar) and node.null):
            return ""
        if isinstance(node, Scalar):
            return tidy(node.text)
        kind = "a list" if isinstance(node, Sequence) else "keys and values"
        self._fault(
            node.line,
            f"`{key}` must be text, and this is {kind}; "
            f"write `{key}: the text`, in quotes if it begins with a bracket",
        )
        return ""

    def _keywords(self, node: Node | None) -> tuple[str, ...]:
        if node is None or (isinstance(node, Scalar) and node.null):
            return ()
        if not isinstance(node, Sequence):
            self._fault(
                node.line,
                "`keywords` must be a list: write `keywords: [damp, black mould]`, "
                "or one on each line after `- `",
            )
            return ()
        words = []
        for item in node.items:
            if isinstance(item, Scalar):
                words.append("" if item.null else item.text)
            else:
                self._fault(
                    item.line,
                    "a keyword must be a word or a phrase; if it holds a colon, put it in quotes",
                )
        return tidy_keywords(words)

    def _color(self, node: Node | None) -> str:
        text = self._text(node, "color")
        color = tidy_color(text)
        if color is None:
            self._fault(
                node.line if node is not None else 1,
                f'"{one_line(text)[:60]}" is no colour; write six hexadecimal digits in quotes: '
                'color: "#0072B2"',
            )
            return ""
        if not color and isinstance(node, Scalar) and node.plain and self._comment_follows(node):
            self._fault(
                node.line,
                "`#` begins a comment here, so no colour is set; put it in quotes: "
                'color: "#0072B2"',
            )
        return color

    def _retired(self, node: Node | None) -> bool:
        text = self._text(node, "retired")
        retired = tidy_flag(text)
        if retired is None:
            self._fault(
                node.line if node is not None else 1,
                f'"{one_line(text)[:60]}" is neither yes nor no; write `retired: true`, or '
                "leave the line out",
            )
        return bool(retired)

    def _comment_follows(self, node: Scalar) -> bool:
        rest = self.text[node.end :].split("\n", 1)[0].strip()
        return tidy_color(rest.split(" ")[0]) not in ("", None)

    def _codes(self, node: Node | None, above: tuple[str, ...], parent: str | None) -> list[Entry]:
        if node is None or (isinstance(node, Scalar) and node.null):
            return []
        if not isinstance(node, Sequence):
            self._fault(
                node.line,
                "`codes` must be a list; begin each code with `- name:` under it",
            )
            return []
        entries: list[Entry] = []
        lines: dict[str, int] = {}
        for item in node.items:
            entry = self._code(item, above, parent, lines)
            if entry is not None:
                entries.append(entry)
        return entries

    def _code(
        self, item: Node, above: tuple[str, ...], parent: str | None, siblings: dict[str, int]
    ) -> Entry | None:
        if not isinstance(item, Mapping):
            self._fault(item.line, self._no_code(item))
            return None
        values = self._keys(item, CODE_KEYS, "a code")
        name = one_line(self._text(values.get("name"), "name"))
        if not name:
            self._fault(item.line, "this code has no name; add `name:`")
            name = f"line {item.line}"
        elif name.casefold() in siblings:
            place = f"under '{join_path(above)}'" if above else "at the top level"
            self._fault(
                item.line,
                f"there is a second code '{name}' {place}, the first is in line "
                f"{siblings[name.casefold()]}; rename one or put them together",
            )
        siblings.setdefault(name.casefold(), item.line)
        if len(self.codes) >= MAX_CODES:
            message = f"more than {MAX_CODES} codes, which no codebook has; is it the right file?"
            raise CodebookFileError(self.path.name, [*self.faults, Fault(item.line, message)])
        names = (*above, name)
        texts = {key: self._text(values.get(key), key) for key in TEXTS}
        code = Code(
            id=code_id(self.book, join_path(names)),
            name=name,
            parent=parent,
            keywords=self._keywords(values.get("keywords")),
            color=self._color(values.get("color")),
            retired=self._retired(values.get("retired")),
            **texts,
        )
        self.codes.append(code)
        return Entry(code, item, self._codes(values.get("codes"), names, code.id))

    def _no_code(self, item: Node) -> str:
        if isinstance(item, Scalar) and not item.null:
            name = one_line(item.text)[:40]
            return f'a code must have keys; write `- name: {name}` for "{name}"'
        return "nothing stands after this `-`; write `- name: …` or delete it"
