"""Codings that go from one code to another: chosen ones, or all of a code that is merged away."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.codebook_diff import CONTENT
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Verdict, suggestion_id
from commonplace.project import audits, queries, schema
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError
from commonplace.project.memos import Memos
from commonplace.project.store import Change, Key, Store, key_of


@dataclass(frozen=True, slots=True)
class Recoded:
    """What became of codings that were to have another code."""

    moved: int
    """Those that have it now."""
    joined: int
    """Those whose coder had given it to the same words already: one of the two stays, with the
    memos of both."""


def recode(
    store: Store, change: Change, codings: Iterable[str], code: str, *, read: bool
) -> Recoded:
    """Gives codings another code. Raises `NotFoundError` when one of them is gone.

    `read` tells whether somebody has looked at each of them: it then need not be read again.
    """
    there = {
        tuple(place): key
        for key, *place in store.rows(
            'SELECT id, document_id, start, "end", coder FROM codings WHERE code_id = ?', code
        )
    }
    moved = joined = 0
    for coding in codings:
        row = change.row("codings", coding)
        if row is None:
            raise NotFoundError(f"the coding '{coding}' is not there any more: look again")
        if row["code_id"] == code:
            continue
        same = there.get((row["document_id"], row["start"], row["end"], row["coder"]))
        if same is not None:
            _join(store, change, coding, same)
            joined += 1
            continue
        change.update("codings", coding, code_id=code)
        if read:
            change.delete("rereadings", [coding])
        moved += 1
    return Recoded(moved, joined)


def merge(store: Store, change: Change, codebook: Codebook, code: Code, into: Code) -> Recoded:
    """Makes one code of two: all that belongs to `code` belongs to `into` afterwards.

    Fields that `into` leaves empty are taken over, keywords are united, and what else `code`
    says of itself is kept in a memo on `into`. Raises `ProjectError` when sub-codes of both
    have the same name.
    """
    if code.id == into.id:
        raise ProjectError(f"'{code.name}' cannot be merged with itself")
    _move_sub_codes(store, change, codebook, code, into)
    codings = store.rows("SELECT id FROM codings WHERE code_id = ? ORDER BY rowid", code.id)
    recoded = recode(store, change, [key for (key,) in codings], into.id, read=False)
    _move_decisions(store, change, code.id, into.id)
    audits.recode(store, change, code.id, into.id)
    queries.recode(store, change, code.id, into.id, codebook.path(into.id))
    _move_suggestions(store, code.id, into.id)
    _unite_memos(store, change, code.id, into.id)
    _follow(store, change, "codes", code.id, into.id, but=("codes",))
    _unite_entries(store, change, codebook, code, into)
    change.delete("codes", [code.id])
    return recoded


def _join(store: Store, change: Change, coding: str, kept: str) -> None:
    """Takes one of two like codings away; what refers to it refers to the other."""
    memo = store.rows("SELECT id, text FROM memos WHERE coding_id = ?", coding)
    other = store.rows("SELECT id, text FROM memos WHERE coding_id = ?", kept)
    if memo and other:
        change.update("memos", other[0][0], text=_both(other[0][1], memo[0][1]))
        change.delete("memos", [memo[0][0]])
    change.delete("rereadings", [coding])
    _follow(store, change, "codings", coding, kept)
    change.delete("codings", [coding])


def _both(one: str, other: str) -> str:
    return one if other in one else f"{one}\n\n{other}"


def _follow(
    store: Store, change: Change, table: str, old: str, new: str, *, but: Collection[str] = ()
) -> None:
    """Whatever refers to one row of a table refers to another afterwards."""
    for spec in schema.TABLES:
        for column, field in spec.fields.items():
            if field.references == table and not field.cascade and spec.name not in but:
                for key in _keys(store, spec, column, old):
                    change.update(spec.name, key, **{column: new})


def _keys(store: Store, spec: schema.TableSpec, column: str, value: str) -> list[Key]:
    names = ", ".join(f'"{name}"' for name in spec.key)
    rows = store.rows(f'SELECT {names} FROM "{spec.name}" WHERE "{column}" = ?', value)
    return [key_of(spec, dict(zip(spec.key, row, strict=True))) for row in rows]


def _move_sub_codes(
    store: Store, change: Change, codebook: Codebook, code: Code, into: Code
) -> None:
    """The sub-codes of `code` stand under `into`; if that is among them, it takes its place."""
    coming = [each for each in codebook.children(code.id) if each.id != into.id]
    there = [each for each in codebook.children(into.id) if each.id != code.id]
    _refuse_twins(coming, there, f"'{code.name}' and '{into.name}' both have")
    if code.id in {above.id for above in codebook.lineage(into.id)}:
        beside = [each for each in codebook.children(code.parent) if each.id != code.id]
        _refuse_twins([into], beside, f"beside '{code.name}' stands")
        place = change.row("codes", code.id)
        assert place is not None
        change.update("codes", into.id, parent_id=code.parent, position=place["position"])
    room = store.value(
        "SELECT ifnull(max(position) + 1, 0) FROM codes WHERE parent_id = ?", into.id
    )
    for position, each in enumerate(coming, start=room):
        change.update("codes", each.id, parent_id=into.id, position=position)


def _refuse_twins(coming: Iterable[Code], there: Iterable[Code], what: str) -> None:
    taken = {each.name.casefold() for each in there}
    for each in coming:
        if each.name.casefold() in taken:
            raise DuplicateError(f"{what} a code '{each.name}': merge or rename these first")


def _move_decisions(store: Store, change: Change, code: str, into: str) -> None:
    """Decisions about suggestions of `code` are about suggestions of `into`.

    Where somebody decided about both, the one that became a coding stays, else that on `into`.
    """
    there = {
        (suggestion, coder): (key, verdict)
        for key, suggestion, coder, verdict in store.rows(
            "SELECT id, suggestion_id, coder, verdict FROM decisions WHERE code_id = ?", into
        )
    }
    for key, document, start, end, coder, verdict, coding in store.rows(
        'SELECT id, document_id, start, "end", coder, verdict, coding_id FROM decisions '
        "WHERE code_id = ?",
        code,
    ):
        suggestion = suggestion_id(document, Span(start, end), into)
        other, theirs = there.get((suggestion, coder), (None, None))
        if other is not None and not (theirs == Verdict.REJECTED and verdict != Verdict.REJECTED):
            change.delete("decisions", [key])
        else:
            if other is not None:
                change.delete("decisions", [other])
            change.update("decisions", key, code_id=into, suggestion_id=suggestion)
        if coding is not None:
            change.update("codings", coding, suggestion_id=suggestion)


def _move_suggestions(store: Store, code: str, into: str) -> None:
    """Until they are made anew, what was proposed for `code` is proposed for `into`.

    Like all that the machine proposes, this is not journaled.
    """
    rows = store.rows(
        'SELECT coder, document_id, start, "end", score, reasons FROM suggestions '
        "WHERE code_id = ?",
        code,
    )
    store.connection.executemany(
        "INSERT OR IGNORE INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                coder,
                suggestion_id(document, Span(start, end), into),
                document,
                start,
                end,
                into,
                *rest,
            )
            for coder, document, start, end, *rest in rows
        ],
    )


def _unite_memos(store: Store, change: Change, code: str, into: str) -> None:
    """Each coder has one memo on a code: theirs on both become one."""
    there = {
        coder: (key, text)
        for key, coder, text in store.rows(
            "SELECT id, coder, text FROM memos WHERE code_id = ?", into
        )
    }
    for key, coder, text in store.rows("SELECT id, coder, text FROM memos WHERE code_id = ?", code):
        if coder in there:
            other, theirs = there[coder]
            change.update("memos", other, text=_both(theirs, text))
            change.delete("memos", [key])


def _unite_entries(
    store: Store, change: Change, codebook: Codebook, code: Code, into: Code
) -> None:
    """What `code` says of itself goes where `into` says nothing, else into a memo on it."""
    known = {word.casefold() for word in into.keywords}
    words = [*into.keywords, *(w for w in code.keywords if w.casefold() not in known)]
    fields: dict[str, str] = {"keywords": json.dumps(words, ensure_ascii=False)}
    left: list[str] = []
    for name in (*CONTENT[:-1], "color"):
        ours, theirs = getattr(into, name), getattr(code, name)
        if theirs and not ours:
            fields[name] = theirs
        elif theirs and theirs != ours and name != "color":
            left.append(f"{name.replace('_', ' ')}: {theirs}")
    change.update("codes", into.id, **fields)
    if left:
        said = "\n".join([f"Merged with '{codebook.path(code.id)}', of which was said:", *left])
        before = store.value(
            "SELECT text FROM memos WHERE code_id = ? AND coder = ? AND document_id IS NULL",
            into.id,
            store.coder,
        )
        Memos(store).write(_both(before, said) if before else said, code=into.id)
