"""The verdict of a submission, asked of the part that replays."""

from __future__ import annotations

from breakfix.content.text import sentence
from breakfix.errors import BreakfixError, CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judging import judge
from breakfix.messages import Language
from breakfix.model.grading import Decision, Verdict


def judged(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """What counts of what `learner` handed in.

    Raises CourseError when that can't be said now: then the trouble is on our side, and no points
    may be written.
    """
    language = folder.read().language
    try:
        found = ask(folder, name, learner)
    except BreakfixError as error:
        raise CourseError("fill.no-verdict", reason=told(error, language)) from error
    if found.decision is Decision.TO_GRADE:
        reason = found.reason.in_(language) if found.reason else "-"
        raise CourseError("fill.no-verdict", reason=reason)
    return found


def ask(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """The verdict that was kept, or that of one replay now."""
    return judge(folder, name, learner, folder.submitted(learner, name))


def told(error: BreakfixError, language: Language) -> str:
    """The sentence of an error."""
    values = {name: str(value) for name, value in error.values.items()}
    return sentence(error.key, **values).in_(language)
