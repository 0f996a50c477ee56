"""`breakfix course import`: submissions that came through a platform or on a stick."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.cli.times import MOMENT
from breakfix.messages import moment
from breakfix.model.incoming import Arrival, ImportReport, ImportRow

#: State is never shown by colour alone: a sign and a word come with it.
_SIGNS = {
    Arrival.NEW: "[green]✔[/]",
    Arrival.NEWER: "[green]✔[/]",
    Arrival.OLDER: "[yellow]•[/]",
    Arrival.SAME: "[dim]=[/]",
    Arrival.RETIMED: "[green]✔[/]",
    Arrival.REFUSED: "[red]✘[/]",
}
_MOST_UNUSED = 10


@click.command("import")
@click.argument("source", metavar="FOLDER-OR-ZIP", type=click.Path(exists=True, path_type=Path))
@click.option("--assignment", help="Take hand-ins of this assignment only; refuse others.")
@click.option("--received", type=MOMENT, metavar="TIME",
              help="When all were received (default: by each learner's own clock).")  # fmt: skip
@course_option
@json_option
def import_handed_in(
    source: Path,
    assignment: str | None,
    received: float | None,
    course: Path | None,
    as_json: bool,  # noqa: FBT001 (click passes flags by name)
) -> None:
    """Take in what learners handed in elsewhere: files made by `breakfix assignment pack`.

    They may lie in folders, in a zip as a learning platform gives it, or unpacked; bare evidence
    is taken too. The newest of each learner counts, an older one is kept. What can't be taken is
    told, and the others go on.

    Exit status: 0 all was taken, 1 something was refused.

    \b
    Examples: breakfix course import ~/Downloads/week-3.zip
              breakfix course import /media/stick --received "2026-12-18 16:00"
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.importing import import_submissions  # noqa: PLC0415
    from breakfix.grading.incoming.accepting import Wanted  # noqa: PLC0415

    shown, folder = screen(as_json=as_json), find_course(course)
    report = shown.steps(
        lambda tell: import_submissions(folder, source, Wanted(assignment, received), tell)
    )
    shown.show(report, lambda console: _told(shown, console, report))
    sys.exit(1 if report.refused else 0)


def _told(shown: Screen, console: Console, report: ImportReport) -> None:
    headings = ("what", "learner", "assignment", "time", "where")
    made = table("", *(shown.say(f"import.{name}") for name in headings))
    for row in report.rows:
        made.add_row(
            _SIGNS[row.arrival],
            shown.say(f"import.{row.arrival.value}"),
            row.learner,
            row.assignment,
            _time(shown, row),
            escape(row.where),
        )
    console.print(made)
    for row in report.rows:
        for text in (*row.notes, *((row.reason,) if row.reason else ())):
            console.print(f"\n{escape(row.where)}:\n  {escape(text.in_(shown.language))}")
    _others(shown, console, report)
    taken = sum(row.arrival is not Arrival.REFUSED for row in report.rows)
    refused = len(report.rows) - taken
    console.print("\n" + shown.say("import.done", taken=taken, refused=refused))


def _others(shown: Screen, console: Console, report: ImportReport) -> None:
    """What an earlier import left, and files that are no hand-in."""
    if report.finished:
        told = ", ".join(report.finished)
        console.print("\n" + escape(shown.say("import.finished", places=told)))
    if report.unused:
        names = ", ".join(report.unused[:_MOST_UNUSED])
        more = ", …" if len(report.unused) > _MOST_UNUSED else ""
        said = shown.say("import.unused", count=len(report.unused), names=names + more)
        console.print("\n" + escape(said))


def _time(shown: Screen, row: ImportRow) -> str:
    if row.time is None:
        return ""
    late = f" ({shown.say('import.late')})" if row.late else ""
    return moment(row.time) + late
