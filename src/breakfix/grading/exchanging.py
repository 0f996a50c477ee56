"""Submitting to the exchange folder of a class, by nbgrader's own configuration."""

from __future__ import annotations

import logging
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from breakfix.errors import SubmissionRefused
from breakfix.model.assignment import Assignment

#: Checks sizes before, and reads back what arrived. Named, so that nbgrader loads it.
_SUBMIT = "breakfix.grading.submit.CheckedSubmit"


def submit(folder: Path, assignment: Assignment, learner: str) -> str:
    """Submit the work in `folder` (called like the assignment) as `learner`; the course's id.

    Raises SubmissionRefused.
    """
    config = _configured(assignment, learner)
    course: str = config.CourseDirectory.course_id
    config.Exchange.assignment_dir = str(folder.parent)
    config.Exchange.path_includes_course = False
    exchange = ExchangeFactory(config=config)
    step = exchange.Submit(
        coursedir=CourseDirectory(config=config),
        authenticator=Authenticator(config=config),
        config=config,
    )
    step.log = _quiet()
    try:
        step.start()
    except ExchangeError as error:
        raise SubmissionRefused("submit.refused", reason=_sentence(error)) from error
    return course


def _quiet() -> logging.Logger:
    """Where nbgrader's own lines go: what matters of them comes back as an error."""
    log = logging.getLogger("breakfix.nbgrader")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    return log


def _configured(assignment: Assignment, learner: str) -> Config:
    """The configuration of nbgrader on this computer and in this folder, for this submission."""
    app = NbGrader()
    app.load_config_file()
    config = Config(app.config)
    found = str(config.CourseDirectory.get("course_id", ""))
    if found and assignment.course not in {"", found}:
        raise SubmissionRefused("submit.other-course", found=found, course=assignment.course)
    course = found or assignment.course
    if not course:
        raise SubmissionRefused("submit.no-course")
    config.CourseDirectory.course_id = course
    config.CourseDirectory.assignment_id = assignment.name
    config.CourseDirectory.student_id = learner
    config.ExchangeFactory.submit = _SUBMIT
    return config


def _sentence(error: Exception) -> str:
    text = str(error).strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
