"""`breakfix course new-year`: a course for other people."""

from __future__ import annotations

from pathlib import Path

import click

from breakfix.cli.output import json_option, screen
from breakfix.grading.folder import CourseFolder


@click.command("new-year")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--id", "course_id", help="The new course's id (default: the new folder's name).")
@json_option
def new_year(folder: Path, target: Path, course_id: str | None, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Make the course in FOLDER anew in TARGET, for other learners.

    Labs, images, assignments with their settings and nbgrader's configuration are kept; every
    assignment gets a new seed. People, submissions, grades, corrections, dates and second chances
    stay behind in the old course, which does not change.

    \b
    Example: breakfix course new-year ~/courses/network-2026 ~/courses/network-2027
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.new_year import new_year as make  # noqa: PLC0415

    shown = screen(as_json=as_json)
    made = make(CourseFolder(folder.resolve()), target, course_id or target.resolve().name.lower())
    told = made.folder.read()
    lines = [shown.say("new-year.made", course=told.id, folder=made.folder.root)]
    if made.undated:
        lines.append(shown.say("new-year.undated", assignments=", ".join(made.undated)))
    if made.dropped:
        lines.append(shown.say("new-year.dropped", assignments=", ".join(made.dropped)))
    shown.tell(
        {"course": told.id, "folder": str(made.folder.root), "assignments": list(made.kept),
         "undated": list(made.undated), "dropped": list(made.dropped)},
        "\n".join(lines),
    )  # fmt: skip
