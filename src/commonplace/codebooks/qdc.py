"""REFI-QDA codebooks (.qdc), the exchange format of qualitative analysis software.

Standard: REFI-QDA 1.5 (2019), namespace `urn:QDA-XML:codebook:1.0`. Written files are valid by
its schema. Reading takes what other programs really write: any namespace, missing `isCodable`,
ids that are no GUIDs; what has no place here is left out and told.

XML is read with the standard library's expat, with any document type declaration refused: no
entity can then be declared, so none can be expanded or fetched. That is all a separate
hardening library would do here, and expat also tells the line.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from commonplace.codebooks.fields import (
    MAX_CODES,
    MAX_DEPTH,
    TEXTS,
    join_keywords,
    one_line,
    split_keywords,
    tidy,
    tidy_color,
)
from commonplace.codebooks.files import read_bytes, write_bytes
from commonplace.codebooks.reading import CodebookFileError, Fault, Reading
from commonplace.domain.codebook import Code, Codebook, CodebookError, code_id, join_path

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Commonplace"

LABELS = {
    "include": "Include",
    "exclude": "Exclude",
    "anchor": "Example",
    "near_miss": "Near miss",
    "keywords": "Keywords",
}
"""How the fields that REFI-QDA lacks are labelled inside a code's description."""

_FIELDS = {label.casefold(): key for key, label in LABELS.items()}
_LABELLED = re.compile(rf"(\\*)({'|'.join(LABELS.values())}):(?: |$)", re.IGNORECASE)
_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")


def read(path: Path) -> Reading:
    """The codebook in a .qdc file, named after the file, with its GUIDs as identities.

    Raises `CodebookFileError` when it is not well-formed, declares a document type, or holds no
    codebook.
    """
    parser = _Parser(path.name)
    parser.parse(read_bytes(path))
    return _Maker(path.stem, parser).reading()


def save(codebook: Codebook, path: Path) -> tuple[str, ...]:
    """Write the codebook; returns notes on what the format could not hold.

    Raises `CodebookError` when there are no codes, which the format does not allow.
    """
    if not codebook.codes:
        raise CodebookError(
            f"{path.name} was not written: a REFI-QDA codebook needs at least one code; add one"
        )
    text, lost = _UNSAFE.subn("", codebook_xml(codebook))
    write_bytes(path, text.encode())
    notes = ["REFI-QDA has no place for the codebook's own name; it is read back from the file's"]
    if codebook.version:
        notes.append(f"REFI-QDA has no place for the codebook's version, {codebook.version}")
    if lost:
        notes.append(f"{lost} control characters, which XML cannot hold, were left out")
    return tuple(notes)


def codebook_xml(codebook: Codebook) -> str:
    """The codebook as a REFI-QDA document."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<CodeBook xmlns={quoteattr(NAMESPACE)} origin={quoteattr(ORIGIN)}>",
        "  <Codes>",
        *(line for code in codebook.children() for line in _code_xml(codebook, code, "    ")),
        "  </Codes>",
        "</CodeBook>",
    ]
    return "\n".join(lines) + "\n"


def _code_xml(codebook: Codebook, code: Code, indent: str) -> list[str]:
    color = f" color={quoteattr(code.color)}" if tidy_color(code.color) else ""
    tag = (
        f"{indent}<Code guid={quoteattr(guid(code.id))} name={quoteattr(code.name)} "
        f'isCodable="{"false" if code.retired else "true"}"{color}'
    )
    description = describe(code)
    children = codebook.children(code.id)
    if not description and not children:
        return [tag + "/>"]
    lines = [tag + ">"]
    if description:
        lines.append(f"{indent}  <Description>{escape(description)}</Description>")
    for child in children:
        lines += _code_xml(codebook, child, indent + "  ")
    return [*lines, f"{indent}</Code>"]


def guid(identity: str) -> str:
    """A code's identity as REFI-QDA writes it: upper case, no braces."""
    match = _GUID.fullmatch(identity)
    if match:
        return match[1].upper()
    return str(uuid.uuid5(uuid.NAMESPACE_URL, identity)).upper()


def describe(code: Code) -> str:
    """The definition, then a labelled line for every other field that is not empty.

    A line of text that itself looks labelled gets a backslash, which `undescribe` takes off.
    """
    parts = [_backslashed(code.definition)] if code.definition else []
    for key, label in LABELS.items():
        value = join_keywords(code.keywords) if key == "keywords" else getattr(code, key)
        if value:
            parts.append(f"{label}: {_backslashed(value)}")
    return "\n\n".join(parts)


def undescribe(description: str) -> dict[str, str]:
    """The fields in a description, by name; without any labels all of it is the definition."""
    lines: dict[str, list[str]] = {"definition": []}
    current = "definition"
    for line in tidy(description).split("\n"):
        match = _LABELLED.match(line)
        rest = line
        if match and not match[1]:
            current = _FIELDS[match[2].casefold()]
            rest = line[match.end() :]
        if rest.startswith("\\") and _LABELLED.match(rest):
            rest = rest[1:]
        lines.setdefault(current, []).append(rest)
    return {key: tidy("\n".join(kept)) for key, kept in lines.items()}


def _backslashed(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("\\" + line if _LABELLED.match(line) else line for line in lines)


@dataclass(slots=True)
class _Element:
    """A `Code` as it stands in the file."""

    line: int
    attributes: dict[str, str]
    description: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)


class _Parser:
    """Expat's events to a tree of `Code` elements; everything else is counted as left out."""

    _READ = frozenset(
        {
            ("", "CodeBook"),
            ("CodeBook", "Codes"),
            ("CodeBook", "Code"),
            ("Codes", "Code"),
            ("Code", "Code"),
            ("Code", "Description"),
        }
    )
    """Which elements are read, each with the one it stands in."""

    def __init__(self, file: str) -> None:
        from xml.parsers import expat

        self.file = file
        self.origin = ""
        """The program that wrote the file, as it calls itself."""
        self.top: list[_Element] = []
        self.left_out: Counter[str] = Counter()
        self.codes = 0
        self._open: list[str] = []
        self._stack: list[_Element] = []
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._doctype
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text

    def parse(self, data: bytes) -> None:
        """Read a whole document. Raises `CodebookFileError`."""
        from xml.parsers import expat

        try:
            self._expat.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            message = f"this is not well-formed XML ({reason}); export the codebook again"
            raise CodebookFileError(self.file, [Fault(error.lineno, message)]) from None
        except (LookupError, ValueError) as error:
            if isinstance(error, CodebookError):
                raise
            raise self._fault("the encoding it declares is unknown; save it as UTF-8") from None

    def _fault(self, message: str) -> CodebookFileError:
        line = max(1, self._expat.CurrentLineNumber)
        return CodebookFileError(self.file, [Fault(line, message)])

    def _doctype(self, *_: object) -> None:
        raise self._fault(
            "a document type declaration, which REFI-QDA does not have and which can be used to "
            "attack a reader; delete it if you trust the file"
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self._open and name != "CodeBook":
            hint = (
                "it is a whole project; use `commonplace convert`"
                if name == "Project"
                else "is it a REFI-QDA codebook?"
            )
            raise self._fault(f"the file holds <{one_line(name)[:40]}>, no <CodeBook>; {hint}")
        above = self._open[-1] if self._open else ""
        read = (above, name) in self._READ and (above != "" or not self._open)
        self._open.append(name if read else "")
        if read and name == "CodeBook":
            self.origin = attributes.get("origin", "")
        elif read and name == "Code":
            self._code(attributes)
        elif not read and (name == "Set" or (above and name != "Sets")):
            self.left_out[one_line(name)[:40]] += 1

    def _code(self, attributes: dict[str, str]) -> None:
        self.codes += 1
        if self.codes > MAX_CODES or len(self._stack) >= MAX_DEPTH:
            raise self._fault(
                f"more than {MAX_CODES} codes, or nested more than {MAX_DEPTH} levels deep; "
                "is it the right file?"
            )
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = _Element(self._expat.CurrentLineNumber, local)
        (self._stack[-1].children if self._stack else self.top).append(element)
        self._stack.append(element)

    def _end(self, _tag: str) -> None:
        if self._open.pop() == "Code":
            self._stack.pop()

    def _text(self, data: str) -> None:
        if self._open and self._open[-1] == "Description" and self._stack:
            self._stack[-1].description.append(data)


class _Maker:
    """Makes codes of elements, putting right what this codebook cannot hold, with notes."""

    def __init__(self, name: str, parser: _Parser) -> None:
        self.name = name
        self.parser = parser
        self.codes: list[Code] = []
        self.ids: set[str] = set()
        self.notes: Counter[str] = Counter()

    def reading(self) -> Reading:
        """The codebook and the notes."""
        if not self.parser.top:
            raise CodebookError(f"{self.parser.file} holds no codes; was it exported empty?")
        self._make(self.parser.top, (), None)
        left_out = [
            f"left out: {count} <{name}>, which a codebook here has no place for"
            for name, count in self.parser.left_out.items()
        ]
        notes = [f"{note} ({count})" if count > 1 else note for note, count in self.notes.items()]
        return Reading(Codebook(self.name, tuple(self.codes)), (*notes, *left_out))

    def _make(self, elements: list[_Element], above: tuple[str, ...], parent: str | None) -> None:
        siblings: set[str] = set()
        for element in elements:
            name = self._name(element, siblings)
            siblings.add(name.casefold())
            names = (*above, name)
            fields = undescribe("".join(element.description))
            codable = element.attributes.get("isCodable", "true").strip() not in ("false", "0")
            ours = self.parser.origin == ORIGIN
            code = Code(
                id=self._id(element, names),
                name=name,
                parent=parent,
                keywords=split_keywords(fields.get("keywords", "")),
                color=self._color(element),
                retired=ours and not codable,
                **{key: fields.get(key, "") for key in TEXTS},
            )
            if not codable and not ours:
                self.notes["folders that could not be applied became codes that can"] += 1
            self.codes.append(code)
            self._make(element.children, names, code.id)

    def _name(self, element: _Element, siblings: set[str]) -> str:
        given = element.attributes.get("name", "")
        name = one_line(given)
        if not name:
            self.notes["codes without a name were called 'Unnamed'"] += 1
            name = "Unnamed"
        elif name != given:
            self.notes["white space in names was tidied"] += 1
        number, unique = 1, name
        while unique.casefold() in siblings:
            number += 1
            unique = f"{name} ({number})"
        if unique != name:
            self.notes[f"a second code '{name}' in one place was called '{unique}'"] += 1
        return unique

    def _id(self, element: _Element, names: tuple[str, ...]) -> str:
        given = element.attributes.get("guid", "").strip()
        match = _GUID.fullmatch(given)
        identity = match[1].lower() if match else code_id(self.name, join_path(names))
        if not match:
            self.notes["codes without a GUID got an identity made from their path"] += 1
        if identity in self.ids:
            self.notes["codes that shared a GUID got identities made from their paths"] += 1
            identity = code_id(self.name, join_path(names))
        self.ids.add(identity)
        return identity

    def _color(self, element: _Element) -> str:
        color = tidy_color(element.attributes.get("color", ""))
        if color is None:
            self.notes["colours not written as #rrggbb were left out"] += 1
        return color or ""
