"""Dialogs: a question each, answered by `dismiss`; None when it was left.

They are imported when they are first asked, so that the first paint does not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonplace.tui.dialogs.cell import CellDialog, Said
    from commonplace.tui.dialogs.choose import Choose
    from commonplace.tui.dialogs.help import HelpDialog
    from commonplace.tui.dialogs.memo import MemoDialog
    from commonplace.tui.dialogs.path import PathPrompt
    from commonplace.tui.dialogs.picker import CodePicker, Picked
    from commonplace.tui.dialogs.prompt import FilePrompt, Prompt, ReasonPrompt
    from commonplace.tui.dialogs.report import ReportDialog
    from commonplace.tui.dialogs.several import Several

__all__ = [
    "CellDialog",
    "Choose",
    "CodePicker",
    "FilePrompt",
    "HelpDialog",
    "MemoDialog",
    "PathPrompt",
    "Picked",
    "Prompt",
    "ReasonPrompt",
    "ReportDialog",
    "Said",
    "Several",
]

_HOMES = {
    "CellDialog": "cell",
    "Choose": "choose",
    "CodePicker": "picker",
    "FilePrompt": "prompt",
    "HelpDialog": "help",
    "MemoDialog": "memo",
    "PathPrompt": "path",
    "Picked": "picker",
    "Prompt": "prompt",
    "ReasonPrompt": "prompt",
    "ReportDialog": "report",
    "Said": "cell",
    "Several": "several",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"there is no dialog {name}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
