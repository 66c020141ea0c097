"""The quote desk: what is decided about passages as quotes, journaled and undoable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from commonplace.domain.anchor import anchor
from commonplace.domain.desk import OPEN, DeskQuote, Mark, Override, Use
from commonplace.domain.span import Span
from commonplace.project import schema, texts
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError, not_found
from commonplace.project.store import Change, Store, new_id, now

Place = tuple[str, int, int]
"""A passage: transcript, start, end (code points)."""

CONSENTS = ("quote", "name", "audio")
_COLUMNS = schema.BY_NAME["quotes"].columns
_USES = "SELECT u.id, u.quote_id, u.place, u.words, u.coder, u.used_at FROM quote_uses u"


class Quotes:
    """What the desk keeps, by passage; a passage of which nothing is kept has no record.

    Writing methods take the passages they are about, and are one transaction each. They raise
    `ProjectError` for a passage outside the text and `NotFoundError` for a missing transcript.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[Place, DeskQuote]:
        """Everything on the desk."""
        return self._select('ORDER BY document_id, start, "end"')

    def of_document(self, document: str) -> dict[Place, DeskQuote]:
        """What the desk keeps of one transcript."""
        return self._select('WHERE document_id = ? ORDER BY start, "end"', document)

    def at(self, place: Place) -> DeskQuote | None:
        """What the desk keeps of a passage, if anything."""
        found = self._select('WHERE document_id = ? AND start = ? AND "end" = ?', *place)
        return found.get(place)

    def place(self, quote: str) -> Place:
        """The passage that an id names: a coding's (`quote_id` of a table of quotes) or the
        desk's own. Raises `NotFoundError`."""
        for table in ("codings", "quotes"):
            rows = self._store.rows(
                f'SELECT document_id, start, "end" FROM {table} WHERE id = ?', quote
            )
            if rows:
                return rows[0][0], rows[0][1], rows[0][2]
        raise NotFoundError(f"no quote '{quote}': `quotes` lists them with their ids")

    def mark(self, places: Sequence[Place], mark: Mark, on: bool = True) -> None:
        """Sets a mark on passages, or takes it off."""
        said = f"{'marked' if on else 'unmarked'} {_counted(places)} {mark}"
        self._set(places, said, {str(mark): int(on)})

    def embargo(self, places: Sequence[Place], until: str | None) -> None:
        """Says from which day passages may be used: ISO 8601, `OPEN`, or None to lift it.

        Raises `ProjectError` for what is no day.
        """
        if until not in (None, OPEN):
            try:
                until = date.fromisoformat(str(until)).isoformat()
            except ValueError:
                raise ProjectError(
                    f"'{until}' is no day: write it as 2026-08-01, or '{OPEN}'"
                ) from None
        said = f"put {_counted(places)} under embargo until {until}"
        if until is None:
            said = f"lifted the embargo on {_counted(places)}"
        elif until == OPEN:
            said = f"put {_counted(places)} under embargo"
        self._set(places, said, {"embargo": until})

    def note(self, place: Place, text: str) -> None:
        """Writes what the desk notes about a passage; an empty text removes it."""
        text = text.strip()
        said = "noted something about a quote" if text else "removed the note on a quote"
        self._set([place], said, {"note": text})

    def consent(self, places: Sequence[Place], what: str, given: bool | None) -> None:
        """Says what was agreed for these passages alone: `what` is one of `CONSENTS`; None leaves
        it to what holds for the participant."""
        if what not in CONSENTS:
            raise not_found("consent", what, CONSENTS)
        value = None if given is None else "yes" if given else "no"
        said = f"set consent ({what}) of {_counted(places)} to {value or 'the participant’s'}"
        self._set(places, said, {f"consent_{what}": value})

    def publish(self, place: Place, text: str | None) -> None:
        """Keeps the published version of a passage, or none; a decision to override the check was
        about the version before, and goes with it. Whether it passes is for others to say."""
        text = None if text is None or not text.strip() else text.strip()
        record = self.at(place)
        if text == (record.published if record else None):
            return
        moment = None if text is None else now()
        values = {
            "published": text,
            "published_by": None if text is None else self._store.coder,
            "published_at": moment,
            "override_reason": None,
            "override_by": None,
            "override_at": None,
        }
        said = "edited a quote for print" if text else "took back the edited version of a quote"
        self._set([place], said, values)

    def override(self, place: Place, reason: str) -> None:
        """Records that the published version may be used though it fails the check, and why; an
        empty reason takes that back. Raises `ProjectError` where there is no published version."""
        reason = reason.strip()
        record = self.at(place)
        if record is None or record.published is None:
            raise ProjectError("this quote has no published version to decide about")
        values = {
            "override_reason": reason or None,
            "override_by": self._store.coder if reason else None,
            "override_at": now() if reason else None,
        }
        said = "let a quote be used though it fails the check"
        if not reason:
            said = "took back a decision to override the check"
        self._set([place], said, values)

    def use(self, place: Place, where: str, words: str) -> str:
        """Notes where a quote was printed or shown, and in what words; returns the use's id.

        Raises `DuplicateError` when that place is noted already, `ProjectError` for none.
        """
        where = where.strip()
        if not where:
            raise ProjectError("say where it was used, such as 'Annual report 2026, p. 12'")
        use = new_id()
        with self._store.transaction(f"noted the use of a quote in {where}") as change:
            quote = self._record(change, place)
            if self._store.value(
                "SELECT 1 FROM quote_uses WHERE quote_id = ? AND place = ?", quote, where
            ):
                raise DuplicateError(f"its use in '{where}' is noted already")
            row = (use, quote, place[0], where, words, self._store.coder, now())
            change.insert("quote_uses", [row])
        return use

    def unuse(self, use: str) -> None:
        """Takes back the note of a use. Raises `NotFoundError`."""
        found = self._store.rows("SELECT quote_id, place FROM quote_uses WHERE id = ?", use)
        if not found:
            raise NotFoundError(f"no use '{use}': `quote PROJECT show QUOTE-ID` lists them")
        quote, where = found[0]
        with self._store.transaction(f"took back the use of a quote in {where}") as change:
            change.delete("quote_uses", [use])
            self._tidy(change, quote)

    def _set(self, places: Sequence[Place], said: str, values: Mapping[str, Any]) -> None:
        with self._store.transaction(said) as change:
            for place in dict.fromkeys(places):
                quote = self._record(change, place)
                change.update("quotes", quote, **values)
                self._tidy(change, quote)

    def _record(self, change: Change, place: Place) -> str:
        """The record of a passage, made where there is none."""
        document, start, end = place
        there = self._store.value(
            'SELECT id FROM quotes WHERE document_id = ? AND start = ? AND "end" = ?', *place
        )
        if there is not None:
            return str(there)
        text = texts.whole(self._store.connection, document)
        try:
            words = anchor(text, Span(start, end))
        except ValueError as error:
            raise ProjectError(f"there is no such passage: {error}") from None
        quote = new_id()
        change.insert_row(
            "quotes",
            **_BLANK,
            id=quote,
            document_id=document,
            start=start,
            end=end,
            exact=words.exact,
            prefix=words.prefix,
            suffix=words.suffix,
        )
        return quote

    def _tidy(self, change: Change, quote: str) -> None:
        """Removes a record that says nothing any more."""
        row = change.row("quotes", quote)
        used = self._store.value("SELECT 1 FROM quote_uses WHERE quote_id = ?", quote)
        if row is not None and not used and all(row[name] == _EMPTY[name] for name in _EMPTY):
            change.delete("quotes", [quote])

    def _select(self, rest: str, *values: Any) -> dict[Place, DeskQuote]:
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        rows = self._store.rows(f"SELECT {names} FROM quotes {rest}", *values)
        uses: dict[str, list[Use]] = {}
        if rows:
            for row in self._store.rows(f"{_USES} ORDER BY u.used_at, u.place"):
                uses.setdefault(row[1], []).append(Use(*row))
        found = [_quote(dict(zip(_COLUMNS, row, strict=True)), uses) for row in rows]
        return {(each.document, each.span.start, each.span.end): each for each in found}


_FIELDS = schema.BY_NAME["quotes"].fields
_BLANK = {name: field.default for name, field in _FIELDS.items() if field.default is not None}
_EMPTY = {name: field.default for name, field in _FIELDS.items() if field.null or name in _BLANK}
"""What the columns hold that say nothing."""


def follow(store: Store, change: Change, document: str, old: Span, new: Span) -> None:
    """When a coding moves from `old` to `new` and no other stays there, the desk's record goes
    along, unless the new passage has one of its own."""
    if old == new or store.value(
        'SELECT 1 FROM codings WHERE document_id = ? AND start = ? AND "end" = ?',
        document,
        old.start,
        old.end,
    ):
        return
    places = [
        store.value(
            'SELECT id FROM quotes WHERE document_id = ? AND start = ? AND "end" = ?',
            document,
            span.start,
            span.end,
        )
        for span in (old, new)
    ]
    if places[0] is None or places[1] is not None:
        return
    words = anchor(texts.whole(store.connection, document), new)
    change.update(
        "quotes",
        places[0],
        start=new.start,
        end=new.end,
        exact=words.exact,
        prefix=words.prefix,
        suffix=words.suffix,
    )


def _counted(places: Sequence[Place]) -> str:
    return "a quote" if len(places) == 1 else f"{len(places)} quotes"


def _quote(row: Mapping[str, Any], uses: Mapping[str, list[Use]]) -> DeskQuote:
    given = {None: None, "yes": True, "no": False}
    override = None
    if row["override_reason"]:
        override = Override(row["override_reason"], row["override_by"], row["override_at"])
    return DeskQuote(
        row["id"],
        row["document_id"],
        Span(row["start"], row["end"]),
        frozenset(mark for mark in Mark if row[str(mark)]),
        row["embargo"],
        row["note"],
        row["published"],
        row["published_by"],
        row["published_at"],
        override,
        given[row["consent_quote"]],
        given[row["consent_name"]],
        given[row["consent_audio"]],
        tuple(uses.get(row["id"], ())),
    )
