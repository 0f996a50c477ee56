"""A second chance: the same lab once more, for some learners, with another variant."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from breakfix.errors import CourseError
from breakfix.grading.course import need_name, put_assignment
from breakfix.grading.folder import CourseFolder
from breakfix.grading.pinning import pinned_lab
from breakfix.grading.roster import need_learner
from breakfix.model.assignment import Assignment, variant
from breakfix.model.course import Course, Planned, SecondChance
from breakfix.model.session import Mode

#: How many seeds are tried for one that gives everybody another fault than before.
_SEEDS = 200


def grant(
    folder: CourseFolder,
    chance: SecondChance,
    opens: float | None = None,
    closes: float | None = None,
) -> tuple[str, Planned]:
    """Give a second chance: the name of the new assignment, ready to be released, and what was
    planned. Raises CourseError."""
    _need_first(folder, chance.of)
    for learner in chance.learners:
        need_learner(folder, learner)
    if opens is not None and closes is not None and closes <= opens:
        raise CourseError("second-chance.closes-before", assignment=chance.of)
    name, planned = planned_chance(folder.read(), chance, opens, closes)
    need_name(name)
    lab = pinned_lab(folder, planned.assignment.lab)
    return name, put_assignment(folder, name, planned, lab)


def planned_chance(
    course: Course, chance: SecondChance, opens: float | None, closes: float | None
) -> tuple[str, Planned]:
    """The new assignment of a second chance, by its name. It stands on the same lab and images."""
    first = course.assignments[chance.of]
    name = _free(course, chance.of)
    assignment = replace(
        first.assignment,
        id=f"{course.id}/{name}",
        seed=_seed(first.assignment, chance.learners),
        opens=opens,
        closes=closes,
    )
    return name, replace(first, assignment=assignment, second_chance=chance, extra_time={})


def _need_first(folder: CourseFolder, name: str) -> None:
    """Refuse what has no second chance: practice, and a second chance itself."""
    planned = folder.planned(name)
    if planned.assignment.mode is Mode.PRACTICE:
        raise CourseError("second-chance.practice", assignment=name)
    if planned.second_chance is not None:
        first = planned.second_chance.of
        raise CourseError("second-chance.of-chance", assignment=name, first=first)


def _free(course: Course, name: str) -> str:
    number = 2
    while f"{name}-{number}" in course.assignments:
        number += 1
    return f"{name}-{number}"


def _seed(first: Assignment, learners: Sequence[str]) -> str:
    """A new seed. It always gives new values; where there is a pool, of some seeds the one is
    taken by which most learners get another fault than the first time."""
    if len(first.faults) == 1:
        return secrets.token_hex(16)
    before = {learner: variant(first, learner, 1).fault for learner in learners}

    def other(seed: str) -> int:
        again = replace(first, seed=seed)
        return sum(variant(again, who, 1).fault != fault for who, fault in before.items())

    return max((secrets.token_hex(16) for _ in range(_SEEDS)), key=other)
