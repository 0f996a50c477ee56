"""`breakfix course status`: where everybody stands."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import Screen, json_option, table
from breakfix.evidence.refusal import visible
from breakfix.messages import moment

if TYPE_CHECKING:
    from breakfix.grading.status import Standing, Status

#: State is never shown by colour alone: a sign and a word come with it.
_SIGNS = {
    "not-started": "[dim]·[/]",
    "busy": "[yellow]…[/]",
    "handed-in": "[blue]▸[/]",
    "late": "[yellow]![/]",
    "to-grade": "[yellow]?[/]",
    "refused": "[red]✘[/]",
    "to-judge": "[blue]✎[/]",
    "graded": "[green]✔[/]",
}


@click.command()
@click.argument("assignment", required=False)
@course_option
@json_option
def status(assignment: str | None, course: Path | None, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show where each learner stands with each assignment, in the course's language.

    With one assignment it also tells when it was handed in, and why something was refused or not
    graded. Points stand there only where they were given: absent is not zero.

    \b
    Examples: breakfix course status
              breakfix course status week-3
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.status import status as look  # noqa: PLC0415

    folder = find_course(course)
    shown = Screen(folder.read().language, as_json)
    found = look(folder, time.time(), assignment)
    people = _one if assignment else _all
    shown.show(found, lambda console: people(shown, console, found))


def _all(shown: Screen, console: Console, found: Status) -> None:
    """A row for each learner, a column for each assignment."""
    made = table(shown.say("roster.name"), *found.counts)
    for learner, name in {one.learner: one.name for one in found.standings}.items():
        mine = {one.assignment: one for one in found.standings if one.learner == learner}
        cells = (_cell(shown, mine[each]) if each in mine else "" for each in found.counts)
        made.add_row(escape(visible(name)), *cells)
    console.print(made)
    _counts(shown, console, found)


def _one(shown: Screen, console: Console, found: Status) -> None:
    """A row for each learner, with all that is known."""
    headings = ("roster.id", "roster.name", "table.state", "import.time", "status.points")
    made = table(*(shown.say(key) for key in headings))
    for one in found.standings:
        made.add_row(
            escape(visible(one.learner)),
            escape(visible(one.name)),
            _word(shown, one),
            moment(one.handed_in) if one.handed_in is not None else "",
            _points(shown, one),
        )
    console.print(made)
    _reasons(shown, console, found.standings)
    _counts(shown, console, found)


def _reasons(shown: Screen, console: Console, standings: Sequence[Standing]) -> None:
    for one in standings:
        if one.reason is not None:
            console.print(
                f"\n{escape(visible(one.name))}: {escape(one.reason.in_(shown.language))}"
            )


def _counts(shown: Screen, console: Console, found: Status) -> None:
    console.print()
    for assignment, counts in found.counts.items():
        words = (f"{shown.say(f'state.{state}')} {count}" for state, count in counts.items())
        console.print(f"{assignment}: {', '.join(words) or '-'}")


def _cell(shown: Screen, one: Standing) -> str:
    return f"{_word(shown, one)} {_points(shown, one)}".strip()


def _word(shown: Screen, one: Standing) -> str:
    """Sign and word; what came late and was graded says both, and so does what was refused and has
    answers to judge."""
    state = one.state.value
    words = [shown.say(f"state.{state}")]
    if one.late and state != "late":
        words.append(shown.say("state.late"))
    if one.waits and state != "to-judge":
        words.append(shown.say("state.to-judge"))
    if not one.collected:
        words.append(shown.say("status.not-collected"))
    if not one.listed:
        words.append(shown.say("status.not-listed"))
    return f"{_SIGNS[state]} {', '.join(words)}"


def _points(shown: Screen, one: Standing) -> str:
    if one.points is None or one.of is None:
        return ""
    return shown.say("status.points-of", points=_number(shown, one.points), of=f"{one.of:g}")


def _number(shown: Screen, points: float) -> str:
    written = f"{round(points, 2):g}"
    return written.replace(".", ",") if shown.language == "nl" else written
