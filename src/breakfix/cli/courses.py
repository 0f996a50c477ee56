"""Which course a command works on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from breakfix.grading.folder import CourseFolder

F = TypeVar("F", bound=Callable[..., Any])


def course_option(command: F) -> F:
    """The option that names the folder of a course."""
    return click.option(
        "--course",
        "course",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the course (default: this folder, or the nearest above it).",
    )(command)


def find_course(course: Path | None) -> CourseFolder:
    """The course in `course`, or the nearest around the current folder. Raises CourseError."""
    here = Path.cwd()
    around = (folder for folder in (here, *here.parents) if (folder / "course.json").is_file())
    found = CourseFolder((course or next(around, here)).resolve())
    found.read()
    return found
