"""Evidence made by hand, byte by byte, so that it may be wrong in every way."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from typing import Any

import zstandard

END = b"\0" * 1024
JOURNAL = b'{"event": "starting"}\n{"event": "finished"}\n'
DIR, LINK, HARD, PIPE = tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE


def header(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, **values: object) -> bytes:
    """One block of 512 bytes."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.mode = kind, size, 0o755 if kind == DIR else 0o644
    for key, value in values.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")[-512:]


def member(
    name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, **values: object
) -> bytes:
    """A header with what follows it."""
    return header(name, kind, len(content), **values) + content + b"\0" * (-len(content) % 512)


def record(keyword: str, value: bytes) -> bytes:
    """One record of a PAX header."""
    rest = b" " + keyword.encode() + b"=" + value + b"\n"
    length = len(rest) + 1
    while len(str(length)) + len(rest) != length:
        length += 1
    return str(length).encode() + rest


def pax(**records: bytes) -> bytes:
    """A PAX header for the member that follows; `__` in a keyword stands for a dot."""
    data = b"".join(record(key.replace("__", "."), value) for key, value in records.items())
    return member("pax", data, tarfile.XHDTYPE)


def part(*members: bytes) -> bytes:
    """A whole archive of members, with the folder etc before them."""
    return member("etc", kind=DIR) + b"".join(members) + END


GOOD = part(
    member("etc/hosts", b"127.0.0.1 localhost\n"),
    member("etc/zones", kind=LINK, linkname="/usr/share/zones"),
)


def manifest(archive: bytes = GOOD, journal: bytes = JOURNAL, **values: object) -> dict[str, Any]:
    """A right manifest of one part, with some values changed; those of the part begin with `p_`."""
    image = {"name": "pc", "recipe": "0" * 12, "layers": "a" * 64, "packages": "b" * 64}
    entry = {
        "kind": "machine", "name": "pc", "size": len(archive), "image": image, "deleted": [],
        "sha256": hashlib.sha256(archive).hexdigest(),
    }  # fmt: skip
    entry |= {key[2:]: value for key, value in values.items() if key.startswith("p_")}
    top = {
        "format": 1, "lab": "m021-network/no-internet", "lab_version": "1", "lab_digest": "c" * 64,
        "learner": "els", "assignment": "", "attempt": 0, "mode": "practice", "fault": "dns",
        "seed": "7", "started": 1.0, "captured": 2.0, "cables": [], "parts": [entry],
        "journal_sha256": hashlib.sha256(journal).hexdigest(),
    }  # fmt: skip
    return top | {key: value for key, value in values.items() if not key.startswith("p_")}


def compress(
    plain: bytes, level: int = 3, dictionary: zstandard.ZstdCompressionDict | None = None
) -> bytes:
    """One zstd frame with a checksum."""
    return zstandard.ZstdCompressor(level, dictionary, write_checksum=True).compress(plain)


def outer_member(name: str, content: bytes) -> bytes:
    """A member of the outer tar, as the format wants it."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    return info.tobuf(tarfile.USTAR_FORMAT) + content + b"\0" * (-len(content) % 512)


def outer(
    archive: bytes = GOOD,
    journal: bytes = JOURNAL,
    *,
    text: bytes | None = None,
    **values: object,
) -> bytes:
    """The outer tar; `text` is a manifest to take as it is."""
    text = json.dumps(manifest(archive, journal, **values)).encode() if text is None else text
    return (
        outer_member("manifest.json", text)
        + outer_member("journal.jsonl", journal)
        + outer_member("parts/pc.tar", archive)
        + END
    )


def evidence(
    archive: bytes = GOOD,
    journal: bytes = JOURNAL,
    *,
    text: bytes | None = None,
    **values: object,
) -> bytes:
    """A whole file."""
    return compress(outer(archive, journal, text=text, **values))


def members(*given: bytes) -> bytes:
    """Evidence of one part with these members, after the folder etc."""
    return evidence(part(*given))


def bomb(gigabytes: int) -> bytes:
    """Right evidence up to a part that says it is this many GiB of zeros, and is."""
    size = gigabytes << 30
    start = outer(text=json.dumps(manifest(p_size=size)).encode())[: -len(END)]
    start = start[: start.index(b"parts/pc.tar\0")] + header("parts/pc.tar", size=size)
    return _zeros_after(start, size)


def bomb_inside(megabytes: int) -> bytes:
    """Right evidence up to a file of this many MiB in a part of that size."""
    size = megabytes << 20
    inner = member("etc", kind=DIR) + header("etc/zeros", size=size)
    text = json.dumps(manifest(p_size=size + len(inner))).encode()
    start = outer_member("manifest.json", text) + outer_member("journal.jsonl", JOURNAL)
    info = tarfile.TarInfo("parts/pc.tar")
    info.size = size + len(inner)
    return _zeros_after(start + info.tobuf(tarfile.USTAR_FORMAT) + inner, size)


def _zeros_after(start: bytes, size: int) -> bytes:
    made = io.BytesIO()
    with zstandard.ZstdCompressor(level=1).stream_writer(made, closefd=False) as stream:
        stream.write(start)
        zeros = b"\0" * (16 << 20)
        for _ in range(size // len(zeros)):
            stream.write(zeros)
    return made.getvalue()


def without(values: Mapping[str, Any], key: str) -> bytes:
    """A manifest's text without one key."""
    return json.dumps({name: value for name, value in values.items() if name != key}).encode()
