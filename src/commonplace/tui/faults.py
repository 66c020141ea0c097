"""What is said when a fault in the program ends the application.

Whatever is on the screen is private: no traceback that shows the values at hand, and none at all
unless somebody asks for it.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

ASKED = "COMMONPLACE_TRACEBACK"
"""The variable that asks for a traceback; it shows lines of the program, and the error's words."""

_HERE = Path(__file__).parents[1]


def told(error: BaseException) -> str:
    """What kind of fault it was, and where in the program."""
    if os.environ.get(ASKED):
        return "".join(traceback.format_exception(error)).rstrip()
    return (
        f"A fault in the program ended the application: {type(error).__name__}{_place(error)}. "
        "What was decided is in the project. Please report this line; "
        f"{ASKED}=1 in the environment shows more of it."
    )


def _place(error: BaseException) -> str:
    """The innermost line of ours that it came through."""
    ours = [
        (Path(frame.f_code.co_filename).relative_to(_HERE), number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if Path(frame.f_code.co_filename).is_relative_to(_HERE)
    ]
    return f" in {ours[-1][0].as_posix()}, line {ours[-1][1]}" if ours else ""
