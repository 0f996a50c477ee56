"""The people of a course, as nbgrader's gradebook keeps them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nbgrader.api import Gradebook, Student

from breakfix.errors import CourseError, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.roster_file import read_class_list
from breakfix.model.roster import Learner, RosterChange, change


def learners(folder: CourseFolder) -> dict[str, Learner]:
    """Everybody in the course, by id, in the order of a class list. Raises CourseError."""
    with gradebook(folder) as opened:
        found = [_learner(one) for one in opened.students]
    return {one.id: one for one in sorted(found, key=lambda one: one.order)}


def need_learner(folder: CourseFolder, learner: str) -> Learner:
    """One learner of the course. Raises CourseError."""
    known = learners(folder)
    if learner not in known:
        raise CourseError("roster.unknown", learner=learner, count=len(known))
    return known[learner]


def import_class_list(
    folder: CourseFolder, file: Path, id_heading: str | None = None, *, dry_run: bool = False
) -> RosterChange:
    """Put the class list in `file` into the course, all of it or nothing; who is in the course
    already and not in the list stays. Raises CourseError with every problem at once."""
    folder.read()
    with folder.locked():
        known = learners(folder)
        listed = read_class_list(file, known, id_heading)
        wanted = dict(listed.learners)
        if not listed.has_email:
            wanted = {
                one.id: replace(one, email=known[one.id].email) if one.id in known else one
                for one in wanted.values()
            }
        found = change(known, wanted)
        if not dry_run:
            _write(folder, (*found.new, *found.changed))
        return found


def _write(folder: CourseFolder, wanted: tuple[Learner, ...]) -> None:
    """One commit for all, so that a class is never half there (nbgrader's own
    `update_or_create_student` commits each)."""
    with disk_errors(), gradebook(folder) as opened:
        for one in wanted:
            _put(opened, one)
        opened.db.commit()


def _put(opened: Gradebook, one: Learner) -> None:
    row = opened.db.get(Student, one.id)
    if row is None:
        row = Student(id=one.id)
        opened.db.add(row)
    row.first_name, row.last_name, row.email = one.first_name, one.last_name, one.email


def _learner(row: Student) -> Learner:
    return Learner(row.id, row.first_name or "", row.last_name or "", row.email or "")
