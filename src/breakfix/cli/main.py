"""`breakfix`: the command line of the labs."""

from __future__ import annotations

import sys

import click

from breakfix import __version__
from breakfix.cli import desk, doctor, image, lab, prove
from breakfix.errors import BreakfixError
from breakfix.messages import language_of_environment, say

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def breakfix() -> None:
    """Break/fix labs for IT support: real machines, real faults, proven checks.

    \b
    breakfix lab list                 what there is
    breakfix lab start no-internet    start a lab
    breakfix lab shell no-internet pc a terminal on a machine
    breakfix lab check no-internet    is it repaired?
    """


breakfix.add_command(lab.lab)
breakfix.add_command(image.image)
breakfix.add_command(prove.prove)
breakfix.add_command(desk.desk)
breakfix.add_command(doctor.doctor)
breakfix.add_command(doctor.setup)
breakfix.add_command(doctor.clean)


def main() -> None:
    """Run the command line; errors become one clear sentence and an exit status."""
    try:
        sys.exit(breakfix.main(standalone_mode=False))
    except BreakfixError as error:
        click.echo(say(error.key, language_of_environment(), **error.values), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("cli.interrupted", language_of_environment()), err=True)
        sys.exit(INTERRUPTED)
