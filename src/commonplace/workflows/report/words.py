"""The sections of a report that are read: quotes, how they were chosen, the codebook."""

from __future__ import annotations

from commonplace.analysis.illustrations import Illustrations
from commonplace.analysis.methods import number
from commonplace.analysis.scope import Scope
from commonplace.domain.codebook import Codebook
from commonplace.exports.report.model import (
    Block,
    Cell,
    Entries,
    Entry,
    Grid,
    Line,
    Quotation,
    Quotations,
    Remarks,
    Section,
)


def quotes_section(book: Codebook, found: Illustrations) -> Section | None:
    """What people said, theme by theme; None where nothing may be quoted."""
    blocks: list[Block] = []
    count = 0
    for theme in found.themes:
        quotes = []
        for each in theme.quotes:
            count += 1
            quotes.append(Quotation(count, each.said, each.attribution))
        if quotes:
            note = (
                f"{len(quotes)} of {number(theme.candidates, 'passage')} that may be quoted, by "
                f"{number(theme.people, 'person', 'people')}."
            )
            blocks.append(Quotations(book[theme.code].name, note, tuple(quotes)))
    if not blocks:
        return None
    return Section("quotes", "In their words", (*blocks, Remarks(found.remarks)))


def chosen_section(book: Codebook, found: Illustrations) -> Section | None:
    """Why these quotes, and by which id each is found again; nothing of who said them."""
    lines: list[Line] = []
    for theme in found.themes:
        for each in theme.quotes:
            lines.append(
                Line(
                    (
                        Cell(f"Q{len(lines) + 1}"),
                        Cell(book[theme.code].name),
                        Cell(f"{each.typical:.0%}"),
                        Cell(f"{each.readability:.2f}"),
                        Cell(f"{each.words}"),
                        Cell(each.id),
                    )
                )
            )
    if not lines:
        return None
    headings = ("Quote", "Theme", "Less typical", "Readability", "Words", "Found by")
    right = (False, False, True, True, True, False)
    grid = Grid("chosen-table", "The quotes and why these", headings, tuple(lines), "plain", right)
    said = (
        "Less typical: the share of the theme's passages that are farther from its centre than "
        "this one, by their words. Readability: from 0 to 1, by length and whole sentences. "
        "Found by: the id under which the project has the quote."
    )
    return Section("chosen", "Appendix: how the quotes were chosen", (grid, Remarks((said,))), True)


_FIELDS = (("", "definition"), ("Include", "include"), ("Exclude", "exclude"))
"""What is printed of a code. Anchors and near misses are left out: they often are the words of
somebody whose consent the codebook does not know."""


def codebook_section(scope: Scope) -> Section | None:
    """The codes that are asked about, with what they mean; None without codes."""
    asked = set(scope.codes)
    entries = []
    for code in scope.codebook.in_reading_order():
        if code.id not in asked:
            continue
        level = sum(above.id in asked for above in scope.codebook.lineage(code.id)) - 1
        texts = tuple(
            (name, " ".join(str(getattr(code, field)).split()))
            for name, field in _FIELDS
            if str(getattr(code, field)).strip()
        )
        entries.append(Entry(code.name + (" (retired)" if code.retired else ""), level, texts))
    if not entries:
        return None
    book = scope.codebook
    edition = f", version {book.version}" if book.version else ""
    said = f"{book.name}{edition}: {number(len(entries), 'code')}."
    blocks: tuple[Block, ...] = (Remarks((said,)), Entries(tuple(entries)))
    return Section("codebook", "Appendix: the codebook", blocks, appendix=True)
