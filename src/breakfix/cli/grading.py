"""`breakfix course grade`: replays what was handed in, and lets nbgrader write the grades."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click
from rich.console import Console

from breakfix.cli.counting import Counter, counting
from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judging import Judging, judge_all
from breakfix.grading.pool import pool_of
from breakfix.model.grading import Decision, Verdict
from breakfix.model.replaying import ReplayAnswer
from breakfix.model.roster import unlisted
from breakfix.model.value import Value

if TYPE_CHECKING:
    from breakfix.grading.autograding import Autograder, Points


def default_jobs() -> int:
    """How many replays keep this computer busy: each of them waits a part of its time."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


class _Said(TypedDict):
    """The options that say what is graded."""

    jobs: int
    learners: tuple[str, ...]
    anew: bool


@dataclass(frozen=True)
class Graded(Value):
    """What grading came to for one learner.

    `points` out of `most` are those of the gradebook, as far as they are known; `reason` is in the
    reader's language; `left`: it is still to be graded. `listed` is false for somebody whom the
    class list does not name.
    """

    learner: str
    decision: Decision
    points: float | None
    most: float | None
    by_hand: bool
    left: bool
    reason: str
    listed: bool = True


@click.command()
@click.argument("assignment")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=default_jobs,
    help="How many replays at the same time (default: three for two processors).",
)
@click.option("--learner", "learners", multiple=True, help="Only this learner; may be repeated.")
@click.option("--anew", is_flag=True, help="Replay also what was replayed before.")
@course_option
@json_option
def grade(assignment: str, course: Path | None, as_json: bool, **said: Unpack[_Said]) -> None:  # noqa: FBT001 (click passes flags by name)
    """Replay what was handed in for ASSIGNMENT, and let nbgrader write the grades.

    What was replayed before is not replayed again. Exit status: 0 all is graded, 1 something is
    left to grade.

    \b
    Examples:
      breakfix course grade no-internet
      breakfix course grade no-internet --learner els --anew
    """
    shown, folder = screen(as_json=as_json), find_course(course)
    with folder.locked():
        submissions = _submissions(folder, assignment, said["learners"])
        title = shown.say("grading.progress")
        with counting(title, len(submissions), quiet=as_json) as counter:
            work = _Work(shown, folder, assignment, counter)
            planned = folder.planned(assignment)
            judging = Judging(
                folder, assignment, planned, pool_of(folder), said["anew"], work.stepped
            )
            found = [
                work.graded(learner, verdict)
                for learner, verdict in judge_all(judging, submissions, said["jobs"])
            ]
    found = _listed(folder, sorted(found, key=lambda one: one.learner))
    shown.show(found, lambda console: _show(shown, console, found))
    sys.exit(1 if any(one.left for one in found) else 0)


def _submissions(folder: CourseFolder, name: str, learners: Sequence[str]) -> dict[str, Path]:
    """What was submitted, by learner. Raises CourseError where there is nothing."""
    folder.planned(name)
    places = sorted((folder.root / "submitted").glob(f"*/{name}"))
    found = {place.parent.name: place for place in places if place.is_dir()}
    for learner in learners:
        if learner not in found:
            raise CourseError("grading.no-submission", learner=learner, assignment=name)
    if not found:
        raise CourseError("grading.no-submissions", assignment=name)
    return {learner: found[learner] for learner in learners} if learners else found


class _Work:
    """Lets nbgrader grade each learner as the verdict comes, and tells of trouble."""

    def __init__(self, shown: Screen, folder: CourseFolder, name: str, counter: Counter) -> None:
        self._shown, self._folder, self._name, self._counter = shown, folder, name, counter
        self._autograder: Autograder | None = None

    def stepped(self, learner: str, step: ReplayAnswer) -> None:
        """A replay took a step."""
        self._counter.part(learner, 0.9 * step.done / step.total if step.total else 0.0)

    def graded(self, learner: str, verdict: Verdict) -> Graded:
        """What grading comes to with this verdict."""
        reason = verdict.reason.in_(self._shown.language) if verdict.reason else ""
        points, trouble = None, ""
        if verdict.decision is not Decision.TO_GRADE:
            points, trouble = self._written(learner)
        if trouble:
            reason = self._shown.say("grading.wrote-nothing", reason=trouble)
        if reason and not self._shown.as_json:
            self._counter.say(f"{learner}: {reason}")
        self._counter.done(learner)
        return Graded(
            learner,
            verdict.decision,
            points.earned if points else None,
            points.most if points else None,
            by_hand=points.by_hand if points else False,
            left=points is None,
            reason=reason,
        )

    def _written(self, learner: str) -> tuple[Points | None, str]:
        """The points that nbgrader wrote, or why it wrote none."""
        if self._autograder is None:
            # Late: nbgrader takes seconds to load, and replays are under way meanwhile.
            from breakfix.grading.autograding import Autograder  # noqa: PLC0415

            self._autograder = Autograder(self._folder, self._name)
        trouble = self._autograder.grade(learner)
        return (None, trouble) if trouble else (self._autograder.points(learner), "")


def _listed(folder: CourseFolder, found: Sequence[Graded]) -> list[Graded]:
    """The same, with who is in no class list: nbgrader took them in as it graded."""
    from breakfix.grading.roster import learners  # noqa: PLC0415 (as above)

    missing = unlisted(learners(folder), (one.learner for one in found))
    return [replace(one, listed=one.learner not in missing) for one in found]


def _show(shown: Screen, console: Console, found: Sequence[Graded]) -> None:
    made = table(*(shown.say(f"table.{name}") for name in ("learner", "found", "points", "advice")))
    for one in found:
        made.add_row(
            one.learner,
            shown.say(f"decision.{one.decision.value}"),
            _points(one),
            ", ".join(shown.say(f"grading.{what}") for what in _advice(one)),
        )
    console.print(made)
    count = sum(one.left for one in found)
    if count:
        console.print(shown.say("grading.left", count=count))
    if missing := ", ".join(one.learner for one in found if not one.listed):
        console.print(shown.say("grading.not-listed", learners=missing))


def _points(one: Graded) -> str:
    return "" if one.points is None else f"{one.points:g} / {one.most:g}"


def _advice(one: Graded) -> list[str]:
    """What there is to do: a reason to read hides no answers to judge."""
    if one.left:
        return ["again"]
    return [*(["told"] if one.reason else []), *(["by-hand"] if one.by_hand else [])]
