"""`breakfix doctor`, `setup` and `clean`: the health of this installation."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from breakfix.cli.image import build_images
from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.errors import EngineAbsent, EngineForbidden
from breakfix.machines import building, cleaning, engine, examining, installing, membership
from breakfix.session import processes
from breakfix.session.store import NOTES
from breakfix.wiring import image_tag, images_folder, installation, state_folder


@click.command()
@json_option
def doctor(as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Look whether this computer has what labs need; each line says what to do.

    Example: breakfix doctor --json
    """
    shown = screen(as_json=as_json)
    findings = examining.examine(installation(), images_folder())
    made = table(*(shown.say(f"table.{name}") for name in ("part", "state", "found", "advice")))
    for found in findings:
        word = shown.say("word.good" if found.good else "word.missing")
        advice = "" if found.good else shown.say(f"doctor.{found.part}")
        made.add_row(shown.say(f"part.{found.part}"), word, found.detail, advice)
    shown.show(findings, lambda console: console.print(made))
    sys.exit(0 if all(found.good or not found.needed for found in findings) else 1)


@click.command()
@json_option
def setup(as_json: bool) -> None:  # noqa: FBT001
    """Make this computer ready: a container engine and the practice images.

    Example: breakfix setup
    """
    shown = screen(as_json=as_json)
    try:
        engine.connect()
    except EngineAbsent:
        click.echo(shown.say("setup.engine"), err=True)
        installing.ensure_engine()
        _join_where_needed(shown)
    except EngineForbidden:
        _join_where_needed(shown)
        engine.connect()
    installing.ensure_bootstrap(images_folder())
    built = build_images(as_json=as_json)
    if as_json:
        shown.tell({"built": built}, "")


def _join_where_needed(shown: Screen) -> None:
    """Open the engine's socket for a user who is not root; `main` then uses the group at once."""
    if os.geteuid() != 0 and membership.may_join():
        click.echo(shown.say("setup.group", user=membership.user()), err=True)
        installing.join_group()


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def clean(yes: bool, as_json: bool) -> None:  # noqa: FBT001
    """Remove all machines, snapshots and sessions of this installation (not of others).

    What you wrote in your logbook stays.

    \b
    Example: breakfix clean --yes
    """
    shown = screen(as_json=as_json)
    if not yes:
        click.confirm(shown.say("clean.ask"), abort=True)
    client = engine.connect()
    # First who could make new machines, then the machines.
    processes.end_all(state_folder())
    removed = cleaning.clean(client, installation())
    if building.exists(client, image_tag("wire")):
        cleaning.remove_cgroups(client, installation(), image_tag("wire"))
    _forget(state_folder())
    shown.tell(removed, shown.say("clean.done", **removed))


def _forget(state: Path) -> None:
    """Remove what is kept, but for the words that a learner wrote: nobody can make those again."""
    kept = state / "sessions" / NOTES
    if not kept.exists():
        shutil.rmtree(state, ignore_errors=True)
        return
    for path in (*state.iterdir(), *kept.parent.iterdir()):
        if path.is_dir() and path != kept.parent:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and path != kept:
            path.unlink(missing_ok=True)
