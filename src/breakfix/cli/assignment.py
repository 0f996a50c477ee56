"""`breakfix assignment …`: a learner's assignment, from its folder to the teacher."""

from __future__ import annotations

import time
from pathlib import Path

import click

from breakfix.cli import tables
from breakfix.cli.output import Screen, json_option, screen
from breakfix.content.assignments import FILE, read_assignment
from breakfix.errors import SubmissionRefused
from breakfix.grading.packing import pack as pack_work
from breakfix.grading.work import Work, work_in
from breakfix.messages import moment
from breakfix.model.assignment import Assignment
from breakfix.ports.learner import learner_name
from breakfix.ports.saving import readable
from breakfix.wiring import inspect_work, lab_service

_folder = click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
)
_anyway = click.option(
    "--anyway", is_flag=True, help="Also work that is damaged, or not yours for this assignment."
)


@click.group()
def assignment() -> None:
    """Start an assignment of a course, and bring your work to the teacher.

    FOLDER is where its notebook and assignment.json are; this folder when none is named.

    \b
    Examples: breakfix assignment start
              breakfix assignment submit
              breakfix assignment pack
    """


@assignment.command()
@_folder
@json_option
def start(folder: Path, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Start the next attempt, or go on with the one that is busy.

    All other verbs are those of `breakfix lab`.

    \b
    Example: breakfix assignment start
    """
    service, shown = lab_service(), screen(as_json=as_json)
    given, learner = read_assignment(folder / FILE), learner_name()
    view = shown.progress(service.events, lambda: service.start_assigned(given, learner))
    shown.show(view, lambda console: tables.session(shown, console, view))


@assignment.command()
@_folder
@_anyway
@json_option
def submit(folder: Path, anyway: bool, as_json: bool) -> None:  # noqa: FBT001
    """Submit the notebook and what you handed in, to the exchange folder of your class.

    You may submit as often as you like; the last one counts.

    \b
    Example: breakfix assignment submit
    """
    shown, folder = screen(as_json=as_json), folder.resolve()
    given, learner = read_assignment(folder / FILE), learner_name()
    work = _ready(folder, given, learner, anyway=anyway)
    try:
        # Late: nbgrader takes seconds to load, and need not be there.
        from breakfix.grading.exchanging import submit as send  # noqa: PLC0415
    except ImportError as error:
        raise SubmissionRefused("submit.no-nbgrader") from error
    course = send(folder, given, learner)
    now = time.time()
    told = {"course": course, "assignment": given.name, "learner": learner}
    shown.tell(
        {**told, "time": now, "evidence": work.evidence is not None},
        shown.say("submit.done", **told, moment=moment(now)),
    )
    if work.evidence is None:
        _mind(shown, "submit.no-evidence", given)


@assignment.command()
@_folder
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the file (default: <learner>_<assignment>.zip, here).",
)
@_anyway
@json_option
def pack(folder: Path, output: Path | None, anyway: bool, as_json: bool) -> None:  # noqa: FBT001
    """Write the notebook and what you handed in into one zip, to upload or to carry away.

    \b
    Examples: breakfix assignment pack
              breakfix assignment pack --output /media/stick/mine.zip
    """
    shown, folder = screen(as_json=as_json), folder.resolve()
    given, learner = read_assignment(folder / FILE), learner_name()
    work = _ready(folder, given, learner, anyway=anyway)
    target = output or Path.cwd() / f"{learner}_{given.name}.zip"
    packed = pack_work(work, given, learner, target, time.time())
    shown.show(
        packed,
        lambda _: click.echo(
            shown.say(
                "pack.done",
                file=packed.file,
                size=readable(packed.size),
                members=", ".join(packed.members),
            )
        ),
    )
    if work.evidence is None:
        _mind(shown, "pack.no-evidence", given)


def _ready(folder: Path, given: Assignment, learner: str, *, anyway: bool) -> Work:
    """What there is to hand in, looked at while the learner can still mend it."""
    work = work_in(folder, given)
    if work.evidence is not None and not anyway:
        inspect_work(work.evidence, given, learner)
    return work


def _mind(shown: Screen, key: str, given: Assignment) -> None:
    if not shown.as_json:
        click.echo(shown.say(key, lab=given.lab), err=True)
