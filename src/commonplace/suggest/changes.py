"""What has changed since somebody decided: codebook entries, and the words of transcripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from commonplace.domain.codebook_diff import CONTENT
from commonplace.domain.span import Span
from commonplace.project import Project

Splice = tuple[int, int, int]
"""Where words were exchanged: start in the newer text, length in the older and in the newer."""

_Update = tuple[str, dict[str, Any], dict[str, Any]]
"""When columns of a row were changed, from what, and to what."""

SAID = frozenset(("name", *CONTENT))
"""What of a codebook entry says what the code means; its place and its colour do not."""


class Entries:
    """The entries of the codebook as they were, by the journal."""

    def __init__(self, project: Project) -> None:
        self.added: dict[str, str] = {}
        """When each code was added."""
        self._updates: dict[str, list[_Update]] = {}
        rows = project.connection.execute(
            "SELECT at, changes FROM journal WHERE changes LIKE '%\"codes\"%' ORDER BY seq"
        )
        for at, changes in rows:
            for change in json.loads(changes):
                if change["table"] == "codes":
                    for key in change.get("insert", ()):
                        self.added.setdefault(str(key), at)  # undo brings back what was there
                    for key, old, new in change.get("update", ()):
                        if not SAID.isdisjoint(new):
                            self._updates.setdefault(str(key), []).append((at, old, new))

    def changed(self, code: str, since: str) -> bool:
        """Whether the entry of a code says something else now than at that time, or was added
        later. What was changed and changed back is as it was."""
        then: dict[str, Any] = {}
        now: dict[str, Any] = {}
        for at, old, new in self._updates.get(code, ()):
            if at > since:
                then = old | then
                now |= new
        return self.added.get(code, "") > since or any(
            then[field] != now[field] for field in SAID & now.keys()
        )


class Rewordings:
    """Where the words of transcripts were corrected, and when."""

    def __init__(self, project: Project) -> None:
        self._versions: dict[str, list[tuple[str, list[Splice]]]] = {}
        rows = project.connection.execute(
            "SELECT document_id, replaced_at, splices FROM versions ORDER BY document_id, number"
        )
        for document, at, back in rows:  # the splices lead back, to the older text
            splices = [(start, len(old), len(new)) for start, new, old in json.loads(back)]
            self._versions.setdefault(document, []).append((at, splices))

    def touched(self, document: str, span: Span, since: str) -> bool:
        """Whether words inside a span of the text as it stands were changed after that time."""
        places: list[tuple[int, int]] = []
        for at, splices in self._versions.get(document, ()):
            places = [(_moved(start, splices), _moved(end, splices)) for start, end in places]
            if at > since:
                places += [(start, start + new) for start, _, new in splices]
        return any(start < span.end and span.start < max(end, start + 1) for start, end in places)


def _moved(offset: int, splices: Sequence[Splice]) -> int:
    """Where an offset in the older text lies in the newer one."""
    shift = 0
    for start, old, new in splices:
        if start - shift + old > offset:
            break
        shift += new - old
    return offset + shift
