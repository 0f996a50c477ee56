"""`breakfix`: the command line of the labs."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from breakfix.cli.asking import finish, hint
from breakfix.cli.assignment import assignment
from breakfix.cli.chances import extra_time, second_chance
from breakfix.cli.correcting import correct
from breakfix.cli.course import course
from breakfix.cli.desk import desk
from breakfix.cli.doctor import clean, doctor, setup
from breakfix.cli.dossier import dossier
from breakfix.cli.evidence import evidence
from breakfix.cli.grading import grade
from breakfix.cli.handing_in import hand_in
from breakfix.cli.image import image
from breakfix.cli.importing import import_handed_in
from breakfix.cli.journal import journal
from breakfix.cli.lab import lab
from breakfix.cli.logbook import logbook
from breakfix.cli.looking import look
from breakfix.cli.new_year import new_year
from breakfix.cli.output import trouble, wants_json
from breakfix.cli.progress import progress
from breakfix.cli.prove import prove
from breakfix.cli.roster import roster
from breakfix.cli.status import status
from breakfix.cli.teaching import open_course
from breakfix.errors import BreakfixError, EngineForbidden, disk_errors
from breakfix.machines import membership
from breakfix.machines.engine import engine_errors
from breakfix.messages import language_of_environment, say
from breakfix.ports.children import python


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="breakfix")
def breakfix() -> None:
    """Break/fix labs for IT support: real machines, real faults, proven checks.

    \b
    Examples: breakfix lab list                    what there is
              breakfix lab start no-internet       start a lab
              breakfix lab shell no-internet pc    a terminal on a machine
              breakfix lab check no-internet       is it repaired?
    """


for command in (
    lab, journal, assignment, progress, logbook, course, evidence, image, prove, desk, doctor,
    setup, clean,
):  # fmt: skip
    breakfix.add_command(command)
for verb in (hand_in, hint, finish, look):
    lab.add_command(verb)
for command in (
    open_course,
    grade,
    dossier,
    roster,
    import_handed_in,
    status,
    extra_time,
    second_chance,
    correct,
    new_year,
):
    course.add_command(command)


def main() -> None:
    """Run the command line; errors become one clear sentence and an exit status."""
    try:
        # The engine may go, and the disk be full, under any line of ours.
        with engine_errors(), disk_errors():
            sys.exit(breakfix.main(standalone_mode=False))
    except EngineForbidden as error:
        group = membership.pending()
        if group is not None:
            membership.again(group, python("breakfix", *sys.argv[1:]))
        _fail(error)
    except BreakfixError as error:
        _fail(error)
    except click.ClickException as error:
        _misused(error)
    except click.Abort as error:
        # click's own word for a Ctrl-C, and for a "no" at a question.
        raise KeyboardInterrupt from error


def _fail(error: BreakfixError) -> NoReturn:
    trouble(error.key, say(error.key, language_of_environment(), **error.values))
    sys.exit(error.exit_code)


def _misused(error: click.ClickException) -> NoReturn:
    """A command that was given wrongly: click's own words, which show how it is used."""
    if wants_json(sys.argv[1:]):
        trouble("cli.usage", error.format_message())
    else:
        error.show()
    sys.exit(2)
