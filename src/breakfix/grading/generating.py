"""nbgrader's own steps, started from here: with the course's configuration, in this process."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy.exc import OperationalError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from breakfix.errors import CourseBusy, CourseError, DiskFull
from breakfix.grading.folder import CourseFolder


def config_of(folder: CourseFolder) -> Config:
    """The configuration that nbgrader would read in the course's folder."""
    return PyFileConfigLoader("nbgrader_config.py", str(folder.root)).load_config()


def api_of(folder: CourseFolder) -> NbGraderAPI:
    """Nbgrader's programming interface of this course."""
    return NbGraderAPI(config=config_of(folder))


def make_gradebook(folder: CourseFolder) -> None:
    """Make the course's gradebook, if it is not there. Nbgrader starts another program for that,
    which it looks for among the programs of the user, not in its own environment."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before}"
    try:
        with gradebook(folder):
            pass
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def gradebook(folder: CourseFolder) -> Iterator[Gradebook]:
    """The gradebook of a course. Raises CourseBusy while something else writes to it for long, and
    DiskFull; what was not committed then is not there."""
    try:
        with Gradebook(folder.database, folder.read().id) as opened:
            yield opened
    except OperationalError as error:
        told = str(error.orig)
        if "full" in told:
            raise DiskFull("engine.disk-full") from error
        if "locked" in told:
            raise CourseBusy("course.busy", folder=folder.root) from error
        raise


def generate(folder: CourseFolder, name: str, due: datetime | None = None) -> None:
    """Make what learners get of an assignment (nbgrader's `release` folder). Raises CourseError."""
    succeeded(api_of(folder).generate_assignment(name), "generate_assignment")
    if due is not None:
        with gradebook(folder) as opened:
            opened.update_or_create_assignment(name, duedate=due)


def succeeded(result: dict[str, Any], step: str) -> str:
    """The log of one of nbgrader's steps. Raises CourseError with its last line otherwise."""
    log = str(result.get("log") or "")
    if not result["success"]:
        lines = (str(result.get("error") or "") + "\n" + log).strip().splitlines()
        told = lines[-1] if lines else "?"
        raise CourseError("course.nbgrader-failed", step=step, reason=told)
    return log
