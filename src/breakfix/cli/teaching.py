"""`breakfix course open`: formgrader on a course, or on a sample."""

from __future__ import annotations

from pathlib import Path

import click

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.jupyterlab import failed, serve
from breakfix.cli.output import screen
from breakfix.grading.folder import CourseFolder
from breakfix.server.lab_settings import course_settings
from breakfix.wiring import checkout, images_folder, lab_to_teach, pinned_tags, state_folder

_EVALUATION, _PRACTICE = "no-internet", "till-does-not-start"


@click.command("open")
@click.option("--sample", is_flag=True, help="Open a sample course; it is made the first time.")
@click.option("--port", default=8889, show_default=True, help="Where JupyterLab listens.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@course_option
def open_course(*, sample: bool, port: int, no_browser: bool, course: Path | None) -> None:
    """Open formgrader on a course in the browser. Ctrl-C stops it.

    \b
    Examples: breakfix course open
              breakfix course open --sample
    """
    folder = _sample() if sample else find_course(course)
    settings = course_settings(state_folder())
    if serve(folder.root, "formgrader", port, settings, browser=not no_browser):
        raise failed()


def _sample() -> CourseFolder:
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.sample import sample_course  # noqa: PLC0415

    shown = screen()
    click.echo(shown.say("sample.making"))
    return sample_course(
        checkout() / "teach",
        shown.language,
        images_folder(),
        (lab_to_teach(_EVALUATION), lab_to_teach(_PRACTICE)),
        lambda folder, lab: pinned_tags(lab, folder.images),
    )
