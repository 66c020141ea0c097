"""The document view: a transcript as pieces and turns, its marks, and the widget that shows it.

`Document`, `CodingMark`, `SuggestionMark` and `CodeLook` are plain data; `Reader` is the widget.
Positions are code points of the stored text everywhere, and turns are counted from 0.

    document = Document.build(text, turns, speakers)     # or chunks of text, read once
    reader = Reader(document, codes={code_id: CodeLook("H", "#e69f00")}, codings=…)

- In: `open`, `set_codes`, `set_codings`, `put_coding` (new or changed; `pending` until it is
  kept), `remove_coding`, `set_suggestions`, `put_suggestion`, `remove_suggestion`, `set_turns`.
- Asked: `cursor`, `turn`, `selection`, `target()` (selection, else the sentence under the
  cursor), `codings_here()`, `suggestions_here()`, `document`, `codings`, `suggestions`.
- Told to: `move`, `go_to`, `select`, `select_sentence_or_turn`, `toggle_marking`, `clear`,
  `reveal`, `next_suggestion`, `search`, `search_next`.
- Out: `Reader.CursorMoved`, `Reader.SelectionChanged`, `Reader.Activated` (enter).
"""

from commonplace.tui.widgets.reader.document import Document
from commonplace.tui.widgets.reader.marks import CodeLook, CodingMark, Marks, SuggestionMark
from commonplace.tui.widgets.reader.view import Reader

__all__ = ["CodeLook", "CodingMark", "Document", "Marks", "Reader", "SuggestionMark"]
