"""What learners submitted through nbgrader's exchange and nobody has collected yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path

from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import config_of
from breakfix.grading.inbound import inbound_of


def submitted_to_exchange(
    folder: CourseFolder, names: Iterable[str]
) -> Mapping[tuple[str, str], float]:
    """When each learner submitted each of these assignments last, by learner and assignment
    (seconds since 1970, UTC). Raises CourseError."""
    root = exchange_root(folder)
    inbound = root / folder.read().id / "inbound" if root is not None else None
    if inbound is None or not inbound.is_dir():
        return {}
    try:
        return {
            (learner, name): found[0].time.replace(tzinfo=UTC).timestamp()
            for name in names
            for learner, found in inbound_of(inbound, name).items()
        }
    except OSError as error:
        raise CourseError("status.inbound", folder=inbound, reason=error.strerror) from error


def exchange_root(folder: CourseFolder) -> Path | None:
    """The exchange folder that nbgrader's configuration of this course names; None when it names
    none. Raises CourseError when that configuration can't be read."""
    try:
        config = config_of(folder)
    except CourseError:
        raise
    except Exception as error:
        # It is a program of the teacher's: it may raise anything.
        raise CourseError("status.config", folder=folder.root, reason=repr(error)) from error
    root = config["Exchange"].get("root")
    return folder.root / root if isinstance(root, str) and root else None
