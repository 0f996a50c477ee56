"""`breakfix lab hand-in`, and `check --after-restart`: what the teacher will see."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from breakfix.cli import tables
from breakfix.cli.output import Screen, json_option, screen
from breakfix.model.outcome import Result
from breakfix.model.replay import AfterRestart
from breakfix.ports.saving import SUFFIX, readable, save_whole
from breakfix.wiring import lab_service

_EXIT = {Result.PASS: 0, Result.FAIL: 1, Result.ERROR: 2}


@click.command("hand-in")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Hand in without asking.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the file (default: evidence/<lab>.breakfix.tar.zst).",
)
@json_option
def hand_in(slug: str, yes: bool, output: Path | None, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show what the teacher will see, and hand your work in if you agree.

    Your machines are copied, started again elsewhere and checked there. You may go on working
    instead; the last thing that you handed in stays.

    \b
    Example: breakfix lab hand-in no-internet
    """
    service, shown = lab_service(), screen(as_json=as_json)
    seen = shown.progress(service.events, lambda: service.after_restart(slug))
    if not as_json:
        after_restart(shown, shown.console, seen)
        if not yes and not click.confirm(shown.say("hand-in.ask")):
            click.echo(shown.say("hand-in.not-yet"))
            sys.exit(_EXIT[seen.later.result])
    handed = shown.progress(service.events, lambda: service.hand_in(slug, seen.sha256))
    target = output or Path("evidence") / f"{slug}{SUFFIX}"
    save_whole(target, service.evidence(slug))
    shown.show(
        {"seen": seen, "handed_in": handed, "file": str(target)},
        lambda console: console.print(
            shown.say("hand-in.done", file=target, size=readable(handed.size))
        ),
    )
    sys.exit(_EXIT[seen.later.result])


def after_restart(shown: Screen, console: Console, seen: AfterRestart) -> None:
    """What holds now, and what holds after a restart."""
    heading = "hand-in.heading" if seen.later.score else "hand-in.heading-evaluation"
    console.print(f"[bold]{shown.say(heading)}[/]\n")
    tables.report(shown, console, seen.later)
    for finding in seen.findings:
        console.print(f"• {tables.finding(shown, finding)}")
    for path in seen.unheld:
        console.print(escape(shown.say("hand-in.unheld", path=path)))
    if seen.lost:
        console.print("\n" + shown.say("hand-in.only-now"))
    if seen.late:
        console.print("\n" + shown.say("hand-in.late"))
