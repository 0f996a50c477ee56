"""`breakfix course roster …`: who is in a course."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.model.roster import Learner, RosterChange


@click.group()
def roster() -> None:
    """Put learners into the course, and show who is there.

    Example: breakfix course roster import klas.csv
    """


@roster.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--id", "id_heading", help="The heading of the column with the ids, if several fit.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@course_option
@json_option
def import_roster(
    file: Path,
    id_heading: str | None,
    dry_run: bool,  # noqa: FBT001 (click passes flags by name)
    course: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Take a class list as your school's administration exports it (CSV).

    It needs a column for the id (gebruikersnaam, stamnummer, username …), the first name and the
    last name; an e-mail address may be there. All of it is taken, or nothing. Whoever is in the
    course and not in the list stays.

    \b
    Example: breakfix course roster import klas.csv --dry-run
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.roster import import_class_list  # noqa: PLC0415

    shown = screen(as_json=as_json)
    found = import_class_list(find_course(course), file, id_heading, dry_run=dry_run)
    shown.show(found, lambda console: _told(shown, console, found, dry_run=dry_run))


@roster.command("list")
@course_option
@json_option
def list_roster(course: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Show everybody in the course.

    Example: breakfix course roster list
    """
    from breakfix.grading.roster import learners  # noqa: PLC0415 (see import)

    shown = screen(as_json=as_json)
    found = tuple(learners(find_course(course)).values())
    shown.show(found, lambda console: console.print(_people(shown, found)))


def _told(shown: Screen, console: Console, found: RosterChange, *, dry_run: bool) -> None:
    """Everybody who is new or changed, who is not in the list, and the counts."""
    if found.new or found.changed:
        console.print(_people(shown, found.new, found.changed))
        console.print()
    if found.absent:
        names = ", ".join(f"{one.name} ({one.id})" for one in found.absent)
        console.print(escape(shown.say("roster.absent", count=len(found.absent), names=names)))
    key = "roster.would" if dry_run else "roster.done"
    console.print(
        shown.say(
            key,
            new=len(found.new),
            changed=len(found.changed),
            unchanged=len(found.unchanged),
        )
    )


def _people(shown: Screen, found: Iterable[Learner], changed: Iterable[Learner] = ()) -> Table:
    made = table(*(shown.say(f"roster.{name}") for name in ("id", "name", "email")), "")
    for one, word in (
        *((one, "") for one in found),
        *((one, shown.say("change.changed")) for one in changed),
    ):
        made.add_row(escape(one.id), escape(one.name), escape(one.email), word)
    return made
