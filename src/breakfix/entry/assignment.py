"""`breakfix.assignment()`."""

from __future__ import annotations

from pathlib import Path

from breakfix.content.assignments import read_assignment
from breakfix.messages import language_of_environment
from breakfix.notebook.assignment import AssignmentHandle
from breakfix.notebook.told import told
from breakfix.ports.learner import learner_name
from breakfix.wiring import inspect_work, lab_service


def open_assignment(file: str) -> AssignmentHandle:
    """The handle of the assignment in `file`. Raises Told."""
    language, place = language_of_environment(), Path(file)
    with told(language):
        assignment, learner = read_assignment(place), learner_name()
    folder = place.resolve().parent
    return AssignmentHandle(assignment, learner, folder, lab_service, inspect_work, language)
