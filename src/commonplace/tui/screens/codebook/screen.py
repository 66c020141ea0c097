"""The codebook screen: the tree, the entry of a code, and the passages coded with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from commonplace.domain.codebook import Code, Codebook
from commonplace.tui import actions
from commonplace.tui.actions import Where
from commonplace.tui.messages import Changes
from commonplace.tui.screens.codebook import reading
from commonplace.tui.screens.codebook.comparing import Comparer
from commonplace.tui.screens.codebook.editing import FIELDS
from commonplace.tui.screens.codebook.listing import TO_READ, Passages
from commonplace.tui.screens.codebook.reading import Known, Passage
from commonplace.tui.screens.codebook.sorting import Sorter
from commonplace.tui.screens.room import counted
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading, Offer
from commonplace.tui.widgets.codetree import CodeTree
from commonplace.tui.widgets.entry import Entry, Writing
from commonplace.tui.widgets.linelist import LineList
from commonplace.tui.widgets.reader.cells import safe


class CodebookScreen(Sorter, Comparer):
    """Work on the codebook."""

    NAME = "codebook"
    CSS_PATH: ClassVar[Any] = ["codebook.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.BOOK)]
    AUTO_FOCUS = "CodeTree"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stale = True
        self._found: list[Passage] = []
        self._wanted = ""
        """A code to go to as soon as it is in the tree."""

    def body(self) -> ComposeResult:
        with Horizontal(id="book"):
            with Vertical(id="codes"):
                yield Heading("Codebook", id="codes-title")
                yield CodeTree()
            with Vertical(id="about"):
                with Vertical(id="says"):
                    yield Heading(id="entry-title")
                    yield Static(id="usage", markup=False)
                    yield Entry(FIELDS)
                with Vertical(id="coded"):
                    yield Heading(id="passages-title")
                    yield Static(id="was", markup=False)
                    yield PassageList()

    def on_screen_resume(self) -> None:
        if self._stale:
            self._stale = False
            self._read_codebook()
            self._ask()

    def places(self) -> tuple[Where, ...]:
        if isinstance(self.focused, Passages):
            both = (Where.PASSAGES, Where.READING)
            return (*(both[::-1] if self.rereading else both), Where.BOOK, Where.APP)
        if isinstance(self.focused, Writing):
            return (Where.WRITING, Where.BOOK, Where.APP)
        if isinstance(self.focused, Entry):
            return (Where.ENTRY, Where.BOOK, Where.APP)
        return (Where.BOOK, Where.ENTRY, Where.PASSAGES, Where.READING, Where.APP)

    def offers(self) -> list[Offer]:
        offers = super().offers()
        if isinstance(self.focused, Writing):  # letters are written there
            offers = [each for each in offers if len(each.key) > 1]
        return offers

    # Panes

    @property
    def codes(self) -> CodeTree:
        """The tree of codes."""
        return self.query_one(CodeTree)

    def action_next_pane(self, direction: int) -> None:
        panes: list[Widget] = [self.codes, self.entry, self.listed]
        at = next((i for i, pane in enumerate(panes) if pane.has_focus_within), 0)
        panes[(at + direction) % len(panes)].focus()

    def on_descendant_focus(self) -> None:
        self.set_class(isinstance(self.focused, Passages), "-passages")
        self.refresh_offers()

    def action_back(self) -> None:
        if self.marked:
            self.marked.clear()
            self.passages_shown()
        elif self.rereading:
            self.action_rereading()
        else:
            self.codes.focus()

    @on(LineList.Selected, "CodeTree")
    def _chosen_in_tree(self) -> None:
        self.entry.focus()

    # Keeping up

    def take(self, changes: Changes) -> None:
        coded = changes.marks or changes.rereading or changes.many
        if not (coded or changes.codebook or changes.people or changes.shelf):
            return
        if not self.is_current and self not in self.app.screen_stack:
            self._stale = True
            return
        if changes.codebook or changes.many:
            self._read_codebook()
        self._ask()

    def _read_codebook(self) -> None:
        self.session.desk.ask("book", lambda project: project.codes.codebook(), self._book_known)

    def _book_known(self, codebook: Codebook) -> None:
        self.session.set_codebook(codebook)
        self._show_tree()
        self.show_entry()

    def _ask(self) -> None:
        self.session.study.ask("known", reading.known, self._known)
        self.list_passages()

    def _known(self, found: Known) -> None:
        self.known = found
        self.codes.show_counts(found.counts)
        self._show_tree()
        self.show_entry()

    def recolor(self) -> None:
        self._show_tree()
        self.show_entry()

    # The tree

    def code_at(self) -> str | None:
        return self.codes.key

    def show_code(self, code: str) -> None:
        self._wanted = code
        self._show_tree()

    def _show_tree(self) -> None:
        book, tree = self.session.codebook, self.codes
        tree.show_codebook(book, self.session.looks)
        if self._wanted and self._wanted in book and tree.reveal(self._wanted):
            self._wanted = ""
        reread = self.known.to_reread
        self.query_one("#codes-title", Heading).show(
            counted(len(book), "code"), f"{TO_READ} {reread}: R lists" if reread else ""
        )

    @on(LineList.Highlighted, "CodeTree")
    def _moved(self) -> None:
        if not self.rereading:
            self.marked.clear()
            self.list_passages()
        self.show_entry()

    # The entry

    def _shown_code(self) -> Code | None:
        """The code whose entry is shown: in the tree, or of the passage that is read again."""
        here = self.listed.here if self.rereading else None
        key = (here.code if here is not None else self.code_at()) or ""
        book = self.session.codebook
        return book[key] if key in book else None  # noqa: SIM401 - no dict, and has no get

    @on(Entry.Closed)
    def _field_closed(self) -> None:
        self.refresh_offers()
        code = self._shown_code()
        if code is None or code.id != self.entry.owner:
            self.show_entry()

    def show_entry(self) -> None:
        code, title = self._shown_code(), self.query_one("#entry-title", Heading)
        self.set_class(code is None, "-bare")
        if code is None:
            title.show("No codes yet", "+ adds one")
            return
        if self.entry.writing:
            return
        title.show(
            safe(self.session.path_of(code.id)),
            "retired — x brings it back" if code.retired else "enter or e writes",
        )
        self.query_one("#usage", Static).update(Content("\n").join(self._usage(code)))
        texts = {field.name: str(getattr(code, field.name, "")) for field in FIELDS}
        texts["keywords"] = "; ".join(word.replace(";", "\\;") for word in code.keywords)
        mine = [m for m in self.known.memos.get(code.id, ()) if m.coder == self.session.coder]
        texts["memo"] = mine[0].text if mine else ""
        self.entry.show(code.id, texts, {"color": self._color(code)})

    def _color(self, code: Code) -> Content:
        look = self.session.looks[code.id]
        said = code.color or ("as the code above it" if code.parent is not None else "chosen")
        return Content.assemble(
            ("██ ", look.color), (f"{look.mark}  ", f"bold {look.color}"), (said, "$text-muted")
        )

    def _usage(self, code: Code) -> list[Content]:
        """How the code is used, in a line or two; what others noted about it."""
        row = self.known.usage.get(code.id)
        if row is None:
            return []
        used = [
            counted(int(row["codings"]), "passage"),
            counted(int(row["transcripts"]), "transcript"),
            f"{row['participants']} people" if row["participants"] != 1 else "1 person",
            counted(int(row["coders"]), "coder"),
        ]
        if row["last_used"]:
            used.append(f"last {str(row['last_used'])[:10]}")
        decided = [(row[name], name) for name in ("accepted", "edited", "rejected") if row[name]]
        lines = [" · ".join(used) if row["codings"] else "not used yet"]
        if decided:
            lines[0] += " · suggestions " + ", ".join(f"{n} {name}" for n, name in decided)
        below = [c.id for c in self.session.codebook.subtree(code.id)]
        if len(below) > 1:
            total = sum(self.codings_of(each) for each in below)
            lines[0] += f" · {total:,} with sub-codes"
        others = [m for m in self.known.memos.get(code.id, ()) if m.coder != self.session.coder]
        return [
            *(Content.styled(line, "$text-muted") for line in lines),
            *(Content.assemble((f"✎ {safe(m.coder)}: ", "$primary"), safe(m.text)) for m in others),
        ]

    # The passages

    def list_passages(self) -> None:
        code = None if self.rereading else self.code_at()
        if code is None and not self.rereading:
            self._passages_known([])
            return
        unsure = frozenset(self.changing)
        self.session.study.ask(
            "passages",
            lambda project: reading.passages(project, code),
            lambda found: self._passages_known([p for p in found if p.coding not in unsure]),
        )

    def passages_changed(self, codings: Collection[str]) -> None:
        self._passages_known([each for each in self._found if each.coding not in codings])

    def _passages_known(self, found: list[Passage]) -> None:
        self._found = found
        self.marked &= {each.coding for each in found}
        self.passages_shown()
        self.show_entry()

    def passages_shown(self) -> None:
        self.listed.list_passages(
            self._found, self.marked, self._name_of if self.rereading else lambda _: ""
        )
        number = counted(len(self._found), "passage")
        title = f"To read again: {number}" if self.rereading else number
        if self.marked:
            note = f"{len(self.marked)} marked: s splits off"
        elif self.rereading:
            note = "R back"
        else:
            note = "tab, then space marks" if self._found else ""
        self.query_one("#passages-title", Heading).show(title, note)
        self._show_was()

    def _name_of(self, code: str) -> str:
        book = self.session.codebook
        return book[code].name if code in book else self.session.path_of(code)

    @on(LineList.Highlighted, "PassageList")
    def _passage_moved(self) -> None:
        self._show_was()
        if self.rereading:
            self.show_entry()

    def _show_was(self) -> None:
        """What the definition was when the passage was coded, if it is to be read again."""
        here = self.listed.here
        reread = here.reread if here is not None else None
        was = self.query_one("#was", Static)
        was.display = reread is not None
        if reread is None:
            return
        code, lines = self._shown_code(), []
        for field, before in reread.before.items():
            lines.append(
                Content.assemble((f"{TO_READ} {field} was  ", "$accent"), safe(before) or "(empty)")
            )
            if self.has_class("-narrow"):  # where the entry is not in view
                now = getattr(code, field, "")
                lines.append(Content.assemble(("  is now  ", "$accent"), safe(now) or "(empty)"))
        who = f"changed by {safe(reread.revised_by)}, {reread.revised_at[:10]}"
        was.update(Content("\n").join([*lines, Content.styled(who, "$text-muted")]))


class PassageList(Passages):
    """The passages with the keys that sort them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for where in (Where.PASSAGES, Where.READING)
        for binding in actions.bindings(where, "screen.")
        if binding.key != "enter"
    ]
