"""A strict reader of tar headers.

Python's `tarfile` believes headers: a file of 9 KiB made it use 1 GiB. So only the fixed block of
512 bytes is read by it (`TarInfo.frombuf`), and of all extensions only a small PAX header is known.
"""

from __future__ import annotations

import tarfile
from dataclasses import dataclass

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.refusal import Reason, Refused
from breakfix.evidence.streams import Section, Source

BLOCK = tarfile.BLOCKSIZE
CAPABILITY = "SCHILY.xattr.security.capability"
_END = b"\0" * BLOCK
_ENCODED = "surrogateescape"


@dataclass(frozen=True)
class Header:
    """One member as its header tells it; nothing in it is trusted yet."""

    info: tarfile.TarInfo
    capability: bytes = b""


class TarReader:
    """The members of a tar, one after the other."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._content = Section(source, 0)
        self._padding = 0

    def next(self) -> Header | None:
        """The next member, or None at the end, after which only zeros may follow."""
        self._content.skip()
        Section(self._source, self._padding).skip()
        block = self._block()
        if block == _END:
            self._must_end()
            return None
        records: dict[str, bytes] = {}
        if block[156:157] == tarfile.XHDTYPE:
            records = self._records(_parse(block).size)
            block = self._block()
        header = _with_records(_parse(block), records)
        self._open(header.info)
        return header

    @property
    def content(self) -> Section:
        """The content of the member that came last."""
        return self._content

    def _open(self, info: tarfile.TarInfo) -> None:
        size = info.size if info.isreg() else 0
        self._content = Section(self._source, size)
        self._padding = -size % BLOCK

    def _block(self) -> bytes:
        return Section(self._source, BLOCK).read()

    def _records(self, size: int) -> dict[str, bytes]:
        if not 0 < size <= LIMITS.header_bytes:
            raise Refused(Reason.HEADER_SIZE)
        padded = Section(self._source, size + -size % BLOCK).read()
        return dict(_split(padded[:size]))

    def _must_end(self) -> None:
        if self._block() != _END:
            raise Refused(Reason.HEADER)
        while rest := self._source.read(BLOCK):
            if rest.strip(b"\0"):
                raise Refused(Reason.TRAILING)


def _parse(block: bytes) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", _ENCODED)
    except (tarfile.HeaderError, ValueError) as error:
        raise Refused(Reason.HEADER) from error
    if info.size < 0:
        raise Refused(Reason.HEADER)
    return info


def _split(data: bytes) -> list[tuple[str, bytes]]:
    """PAX records: `length keyword=value` and a newline, where length counts all of it."""
    records = []
    while data:
        digits, _, _ = data.partition(b" ")
        length = int(digits) if digits.isdigit() and len(digits) < len("10000") else 0
        record = data[len(digits) + 1 : length]
        keyword, equals, value = record.partition(b"=")
        if not (equals and value.endswith(b"\n") and length <= len(data)):
            raise Refused(Reason.HEADER)
        records.append((keyword.decode("utf-8", _ENCODED), value[:-1]))
        data = data[length:]
    return records


def _with_records(info: tarfile.TarInfo, records: dict[str, bytes]) -> Header:
    """The member with what its PAX header says of it; what evidence does not need is dropped."""
    if any(keyword.startswith("GNU.sparse.") for keyword in records):
        raise Refused(Reason.TYPE, info.name)
    if "path" in records:
        info.name = records["path"].decode("utf-8", _ENCODED)
        info.name = info.name.removesuffix("/") if info.isdir() else info.name
    if "linkpath" in records:
        info.linkname = records["linkpath"].decode("utf-8", _ENCODED)
    for number in ("uid", "gid", "size"):
        if number in records:
            setattr(info, number, _number(records[number]))
    return Header(info, records.get(CAPABILITY, b""))


def _number(digits: bytes) -> int:
    if not (digits.isdigit() and len(digits) < len("1000000000000")):
        raise Refused(Reason.HEADER)
    return int(digits)
