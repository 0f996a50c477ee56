"""One zip with what a learner hands in, for a learning platform or a stick.

Its layout is specified at the end of `docs/evidence-format.md`.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from breakfix.codec import to_json
from breakfix.errors import SubmissionRefused, disk_errors
from breakfix.grading.taking import SECRET, TIMESTAMP
from breakfix.grading.work import Work
from breakfix.model.assignment import Assignment
from breakfix.model.handing import LABEL_FORMAT, Label, Packed
from breakfix.ports.saving import SUFFIX

LABEL = "handed-in.json"
_CHUNK = 1 << 20
#: What reading a zip raises when its bytes are not what they were.
_WRONG = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class _Member:
    """One file of the zip: its content stands in a file, or is short."""

    name: str
    content: Path | bytes

    def chunks(self) -> Iterable[bytes]:
        """The content, in pieces."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def pack(work: Work, assignment: Assignment, learner: str, target: Path, now: float) -> Packed:
    """Write what there is to hand in into the zip `target`, whole or not at all, and read it back.

    Raises SubmissionRefused when what was read back is not what was written, and DiskFull.
    """
    members = _members(work, assignment, learner, now)
    part = target.with_name(f"{target.name}.part")
    with disk_errors():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            written = _write(part, members)
            _need_same(part, written, target)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    names = tuple(member.name for member in members)
    return Packed(str(target), target.stat().st_size, names, work.evidence is not None)


def _members(work: Work, assignment: Assignment, learner: str, now: float) -> list[_Member]:
    label = Label(LABEL_FORMAT, assignment.course, assignment.name, learner, round(now, 3))
    stamp = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
    found = [_Member(f"{assignment.name}.ipynb", work.notebook)]
    if work.evidence is not None:
        found.append(_Member(f"evidence/{assignment.lab}{SUFFIX}", work.evidence))
    return [
        *found,
        _Member(TIMESTAMP, stamp.encode()),
        _Member(SECRET, secrets.token_hex(64).encode()),
        _Member(LABEL, to_json(label).encode() + b"\n"),
    ]


def _write(target: Path, members: Iterable[_Member]) -> dict[str, str]:
    """The SHA-256 of each member, as it was read."""
    found = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            digest = hashlib.sha256()
            with archive.open(_info(member.name), "w", force_zip64=False) as stream:
                for chunk in member.chunks():
                    digest.update(chunk)
                    stream.write(chunk)
            found[member.name] = digest.hexdigest()
    return found


def _info(name: str) -> zipfile.ZipInfo:
    """An ordinary file. Evidence is compressed already."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if name.endswith(SUFFIX) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o100644 << 16
    return info


def _need_same(file: Path, written: dict[str, str], target: Path) -> None:
    """Read everything back: a stick may lose what it said it took."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = {info.filename: _digest(archive, info) for info in archive.infolist()}
    except _WRONG as error:
        raise SubmissionRefused("pack.not-written", file=target) from error
    if found != written:
        raise SubmissionRefused("pack.not-written", file=target)


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    digest = hashlib.sha256()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
