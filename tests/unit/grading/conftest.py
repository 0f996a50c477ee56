"""A course of which only the file exists, and children that replay nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.grading.folder import CourseFolder
from breakfix.grading.pool import Pool
from breakfix.messages import Language
from breakfix.model.assignment import Assignment
from breakfix.model.course import FORMAT, Counting, Course, Planned, SecondChance

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "tests.unit.grading.child_for_tests")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
LAB = "no-internet"
EXPECTED = f"evidence/{LAB}.breakfix.tar.zst"


@pytest.fixture
def course(tmp_path: Path) -> CourseFolder:
    """A course with an assignment for all, and a second chance for Els alone."""
    folder = CourseFolder(tmp_path / "course")
    folder.root.mkdir()
    first = Planned(
        Assignment(1, "net/week-3", LAB, "1.0.0", "5eed", ("a",)), "digest", {"pc": "t"}
    )
    chance = Planned(
        Assignment(1, "net/again", LAB, "1.0.0", "new", ("a",)), "digest", {"pc": "t"},
        SecondChance("week-3", ("els",), Counting.BEST),
    )  # fmt: skip
    made = Course(FORMAT, "net", Language.NL, "0", 0.0, {"week-3": first, "again": chance})
    folder.write(made)
    return folder


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Children that answer, however long they take to start."""
    with Pool(COMMAND, ENVIRONMENT, seconds=60.0, grace=2.0) as made:
        yield made


@pytest.fixture
def hasty() -> Iterator[Pool]:
    """The same, given up soon: for children that never answer."""
    with Pool(COMMAND, ENVIRONMENT, seconds=10.0, grace=2.0) as made:
        yield made


def submitted(folder: CourseFolder, learner: str, says: str, name: str = "week-3") -> Path:
    """A submission whose evidence says what happens to whoever asks about it."""
    place = folder.submitted(learner, name)
    file = place / EXPECTED
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(says, "utf-8")
    return place
