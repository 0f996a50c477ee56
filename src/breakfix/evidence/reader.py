"""The strict reader. It runs in a child process with limits (`process.py`), trusts nothing, and
unpacks nothing: what was looked at goes into a clean archive for the container engine.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

from breakfix.codec import to_json
from breakfix.evidence import outer
from breakfix.evidence.headers import TarReader
from breakfix.evidence.journal import events_of
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.manifest import manifest_of
from breakfix.evidence.members import Rules, member_of
from breakfix.evidence.opened import Evidence, Listing, Part, cast_file, listing_file, tar_file
from breakfix.evidence.refusal import Reason, Refused
from breakfix.evidence.streams import Frame, Section
from breakfix.model.evidence import Manifest, Member, PartEntry, RecordingEntry

#: Reads a part into a clean archive: its content, entry, target, and how many members may come.
PartReader = Callable[[Section, PartEntry, Path, int], tuple[Member, ...]]


def read(file: Path, folder: Path) -> Evidence:
    """Read `file`; the clean parts are written into `folder`. Raises Refused."""
    with file.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > LIMITS.archive_bytes:
            raise Refused(Reason.ARCHIVE_SIZE)
        frame = Frame(stream)
        manifest = manifest_of(_small(frame, outer.MANIFEST, LIMITS.manifest_bytes))
        journal = _small(frame, outer.JOURNAL, LIMITS.journal_bytes)
        if hashlib.sha256(journal).hexdigest() != manifest.journal_sha256:
            raise Refused(Reason.HASH, outer.JOURNAL)
        events = events_of(journal)
        recordings = tuple(_recording(frame, entry, folder) for entry in manifest.recordings)
        parts = _parts(frame, manifest, folder)
        outer.must_end(frame)
    return Evidence(manifest, events, parts, recordings)


def _recording(frame: Frame, entry: RecordingEntry, folder: Path) -> Path:
    """One recording, as it is: whoever plays it reads it, and a grade never does."""
    path = outer.recording_path(entry.name)
    content = _small(frame, path, entry.size)
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise Refused(Reason.HASH, path)
    target = cast_file(folder, entry.name)
    target.write_bytes(content)
    return target


def _small(frame: Frame, name: str, most: int) -> bytes:
    content = outer.open_member(frame, name, most, Reason.FILE_SIZE).read()
    outer.close_member(frame, len(content))
    return content


def _parts(frame: Frame, manifest: Manifest, folder: Path) -> tuple[Part, ...]:
    parts: list[Part] = []
    for entry in manifest.parts:
        room = LIMITS.members - sum(len(part.members) for part in parts)
        parts.append(_part(frame, entry, folder, room))
    return tuple(parts)


def _part(frame: Frame, entry: PartEntry, folder: Path, room: int) -> Part:
    if entry.kind not in KINDS:
        raise Refused(Reason.PART_KIND, entry.kind)
    path = outer.part_path(entry.name)
    section = outer.open_member(frame, path, entry.size, Reason.HEADER)
    if section.left != entry.size:
        raise Refused(Reason.HEADER, path)
    target = tar_file(folder, entry.name)
    members = KINDS[entry.kind](section, entry, target, room)
    section.skip()
    if section.sha256 != entry.sha256:
        raise Refused(Reason.HASH, path)
    outer.close_member(frame, entry.size)
    listing_file(folder, entry.name).write_text(to_json(Listing(members)), "utf-8")
    return Part(entry, target, members)


def read_machine(section: Section, entry: PartEntry, target: Path, room: int) -> tuple[Member, ...]:
    """The changed paths of a machine's disk."""
    reader, rules, members = TarReader(section), Rules(entry.deleted, room), []
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as clean:
        while header := reader.next():
            info = rules.clean(header)
            clean.addfile(info, reader.content if info.isreg() else None)
            content = reader.content.sha256 if info.isreg() else ""
            members.append(member_of(info, content, capability=bool(info.pax_headers)))
    return tuple(members)


#: What is read, by kind of part.
KINDS: dict[str, PartReader] = {"machine": read_machine}
