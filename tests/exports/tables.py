"""Small tables for the tests of writers."""

from __future__ import annotations

from hypothesis import strategies as st

from commonplace.domain.table import Cell, Column, Row, Table

AWKWARD = [
    "=1+1",
    "+44 20",
    "-3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    'say "no", please\nor\r\nyes',
    "'=1",
    "",
    " lead",
    "\x1b[2J\x00\x85\u2028\u202e",
    "a|b\\|c `d` <script>alert(1)</script> **e** [f](http://g) www.h.org i@j.org # k",
    "住宅 👩‍👩‍👧 e\u0301 ﷽",
    "<r><t>=1</t></r>",
    "_x0041_ \ufffe",
]


def table(*rows: Row, names: tuple[str, ...] = (), note: str = "") -> Table:
    """A table of these rows; columns that hold numbers have a unit."""
    first = rows[0] if rows else ()
    names = names or tuple(f"c{place}" for place in range(len(first)))
    columns = tuple(
        Column(name, "things" if place < len(first) and isinstance(first[place], int) else "")
        for place, name in enumerate(names)
    )
    return Table("example", columns, lambda: iter(rows), note)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(AWKWARD)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)


@st.composite
def rows(draw: st.DrawFn, cells: st.SearchStrategy[Cell] = CELLS) -> list[Row]:
    """Rows of the same length."""
    width = draw(st.integers(1, 4))
    return draw(st.lists(st.tuples(*[cells] * width), min_size=1, max_size=5))


def quotes(*given_rows: tuple[str, str, str, str], note: str | tuple[str, ...] = "") -> Table:
    """A table of quotes: each with its id, the path of its code, its words and whose they are."""
    names = ("quote_id", "code_path", "published_quote", "attribution")
    return Table("quotes", tuple(map(Column, names)), lambda: iter(given_rows), note)
