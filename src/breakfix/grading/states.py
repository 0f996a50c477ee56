"""Where each learner stands with an assignment. Absent is not zero."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from breakfix.grading.arrivals import arrived_at, handed_in_at, has_evidence, sha256_of
from breakfix.grading.folder import CourseFolder
from breakfix.grading.kept import kept_verdict
from breakfix.grading.marks import Marks, MarksOf, opened_marks
from breakfix.model.course import Planned
from breakfix.model.grading import Decision, Verdict


class State(StrEnum):
    """Where a learner stands.

    `not-started`: nothing was handed in. `busy`: a notebook came without evidence, and there is
    still time. `handed-in`: not graded yet, or something newer than what was graded. `late`: the
    same, after the closing time. `to-grade`: grading it failed by our own trouble. `refused`: what
    was handed in can't count. `to-judge`: graded, but a person must still judge an answer.
    """

    NOT_STARTED = "not-started"
    BUSY = "busy"
    HANDED_IN = "handed-in"
    LATE = "late"
    TO_GRADE = "to-grade"
    REFUSED = "refused"
    TO_JUDGE = "to-judge"
    GRADED = "graded"


def state_of(  # noqa: PLR0913, PLR0917 (whoever asks for many passes the open gradebook on)
    folder: CourseFolder,
    planned: Planned,
    name: str,
    learner: str,
    now: float,
    marks_of: MarksOf | None = None,
) -> State:
    """Where `learner` stands with the assignment `name` at the moment `now`.

    Whoever asks for many opens the gradebook once (`opened_marks`) and passes it on. Raises
    CourseError.
    """
    if marks_of is None:
        with opened_marks(folder) as opened:
            return state_of(folder, planned, name, learner, now, opened)
    marks = marks_of(name, learner)
    verdict = kept_verdict(folder, name, learner)
    if is_graded(folder, name, learner, marks):
        return _graded(verdict, marks)
    submission = folder.submitted(learner, name)
    if not _came(submission):
        return State.NOT_STARTED
    if verdict is not None and _is_about(verdict, submission, planned.assignment.lab):
        if verdict.decision is Decision.REFUSED:
            return State.REFUSED
        if verdict.decision is Decision.TO_GRADE:
            return State.TO_GRADE
    return _waiting(planned, learner, submission, now)


def is_late(folder: CourseFolder, planned: Planned, name: str, learner: str) -> bool:
    """Whether what was handed in last came after the learner's own closing time. It is graded all
    the same: what it costs is the teacher's to say."""
    closes = planned.closes_for(learner)
    at = handed_in_at(folder.submitted(learner, name))
    return closes is not None and at is not None and at > closes


def is_graded(folder: CourseFolder, name: str, learner: str, marks: Marks | None) -> bool:
    """Whether the gradebook speaks about what was handed in last.

    A row alone says nothing: nbgrader makes it before it grades. The graded notebook must be there
    too, of the same moment as what was handed in.
    """
    graded = folder.autograded(learner, name)
    if marks is None or not _came(graded):
        return False
    submission = folder.submitted(learner, name)
    return not _came(submission) or handed_in_at(submission) == handed_in_at(graded)


def _graded(verdict: Verdict | None, marks: Marks | None) -> State:
    decision = verdict.decision if verdict is not None else None
    if decision is Decision.TO_GRADE:
        return State.TO_GRADE
    if decision is Decision.REFUSED:
        return State.REFUSED
    if marks is not None and marks.waits:
        return State.TO_JUDGE
    return State.GRADED if marks is not None and marks.given else State.TO_GRADE


def _is_about(verdict: Verdict, submission: Path, lab: str) -> bool:
    """Whether a verdict speaks about what was handed in last. One that was given without a look
    into any file can only be told from an older one by the time."""
    if verdict.sha256:
        return verdict.sha256 == sha256_of(submission, lab)
    return verdict.replayed >= arrived_at(submission)


def _waiting(planned: Planned, learner: str, submission: Path, now: float) -> State:
    closes = planned.closes_for(learner)
    at = handed_in_at(submission)
    if closes is not None and at is not None and at > closes:
        return State.LATE
    still_open = closes is None or now <= closes
    return State.BUSY if still_open and not has_evidence(submission) else State.HANDED_IN


def _came(folder: Path) -> bool:
    """Whether a notebook stands in a folder of nbgrader's."""
    return any(folder.glob("*.ipynb"))
