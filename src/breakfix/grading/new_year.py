"""A course for another year: the same labs and settings, other people, other values."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from breakfix.errors import CourseError, disk_errors
from breakfix.grading.configured import learner_config_text
from breakfix.grading.course import CONFIG, LEARNER_CONFIG, need_name, put_assignment
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import make_gradebook
from breakfix.grading.pinning import pinned_lab
from breakfix.grading.waiting import exchange_root
from breakfix.grading.whole import made_whole
from breakfix.model.course import Course, Planned


@dataclass(frozen=True)
class NewYear:
    """The new course; what had dates has none now (`undated`), second chances are gone
    (`dropped`), both by name."""

    folder: CourseFolder
    kept: tuple[str, ...]
    undated: tuple[str, ...]
    dropped: tuple[str, ...]


def new_year(old: CourseFolder, target: Path, course_id: str) -> NewYear:
    """Make the course `old` anew in `target`, which must not be there yet, whole or not at all.

    Raises CourseError.
    """
    before = old.read()
    need_name(course_id)
    if course_id == before.id:
        # One exchange folder would mix the hand-ins of both.
        raise CourseError("new-year.same-id", course=course_id)
    target = target.resolve()
    if target.exists() or target.is_symlink():
        raise CourseError("new-year.there", folder=target)
    if target.is_relative_to(old.root.resolve()):
        raise CourseError("new-year.inside", folder=target)
    kept = {name: one for name, one in before.assignments.items() if one.second_chance is None}
    with disk_errors(), made_whole(target) as part:
        _make(old, CourseFolder(part), _empty(before, course_id), kept)
    return NewYear(
        CourseFolder(target),
        tuple(kept),
        tuple(name for name, one in kept.items() if _dated(one)),
        tuple(name for name in before.assignments if name not in kept),
    )


def _make(old: CourseFolder, new: CourseFolder, course: Course, kept: dict[str, Planned]) -> None:
    # Names and grades of people will come: for the teacher alone.
    new.root.chmod(0o700)
    for folder in ("labs", "images"):
        if (old.root / folder).is_dir():
            shutil.copytree(old.root / folder, new.root / folder, symlinks=True)
    shutil.copyfile(old.root / CONFIG, new.root / CONFIG)
    new.write(course)
    if (exchange := exchange_root(old)) is not None:
        text = learner_config_text(course.id, exchange)
        (new.root / LEARNER_CONFIG).write_text(text, "utf-8")
    make_gradebook(new)
    for name, planned in kept.items():
        lab = pinned_lab(new, planned.assignment.lab)
        put_assignment(new, name, _renewed(planned, course.id, name), lab)


def _empty(before: Course, course_id: str) -> Course:
    return replace(
        before, id=course_id, version=version("breakfix"), created=time.time(), assignments={}
    )


def _renewed(planned: Planned, course_id: str, name: str) -> Planned:
    """The same assignment with a new seed, and without dates."""
    assignment = replace(
        planned.assignment,
        id=f"{course_id}/{name}",
        seed=secrets.token_hex(16),
        opens=None,
        closes=None,
    )
    return replace(planned, assignment=assignment, extra_time={})


def _dated(planned: Planned) -> bool:
    told: Sequence[object] = (planned.assignment.opens, planned.assignment.closes)
    return any(one is not None for one in told)
