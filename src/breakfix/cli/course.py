"""`breakfix course …`: a teacher's course in nbgrader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import json_option, screen
from breakfix.cli.times import MOMENT
from breakfix.content.loaded import LoadedLab
from breakfix.errors import CourseError
from breakfix.messages import Language
from breakfix.model.assignment import HintPolicy
from breakfix.model.session import Mode
from breakfix.wiring import images_folder, lab_to_teach, pinned_tags

if TYPE_CHECKING:
    from breakfix.grading.course import Terms

_POOLS = ("easy", "regular", "hard", "all")


class _Said(TypedDict):
    """The options of `add` that decide about the assignment."""

    name: str | None
    mode: str
    faults: tuple[str, ...]
    pool: str | None
    attempts: int | None
    hints: str | None
    hint_price: int
    opens: float | None
    closes: float | None
    record_terminals: bool


@click.group()
def course() -> None:
    """Make a course of labs, release them with nbgrader, and grade what comes back.

    \b
    Examples: breakfix course init ~/courses/network --language nl
              breakfix course add no-internet --pool easy
              breakfix course grade no-internet
    """


@course.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice([one.value for one in Language]), default=None,
              help="The language of notebooks and pages (default: yours).")  # fmt: skip
@click.option("--id", "course_id", help="nbgrader's id of the course (default: the folder's name).")
@click.option("--exchange", type=click.Path(file_okay=False, path_type=Path),
              help="nbgrader's exchange folder of your class, if you have one.")  # fmt: skip
@json_option
def init(
    folder: Path,
    language: str | None,
    course_id: str | None,
    exchange: Path | None,
    as_json: bool,  # noqa: FBT001 (click passes flags by name)
) -> None:
    """Make a new course in FOLDER. It will hold personal data: keep it to yourself.

    \b
    Example: breakfix course init ~/courses/network --language nl
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.course import create_course  # noqa: PLC0415

    shown = screen(as_json=as_json)
    made = create_course(
        folder,
        course_id or folder.resolve().name.lower(),
        Language(language or shown.language),
        images_folder(),
        exchange.resolve() if exchange else None,
    )
    told = made.read()
    shown.tell(
        {"course": told.id, "folder": str(made.root)},
        shown.say("course.made", course=told.id, folder=made.root),
    )


@course.command()
@click.argument("slug")
@click.option("--name", help="The assignment's name (default: the lab's).")
@click.option("--mode", type=click.Choice([one.value for one in Mode]), default="evaluation",
              show_default=True, help="Whether it counts.")  # fmt: skip
@click.option("--fault", "faults", multiple=True, help="The fault; repeat it for a pool of equals.")
@click.option("--pool", type=click.Choice(_POOLS), default=None,
              help="All faults of this difficulty.")  # fmt: skip
@click.option("--attempts", type=click.IntRange(min=1), default=None,
              help="How many attempts (default: 1; any number in practice).")  # fmt: skip
@click.option("--hints", type=click.Choice([one.value for one in HintPolicy]), default=None,
              help="In an evaluation (default: off).")  # fmt: skip
@click.option("--hint-price", type=click.IntRange(min=1), default=2, show_default=True,
              help="Points that each hint costs, when hints are priced.")  # fmt: skip
@click.option("--record-terminals/--no-record-terminals", default=True, show_default=True,
              help="Whether an evaluation records what comes on the screens of terminals; the "
              "learner is told first, and may leave recordings out.")  # fmt: skip
@click.option("--opens", type=MOMENT, help="From when it may be started.")
@click.option("--closes", type=MOMENT, help="From when it is late.")
@course_option
@json_option
def add(slug: str, course: Path | None, as_json: bool, **said: Unpack[_Said]) -> None:  # noqa: FBT001
    """Add a lab as an assignment, and generate what learners get.

    \b
    Examples:
      breakfix course add no-internet --pool easy --closes "2026-12-18 16:00"
      breakfix course add till-does-not-start --mode practice
      breakfix course add no-internet --name exam --fault forwarding-off --attempts 2
    """
    from breakfix.grading.course import add_assignment  # noqa: PLC0415
    from breakfix.grading.pinning import has_lab, pin_images, pinned_lab  # noqa: PLC0415

    shown, folder = screen(as_json=as_json), find_course(course)
    loaded = pinned_lab(folder, slug) if has_lab(folder, slug) else lab_to_teach(slug)
    terms = _terms(loaded, said)
    # A lab that is newer than the course may be made of an image that the course has not yet.
    pin_images(folder, images_folder())
    name = said["name"] or slug
    planned = add_assignment(
        folder, name, loaded, terms, lambda lab: pinned_tags(lab, folder.images)
    )
    shown.show(
        planned.assignment,
        lambda console: console.print(
            shown.say(
                "course.added",
                assignment=name,
                faults=len(terms.faults),
                folder=folder.release(name),
            )
        ),
    )


def _terms(loaded: LoadedLab, said: _Said) -> Terms:
    """What was said, with what goes without saying: practice is free, an evaluation is not.
    Raises CourseError."""
    from breakfix.grading.course import Terms, chosen_faults  # noqa: PLC0415 (see init)

    mode = Mode(said["mode"])
    practice = mode is Mode.PRACTICE
    if practice and (said["attempts"] or said["hints"] not in {None, "free"}):
        raise CourseError("course.practice-is-free")
    hints = HintPolicy.FREE if practice else HintPolicy(said["hints"] or "off")
    return Terms(
        mode,
        tuple(chosen_faults(loaded, said["faults"], said["pool"] or "", mode)),
        said["attempts"] or (0 if practice else 1),
        hints,
        said["hint_price"] if hints is HintPolicy.PRICED else 0,
        said["opens"],
        said["closes"],
        said["record_terminals"],
    )
