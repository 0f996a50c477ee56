"""What is late, with the time that a learner was given more."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import AssignLatePenalties

from breakfix.grading.extra_time import tell_nbgrader
from breakfix.grading.rebuild import course_of


class LateByOwnTime(AssignLatePenalties):
    """nbgrader's own step for penalties, after it was told of extra time: its submission is made
    only now, and it would count from everybody's closing time."""

    def preprocess(
        self,
        nb: NotebookNode,
        resources: Any,  # noqa: ANN401 (nbgrader has no types)
    ) -> tuple[NotebookNode, Any]:
        """Give the penalty of this learner's work. Raises CourseError."""
        told = resources["nbgrader"]
        tell_nbgrader(course_of(self), told["assignment"], told["student"])
        done: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return done
