"""Files as others show them: LibreOffice, and Chromium by the rules of axe."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from commonplace import exports
from commonplace.domain.table import Column, Table
from commonplace.exports import report
from commonplace.exports.report.model import Report
from tests.exports.tables import quotes
from tests.exports.test_report import REPORT

AXE = Path(__file__).parents[2] / "build/node_modules/axe-core/axe.min.js"
NEEDED = "npm install --prefix build --no-save axe-core"

PACK = quotes(
    ("id1", "Transport", "No bus since <b>September</b>.", "Resident, Wales, wave 2"),
    ("id2", "Housing/Damp", "=1+1 and the damp.", ""),
    ("id3", "Housing/Damp", "Mould on the wall.\nAnd the cold.", "Practitioner"),
    note=("3 distinct quotes.", "No filters."),
)
FREQUENCIES = Table(
    "themes",
    (
        Column("code_path"),
        Column("participants", "people", of="participants_of"),
        Column("participants_of", "people"),
        Column("share_of_words", "share 0–1"),
    ),
    lambda: [("Housing", 14, 22, 0.053), ("Housing/Damp", 3, 22, None)],
    "Of 22.",
)


def test_libreoffice_shows_what_was_written(
    tmp_path: Path, need_program: Callable[[str], None]
) -> None:
    need_program("soffice")
    exports.write(PACK, tmp_path / "pack.docx")
    exports.write(PACK, tmp_path / "sheet.xlsx", sheet_per_theme=True)
    exports.write(FREQUENCIES, tmp_path / "themes.docx")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path)),
            *map(str, sorted([*tmp_path.glob("*.docx"), *tmp_path.glob("*.xlsx")])),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert read(tmp_path / "pack.pdf") == (
        "Quotes 3 distinct quotes. No filters. "
        "Housing/Damp =1+1 and the damp. — id2 Mould on the wall. And the cold. "
        "— Practitioner · id3 "
        "Transport No bus since <b>September</b>. — Resident, Wales, wave 2 · id1 1"
    )
    assert read(tmp_path / "themes.pdf") == (
        "Themes Of 22. Code path Participants Share of words "
        "Housing 14 of 22 0.053 Housing/Damp 3 of 22 1"
    )
    sheets = read(tmp_path / "sheet.pdf")
    for shown in ("Housing/Damp", "=1+1 and the damp.", "Mould on the wall.", "Out of"):
        assert shown in sheets


def read(file: Path) -> str:
    """The text of all pages, white space made one."""
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("shown", [PACK, FREQUENCIES, REPORT], ids=["pack", "table", "report"])
def test_a_page_is_accessible_and_asks_for_nothing(
    tmp_path: Path, need_program: Callable[[str], None], shown: Table | Report, dark: bool
) -> None:
    need_program("chromium")
    if not AXE.exists():
        message = f"axe-core is not installed: {NEEDED}"
        if os.environ.get("COMMONPLACE_CI"):
            pytest.fail(message)
        pytest.skip(message)
    if isinstance(shown, Report):
        report.write(shown, tmp_path / "page.html")
    else:
        exports.write(shown, tmp_path / "page.html")
    found = examined(tmp_path, (tmp_path / "page.html").read_text(encoding="utf-8"), dark)
    assert found["dark"] == dark
    assert found["violations"] == []
    assert found["passes"] > 10
    assert found["resources"] == []


def examined(folder: Path, page: str, dark: bool) -> dict:
    """What axe finds wrong on a page, and what the page loaded besides itself."""
    run = (
        "axe.run(document).then(found => { document.body.innerHTML = ''; "
        "document.body.textContent = '@@' + JSON.stringify({passes: found.passes.length, "
        "dark: matchMedia('(prefers-color-scheme: dark)').matches, "
        "violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)]), "
        "resources: performance.getEntriesByType('resource').map(r => r.name)}) + '@@' })"
    )
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{run}</script></body>"
    # The page's own policy would not let a script run.
    probed = re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", script)
    (folder / "probed.html").write_text(probed, encoding="utf-8")
    done = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
            *("--no-first-run", "--disable-background-networking", "--disable-sync"),
            *("--disable-component-update", f"--user-data-dir={folder}/chromium"),
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            *("--virtual-time-budget=20000", "--dump-dom", f"file://{folder}/probed.html"),
        ],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return json.loads(html.unescape(done.stdout.split("@@")[1]))
