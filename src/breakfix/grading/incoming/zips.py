"""Zips, read strictly: what is not an ordinary file with an ordinary name is never opened."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from breakfix.errors import SubmissionRefused
from breakfix.evidence.refusal import visible
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.names import is_litter, is_plain
from breakfix.grading.incoming.trees import open_regular

_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Encrypted, patch data, strongly encrypted, masked headers.
_SECRET = 0x1 | 0x20 | 0x40 | 0x2000
_LOCAL_HEADER = 30
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
#: What Python's reader raises, on purpose or not, when a zip is wrong.
_WRONG = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, LookupError,
)  # fmt: skip


class ZipTree:
    """The files of a zip that may be read; made by `open_zip`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.files: dict[str, int] = {}
        self.refused: dict[str, SubmissionRefused] = {}
        names = Counter(_name(info).casefold() for info in archive.infolist())
        for info in archive.infolist():
            name = _name(info)
            if is_litter(name) or (name.endswith("/") and is_plain(name[:-1])):
                continue
            key = _trouble(info) or ("import.twice" if names[name.casefold()] > 1 else "")
            if key:
                self.refused[name] = SubmissionRefused(key, name=visible(name))
            else:
                self.files[name] = info.file_size
                self._infos[name] = info

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file; that its checksum is right is known only after the last."""
        with _damage(), self._archive.open(self._infos[name]) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


@contextmanager
def open_zip(path: Path) -> Iterator[ZipTree]:
    """The zip in `path`. Raises SubmissionRefused."""
    with open_regular(path) as stream:
        _need_modest(stream)
        with _damage():
            archive = zipfile.ZipFile(stream)
        with archive:
            _need_apart(archive)
            yield ZipTree(archive)


def _need_modest(stream: BinaryIO) -> None:
    """Refuse a zip whose table of contents would fill the memory, before it is read.

    Python's reader takes the record at the very end where that has no comment; so only such a zip
    is taken, and what is read here is what is read there.
    """
    size = stream.seek(0, 2)
    if size < _END.size:
        raise SubmissionRefused("import.damaged")
    stream.seek(size - _END.size)
    mark, *_, count, length, _, comment = _END.unpack(stream.read(_END.size))
    if mark != b"PK\5\6" or comment:
        raise SubmissionRefused("import.damaged")
    count, length = _larger(stream, size - _END.size) or (count, length)
    if count > INCOMING.zip_members or length > INCOMING.zip_directory:
        raise SubmissionRefused("import.too-many-files", most=INCOMING.zip_members)


def _larger(stream: BinaryIO, end: int) -> tuple[int, int] | None:
    """The count and length of a ZIP64 record before `end`, where there is one."""
    start = end - _LOCATOR.size - _END64.size
    if start < 0:
        return None
    stream.seek(start)
    record, locator = stream.read(_END64.size), stream.read(_LOCATOR.size)
    if locator[:4] != b"PK\6\7" or record[:4] != b"PK\6\6":
        return None
    _, _, _, _, _, _, _, count, length, _ = _END64.unpack(record)
    return count, length


def _need_apart(archive: zipfile.ZipFile) -> None:
    """Refuse files that share bytes: how a small zip unpacks to a mountain."""
    end = 0
    if any(info.header_offset < 0 for info in archive.infolist()):
        raise SubmissionRefused("import.damaged")
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise SubmissionRefused("import.overlap")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written; some programs of Windows separate its parts in their own way."""
    return info.orig_filename.replace("\\", "/")


def _trouble(info: zipfile.ZipInfo) -> str:
    """The sentence that says why an entry is never opened; empty when it may be."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not is_plain(_name(info)):
        return "import.bad-name"
    if kind not in (0, stat.S_IFREG):
        return "import.link"
    if info.flag_bits & _SECRET:
        return "import.encrypted"
    if info.compress_type not in _METHODS:
        return "import.method"
    if info.file_size > max(INCOMING.ratio_from, INCOMING.ratio * info.compress_size):
        return "import.bomb"
    return ""


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except _WRONG as error:
        raise SubmissionRefused("import.damaged") from error
