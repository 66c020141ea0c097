"""The styles of Word documents: change one in Word, and all that wears it changes."""

from __future__ import annotations

from typing import Any

_INK = "22303C"
_SOFT = "5A5A5A"

_PARAGRAPHS: dict[str, dict[str, Any]] = {
    "Commonplace Note": {"size": 9, "color": _SOFT, "after": 3},
    "Commonplace Quote": {
        "italic": True, "indent": 8, "before": 6, "after": 2, "together": True, "with_next": True,
    },
    "Commonplace Attribution": {"size": 9.5, "color": _SOFT, "indent": 8, "after": 10},
    "Commonplace Caution": {"bold": True, "before": 6, "after": 6},
    "Commonplace Caption": {"size": 10, "bold": True, "before": 10, "after": 4, "with_next": True},
    "Commonplace Cell": {"size": 9, "after": 0},
    "Commonplace Figure": {"size": 9, "after": 0, "right": True},
}  # fmt: skip
"""Sizes and spaces in points, indents in millimetres."""

_CHARACTERS: dict[str, dict[str, Any]] = {
    "Commonplace Quote ID": {"size": 7.5, "color": _SOFT},
    "Commonplace Bar": {"size": 7, "color": "0B5F97"},
    "Commonplace Other Bar": {"size": 7, "color": "C77D0A"},
    "Commonplace Strong": {"bold": True},
}
_TABLE = "Commonplace Table"

STYLES = (*_PARAGRAPHS, *_CHARACTERS, _TABLE)
"""Those of our own, beside Word's Title and headings."""

_TABLE_LOOK = """
<w:tblPr {ns}><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{ink}"/><w:bottom w:val="single" w:sz="8" w:color="{ink}"/>
<w:insideH w:val="single" w:sz="4" w:color="C8C8C8"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
"""
_HEAD_LOOK = """
<w:tblStylePr {ns} w:type="firstRow"><w:rPr><w:b/></w:rPr>
<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{ink}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/></w:tcPr></w:tblStylePr>
"""


def add_styles(styles: Any) -> dict[str, str]:
    """Adds the styles that a document lacks; returns the identity of every style by its name."""
    from docx.enum.style import WD_STYLE_TYPE

    there = {style.name for style in styles}
    for name, look in _PARAGRAPHS.items():
        if name not in there:
            _add_paragraph(styles, name, look)
    for name, look in _CHARACTERS.items():
        if name not in there:
            _add_characters(styles.add_style(name, WD_STYLE_TYPE.CHARACTER), look)
    if _TABLE not in there:
        _add_table(styles.add_style(_TABLE, WD_STYLE_TYPE.TABLE))
    _in_british_english(styles.element)
    return {style.name: style.style_id for style in styles}


def _add_paragraph(styles: Any, name: str, look: dict[str, Any]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = styles["Normal"], True
    font, form = style.font, style.paragraph_format
    font.italic = look.get("italic")
    _set_font(font, look)
    if "indent" in look:
        form.left_indent = form.right_indent = Mm(look["indent"])
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look["after"])
    form.keep_together, form.keep_with_next = look.get("together"), look.get("with_next")
    if look.get("right"):
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _add_characters(style: Any, look: dict[str, Any]) -> None:
    style.quick_style = True
    _set_font(style.font, look)


def _set_font(font: Any, look: dict[str, Any]) -> None:
    from docx.shared import Pt, RGBColor

    font.bold = look.get("bold")
    if "size" in look:
        font.size = Pt(look["size"])
    if "color" in look:
        font.color.rgb = RGBColor.from_string(look["color"])


def _add_table(style: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for look in (_TABLE_LOOK, _HEAD_LOOK):
        style.element.append(parse_xml(look.format(ns=nsdecls("w"), ink=_INK)))


def _in_british_english(styles: Any) -> None:
    """The language in which Word checks spelling, unless a style says otherwise."""
    from docx.oxml.ns import qn

    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
