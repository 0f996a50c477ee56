"""Zips made by hand, so that they may be wrong in every way."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

FLAGS_LOCAL, FLAGS_CENTRAL = 6, 8


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_entry(name: str, content: bytes, files: Mapping[str, bytes], mode: int = 0) -> bytes:
    """A zip with one entry of that Unix mode, and ordinary ones."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for ordinary, text in files.items():
            archive.writestr(ordinary, text)
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    return made.getvalue()


def flagged(files: Mapping[str, bytes], flag: int) -> bytes:
    """A zip whose first entry has a flag set, in both of its headers."""
    data = bytearray(zipped(files))
    central = data.index(b"PK\1\2")
    data[FLAGS_LOCAL] |= flag & 0xFF
    data[FLAGS_LOCAL + 1] |= flag >> 8
    data[central + FLAGS_CENTRAL] |= flag & 0xFF
    data[central + FLAGS_CENTRAL + 1] |= flag >> 8
    return bytes(data)


def renamed(files: Mapping[str, bytes], old: bytes, new: bytes) -> bytes:
    """A zip with a name replaced by one of the same length, in both headers."""
    assert len(old) == len(new)
    return zipped(files).replace(old, new)


def overlapping(copies: int) -> bytes:
    """A zip that names the same bytes many times."""
    data = zipped({"a.txt": b"0" * 1000})
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.txt", f"{one:05}".encode()) for one in range(copies))
    return data[:start] + entries + end_record(copies, len(entries), start)


def end_record(count: int, size: int, start: int) -> bytes:
    """What stands at the end of a zip."""
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, 0)


def huge_count() -> bytes:
    """A zip that says it has more entries than anybody needs."""
    entry = zipped({"a": b""})
    start = entry.index(b"PK\1\2")
    central = entry[start : entry.index(b"PK\5\6")]
    many = central * 10_001
    return entry[:start] + many + end_record(10_001, len(many), start)


def lying_count() -> bytes:
    """A zip that says it has one entry, in a table of contents of many megabytes."""
    start = zipped({"a": b""})
    central = start[start.index(b"PK\1\2") : start.index(b"PK\5\6")]
    many = central * (17 * (1 << 20) // len(central))
    return start[: start.index(b"PK\1\2")] + many + end_record(1, len(many), 31)


def huge_count_64() -> bytes:
    """The same, said in the larger record alone."""
    data = zipped({"a": b""})
    end = data.index(b"PK\5\6")
    start = data.index(b"PK\1\2")
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, end - start, start
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    return data[:end] + record + locator + data[end:]


def damaged(files: Mapping[str, bytes]) -> bytes:
    """A zip with a wrong byte in the content of its first, stored entry."""
    data = bytearray(zipped(files, zipfile.ZIP_STORED))
    name = next(iter(files))
    data[30 + len(name.encode())] ^= 0xFF
    return bytes(data)
