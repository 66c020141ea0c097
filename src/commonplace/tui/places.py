"""Where the reader was: kept per project in the user's state folder, not in the project."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Places:
    """The transcript last open, the offset of the cursor in each, and the colours chosen."""

    path: Path | None = None
    """Where this is kept; None keeps it nowhere."""
    document: str = ""
    offsets: dict[str, int] = field(default_factory=dict)
    theme: str = ""

    @classmethod
    def load(cls, project: str) -> Places:
        """What is known of the project of that UUID; nothing is no error, nor is damage."""
        from platformdirs import user_state_path

        path = user_state_path("commonplace") / f"{project}.json"
        places = cls(path)
        try:
            known: Any = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return places
        if isinstance(known, dict):
            offsets = known.get("offsets")
            places.document = str(known.get("document", ""))
            places.theme = str(known.get("theme", ""))
            if isinstance(offsets, dict):
                places.offsets = {k: v for k, v in offsets.items() if isinstance(v, int) and v >= 0}
        return places

    def save(self) -> None:
        """Keeps it, readable by the user only; a folder that cannot be written is no error."""
        if self.path is None:
            return
        text = json.dumps({"document": self.document, "offsets": self.offsets, "theme": self.theme})
        new = self.path.with_suffix(f".{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
                file.write(text)
            new.replace(self.path)
        except OSError:
            new.unlink(missing_ok=True)
