"""Rich text (RTF), as far as its words go: tokens, code pages, and the control words that matter.

After Microsoft's Rich Text Format specification, version 1.9.1 (2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from commonplace.readers.speakers.vocabulary import word_set

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})"
    rb"|(?P<sign>[^a-zA-Z]))|(?P<brace>[{}])|(?P<plain>[^\\{}\r\n\0]+)|[\r\n\0]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """One of: a control `word` with its number, a `sign`, a brace, or `plain` bytes of text."""

    word: str = ""
    number: int | None = None
    sign: str = ""
    brace: str = ""
    plain: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file in order; binary data is skipped."""
    position, size = 0, len(data)
    while position < size:
        match = _TOKEN.match(data, position)
        if match is None:
            return
        position = match.end()
        kind = match.lastgroup
        if kind == "plain":
            yield Token(plain=match[0])
        elif kind == "hex":
            yield Token(plain=bytes([int(match["hex"], 16)]))
        elif kind == "brace":
            yield Token(brace=match[0].decode())
        elif kind == "sign":
            sign = match["sign"]
            yield Token(plain=sign) if sign in b"{}\\" else Token(sign=sign.decode("latin-1"))
        elif kind is not None:
            word = match["word"].decode()
            number = None if match["number"] is None else int(match["number"])
            if word == "bin":
                position += max(number or 0, 0)
            else:
                yield Token(word, number)


CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}  # fmt: skip
"""Control words that stand for a character."""

SIGNS = {"~": "\u00a0", "_": "\u2011"}
"""Control symbols that stand for a character; `\\-`, where a word may be parted, for none."""

NO_WORDS = word_set(
    """
    annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart author
    background bkmkend bkmkstart buptim category colorschememapping colortbl comment company
    creatim datafield datastore defchp defpap do doccomm docvar ebcend ebcstart factoidname
    falt fchars ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl ffname ffstattext file
    filetbl fldinst fname fontemb fontfile footer footerf footerl footerr footnote
    formfield ftncn ftnsep ftnsepc generator gridtbl header headerf headerl headerr hlinkbase
    htmltag info keywords latentstyles lchars levelnumbers leveltext lfolevel linkval list
    listlevel listname listoverride listoverridetable listpicture liststylename listtable
    listtext lsdlockedexcept manager mhtmltag nextfile nonesttables objalias objclass objdata
    object objname objsect objtime oleclsid operator panose password passwordhash pgp pgptbl pict
    picprop pn pnseclvl pntext pntxta pntxtb printim private propname protend protstart
    protusertbl pxe result revtbl revtim rsidtbl rxe shp shpgrp shpinst shppict shprslt shptxt sn
    sp staticval stylename subject sv svb tc template themedata title txe upr userprops
    wgrffmtfilter windowcaption writereservation writereservhash xe xform xmlattrname
    xmlattrvalue xmlclose xmlname xmlnstbl xmlopen
    """
)
"""Control words that open a group in which nothing is said."""

DOCUMENT_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5",
    83: "mac_greek", 85: "mac_greek", 86: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 936: "gbk", 949: "cp949", 950: "big5", 65001: "utf-8", 874: "cp874"}


def charset_page(number: int | None) -> str | None:
    """The encoding of a font by its `\\fcharset`; None: that of the document."""
    return _CHARSETS.get(number or 0)


def code_page(number: int | None) -> str | None:
    """The encoding of a code page by its number (`\\ansicpg1251`); None when it is unknown."""
    if number is None:
        return None
    name = _PAGES.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return None
    return name
