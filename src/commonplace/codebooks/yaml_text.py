"""Writing YAML that people read: plain text wherever it is safe, quotes wherever it is not."""

from __future__ import annotations

import re
import textwrap

from commonplace.codebooks.fields import TEXTS
from commonplace.domain.codebook import Code, Codebook

WIDTH = 100

_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that some YAML readers take for something else than text."""


def codebook_text(codebook: Codebook) -> str:
    """A whole file."""
    text = field_text("name", codebook.name, 0)
    if codebook.version:
        text += field_text("version", codebook.version, 0)
    if not codebook.codes:
        return text + "codes: []\n"
    tops = [tree_text(codebook, code, 0) for code in codebook.children()]
    return text + "codes:\n\n" + "\n".join(tops)


def tree_text(codebook: Codebook, code: Code, dash: int) -> str:
    """A code and all codes below it, its `-` in column `dash`, blank lines between codes."""
    text = " " * dash + "- " + code_fields_text(code, dash + 2).lstrip(" ")
    children = codebook.children(code.id)
    if children:
        text += " " * (dash + 2) + "codes:\n"
        text += "".join("\n" + tree_text(codebook, child, dash + 2) for child in children)
    return text


def code_fields_text(code: Code, indent: int) -> str:
    """The fields of one code that are not empty, each on lines of its own."""
    text = field_text("name", code.name, indent)
    if code.color:
        text += field_text("color", code.color, indent)
    for key in TEXTS:
        value = getattr(code, key)
        if value:
            text += field_text(key, value, indent)
    if code.keywords:
        text += keywords_text(code.keywords, indent)
    if code.retired:
        text += flag_text("retired", indent)
    return text


def field_text(key: str, value: str, indent: int) -> str:
    """`key: value` in the plainest safe form, line end included."""
    head = " " * indent + key + ": "
    if "\n" in value and _is_literal(value):
        lines = (" " * (indent + 2) + line if line else "" for line in value.split("\n"))
        return head + "|-\n" + "\n".join(lines) + "\n"
    if not is_plain(value):
        return head + quoted(value) + "\n"
    return "\n".join(_wrap(head + value, indent)) + "\n"


def keywords_text(keywords: tuple[str, ...], indent: int) -> str:
    """`keywords: [a, b, c]`, wrapped between keywords."""
    words = [word if is_plain(word, flow=True) else quoted(word) for word in keywords]
    glued = ", ".join(word.replace(" ", "\0") for word in words)
    lines = _wrap(" " * indent + f"keywords: [{glued}]", indent)
    return "\n".join(lines).replace("\0", " ") + "\n"


def flag_text(key: str, indent: int) -> str:
    """`key: true`."""
    return " " * indent + f"{key}: true\n"


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether `text` may stand without quotes: it begins with a letter, and nothing in it means
    anything to a YAML reader."""
    return (
        text[:1].isalpha()
        and text.isprintable()
        and text == " ".join(text.split(" "))
        and not text.endswith((" ", ":"))
        and not re.search(r": | #|  |\t", text)
        and not (flow and re.search(r"[\[\]{},:]", text))
        and text.casefold() not in _RESERVED
    )


def quoted(text: str) -> str:
    """`text` in double quotes; whatever is not printable is written as an escape."""
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _is_literal(text: str) -> bool:
    lines = text.split("\n")
    return (
        not lines[0].startswith((" ", "\t"))
        and lines[0] != ""
        and lines[-1] != ""
        and all(line.isprintable() for line in lines)
    )


def _wrap(line: str, indent: int) -> list[str]:
    return textwrap.wrap(
        line,
        width=WIDTH,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
