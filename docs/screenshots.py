"""Takes the pictures of README and docs from the running application on the demo project.

python docs/screenshots.py
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from commonplace.project import Project
from commonplace.tui import colors
from commonplace.tui.app import CommonplaceApp
from commonplace.tui.places import Places
from commonplace.workflows.demo import make_demo, write_demo_tables

CODER = "Researcher"
IMAGES = Path(__file__).parent / "images"
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""The export names fonts on a server; these pictures ask no other machine for anything."""

PICTURES = {
    "code": ("dark", (132, 38), ("]", "pagedown", "pagedown", "pagedown")),
    "code-light": ("light", (132, 38), (*("]",) * 6, "n", "n", "n")),
    "code-small": ("dark", (80, 24), ("]", "pagedown", *("n",) * 4)),
    "picker": ("dark", (110, 32), ("]", "]", "n", "c", "h", "o", "u", "s")),
    "quotes": ("dark", (132, 38), ("f4",)),
    "review": ("dark", (132, 38), ("f3",)),
    "themes": ("dark", (132, 38), ("f5",)),
    "crosstab": ("light", (132, 38), ("f5", "2", "right")),
    "together": ("dark", (132, 38), ("f5", "4", "right")),
    "agreement": ("dark", (132, 38), ("f6",)),
    "codebook": ("dark", (132, 38), ("f7", "down")),
    "people": ("dark", (132, 38), ("f8",)),
}
KEYS = {"]": "right_square_bracket"}


async def take(project: Path, name: str) -> None:
    """Presses the keys of a picture and keeps what the screen then shows."""
    theme, size, keys = PICTURES[name]
    places = Places(theme=(colors.DARK if theme == "dark" else colors.LIGHT).name)
    app = CommonplaceApp(project, CODER, places=places)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(1)
        for key in keys:
            await pilot.press(KEYS.get(key, key))
            await pilot.pause(0.4)
        await pilot.pause(1)
        picture = app.export_screenshot(title="Commonplace")
    (IMAGES / f"{name}.svg").write_text(FONT_FACE.sub("", picture), encoding="utf-8")


PAGES = {
    "report": ("", "light", (1000, 1100)),
    "report-groups": ("groups", "dark", (1000, 500)),
    "report-quotes": ("quotes", "light", (1000, 620)),
}
"""Pictures of the demo's report: which part, light or dark, and how large."""


def picture_report(project: Path, folder: Path) -> None:
    """Takes the pictures of the report with Chromium, where there is one."""
    if shutil.which("chromium") is None:
        return
    with Project.open(project) as opened:
        page = next(file for file in write_demo_tables(opened) if file.suffix == ".html")
    for name, (part, theme, (wide, tall)) in PAGES.items():
        shown = folder / f"{name}.html"
        others = f"header, .facts, .caution, nav, section:not(:has(#{part}))"
        alone = f"{others} {{ display: none }} h2 {{ margin: 0 }}"
        text = page.read_text(encoding="utf-8")
        shown.write_text(text.replace("</style>", f"{alone}</style>") if part else text, "utf-8")
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking", "--disable-sync"),
                *("--disable-component-update", f"--user-data-dir={folder}/chromium"),
                f"--blink-settings=preferredColorScheme={0 if theme == 'dark' else 1}",
                *("--hide-scrollbars", f"--window-size={wide},{tall}"),
                *(f"--screenshot={IMAGES / name}.png", shown.as_uri()),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def main() -> None:
    """Takes all pictures."""
    IMAGES.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    os.environ["COMMONPLACE_CODER"] = CODER  # for whom the demo's suggestions are
    try:
        project, _ = make_demo(folder, lambda *_: None)
        for name in PICTURES:
            asyncio.run(take(project, name))
        picture_report(project, folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
