"""Codebooks in YAML files: reading one, and saving over one without losing what stands there."""

from __future__ import annotations

from pathlib import Path

from commonplace.codebooks.files import read_bytes, write_bytes
from commonplace.codebooks.reading import CodebookFileError, Fault, Reading
from commonplace.codebooks.yaml_document import read_document
from commonplace.codebooks.yaml_edit import updated
from commonplace.codebooks.yaml_text import codebook_text
from commonplace.domain.codebook import Codebook, CodebookError


def read(path: Path) -> Reading:
    """The codebook in a YAML file. Raises `CodebookFileError` with every fault and its line."""
    return Reading(read_document(decode(read_bytes(path), path.name), path).codebook)


def save(codebook: Codebook, path: Path) -> tuple[str, ...]:
    """Write the codebook, in place over a YAML codebook that is there already."""
    if not path.exists():
        write_bytes(path, codebook_text(codebook).encode())
        return ()
    before = decode(read_bytes(path), path.name)
    if before.strip():
        try:
            document = read_document(before, path)
        except CodebookError as error:
            raise CodebookError(
                f"{path.name} is there already and cannot be read as a codebook, so saving over "
                f"it would lose what it holds; put it right or save under another name.\n{error}"
            ) from None
        after = updated(document, codebook)
    else:
        after = codebook_text(codebook)
    windows = path.read_bytes().count(b"\r\n") > before.count("\n") // 2
    write_bytes(path, (after.replace("\n", "\r\n") if windows else after).encode())
    return ()


def decode(data: bytes, file: str) -> str:
    """The text of a YAML file: UTF-8, or UTF-16 with its mark; line ends LF, no mark."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = (
            f"a byte (0x{data[error.start]:02x}) that is not UTF-8; save the file as UTF-8 in "
            "your editor"
        )
        raise CodebookFileError(file, [Fault(line, message)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
