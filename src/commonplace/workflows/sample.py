"""Where the sample interviews lie."""

from __future__ import annotations

from pathlib import Path


def sample_folder() -> Path:
    """Inside the package when installed from a wheel, else beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "data" / "transcripts_sample"
    return installed if installed.is_dir() else package.parents[1] / "transcripts_sample"
