"""Files that are zip archives (.odt, .ods, .xlsx, .epub), opened without trusting them.

Nothing is ever unpacked to the disk: members are read by name into memory, each with a limit, so
what a member is called can lead nowhere.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from commonplace.readers.errors import ReadError
from commonplace.readers.source import Source

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What old Office files begin with, and new ones that are encrypted."""

_UNPACKED_AT_MOST = 400 * 1024 * 1024
_MEMBER_AT_MOST = 100 * 1024 * 1024
_RATIO_AT_MOST = 200
_SMALL = 10 * 1024 * 1024
_MEMBERS_AT_MOST = 20_000
_CHUNK = 1024 * 1024
_OBJECT = re.compile(r"(?:file )?'?<[^<>]* object at 0x[0-9a-f]+>'?")
TAGS_AT_MOST = 1_500_000
"""In one document: an hour's interview has some ten thousand, and each takes 200 bytes."""
_BROKEN = (
    zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error,
    ValueError, KeyError,
)  # fmt: skip


class Archive:
    """An open archive whose declared sizes are reasonable; `what` is its kind, for messages."""

    def __init__(self, package: zipfile.ZipFile, name: str, what: str) -> None:
        self._package = package
        self.name = name
        self.what = what
        self.names = frozenset(package.namelist())

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises `ReadError` when it is missing, broken or far too large."""
        if member not in self.names:
            raise ReadError(
                f"{self.name} is no {self.what}: it has no {member} in it; open it in the program "
                "it comes from and save it again"
            )
        size = self._package.getinfo(member).file_size
        if size > _MEMBER_AT_MOST:
            raise ReadError(
                f"{self.name} holds {size // 1024**2} MB in {member}, more than the "
                f"{_MEMBER_AT_MOST // 1024**2} MB that can be read; split it, or save its text as "
                ".txt"
            )
        try:  # zipfile stops at the declared size, and then finds that the checksum is wrong
            return self._package.read(member)
        except _BROKEN as error:
            raise damaged(self.name, self.what, error) from error

    def refuse_hostile_parts(self) -> None:
        """Raises `ReadError` when a part of an Office file declares a document type, or is dense.

        No part needs a document type, and the libraries that read these files would follow it;
        for each of a hundred million tags they would make an object.
        """
        for member in self.names:
            if not member.endswith((".xml", ".rels")):
                continue
            tags, tail = 0, b""
            for chunk in self._chunks(member):
                tags += chunk.count(b"<")
                seen = tail + chunk.replace(b"\0", b"")
                if b"<!DOCTYPE" in seen:
                    raise ReadError(
                        f"{self.name} declares entities of its own, as no {self.what} needs to; "
                        "open it in the program it comes from and save it again"
                    )
                refuse_dense(tags, self.name)
                tail = seen[-16:]

    def _chunks(self, member: str) -> Iterator[bytes]:
        try:
            with self._package.open(member) as part:
                yield from iter(lambda: part.read(_CHUNK), b"")
        except _BROKEN as error:
            raise damaged(self.name, self.what, error) from error


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Where a file of Word or Excel is kept inside one with a password (MS-OFFCRYPTO, 2.3)."""
_SHEETS = (".xlsx", ".xlsm", ".ods")


@contextmanager
def opened(source: Source, what: str) -> Iterator[Archive]:
    """The archive in `source`, which should be a `what`.

    Raises `ReadError` when it is none, is encrypted, or would unpack to what no transcript is.
    """
    if source.data.startswith(OLD_OFFICE):
        if _ENCRYPTED in source.data:
            raise ReadError(f"{source.name} is protected by a password; save a copy without one")
        raise ReadError(
            f"{source.name} is encrypted, or an old .doc, .xls or .ppt; open it in the program it "
            "comes from and save it anew, without a password"
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(source.data))
    except _BROKEN as error:
        raise ReadError(
            f"{source.name} is no {what} or is cut off ({error}); open it in the program it comes "
            "from and save it again"
        ) from error
    with package:
        refuse_bomb(package, source.name)
        yield Archive(package, source.name, what)


def refuse_bomb(package: zipfile.ZipFile, name: str) -> None:
    """Raises `ReadError` for members with a password and for sizes that no transcript has."""
    members = package.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"{name} is encrypted; save it without a password")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    dense = unpacked > _SMALL and unpacked > _RATIO_AT_MOST * max(packed, 1)
    if unpacked > _UNPACKED_AT_MOST or dense or len(members) > _MEMBERS_AT_MOST:
        raise ReadError(
            f"{name} would unpack from {packed} to {unpacked} bytes in {len(members)} parts, as "
            f"no transcript does; if it is one, {_advice(name)}"
        )


def _advice(name: str) -> str:
    return "save the sheet as .csv" if name.lower().endswith(_SHEETS) else "save its text as .txt"


def refuse_dense(tags: int, name: str) -> None:
    """Raises `ReadError` for more tags than a transcript has, and memory has room for."""
    if tags > TAGS_AT_MOST:
        raise ReadError(
            f"{name} has more than {TAGS_AT_MOST} tags, as no transcript does; if it is one, "
            f"{_advice(name)}"
        )


def damaged(name: str, what: str, error: Exception) -> ReadError:
    """What to say of a file that a library fails on half way."""
    said = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
    reason = " ".join(_OBJECT.sub("it", said).split())[:120] or type(error).__name__
    return ReadError(
        f"{name} is a damaged {what} ({reason}); open it in the program it comes from and save "
        "it again"
    )
