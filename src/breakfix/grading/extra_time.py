"""More time for one learner, the same for breakfix and for nbgrader."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from nbgrader.api import MissingEntry

from breakfix.errors import CourseError, disk_errors
from breakfix.grading.course import write_assignment
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.roster import need_learner
from breakfix.model.course import Course, Planned


def give_time(
    folder: CourseFolder,
    name: str,
    learner: str,
    *,
    until: float | None = None,
    minutes: float | None = None,
) -> float:
    """Let `learner` hand the assignment `name` in until then, or so many minutes after everybody
    else (0 takes the extra time back); until when it is.

    What the learner needs to start later than everybody else is `own_assignment` of the folder,
    which is there as long as the extra time is. Raises CourseError and DiskFull.
    """
    closes = folder.planned(name).assignment.closes
    if closes is None:
        raise CourseError("extra-time.never-closes", assignment=name)
    need_learner(folder, learner)
    later = until if until is not None else closes + 60 * (minutes or 0)
    if later < closes:
        raise CourseError("extra-time.earlier", assignment=name)
    folder.change(lambda course: _given(course, name, learner, later))
    write_own(folder, name, learner)
    tell_nbgrader(folder, name, learner)
    return later


def write_own(folder: CourseFolder, name: str, learner: str) -> None:
    """Write the assignment with this learner's own closing time: the closing time travels in that
    file, and nothing is started after it. Without extra time there is none."""
    planned, file = folder.planned(name), folder.own_assignment(learner, name)
    with disk_errors():
        shutil.rmtree(file.parent, ignore_errors=True)
        if learner in planned.extra_time:
            file.parent.mkdir(parents=True)
            own = replace(planned.assignment, closes=planned.closes_for(learner))
            write_assignment(file, own)


def tell_nbgrader(folder: CourseFolder, name: str, learner: str) -> None:
    """Give nbgrader's submission the extra time that the course grants, where there is one yet:
    it then counts the same seconds as late. An assignment without a due date gets none, for
    nbgrader could not add anything to it."""
    closes = folder.planned(name).closes_for(learner)
    with gradebook(folder) as opened:
        try:
            submission = opened.find_submission(name, learner)
        except MissingEntry:
            return
        due = submission.assignment.duedate
        if due is None or closes is None:
            submission.extension = None
        else:
            more = datetime.fromtimestamp(closes, UTC).replace(tzinfo=None) - due
            submission.extension = more if more.total_seconds() > 0 else None
        opened.db.commit()


def _given(course: Course, name: str, learner: str, later: float) -> Course:
    planned = course.assignments[name]
    extra = {who: when for who, when in planned.extra_time.items() if who != learner}
    if planned.assignment.closes is None or later > planned.assignment.closes:
        extra[learner] = later
    changed: Mapping[str, Planned] = {name: replace(planned, extra_time=extra)}
    return replace(course, assignments={**course.assignments, **changed})
