"""The parent's side: evidence is read in a child process, so whatever it does happens there."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.errors import DiskFull
from breakfix.evidence.child import ANSWER, FULL, Answer
from breakfix.evidence.limits import LIMITS, MIB
from breakfix.evidence.opened import Evidence, Listing, Part, cast_file, listing_file, tar_file
from breakfix.evidence.refusal import Reason, unreadable
from breakfix.model.evidence import Manifest, PartEntry

_MOST_ANSWER = 64 * MIB
T = TypeVar("T")


def open_evidence(
    file: Path, folder: Path, command: Sequence[str], seconds: float = LIMITS.reader_seconds
) -> Evidence:
    """The evidence in `file`; its clean parts are put into `folder`, which must be empty.

    `command` starts the child (`breakfix.entry.evidence_process`); file and folder are added to
    it. Raises EvidenceUnreadable for whatever is wrong with the file, and DiskFull.
    """
    if not file.is_file():
        raise unreadable(Reason.NOT_FOUND, file.name)
    trouble = _run([*command, str(file.absolute()), str(folder.absolute())], seconds)
    if trouble is Reason.DISK:
        raise DiskFull("engine.disk-full")
    if trouble:
        raise unreadable(trouble, file.name)
    answer = _load(Answer, folder / ANSWER, file)
    if answer.reason is Reason.DISK:
        raise DiskFull("engine.disk-full")
    if answer.reason or answer.manifest is None:
        raise unreadable(answer.reason or Reason.DIED, file.name, answer.detail)
    recordings = tuple(cast_file(folder, one.name) for one in answer.manifest.recordings)
    return Evidence(
        answer.manifest, answer.journal, _parts(answer.manifest, folder, file), recordings
    )


def _run(command: Sequence[str], seconds: float) -> Reason | None:
    """Run the child to its end; the reason why it did not get there."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Reason.TIME
    except OSError:
        return Reason.DIED
    if done.returncode == -signal.SIGXCPU:
        return Reason.TIME
    if done.returncode == FULL:
        return Reason.DISK
    return Reason.DIED if done.returncode else None


def _parts(manifest: Manifest, folder: Path, file: Path) -> tuple[Part, ...]:
    return tuple(_part(entry, folder, file) for entry in manifest.parts)


def _part(entry: PartEntry, folder: Path, file: Path) -> Part:
    listing = _load(Listing, listing_file(folder, entry.name), file)
    return Part(entry, tar_file(folder, entry.name), listing.members)


def _load(kind: type[T], written: Path, file: Path) -> T:
    """What the child wrote; if that is rubbish, it is treated as dead."""
    try:
        with written.open("rb") as stream:
            data = stream.read(_MOST_ANSWER + 1)
        if len(data) <= _MOST_ANSWER:
            return from_json(kind, data)
    except (OSError, ValidationError) as error:
        raise unreadable(Reason.DIED, file.name) from error
    raise unreadable(Reason.DIED, file.name)
