"""`breakfix course correct`: a teacher's word on one grade cell."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.messages import language_of_environment, moment, say
from breakfix.model.course import Correction


class Points(click.ParamType[float]):
    """A number of points, with a comma or a point in it."""

    name = "points"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that was written."""
        try:
            return float(str(value).replace(",", "."))
        except ValueError:
            text = say("correct.no-number", language_of_environment(), text=value)
            self.fail(text, param, ctx)


@click.command()
@click.argument("assignment", required=False)
@click.argument("learner", required=False)
@click.argument("cell", required=False)
@click.argument("points", type=Points(), required=False)
@click.option("--reason", help="Why; it stands in the dossier.")
@click.option("--list", "listing", is_flag=True, help="Show the corrections that were made.")
@course_option
@json_option
def correct(  # noqa: PLR0913, PLR0917 (the words of one sentence)
    assignment: str | None,
    learner: str | None,
    cell: str | None,
    points: float | None,
    reason: str | None,
    listing: bool,  # noqa: FBT001 (click passes flags by name)
    course: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Set the points of one grade cell by hand, with a reason. It survives regrading.

    CELL is complaint, cause, care, diagnosis, or question- and the question's id. The last
    correction of a cell holds.

    \b
    Examples:
      breakfix course correct week-3 els care 4 --reason "the other service was already down"
      breakfix course correct --list
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading import checked_correction as cells  # noqa: PLC0415

    shown, folder = screen(as_json=as_json), find_course(course)
    if listing:
        found = cells.made_corrections(folder, assignment, learner)
        shown.show(found, lambda console: _listed(shown, console, found))
        return
    if not assignment or not learner or not cell or points is None or reason is None:
        raise click.UsageError(shown.say("correct.usage"))
    place = cells.Place(assignment, learner, cell)
    made, now = cells.correct(folder, place, points, reason, getpass.getuser())
    key = "correct.done" if now else "correct.later"
    words = shown.say(key, cell=cell, learner=learner, points=f"{points:g}")
    shown.show(made, lambda console: console.print(escape(words)))


def _listed(shown: Screen, console: Console, found: Sequence[Correction]) -> None:
    headings = ("when", "by", "learner", "assignment", "cell", "points-heading", "why")
    made = table(*(shown.say(f"correct.{name}") for name in headings))
    for one in found:
        when, points = moment(one.time), f"{one.points:g}"
        row = (when, one.by, one.learner, one.assignment, one.cell, points, one.reason)
        made.add_row(*map(escape, row))
    console.print(made)
