"""`breakfix evidence …`: a teacher looks at what was handed in."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from breakfix.cli import tables
from breakfix.cli.output import json_option, screen
from breakfix.cli.terminal import attach
from breakfix.content.assignments import read_assignment
from breakfix.errors import EvidenceError
from breakfix.model.outcome import Result
from breakfix.wiring import examiner, kept_terminal

_EXIT = {Result.PASS: 0, Result.FAIL: 1, Result.ERROR: 2}
_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def evidence() -> None:
    """Explain, replay and look around in what was handed in.

    Example: breakfix evidence replay evidence/no-internet.breakfix.tar.zst
    """


@evidence.command()
@_file
@json_option
def show(file: Path, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Say what is in a file: who, which lab, and what was changed on each machine.

    \b
    Example: breakfix evidence show evidence/no-internet.breakfix.tar.zst
    """
    shown = screen(as_json=as_json)
    found = examiner().explain(file)
    shown.show(found, lambda console: tables.explanation(shown, console, found))


@evidence.command()
@_file
@click.option("--keep", is_flag=True, help="Leave the machines open, to look around in.")
@click.option(
    "--assignment",
    type=click.Path(dir_okay=False, path_type=Path),
    help="For a grade: refuse what is not an attempt that this assignment granted.",
)
@click.option("--learner", help="For a grade: whose work it must be.")
@json_option
def replay(
    file: Path,
    keep: bool,  # noqa: FBT001
    assignment: Path | None,
    learner: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Start the machines of a file again, sealed off, and check them.

    Exit status: 0 all in order, 1 something is not, 2 could not be checked.

    \b
    Examples:
      breakfix evidence replay evidence/no-internet.breakfix.tar.zst
      breakfix evidence replay FILE --assignment week-3.json --learner els --json
    """
    shown = screen(as_json=as_json)
    if (assignment is None) != (learner is None):
        raise click.UsageError(shown.say("evidence.assignment-and-learner"))
    granted = read_assignment(assignment) if assignment else None
    session = f"kept-{secrets.token_hex(3)}" if keep else None
    found = shown.steps(
        lambda tell: examiner().replay(
            file, tell, assignment=granted, learner=learner or "", keep=session
        )
    )
    shown.show(found, lambda console: tables.replayed(shown, console, found))
    if session and not as_json:
        click.echo(shown.say("evidence.kept", session=session))
    sys.exit(_EXIT[found.report.result])


@evidence.command(context_settings={"ignore_unknown_options": True})
@click.argument("session")
@click.argument("machine")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def shell(session: str, machine: str, command: Sequence[str]) -> None:
    """Look around in a machine that `replay --keep` left open.

    \b
    Example: breakfix evidence shell kept-1a2b3c pc -- ip route
    """
    sys.exit(attach(kept_terminal(session, machine, command)))


@evidence.command()
@click.argument("session")
@json_option
def close(session: str, as_json: bool) -> None:  # noqa: FBT001
    """Remove the machines that `replay --keep` left open.

    \b
    Example: breakfix evidence close kept-1a2b3c
    """
    runtime = examiner().replayer.runtime
    if not session.startswith("kept-") or session not in runtime.sessions():
        raise EvidenceError("evidence.not-kept", session=session)
    runtime.remove(session)
    shown = screen(as_json=as_json)
    shown.tell({"closed": session}, shown.say("evidence.closed", session=session))
