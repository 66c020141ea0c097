"""What was read of a project, kept on disk between sessions: disposable, and private.

One file a project, in the user's cache folder under the project's identity, readable by its owner
only. It holds stems and numbers, no pickle; a key over all that it was made of decides whether it
still holds. Deleted or damaged, it is made again, and the suggestions are the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonplace.domain.codebook import Code
    from commonplace.suggest.segments import Segment

FORMAT = "1"
"""Counts up when what is kept, or how it is computed, changes."""

NAME = "index.npz"

MOST_PROJECTS = 30
"""Kept in the cache; those not used for longest go first."""


def folder(project: str) -> Path:
    """Where things about the project of that identity (UUID) are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("commonplace") / "projects" / project


def forget(project: str) -> None:
    """Deletes all that is kept about a project: for one that is erased, or parts of which are."""
    shutil.rmtree(folder(project), ignore_errors=True)


def key(codes: Sequence[Code], found: Sequence[Segment]) -> str:
    """A digest of all that reading depends on."""
    from importlib.metadata import version

    digest = hashlib.sha256()
    libraries = [version(name) for name in ("spacy", "scikit-learn", "snowballstemmer", "numpy")]
    for value in (FORMAT, *libraries, *codes):
        digest.update(repr(value).encode("utf-8", "surrogatepass") + b"\0")
    for segment in found:
        place = f"{segment.document} {segment.span.start} {segment.turn} {segment.eligible}\n"
        digest.update((place + segment.text).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


class Shelf:
    """The place of one project in the cache."""

    def __init__(self, project: str) -> None:
        self._folder = folder(project)

    def load(self, wanted: str) -> dict[str, Any] | None:
        """The arrays that were saved under that key, if they are still there and sound."""
        import numpy as np

        try:
            with np.load(self._folder / NAME, allow_pickle=False) as kept:
                if str(kept["key"]) != wanted:
                    return None
                arrays = {name: kept[name] for name in kept.files}
            os.utime(self._folder)
            return arrays
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, made_of: str, arrays: Mapping[str, Any]) -> None:
        """Keeps arrays under a key, in the place of what was there. A full disk is no trouble."""
        import numpy as np

        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)  # readable by its owner only
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, key=np.array(made_of), **arrays)
                Path(name).replace(self._folder / NAME)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        others = sorted(self._folder.parent.iterdir(), key=lambda path: -path.stat().st_mtime)
        for path in others[MOST_PROJECTS:]:
            shutil.rmtree(path, ignore_errors=True)


def packed(words: Sequence[str]) -> Any:
    """Words without line breaks as an array of bytes."""
    import numpy as np

    return np.frombuffer("\n".join(words).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpacked(array: Any) -> list[str]:
    """The words again. `packed` of none and of one empty word are the same: none."""
    text = array.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
