"""`breakfix course dossier`: printable pages about graded evaluations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import json_option, screen
from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder


@click.command()
@click.argument("assignment")
@click.argument("learners", nargs=-1, metavar="[LEARNER]...")
@course_option
@json_option
def dossier(assignment: str, learners: tuple[str, ...], course: Path | None, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Write a page about each graded evaluation, to print or to put before an appeal.

    Without learners: everybody whose work was graded.

    \b
    Examples: breakfix course dossier week-3
              breakfix course dossier week-3 els
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.dossier import graded_learners  # noqa: PLC0415

    shown, folder = screen(as_json=as_json), find_course(course)
    graded = graded_learners(folder, assignment)
    if not graded:
        raise CourseError("dossier.nothing-graded", assignment=assignment)
    for learner in learners:
        if learner not in graded:
            raise CourseError("graded.not-yet", learner=learner, assignment=assignment)
    chosen = learners or tuple(graded)
    written = shown.steps(lambda tell: _write(folder, assignment, chosen, tell))
    shown.show(
        {"dossiers": written},
        lambda console: console.print(
            shown.say("dossier.written", count=len(written), folder=Path(written[0]).parent),
            soft_wrap=True,
        ),
    )


def _write(
    folder: CourseFolder,
    assignment: str,
    learners: tuple[str, ...],
    tell: Callable[[str, int, int], None],
) -> list[str]:
    from breakfix.grading.dossier import write_dossier  # noqa: PLC0415 (as above)

    written = []
    for number, learner in enumerate(learners):
        tell("dossier", number, len(learners))
        written.append(str(write_dossier(folder, assignment, learner)))
    return written
