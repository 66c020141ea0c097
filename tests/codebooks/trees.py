"""Random codebooks, as awkward as people and other programs make them."""

from __future__ import annotations

from hypothesis import strategies as st

from commonplace.codebooks.fields import one_line, tidy, tidy_keywords
from commonplace.domain.codebook import Code, Codebook, code_id, join_path

AWKWARD = st.sampled_from(
    [
        "a/b",
        "back\\slash",
        "\\/",
        '"quoted"',
        "it's",
        "- dash",
        "# hash",
        "a: b",
        "a #b",
        "yes",
        "null",
        "1.0",
        "[x]",
        "{y}",
        "a, b",
        "a; b",
        "=1+1",
        "'=1",
        "@home",
        "*star",
        "&and",
        "!bang",
        "%",
        "`tick`",
        "<b>&amp;</b>",
        "]]>",
        "Include: this",
        "\\Keywords: that",
        "Ä ö 日本 🏠 e\u0301",
        "a\u00a0b",
        "a\u200db",
        "|",
        ">",
        "?",
        "---",
    ]
)
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])
WORDS = st.one_of(AWKWARD, st.text(CHARACTERS, min_size=1, max_size=12))
NAMES = st.builds(one_line, WORDS).filter(bool)
PROSE = st.builds(
    tidy,
    st.lists(st.one_of(st.just(""), WORDS, st.just("  indented")), max_size=4).map("\n".join),
)
KEYWORDS = st.builds(tidy_keywords, st.lists(WORDS, max_size=4))
COLORS = st.sampled_from(["", "#0072B2", "#d55e00"])


@st.composite
def codebooks(draw: st.DrawFn, min_codes: int = 0) -> Codebook:
    """A codebook of up to eight codes, named `book`, with the identities files give."""
    codes: list[Code] = []
    paths: dict[str | None, tuple[str, ...]] = {None: ()}
    taken: set[str] = set()
    for _ in range(draw(st.integers(min_codes, 8))):
        parent = draw(st.sampled_from([None, *(code.id for code in codes)]))
        names = (*paths[parent], draw(NAMES))
        path = join_path(names)
        identity = code_id("book", path)
        if path.casefold() in taken:
            continue
        taken.add(path.casefold())
        paths[identity] = names
        prose = [draw(PROSE) for _ in range(5)]
        rest = draw(KEYWORDS), draw(COLORS), draw(st.booleans())
        codes.append(Code(identity, names[-1], parent, *prose, *rest))
    book = Codebook("book", tuple(codes), draw(st.sampled_from(["", "1.0", "2 draft"])))
    return Codebook(book.name, tuple(book.in_reading_order()), book.version)
