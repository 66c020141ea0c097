"""People made one, and labels taken from people; and where their words are to be read."""

from __future__ import annotations

from textual import on
from textual.content import Content

from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.messages import OpenPassage, ShowQuotes
from commonplace.tui.screens.people.grid import PeopleGrid
from commonplace.tui.screens.people.lines import Line
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.grid import Grid
from commonplace.tui.widgets.reader.cells import safe, shorten


class Joiner(PeopleGrid):
    """What a person does about who is who."""

    def action_join(self) -> None:
        people = {line.person: line for line in self.chosen}
        if len(people) < 2:
            self.say("Mark the people who are one with space, then j joins them.", trouble=True)
            return
        found = sorted(people.values(), key=lambda line: -line.participant.words)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._join(found[place], [line for line in found if line is not found[place]])

        self.app.push_screen(
            dialogs.Choose(
                f"{len(found)} people are one, who is called",
                [self._who(line) for line in found],
                about="Where they differ, what is known of the others holds in their transcripts.",
            ),
            chosen,
        )

    def _join(self, first: Line, others: list[Line]) -> None:
        def join(project: Project) -> list[str]:
            return project.people.join(first.person, [line.person for line in others])

        def joined(lost: list[str]) -> None:
            self.marked.clear()
            who = ", ".join(line.name for line in others)
            kept = f"; not kept, since both speak in one transcript: {', '.join(lost)}"
            self.say(f"{who}: now {first.name} — u undoes" + (kept if lost else ""))

        self.session.write(join, joined)

    def _who(self, line: Line) -> Content:
        names = self.people.documents
        where = ", ".join(
            f"{label} in {names.get(document, '')}"
            for document, label, _ in line.participant.labels
        )
        return Content.assemble(
            (safe(line.name), "bold"), (f"  {shorten(where, 44)}", "$text-muted")
        )

    def action_take_apart(self) -> None:
        line = self.line
        if line is None:
            return
        labels = line.participant.labels
        if len(labels) < 2:
            self.say(
                f"{line.name} has one label only: there is nothing to take apart", trouble=True
            )
            return
        if line.document:
            self._take_apart(line.document, line.label, line.name)
            return
        names = self.people.documents

        def chosen(place: int | None) -> None:
            if place is not None:
                document, label, _ = labels[place]
                self._take_apart(document, label, line.name)

        self.app.push_screen(
            dialogs.Choose(
                f"Which is not {line.name}?",
                [
                    Content.assemble(
                        (safe(label or "(nobody named)"), "bold"),
                        (f"  in {safe(names.get(document, ''))}", "$text-muted"),
                        (f"  {counted(words, 'word')}", "$text-muted"),
                    )
                    for document, label, words in labels
                ],
            ),
            chosen,
        )

    def _take_apart(self, document: str, label: str, name: str) -> None:
        def take(project: Project) -> None:
            wanted = (document, label)
            heard = next(h for h in project.people.labels() if (h.document, h.label) == wanted)
            project.people.take_apart(heard.speaker)

        self.session.write(
            take, lambda _: self.say(f"{label}: a person of their own, not {name} — u undoes")
        )

    # Where their words are

    @on(Grid.Selected)
    def action_open_person(self) -> None:
        line = self.line
        if line is None:
            return
        names, documents = self.people.documents, line.participant.documents
        words = dict.fromkeys(documents, 0)
        for document, _, count in line.participant.labels:
            words[document] += count

        def chosen(place: int | None) -> None:
            if place == 0:
                self.post_message(ShowQuotes("", person=(line.person, line.name)))
            elif place is not None:
                self._open(line, documents[place - 1])

        quotes = counted(line.participant.codings, "coding")
        choices = [Content.assemble(("Quotes", "bold"), (f"  {quotes}", "$text-muted"))]
        choices += [
            Content.assemble(
                (safe(names.get(document, "")), "bold"),
                (f"  {counted(words[document], 'word')}", "$text-muted"),
            )
            for document in documents
        ]
        self.app.push_screen(dialogs.Choose(f"The words of {line.name}", choices), chosen)

    def _open(self, line: Line, document: str) -> None:
        """Opens a transcript where they first speak."""
        person = line.person

        def first(project: Project) -> Span | None:
            return project.people.first_words(person, document)

        def found(span: Span | None) -> None:
            start, end = (span.start, span.end) if span is not None else (0, 0)
            self.post_message(OpenPassage(document, start, end))

        self.session.study.ask("first words", first, found)
