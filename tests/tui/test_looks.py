"""How the screens look, in two sizes, dark and light."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Input, TextArea

from commonplace.analysis.audit.drawing import draw
from commonplace.analysis.scope import Scope
from commonplace.domain.desk import Mark
from commonplace.project import Project
from commonplace.project.suggestions import Basis
from commonplace.tui.app import CommonplaceApp
from commonplace.tui.colors import DARK, LIGHT
from commonplace.tui.looks import looks
from commonplace.tui.places import Places
from commonplace.tui.widgets.reader.palette import contrast
from tests.tui.conftest import CODES, place, transcript

SIZES = [(80, 24), (140, 40)]
SHADES = [DARK.name, LIGHT.name]


@pytest.fixture
def lively(path, monkeypatch):
    """The project with codings of two coders, a memo, and a transcript that is done."""
    monkeypatch.setattr(Scope, "as_of", lambda self: "2026-01-02")
    with Project.open(path, coder="ben") as project:
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", "The landlord never came."), "rent")
        project.documents.set_done(project.documents.find("birch").id, coder="amira")
    with Project.open(path, coder="amira") as project:
        coding = project.codings.add(
            ash, place(project, "ash", "It's damp. The landlord never came."), "housing"
        )
        project.memos.write("Ask about the landlord again.", coding=coding.id)
    return path


def screen(path, shade: str) -> CommonplaceApp:
    return CommonplaceApp(path, "amira", places=Places(theme=shade), suggest=None)


async def settle(pilot) -> None:
    """Waits until threads have answered; nothing blinks."""
    quiet = 0
    while quiet < 5:
        await pilot.pause()
        await asyncio.sleep(0.02)
        counting = any(getattr(room, "counting", False) for room in pilot.app.rooms)
        quiet = 0 if counting or pilot.app.session.busy else quiet + 1
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    await pilot.pause()


def doing(*keys: str, at: str = ""):
    """Presses keys, one when the answers to the one before are there."""

    async def run(pilot) -> None:
        await settle(pilot)
        if at:
            reader = pilot.app.screen.reader
            reader.go_to(reader.document.slice(0, reader.document.length).index(at))
            await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return run


@pytest.mark.parametrize("shade", SHADES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["code", "quotes", "themes"])
def test_screens(lively, snap_compare, mode, size, shade):
    keys = {"code": (), "quotes": ("f4",), "themes": ("f5",)}[mode]
    assert snap_compare(
        screen(lively, shade), terminal_size=size, run_before=doing(*keys, at="It's damp")
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys",
    [("c",), ("x",), ("m",), ("f1",), ("tab", "tab"), ("/",)],
    ids=["picker", "reason", "memo", "help", "codebook", "search"],
)
def test_dialogs_and_panes(lively, snap_compare, keys, size):
    assert snap_compare(
        screen(lively, DARK.name), terminal_size=size, run_before=doing(*keys, at="It's damp")
    )


@pytest.mark.parametrize("shade", SHADES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("f6",), ("f6", "enter")], ids=["agreement", "settling"])
def test_agreement(twice, snap_compare, monkeypatch, keys, size, shade):  # noqa: PLR0917
    monkeypatch.setattr(Scope, "as_of", lambda self: "2026-01-02")
    assert snap_compare(screen(twice, shade), terminal_size=size, run_before=doing(*keys))


@pytest.fixture
def worked(path, monkeypatch):
    """The project with a code in use whose definition has changed since, and a retired one."""
    for module in ("codings", "rereading"):
        monkeypatch.setattr(f"commonplace.project.{module}.now", lambda: "2026-01-02T09:00:00Z")
    with Project.open(path, coder="amira") as project:
        ash = project.documents.find("ash").id
        for words in ("It's damp.", "The landlord never came.", "My friend Ann drives me."):
            project.codings.add(ash, place(project, "ash", words), "housing")
        project.codes.update("housing", definition="Homes.", include="Talk of homes in general.")
        project.codes.update("housing", reread=True, definition="Homes, not the streets outside.")
        project.codes.retire("rent")
    return path


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("keys", "shade"),
    [((), DARK), (("tab", "tab", "space"), LIGHT), (("e",), DARK)],
    ids=["tree", "passages", "writing"],
)
def test_codebook(worked, snap_compare, keys, size, shade):
    async def run(pilot) -> None:
        await doing("f7", *keys)(pilot)
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await settle(pilot)

    assert snap_compare(screen(worked, shade.name), terminal_size=size, run_before=run)


@pytest.fixture
def described(lively):
    """The project with what is known of two people, one of them in two waves."""
    with Project.open(lively, coder="ben") as project:
        again = [("Int", "Again?"), ("R.", "Yes, damp again.")]
        project.documents.add(transcript("cedar.txt", again))
        rosa, sam, later = (project.people.find(name).id for name in ("Rosa", "Sam", "R."))
        project.people.join(rosa, [later])
        common = {"role": "resident", "programme": "Local Conversations"}
        project.people.set_attributes(rosa, {**common, "nation": "Wales", "age": "41"})
        project.people.set_attributes(sam, {**common, "nation": "Scotland", "age": "67"})
        for wave, name in enumerate(("ash", "cedar"), start=1):
            document = project.documents.find(name).id
            project.people.set_attributes(rosa, {"wave": str(wave)}, document=document)
    return lively


@pytest.mark.parametrize(
    ("keys", "size", "shade"),
    [
        (("space", "right", "right", "right", "e"), (140, 40), DARK),
        (("w", "down", "right"), (80, 24), LIGHT),
    ],
    ids=["cell", "transcripts"],
)
def test_people(described, snap_compare, keys, size, shade):
    assert snap_compare(
        screen(described, shade.name), terminal_size=size, run_before=doing("f8", *keys)
    )


@pytest.fixture
def decided(described, monkeypatch):
    """The project with quotes that are starred, edited, used and held back."""
    monkeypatch.setattr("commonplace.project.quotes.now", lambda: "2026-01-02T09:00:00Z")
    with Project.open(described, coder="ben") as project:
        ash = project.documents.find("ash").id

        def passage(words: str, code: str) -> tuple[str, int, int]:
            span = place(project, "ash", words)
            project.codings.add(ash, span, code)
            return ash, span.start, span.end

        talk = passage("My friend Ann drives me. We laugh a lot.", "social")
        bus = passage("The bus stopped, too, so I stay in.", "transport")
        passage("It goes twice a day now.", "transport")
        project.quotes.publish(talk, "My friend […] drives me. We laugh a lot.")
        for mark in (Mark.STAR, Mark.SHORTLIST, Mark.CLEAR):
            project.quotes.mark([talk], mark)
        project.quotes.use(talk, "Annual report, p. 3", "My friend […] drives me.")
        project.quotes.publish(bus, "The buses stopped, so I stay in.")
        project.quotes.embargo([(ash, *_flat(project))], "2999-01-01")
    return described


def _flat(project: Project) -> tuple[int, int]:
    span = place(project, "ash", "The landlord never came.")
    return span.start, span.end


@pytest.mark.parametrize(
    ("keys", "size", "shade"),
    [
        (("end",), (140, 40), LIGHT),
        (("end",), (80, 24), DARK),
        (("end", "up", "up", "e"), (140, 40), DARK),
        (("end", "up", "up", "e"), (80, 24), LIGHT),
        (("end", "c", "enter", "enter"), (140, 40), DARK),
        (("3",), (80, 24), LIGHT),
    ],
    ids=["wide", "narrow", "editing", "editing-narrow", "chosen", "ledger"],
)
def test_quotes(decided, snap_compare, keys, size, shade):
    async def run(pilot) -> None:
        await doing("f4", *keys)(pilot)
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await settle(pilot)

    assert snap_compare(screen(decided, shade.name), terminal_size=size, run_before=run)


@pytest.mark.parametrize(("size", "shade"), zip(SIZES, SHADES, strict=True))
def test_importing(tmp_path, path, snap_compare, size, shade):
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "ken.txt").write_text("Q: How is it?\n\nKen: Cold.\n\nQ: Always?\n\nKen: Yes.\n")
    turns = [("Int", "Well?"), ("Nora B.", "Damp."), ("Int", "Still?"), ("Nora", "It stays.")]
    turns += [("Int", "And now?"), ("Nora", "The same.")]
    (folder / "nora.txt").write_text("\n\n".join(f"{label}: {words}" for label, words in turns))
    (folder / "torn.docx").write_bytes(b"\x00\x01")

    async def run(pilot) -> None:
        await doing("I")(pilot)
        pilot.app.focused.insert_text_at_cursor(str(folder))
        await doing("enter", "down", "tab", "down", "space")(pilot)

    assert snap_compare(screen(path, shade), terminal_size=size, run_before=run)


@pytest.fixture
def learnt(lively):
    """The lively project once something is learnt: digits beside words, and a quiet code."""
    with Project.open(lively, coder="amira") as project:
        project.suggestions.accept(project.suggestions.pending()[0].id)
        project.suggestions.finish_run(Basis(labelled=40, calibrated=True, quiet={"rent": 0.2}))
    return lively


@pytest.mark.parametrize("shade", SHADES)
@pytest.mark.parametrize("size", SIZES)
def test_review(learnt, snap_compare, size, shade):
    assert snap_compare(screen(learnt, shade), terminal_size=size, run_before=doing("f3", "g"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("e",), ("A",), ("t",)], ids=["stretch", "together", "account"])
def test_reviewing(learnt, snap_compare, keys, size):
    assert snap_compare(
        screen(learnt, DARK.name), terminal_size=size, run_before=doing("f3", *keys)
    )


@pytest.mark.parametrize("shade", SHADES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys", [("3", "enter", "1"), ("0", "3", "F", "enter")], ids=["coding", "result"]
)
def test_audit(lively, snap_compare, monkeypatch, keys, size, shade):  # noqa: PLR0917
    monkeypatch.setattr("commonplace.project.audits.now", lambda: "2026-01-02T09:00:00Z")
    with Project.open(lively, coder="amira") as project:
        project.audits.start(draw(project, "sentence", 5, 4))
    assert snap_compare(
        screen(lively, shade), terminal_size=size, run_before=doing("f3", "B", *keys)
    )


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_project(tmp_path, snap_compare, size):
    path = tmp_path / "empty.commonplace"
    with Project.create(path, coder="amira"):
        pass
    assert snap_compare(screen(path, DARK.name), terminal_size=size, run_before=doing())


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_marks_of_codes_can_be_read(theme):
    from textual.color import Color

    from commonplace.codebooks import builtin

    for look in looks(builtin(), theme).values():
        assert contrast(Color.parse(look.color), Color.parse(theme.panel)) >= 4.4


def test_marks_are_short_and_told_apart():
    from commonplace.codebooks import builtin
    from commonplace.domain.codebook import Codebook

    found = [look.mark for look in looks(builtin(), DARK).values()]
    assert len(set(found)) == len(found)
    assert all(len(mark) == 2 for mark in found)
    assert looks(Codebook("test", CODES), DARK)["damp"].mark == "Da"
