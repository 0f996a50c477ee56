"""A course of a small lab, made as a teacher makes one; no engine is needed for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from breakfix.content import Catalog
from breakfix.grading import judged
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.messages import Language
from breakfix.model.session import Mode
from breakfix.wiring import checkout, images_folder, pinned_tags
from tests.grading.fetched import Releases
from tests.grading.school import School, copy_school, open_school
from tests.grading.verdicts import judge

LAB = "till-does-not-start"
NAME = "kassa"


@pytest.fixture
def empty_course(tmp_path: Path) -> CourseFolder:
    """A course without assignments."""
    return create_course(tmp_path / "course", "helpdesk", Language.NL, images_folder())


@pytest.fixture(scope="session")
def first_course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    """A course with one evaluation, that no test changes; making one takes long."""
    root = tmp_path_factory.mktemp("course") / "course"
    made = create_course(root, "helpdesk", Language.NL, images_folder())
    add(made, NAME, Terms(Mode.EVALUATION, ("port-taken",)))
    return made


@pytest.fixture
def course(first_course: CourseFolder, tmp_path: Path) -> CourseFolder:
    """A course with one evaluation."""
    return CourseFolder(shutil.copytree(first_course.root, tmp_path / "course"))


@pytest.fixture(scope="session")
def first_school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school that no test changes."""
    return open_school(tmp_path_factory.mktemp("school"))


@pytest.fixture
def school(first_school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """A course with an exchange, of a small lab; its judge is the tests' own."""
    monkeypatch.setattr(judged, "ask", judge)
    return copy_school(first_school, tmp_path)


def add(folder: CourseFolder, name: str, terms: Terms, lab: str = LAB) -> None:
    """Add a lab to a course."""
    loaded = Catalog((checkout() / "labs",)).load(lab)
    add_assignment(folder, name, loaded, terms, lambda lab: pinned_tags(lab, folder.images))


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Assignments that learners may fetch."""
    return Releases(tmp_path_factory.mktemp("releases"))
