"""Updating a YAML codebook in place, so that what a person wrote around the codes stays.

The file is cut into pieces: one for each key of each code, and the comment and blank lines above
each code. A piece whose value is still the same is put back letter by letter; only values that
changed are written anew. Comments that stand directly on a code go with it when it moves;
comments set off by a blank line are headings, and stay where they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from commonplace.codebooks import yaml_text
from commonplace.codebooks.fields import TEXTS, one_line, tidy, tidy_color, tidy_flag, tidy_keywords
from commonplace.codebooks.yaml_document import CODE_KEYS, Document, Entry, read_document
from commonplace.codebooks.yaml_tree import Mapping, Node, Scalar, Sequence, content_end
from commonplace.domain.codebook import Code, Codebook, CodebookError
from commonplace.domain.codebook_diff import pairs


def updated(document: Document, codebook: Codebook) -> str:
    """The text of `document` changed to hold `codebook`.

    Codes are recognised as `codebook_diff.pairs` does: those renamed or moved keep their comments.
    """
    text = _Editor(document, codebook).text()
    if text is None or not _holds(text, codebook):
        return _header(document) + yaml_text.codebook_text(codebook)
    return text


def outline(codebook: Codebook) -> list[tuple[object, ...]]:
    """What a file says of a codebook: everything but identities, in reading order."""
    return [
        (
            codebook.path(code.id),
            tuple(getattr(code, key) for key in TEXTS),
            code.keywords,
            code.color,
            code.retired,
        )
        for code in codebook.in_reading_order()
    ]


def _holds(text: str, codebook: Codebook) -> bool:
    """Whether the edited text says what it must: cheap certainty that no edit went astray."""
    try:
        read = read_document(text, Path("edited.yaml")).codebook
    except CodebookError:
        return False
    return (read.name, read.version) == (codebook.name, codebook.version) and outline(
        read
    ) == outline(codebook)


def _header(document: Document) -> str:
    """The comment lines at the top of the file."""
    lines = document.text[: document.root.start].splitlines(keepends=True)
    return "".join(line for line in lines if line.strip() == "" or line.lstrip().startswith("#"))


@dataclass(slots=True)
class _Place:
    """Where an entry stands: its siblings' parent (id in the file), its `-`, what is above it.

    `lead` is the comment and blank lines above; `own` is the part of it directly on the code.
    `located` tells whether these are known: its `-` stands alone before it on a line. `simple`
    ones can be edited key by key; others are put back whole or written anew.
    """

    entry: Entry
    above: str | None
    dash: int = 0
    lead: str = ""
    own: str = ""
    located: bool = False
    simple: bool = False

    @property
    def heading(self) -> str:
        """The comments above that do not belong to this code, if any."""
        heading = self.lead[: len(self.lead) - len(self.own)]
        return heading if heading.strip() else ""


class _Editor:
    def __init__(self, document: Document, codebook: Codebook) -> None:
        self.document = document
        self.source = document.text if document.text.endswith("\n") else document.text + "\n"
        self.book = codebook
        self.places: dict[str, _Place] = {}
        self._survey(document.top, None, _value(document.root, "codes"))
        self.under: dict[str | None, list[_Place]] = {}
        for place in self.places.values():
            self.under.setdefault(place.above, []).append(place)
        same = pairs(document.codebook, codebook)
        self.match = {ours: self.places[theirs] for ours, theirs in same.items()}
        leads = [place.lead for place in self.places.values()]
        self.spaced = any(lead.startswith("\n") for lead in leads) or not leads

    def text(self) -> str | None:
        """The whole edited text; None when the file is in a form that cannot be edited so."""
        root = self.document.root
        if not self._is_simple(root) or self._line_start(root.start) != root.start:
            return None
        wanted: dict[str, object] = {"name": self.book.name, "version": self.book.version}
        head = self.source[: root.start]
        body = self._pieces(root, wanted, None, 0, 0)
        tail = self.source[self._line_end(content_end(root, self.source)) :]
        return head + body + tail

    # What stands where

    def _survey(self, entries: list[Entry], above: str | None, codes: Node | None) -> None:
        if not entries or not isinstance(codes, Sequence):
            return
        before = self._line_start(codes.start)
        if not codes.flow:
            before = self._gap_start(codes.start)
        for entry in entries:
            place = _Place(entry, above)
            if not codes.flow:
                start = self._line_start(entry.node.start)
                prefix = self.source[start : entry.node.start]
                if re.fullmatch(r" *- +", prefix):
                    place.located = True
                    place.simple = self._is_simple(entry.node)
                    place.dash = prefix.index("-")
                    place.lead = self.source[before:start]
                    place.own = re.split(r"(?m)^[ \t]*\n", place.lead)[-1]
            self.places[entry.code.id] = place
            self._survey(entry.children, entry.code.id, _value(entry.node, "codes"))
            before = self._line_end(content_end(entry.node, self.source))

    def _is_simple(self, node: Mapping) -> bool:
        """Whether each key begins a line, so that the mapping can be cut between lines."""
        if node.flow:
            return False
        starts = [self._line_start(key.start) for key, _ in node.entries]
        return len(set(starts)) == len(starts) and all(
            not self.source[start : key.start].strip()
            for start, (key, _) in list(zip(starts, node.entries, strict=True))[1:]
        )

    def _gap_start(self, start: int) -> int:
        """Where the comment and blank lines that end at `start`'s line begin."""
        position = self._line_start(start)
        while position:
            previous = self._line_start(position - 1)
            line = self.source[previous:position].strip()
            if line and not line.startswith("#"):
                break
            position = previous
        return position

    def _line_start(self, index: int) -> int:
        return self.source.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        return self.source.index("\n", index) + 1

    # Putting the pieces together

    def _pieces(
        self, node: Mapping, wanted: dict[str, object], code: str | None, shift: int, keys_at: int
    ) -> str:
        """The lines of a mapping with the values of `wanted`, and the codes under `code`.

        `shift` is how many columns the lines move to the right (or left), `keys_at` the column
        in which the keys then stand.
        """
        children = self.book.children(code)
        order = [key.text for key, _ in node.entries]
        pieces: list[tuple[str, str]] = []
        for number, (key, value) in enumerate(node.entries):
            last = number + 1 == len(node.entries)
            start = self._line_start(key.start) if number else key.start
            end = (
                self._line_end(content_end(node, self.source))
                if last
                else self._line_start(node.entries[number + 1][0].start)
            )
            if key.text == "codes":
                piece = self._codes_piece(
                    value, children, code, (start, end), shift=shift, keys_at=keys_at
                )
            else:
                piece = self._field_piece(
                    key, value, wanted.get(key.text), (start, end), keys_at - shift
                )
                piece = _shifted(piece, shift, first=bool(number))
            pieces.append((key.text, piece))
        for key_name, new in wanted.items():
            if key_name not in order and new:
                _insert(pieces, key_name, _fresh(key_name, new, keys_at))
        if children and "codes" not in order:
            pieces.append(("codes", self._new_codes(children, code, keys_at)))
        return "".join(piece for _, piece in pieces)

    def _field_piece(
        self, key: Scalar, value: Node, new: object, span: tuple[int, int], indent: int
    ) -> str:
        """One key with its value and whatever comments follow it, not yet moved."""
        start, end = span
        raw = self.source[start:end]
        if new is None or new == _current(key.text, value):
            return raw
        after = self.source[content_end(value, self.source) : end]
        if not new and key.text != "name":
            rest = after.split("\n", 1)
            return rest[1] if len(rest) > 1 else ""
        written = _fresh(key.text, new, indent).lstrip(" ").rstrip("\n")
        if "\n" in str(new) and after.split("\n", 1)[0].strip():
            written = f"{key.text}: {yaml_text.quoted(str(new))}"
        return self.source[start : key.start] + written + after

    def _codes_piece(
        self,
        value: Node,
        children: list[Code],
        code: str | None,
        span: tuple[int, int],
        *,
        shift: int,
        keys_at: int,
    ) -> str:
        """The `codes:` line, the codes under it, and whatever comments follow them."""
        start, end = span
        after = self.source[self._line_end(content_end(value, self.source)) : end]
        if not children:
            empty = "codes: []\n" if code is None else ""
            return empty + _shifted(after, shift)
        if not isinstance(value, Sequence) or value.flow:
            return self._new_codes(children, code, keys_at) + _shifted(after, shift)
        first = self._line_start(value.start)
        head = _shifted(self.source[start : self._gap_start(first)], shift)
        dash = len(self.source[first : value.start]) + shift
        return head + self._items(children, code, dash) + _shifted(after, shift)

    def _new_codes(self, children: list[Code], code: str | None, keys_at: int) -> str:
        return " " * keys_at + "codes:\n" + self._items(children, code, keys_at)

    def _items(self, children: list[Code], parent: str | None, dash: int) -> str:
        """The codes under `parent` as list items, their `-` in column `dash`."""
        home = self.match[parent].entry.code.id if parent in self.match else None
        here = self.under.get(home, []) if home is not None or parent is None else []
        staying = {id(self.match[c.id]) for c in children if c.id in self.match}
        headings: dict[int, str] = {}
        pending = ""
        for place in here:
            if id(place) in staying:
                headings[id(place)] = pending
                pending = ""
            else:
                pending += place.heading
        at_home = {id(place) for place in here}
        out = []
        for code in children:
            found = self.match.get(code.id)
            if found is None or not found.located:
                lead = "\n" if self.spaced else ""
                out.append(lead + self._new_item(code, dash))
                continue
            if id(found) in at_home:
                lead = headings.get(id(found), "") + found.lead
            else:
                lead = ("\n" if self.spaced else "") + found.own
            out.append(_shifted(lead, dash - found.dash) + self._item(code, found, dash))
        return "".join(out) + pending

    def _item(self, code: Code, place: _Place, dash: int) -> str:
        node = place.entry.node
        start = self._line_start(node.start)
        prefix = self.source[start : node.start]
        shift = dash - place.dash
        if not place.simple:
            if not self._unchanged(code, place.entry):
                return self._new_item(code, dash)
            end = self._line_end(content_end(node, self.source))
            return _shifted(self.source[start:end], shift)
        keys_at = len(prefix) + shift
        wanted: dict[str, object] = {key: getattr(code, key) for key in CODE_KEYS if key != "codes"}
        body = self._pieces(node, wanted, code.id, shift, keys_at)
        return _shifted(prefix, shift) + body

    def _unchanged(self, code: Code, entry: Entry) -> bool:
        """Whether the file says of this code and all below it just what it must."""
        children = self.book.children(code.id)
        return (
            all(getattr(code, key) == getattr(entry.code, key) for key in CODE_KEYS[:-1])
            and len(children) == len(entry.children)
            and all(map(self._unchanged, children, entry.children))
        )

    def _new_item(self, code: Code, dash: int) -> str:
        text = " " * dash + "- " + yaml_text.code_fields_text(code, dash + 2).lstrip(" ")
        children = self.book.children(code.id)
        return text + (self._new_codes(children, code.id, dash + 2) if children else "")


def _value(node: Mapping, key: str) -> Node | None:
    return next((value for found, value in node.entries if found.text == key), None)


def _current(key: str, value: Node) -> object:
    """What the file says now under a key, tidied as reading tidies it."""
    if isinstance(value, Scalar):
        if value.null:
            return {"keywords": (), "retired": False}.get(key, "")
        text = tidy(value.text)
        if key == "color":
            return tidy_color(text)
        if key == "retired":
            return tidy_flag(text)
        return one_line(text) if key in ("name", "version") else text
    if isinstance(value, Sequence):
        return tidy_keywords(
            item.text for item in value.items if isinstance(item, Scalar) and not item.null
        )
    return None


def _fresh(key: str, value: object, indent: int) -> str:
    if isinstance(value, tuple):
        return yaml_text.keywords_text(value, indent)
    if isinstance(value, bool):
        return yaml_text.flag_text(key, indent)
    return yaml_text.field_text(key, str(value), indent)


def _insert(pieces: list[tuple[str, str]], key: str, piece: str) -> None:
    """Put a new key after the last one that comes before it in the usual order."""
    order = ("name", "version", *CODE_KEYS[1:])
    rank = order.index(key)
    at = 0
    for number, (name, _) in enumerate(pieces):
        if order.index(name) < rank:
            at = number + 1
    pieces.insert(at, (key, piece))


def _shifted(text: str, by: int, *, first: bool = True) -> str:
    """`text` with its lines moved right by `by` columns, or left as far as they have spaces.

    The first line stays when `first` is false. Blank lines stay blank.
    """
    if by == 0 or not text:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if (number == 0 and not first) or not line:
            continue
        spaces = len(line) - len(line.lstrip(" "))
        lines[number] = " " * max(0, spaces + by) + line[spaces:]
    return "\n".join(lines)
