"""What grading keeps beside the gradebook: the verdict of a submission."""

from __future__ import annotations

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.grading.folder import CourseFolder
from breakfix.model.grading import Verdict


def kept_verdict(folder: CourseFolder, name: str, learner: str) -> Verdict | None:
    """The verdict that was kept; None when there is none that can be read."""
    try:
        return from_json(Verdict, folder.verdict(learner, name).read_bytes())
    except (OSError, ValidationError):
        return None
