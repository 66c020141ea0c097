"""The one registry of what can be done: bindings, footer, palette, help and docs come from it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.binding import Binding


class Where(StrEnum):
    """Where an action can be taken, as the help names it."""

    APP = "Everywhere"
    READER = "Moving and selecting"
    CODE = "Coding"
    SHELF = "On the transcripts"
    CODEBOOK = "On the codebook"
    QUOTES = "Quotes"
    THEMES = "Themes"


class Action(NamedTuple):
    """Something a person can do.

    `act` is the method `action_…` that does it, on the application for `Where.APP` and else on
    the screen; empty for what a widget does by itself. `bar` is its rank in the footer, 1 the
    first to be shown; 0 keeps it out.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: Where
    act: str = ""
    bar: int = 0
    written: str = ""
    """The keys as documents write them, where joining `keys` would not read well."""
    palette: bool = True
    """Whether the palette offers it; not where it only makes sense as a key."""

    @property
    def shown(self) -> str:
        """The keys as people read them."""
        return self.written or " ".join(_shown(key) for key in self.keys)

    @property
    def first(self) -> str:
        """The key that the footer shows."""
        return self.written or _shown(self.keys[0])


def _shown(key: str) -> str:
    """`F1` for `f1`; names of arrows as arrows; characters as they are."""
    names = {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc"}
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    last = names.get(last, last)
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, last])


def _app(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.APP, act, bar)


def _code(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.CODE, act, bar)


def _move(id: str, written: str, label: str, help: str) -> Action:
    return Action(id, (), label, help, Where.READER, written=written, palette=False)


ACTIONS: tuple[Action, ...] = (
    # Everywhere
    _app("help", "? f1", "Help", "Explains the keys of the screen you are on.", "help", bar=90),
    _app("palette", "ctrl+p", "Commands", "Finds any command by its name.",
         "command_palette", bar=91),
    _app("code", "f2", "Code", "Read and code a transcript.", "show('code')"),
    _app("quotes", "f4", "Quotes", "All coded quotes, with their sources.", "show('quotes')"),
    _app("themes", "f5", "Themes", "How often each code stands where.", "show('themes')"),
    _app("undo", "u", "Undo", "Takes back your last change, also of an earlier day.", "undo",
         bar=7),
    _app("redo", "ctrl+r", "Redo", "Does again what you took back last.", "redo"),
    _app("shade", "", "Light or dark", "Changes between light and dark colours.", "shade"),
    _app("quit", "q ctrl+q", "Quit", "Ends the program; everything is already saved.", "quit",
         bar=92),
    # The reader moves by itself; these describe its keys.
    _move("move.line", "↑ ↓ pgup pgdn", "Line, page", "Moves by line and by page."),
    _move("move.edge", "home end", "Line ends", "Moves to the beginning or end of the line."),
    _move("move.turn", "ctrl+↑ ctrl+↓", "Turn", "Moves by turn."),
    _move("move.character", "← →", "Character", "Moves by character."),
    _move("move.word", "ctrl+← ctrl+→", "Word", "Moves by word."),
    _move("move.document", "ctrl+home ctrl+end", "Ends", "Moves to the beginning or end."),
    _move("move.extend", "shift+ any of these", "Extend", "Extends the selection."),
    _move(
        "move.select",
        "space",
        "Select",
        "Selects the sentence; again, the turn. Dragging the mouse selects, too.",
    ),
    _move("move.clear", "esc", "Clear", "Selects nothing; ends mark mode and search."),
    # Coding
    Action(
        "code.nth",
        tuple("123456789"),
        "Code",
        "Applies the n-th top-level code to the selection, or to the sentence under the cursor.",
        Where.CODE,
        "apply_nth({key})",
        1,
        written="1–9",
        palette=False,
    ),
    _code(
        "code.pick",
        "c",
        "Pick",
        "Chooses a code by a few of its letters and applies it; a new name makes a new code.",
        "pick_code", bar=2,
    ),
    _code("code.invivo", "i", "In vivo", "Makes a code of the selected words.", "in_vivo"),
    _code("code.remove", "d", "Remove", "Removes a coding at the cursor.", "remove_coding", bar=9),
    _code(
        "code.memo",
        "m",
        "Memo",
        "Writes a memo on the coding at the cursor, else on the selection.",
        "memo", bar=8,
    ),
    _code("code.document_memo", "M", "Transcript memo", "Writes a memo on the transcript.",
          "document_memo"),
    _code("suggestion.next", "n", "Next", "Goes to the next suggestion.", "suggestion(1)", bar=3),
    _code("suggestion.previous", "N", "Previous suggestion", "Goes to the suggestion before.",
          "suggestion(-1)"),
    _code("suggestion.accept", "a", "Accept", "Makes a coding of the suggestion at the cursor.",
          "accept", bar=4),
    _code("suggestion.reject", "x", "Reject",
          "Puts the suggestion at the cursor aside, and asks why; enter leaves that open.",
          "reject", bar=5),
    _code("code.edit", "e", "Edit",
          "Gives the suggestion or coding at the cursor another code; with a selection, that "
          "stretch.", "edit", bar=6),
    _code("code.mark", "v", "Mark", "Mark mode: every movement extends the selection.", "mark"),
    _code("code.done", "D", "Done", "Marks the transcript as read to the end, or not.", "done"),
    _code("code.search", "/", "Search", "Searches in this transcript.", "search", bar=10),
    _code("code.filter", "f", "Filter", "Shows one code and what stands below it, or all again.",
          "filter", bar=11),
    _code("document.next", "]", "Next transcript", "Opens the next transcript.", "document(1)"),
    _code("document.previous", "[", "Previous transcript", "Opens the transcript before.",
          "document(-1)"),
    _code("code.panes", "tab", "Panes", "Goes to the transcripts, the codebook, and back.",
          "next_pane(1)", bar=12),
    _code("code.panes_back", "shift+tab", "Panes back", "The same the other way round.",
          "next_pane(-1)"),
    _code("turn.flip", "s", "Speaker", "Gives this turn to the next speaker.", "flip_speaker"),
    _code("turn.flip_following", "S", "Speakers from here",
          "Flips this turn and the following, up to the next one set by hand.",
          "flip_speaker(True)"),
    _code("turn.split", "t", "Split turn", "Begins a new turn at the cursor.", "split_turn"),
    _code("turn.join", "J", "Join turn", "Joins the next turn to this one.", "join_turn"),
    _code("code.export", "o", "Export", "Writes the codings of this transcript to a file.",
          "export"),
    _code("code.back", "escape", "Back", "Goes back to the transcript.", "back"),
    # On the transcripts
    Action("shelf.open", ("enter",), "Open", "Opens the transcript.", Where.SHELF,
           "open_volume", 1, palette=False),
    # On the codebook
    Action("codebook.apply", ("enter",), "Apply", "Applies the code to the selection.",
           Where.CODEBOOK, "apply_code", 1, palette=False),
    Action("codebook.new", ("+",), "New", "Adds a code under this one.", Where.CODEBOOK,
           "new_code", 2),
    Action("codebook.rename", ("r",), "Rename", "Gives the code another name.", Where.CODEBOOK,
           "rename_code", 3),
    Action("codebook.move", (">",), "Move", "Puts the code, with all below it, elsewhere.",
           Where.CODEBOOK, "move_code", 4),
    # Quotes
    Action("quotes.open", ("enter",), "Go to passage", "Opens the transcript at this quote.",
           Where.QUOTES, "open_quote", 1),
    Action("quotes.filter", ("/",), "Filter", "Narrows the list: words, or role=practitioner.",
           Where.QUOTES, "filter", 2),
    Action("quotes.code", ("f",), "Code", "Shows the quotes of one code, or all again.",
           Where.QUOTES, "filter_code", 3),
    Action("quotes.export", ("o",), "Export", "Writes the quotes listed to a file.",
           Where.QUOTES, "export", 4),
    # Themes
    Action("themes.open", ("enter",), "Its quotes", "Shows the quotes of this theme.",
           Where.THEMES, "open_theme", 1),
    Action("themes.by", ("b",), "By attribute", "Breaks the counts down by what is known of "
           "people: role, nation, wave.", Where.THEMES, "by_attribute", 2),
    Action("themes.filter", ("/",), "Filter", "Counts only people to whom a condition applies: "
           "role=practitioner.", Where.THEMES, "filter", 3),
    Action("themes.export", ("o",), "Export", "Writes the table to a file.", Where.THEMES,
           "export", 4),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}


def of(*places: Where) -> list[Action]:
    """The actions of these places, in the order of the registry."""
    return [action for action in ACTIONS if action.where in places]


def bindings(where: Where, namespace: str = "") -> list[Binding]:
    """The bindings for a class; `namespace` (`screen.`) says whose methods they call."""
    return list(_bindings(where, namespace))


def _bindings(where: Where, namespace: str) -> Iterator[Binding]:
    from textual.binding import Binding

    for action in of(where):
        for place, key in enumerate(action.keys):
            if action.act:
                yield Binding(
                    key,
                    namespace + action.act.replace("{key}", key),
                    action.label,
                    tooltip=action.help,
                    id=action.id if len(action.keys) == 1 else f"{action.id}.{place + 1}",
                    show=False,
                )


def bar(*places: Where) -> list[Action]:
    """What the footer offers in these places, by rank."""
    return sorted((action for action in of(*places) if action.bar), key=lambda a: a.bar)


def reference() -> str:
    """The page docs/reference/keys.md."""
    lines = ["# Keys", "", "Every action is in the command palette (`ctrl+p`) too.", ""]
    for where in Where:
        lines += [f"## {where}", "", "| key | | does |", "|---|---|---|"]
        lines += [
            f"| {_code_spans(action.shown)} | {action.label} | {action.help} |"
            for action in of(where)
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _code_spans(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split()) if keys else "–"
