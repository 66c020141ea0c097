"""Files to read, written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import read

Reading = Callable[..., Transcript]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Writes a file of this content and reads the one transcript in it."""

    def write_and_read(name: str, content: str | bytes, **options: object) -> Transcript:
        path = tmp_path / "in.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (transcript,) = read(path, name=name, **options)
        return transcript

    return write_and_read
