"""What was graded before stays until something better is there: folder and points of one learner.

nbgrader removes the graded folder first, and writes points one by one; whatever stops it halfway
would leave neither the old nor the new.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from breakfix.errors import CourseBusy, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.rows import read_rows, write_rows


def kept_folder(folder: CourseFolder, name: str, learner: str) -> Path:
    """Where the graded folder of before is kept while that learner is graded again."""
    return folder.root / ".kept" / name / learner


@contextmanager
def keeping(folder: CourseFolder, name: str, learner: str) -> Iterator[bool]:
    """Grade one learner's work: all of the folder, or nothing happened to it.

    Gives whether the grading before this one was killed, so that its result can't be relied on.
    Raises CourseBusy when another process grades the same work.
    """
    kept = kept_folder(folder, name, learner)
    with disk_errors():
        kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            FileLock(_beside(kept, "lock"), timeout=0),
            _begun(_beside(kept, "begun")) as killed,
            _folder(folder.autograded(learner, name), kept),
        ):
            yield killed
    except Timeout as error:
        raise CourseBusy("fill.busy", learner=learner) from error


def _beside(kept: Path, what: str) -> Path:
    """No id of a learner holds a `+`."""
    return kept.with_name(f"{kept.name}+{what}")


@contextmanager
def _begun(mark: Path) -> Iterator[bool]:
    killed = mark.exists()
    with disk_errors():
        mark.touch()
    try:
        yield killed
    finally:
        mark.unlink(missing_ok=True)


@contextmanager
def _folder(graded: Path, kept: Path) -> Iterator[None]:
    """Names of files are kept, not a second copy of large evidence: nbgrader makes new files."""
    part = _beside(kept, "part")
    shutil.rmtree(part, ignore_errors=True)
    if kept.exists():
        _put_back(graded, kept)
    with disk_errors():
        if graded.exists():
            shutil.copytree(graded, part, copy_function=_linked)
            part.rename(kept)
    try:
        yield
    except BaseException:
        if kept.exists():
            _put_back(graded, kept)
        raise
    if kept.exists():
        kept.rename(part)
        shutil.rmtree(part, ignore_errors=True)


def _put_back(graded: Path, kept: Path) -> None:
    shutil.rmtree(graded, ignore_errors=True)
    graded.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(kept, graded)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@contextmanager
def keeping_rows(folder: CourseFolder, name: str, learner: str) -> Iterator[None]:
    """Write one learner's rows: all of them, or those of just before stay. A replay takes minutes
    in which a person may give points, so this belongs around the writing alone."""
    before = read_rows(folder, name, learner)
    try:
        yield
    except BaseException:
        write_rows(folder, name, learner, before)
        raise
