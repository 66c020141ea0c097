"""Takes the pictures of README and docs from the running application on the demo project.

python docs/screenshots.py
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from commonplace.tui import colors
from commonplace.tui.app import CommonplaceApp
from commonplace.tui.places import Places
from commonplace.workflows.demo import make_demo

IMAGES = Path(__file__).parent / "images"
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""The export names fonts on a server; these pictures ask no other machine for anything."""

PICTURES = {
    "code": ("dark", (132, 38), ("]", "pagedown", "pagedown", "pagedown")),
    "code-light": ("light", (132, 38), (*("]",) * 6, "n", "n", "n")),
    "code-small": ("dark", (80, 24), ("]", "pagedown", *("n",) * 4)),
    "picker": ("dark", (110, 32), ("]", "]", "n", "c", "h", "o", "u", "s")),
    "quotes": ("dark", (132, 38), ("f4",)),
    "themes": ("dark", (132, 38), ("f5",)),
}
KEYS = {"]": "right_square_bracket"}


async def take(project: Path, name: str) -> None:
    """Presses the keys of a picture and keeps what the screen then shows."""
    theme, size, keys = PICTURES[name]
    places = Places(theme=(colors.DARK if theme == "dark" else colors.LIGHT).name)
    app = CommonplaceApp(project, "Researcher", places=places)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(1)
        for key in keys:
            await pilot.press(KEYS.get(key, key))
            await pilot.pause(0.4)
        await pilot.pause(1)
        picture = app.export_screenshot(title="Commonplace")
    (IMAGES / f"{name}.svg").write_text(FONT_FACE.sub("", picture), encoding="utf-8")


def main() -> None:
    """Takes all pictures."""
    IMAGES.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    try:
        project, _ = make_demo(folder, lambda *_: None)
        for name in PICTURES:
            asyncio.run(take(project, name))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
