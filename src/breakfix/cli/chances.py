"""`breakfix course extra-time` and `second-chance`: what one learner gets and others do not."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from breakfix.cli.courses import course_option, find_course
from breakfix.cli.output import json_option, screen
from breakfix.cli.times import MOMENT
from breakfix.messages import moment
from breakfix.model.course import Counting, SecondChance


class _Time(TypedDict):
    """How `extra-time` says until when."""

    until: float | None
    minutes: int | None


class _Terms(TypedDict):
    """What a teacher decides about a second chance."""

    counts: str
    opens: float | None
    closes: float | None


@click.command("extra-time")
@click.argument("assignment")
@click.argument("learner")
@click.option("--until", type=MOMENT, metavar="TIME", help="Until when this learner may hand in.")
@click.option("--minutes", type=click.IntRange(min=0),
              help="So many minutes after everybody else (0 takes it back).")  # fmt: skip
@course_option
@json_option
def extra_time(
    assignment: str,
    learner: str,
    course: Path | None,
    as_json: bool,  # noqa: FBT001 (click passes flags by name)
    **said: Unpack[_Time],
) -> None:
    """Give one learner more time, in breakfix and in nbgrader.

    \b
    Examples: breakfix course extra-time week-3 els --minutes 30
              breakfix course extra-time week-3 els --until "2026-12-19 12:00"
    """
    # Late: nbgrader takes seconds to load, and only teachers need it.
    from breakfix.grading.extra_time import give_time  # noqa: PLC0415

    shown = screen(as_json=as_json)
    if (said["until"] is None) == (said["minutes"] is None):
        raise click.UsageError(shown.say("extra-time.one"))
    folder = find_course(course)
    later = give_time(folder, assignment, learner, **said)
    told = {"assignment": assignment, "learner": learner}
    lines = [shown.say("extra-time.given", **told, until=moment(later))]
    file = folder.own_assignment(learner, assignment)
    if file.exists():
        lines.append(shown.say("extra-time.file", **told, file=file))
    own = str(file) if file.exists() else None
    shown.tell({**told, "until": later, "file": own}, "\n".join(lines))


@click.command("second-chance")
@click.argument("assignment")
@click.argument("learners", nargs=-1, required=True, metavar="LEARNERS...")
@click.option("--counts", type=click.Choice([one.value for one in Counting]), default="best",
              show_default=True, help="Which of the chances counts.")  # fmt: skip
@click.option("--opens", type=MOMENT, metavar="TIME", help="From when it may be started.")
@click.option("--closes", type=MOMENT, metavar="TIME", help="From when it is late.")
@course_option
@json_option
def second_chance(
    assignment: str,
    learners: tuple[str, ...],
    course: Path | None,
    as_json: bool,  # noqa: FBT001
    **said: Unpack[_Terms],
) -> None:
    """Let some learners try once more, with other values and where possible another fault.

    It becomes an assignment of its own, on the same lab, that you release like any other.

    \b
    Example: breakfix course second-chance week-3 els yusuf --counts best
    """
    from breakfix.grading.second_chance import grant  # noqa: PLC0415 (see extra_time)

    shown = screen(as_json=as_json)
    chance = SecondChance(assignment, tuple(dict.fromkeys(learners)), Counting(said["counts"]))
    name, _ = grant(find_course(course), chance, said["opens"], said["closes"])
    shown.tell(
        {"assignment": name, "of": assignment, "learners": list(chance.learners), **said},
        shown.say("second-chance.given", assignment=name, learners=", ".join(chance.learners)),
    )
