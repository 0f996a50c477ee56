"""A course that is made once a language, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.grading.folder import CourseFolder
from breakfix.messages import Language
from tests.grading.pages.teaching import small_course

Courses = Callable[[Language], CourseFolder]


@pytest.fixture(scope="session")
def made_courses(tmp_path_factory: pytest.TempPathFactory) -> Courses:
    """The courses that were made, by language."""
    made: dict[Language, CourseFolder] = {}

    def of(language: Language) -> CourseFolder:
        if language not in made:
            made[language] = small_course(tmp_path_factory.mktemp(language.value), language)
        return made[language]

    return of


@pytest.fixture
def course_in(made_courses: Courses, tmp_path: Path) -> Courses:
    """A fresh copy of the course in a language."""

    def of(language: Language) -> CourseFolder:
        target = tmp_path / language.value
        shutil.copytree(made_courses(language).root, target)
        return CourseFolder(target)

    return of


@pytest.fixture
def course(course_in: Courses) -> CourseFolder:
    """A fresh copy of the Dutch course."""
    return course_in(Language.NL)
