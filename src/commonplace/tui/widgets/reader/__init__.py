"""The document view: a transcript as pieces and turns, its marks, and the widget that shows it.

`Document`, `CodingMark`, `SuggestionMark` and `CodeLook` are plain data; `Reader` is the widget.
"""

from commonplace.tui.widgets.reader.document import Document
from commonplace.tui.widgets.reader.marks import CodeLook, CodingMark, Marks, SuggestionMark
from commonplace.tui.widgets.reader.view import Reader

__all__ = ["CodeLook", "CodingMark", "Document", "Marks", "Reader", "SuggestionMark"]
