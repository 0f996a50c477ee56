"""nbgrader's own autograde, in this process: one learner after the other, none stops the next."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.utils import temp_attrs
from sqlalchemy.exc import SAWarning

from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import api_of, gradebook
from breakfix.grading.uninterrupted import uninterrupted

#: What nbgrader says after it said what was wrong.
_GENERAL = ("There was an error processing", "Please see the")
_LONGEST = 300


@dataclass(frozen=True)
class Points:
    """What the gradebook says of one submission; `by_hand`: a person still has to judge a part."""

    earned: float
    most: float
    by_hand: bool


class Autograder:
    """Autogrades submissions for one assignment, whatever was graded of them before."""

    def __init__(self, folder: CourseFolder, name: str) -> None:
        self._folder, self._name = folder, name
        self._api = api_of(folder)

    def grade(self, learner: str) -> str:
        """Let nbgrader grade a learner; why it could not, or nothing. Ctrl-C waits for it."""
        told = io.StringIO()
        with (
            uninterrupted(),
            temp_attrs(self._api.coursedir, assignment_id=self._name, student_id=learner),
            _quiet(),
        ):
            converter = Autograde(coursedir=self._api.coursedir, parent=self._api)
            converter.force = True
            with _heard(converter.log, told):
                try:
                    converter.start()
                except Exception as error:  # noqa: BLE001 (one submission must never stop the others)
                    return _reason(told.getvalue(), learner, error)
        return ""

    def points(self, learner: str) -> Points:
        """The points of a learner who was graded."""
        with uninterrupted(), _quiet(), gradebook(self._folder) as opened:
            found = opened.find_submission(self._name, learner)
            by_hand = bool(found.needs_manual_grade)
            return Points(float(found.score), float(found.max_score), by_hand)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what SQLAlchemy says of nbgrader's tables for each new learner."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


@contextmanager
def _heard(log: Any, target: io.StringIO) -> Iterator[None]:  # noqa: ANN401 (nbgrader ships no types)
    handler = logging.StreamHandler(target)
    handler.setLevel(logging.ERROR)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _reason(log: str, learner: str, error: Exception) -> str:
    """The last line that says what went wrong, whether our steps told it or nbgrader's."""
    lines = [line.strip() for line in (log or str(error)).splitlines()]
    told = [line for line in lines if line and not line.startswith(_GENERAL)]
    return (told or lines or [type(error).__name__])[-1].removeprefix(f"{learner}: ")[:_LONGEST]
