"""What was read of a project, kept on disk between sessions: disposable, and private.

A folder a project, in the user's cache folder under the project's identity, its files readable by
their owner only. They hold stems and numbers, no pickle, and no more than a batch of segments each;
a key over all that they were made of decides whether they still hold, another over what they hold
whether they are sound. Deleted or damaged, they are made again, and the suggestions are the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonplace.domain.codebook import Code
    from commonplace.suggest.corpus import Corpus

FORMAT = "3"
"""Counts up when what is kept, or how it is computed, changes."""

_KEY, _SEAL = "key", "seal"
"""Names under which a file tells what it was made of, and what it holds."""

LASTING = "sense-"
"""Begins the names of what is worth keeping when texts or codebook change."""

MOST_PROJECTS = 30
"""Kept in the cache; those not used for longest go first."""


def folder(project: str) -> Path:
    """Where things about the project of that identity (UUID) are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("commonplace") / "projects" / project


def forget(project: str) -> None:
    """Deletes all that is kept about a project: for one that is erased, or parts of which are."""
    shutil.rmtree(folder(project), ignore_errors=True)


def key(codes: Sequence[Code], corpus: Corpus, encoder: str = "") -> str:
    """A digest of all that reading depends on; `encoder` is that of the encoder, if any."""
    from importlib.metadata import version

    digest = hashlib.sha256(corpus.digest.encode())
    libraries = [version(name) for name in ("spacy", "scikit-learn", "snowballstemmer", "numpy")]
    for value in (FORMAT, encoder, *libraries, *codes):
        digest.update(repr(value).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _seal(arrays: Mapping[str, Any]) -> str:
    """A digest of arrays: their names, kinds, shapes and bytes."""
    digest = hashlib.blake2b(digest_size=16)
    for name, array in sorted(arrays.items()):
        digest.update(f"{name} {array.dtype} {array.shape}\0".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _private(folder: Path) -> None:
    """Makes a folder and all of ours above it for their owner alone."""
    for each in reversed((folder, *folder.parents)):
        each.mkdir(mode=0o700, exist_ok=True)


class Shelf:
    """The place of one project in the cache: arrays under names, each with the key of what it
    was made of."""

    def __init__(self, project: str) -> None:
        self.folder = folder(project)

    def load(self, name: str, wanted: str) -> dict[str, Any] | None:
        """The arrays of that name that were saved under that key, if they are there and sound."""
        arrays = self._look(name, wanted, self._sound)
        if arrays is not None:
            with suppress(OSError):  # what cannot be written to can be read
                os.utime(self.folder)
        return arrays

    def has(self, name: str, wanted: str) -> bool:
        """Whether there are arrays of that name under that key."""
        return self._look(name, wanted, lambda _: {}) is not None

    def _look(
        self, name: str, wanted: str, take: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any] | None:
        import numpy as np

        try:
            with np.load(self.folder / f"{name}.npz", allow_pickle=False) as kept:
                return take(kept) if str(kept[_KEY]) == wanted else None
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def _sound(self, kept: Any) -> dict[str, Any]:
        """The arrays of a file. Raises `ValueError` where they are not those that were saved."""
        arrays = {name: kept[name] for name in kept.files if name not in (_KEY, _SEAL)}
        if str(kept[_SEAL]) != _seal(arrays):
            raise ValueError("damaged")
        return arrays

    def save(self, name: str, made_of: str, arrays: Mapping[str, Any]) -> None:
        """Keeps arrays under a name and a key. A full disk is no trouble: they are made again."""
        import numpy as np

        try:
            _private(self.folder)
            handle, passing_name = tempfile.mkstemp(dir=self.folder)  # its owner's alone
            try:
                with os.fdopen(handle, "wb") as file:
                    marks: Any = {_KEY: np.array(made_of), _SEAL: np.array(_seal(arrays))}
                    np.savez(file, **marks, **arrays)
                Path(passing_name).replace(self.folder / f"{name}.npz")
            except BaseException:
                Path(passing_name).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def clear(self) -> None:
        """Makes room for what is read anew: here, and of the projects not used for longest."""
        try:
            _private(self.folder)
            os.utime(self.folder)
            for path in self.folder.iterdir():  # what a killed process did not finish as well
                if not path.name.startswith(LASTING):
                    path.unlink(missing_ok=True)
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        others = sorted(self.folder.parent.iterdir(), key=lambda path: -path.stat().st_mtime)
        for path in others[MOST_PROJECTS:]:
            shutil.rmtree(path, ignore_errors=True)


class _Passing(Shelf):
    """A shelf that goes with whoever uses it."""

    def __init__(self) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="commonplace-")
        self.folder = Path(self._room.name)

    def _prune(self) -> None:
        return


def passing() -> Shelf:
    """A place for what is too large for memory and not worth keeping."""
    return _Passing()
