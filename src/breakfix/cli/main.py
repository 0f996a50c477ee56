"""`breakfix`: the command line of the labs."""

from __future__ import annotations

import sys

import click

from breakfix.cli.desk import desk
from breakfix.cli.doctor import clean, doctor, setup
from breakfix.cli.evidence import evidence
from breakfix.cli.handing_in import hand_in
from breakfix.cli.image import image
from breakfix.cli.lab import lab
from breakfix.cli.prove import prove
from breakfix.errors import BreakfixError
from breakfix.messages import language_of_environment, say

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="breakfix")
def breakfix() -> None:
    """Break/fix labs for IT support: real machines, real faults, proven checks.

    \b
    breakfix lab list                 what there is
    breakfix lab start no-internet    start a lab
    breakfix lab shell no-internet pc a terminal on a machine
    breakfix lab check no-internet    is it repaired?
    """


for command in (lab, evidence, image, prove, desk, doctor, setup, clean):
    breakfix.add_command(command)
lab.add_command(hand_in)


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
