"""The file of a teacher's corrections: one line each, only ever added to."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping

from pydantic import ValidationError

from breakfix.codec import from_json, to_json
from breakfix.errors import CourseError, DiskFull, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.model.course import Correction


def read_corrections(folder: CourseFolder) -> tuple[Correction, ...]:
    """Every correction, oldest first. Raises CourseError when a line can't be read: then none of
    them may be forgotten silently."""
    try:
        lines = folder.corrections.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unreadable(folder, 0) from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(from_json(Correction, line))
        except ValidationError as error:
            raise _unreadable(folder, number) from error
    return tuple(found)


def add_correction(folder: CourseFolder, correction: Correction) -> None:
    """Add a correction, as one whole line on the disk, or not at all.

    Raises CourseError, CourseBusy and DiskFull.
    """
    if not (math.isfinite(correction.points) and correction.points >= 0):
        raise CourseError("corrected.no-points", points=correction.points)
    with folder.locked():
        read_corrections(folder)
        with disk_errors():
            _append(folder, (to_json(correction) + "\n").encode())


def held(folder: CourseFolder, name: str, learner: str) -> Mapping[str, Correction]:
    """The corrections of one learner's work by cell; the last of a cell holds. Raises
    CourseError."""
    return {
        one.cell: one
        for one in read_corrections(folder)
        if (one.assignment, one.learner) == (name, learner)
    }


def _append(folder: CourseFolder, line: bytes) -> None:
    opened = os.open(folder.corrections, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(opened).st_size
        # Somebody may have edited the file by hand.
        ended = size == 0 or os.pread(opened, 1, size - 1) == b"\n"
        try:
            written = os.write(opened, line if ended else b"\n" + line)
            os.fsync(opened)
        except OSError:
            os.ftruncate(opened, size)
            raise
        if written < len(line):
            os.ftruncate(opened, size)
            raise DiskFull("engine.disk-full")
    finally:
        os.close(opened)


def _unreadable(folder: CourseFolder, line: int) -> CourseError:
    return CourseError("corrected.unreadable", file=folder.corrections, line=line)
