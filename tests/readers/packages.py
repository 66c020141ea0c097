"""Archives of the kinds that documents are, made by hand."""

from __future__ import annotations

import io
import zipfile

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{short}="{_ODF}:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def zipped(members: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", how) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def odt(body: str, *, styles: str = "", before: str = "", kind: str = "text") -> bytes:
    """An OpenDocument file with this body (XML)."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument." + kind, "content.xml": content}
    )


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def page_of(drawing: bytes, *forms: bytes, unicode: bytes = b"") -> bytes:
    """A PDF of one page that draws this with the font F and the form X, the first of `forms`.

    `unicode` says which characters the codes of the font are, as a CMap does.
    """

    def stream(content: bytes, more: bytes = b"") -> bytes:
        return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)

    def resources(form: int) -> bytes:
        return b"/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>" % form

    number = len(forms) + 6
    named = b"/ToUnicode %d 0 R" % number if unicode else b""
    cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %s endcmap" % unicode
    drawn = [
        stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + resources(number + 1))
        for number, form in enumerate(forms, start=6)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + resources(6) + b">>",
        stream(drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>" % named,
        *drawn,
        stream(cmap),
    )
