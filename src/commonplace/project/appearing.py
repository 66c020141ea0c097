"""A file that is there whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
from pathlib import Path


def appear(building: Path, target: Path) -> None:
    """Gives a finished file its name; where it was built nothing may be left, or a second name.

    A hard link takes a name only if it is free. File systems without links (FAT, exFAT, some
    network shares) get an empty file under that name first, which no one else can then take,
    and the finished one in its place. Raises `FileExistsError`, or `OSError` as these do.
    """
    try:
        os.link(building, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            building.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
