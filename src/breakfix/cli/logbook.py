"""`breakfix logbook`: what was done on this computer, and what was written about it."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import Console
from rich.markup import escape

from breakfix.cli.output import Screen, json_option, screen
from breakfix.evidence.refusal import visible
from breakfix.messages import moment
from breakfix.model.logbook import MOST_NOTE, Entry, Logbook
from breakfix.model.session import State
from breakfix.wiring import lab_overview


@click.command()
@json_option
def logbook(as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show your logbook: each attempt, newest first, with your diagnosis, answers and notes.

    Notes are written in JupyterLab, on the page My logbook or at the end of a lab.

    \b
    Examples: breakfix logbook
              breakfix logbook --json
    """
    shown, found = screen(as_json=as_json), lab_overview().logbook()
    shown.show(found, lambda console: _show(shown, console, found))


def _show(shown: Screen, console: Console, found: Logbook) -> None:
    if not found.entries:
        console.print(shown.say("logbook.none"))
    for entry in found.entries:
        console.print(
            f"[bold]{moment(entry.started)}  {_plain(entry.title.in_(shown.language))}[/]"
        )
        for line in _lines(shown, entry):
            console.print(f"  {line}")


def _lines(shown: Screen, entry: Entry) -> Iterator[str]:
    mode = shown.say(f"progress-page.{entry.mode.value}")
    yield f"{mode} · {_time(shown, entry)} · {_state(shown, entry)}"
    if entry.where is None:
        yield shown.say("logbook.no-diagnosis")
    else:
        what = entry.what.in_(shown.language) if entry.what else shown.say("logbook.cause-unknown")
        named = f"{entry.where.in_(shown.language)}: {what}"
        yield f"{shown.say('logbook.diagnosis')}: {_plain(named)}"
    for one in entry.answers:
        yield f"{_plain(one.question.plain_in(shown.language))}\n    {_plain(one.answer)}"
    if entry.note:
        yield f"{shown.say('logbook.note')}\n    {_plain(entry.note)}"


def _state(shown: Screen, entry: Entry) -> str:
    if entry.held:
        return shown.say("logbook.held")
    if entry.handed_in:
        return shown.say("logbook.handed-in")
    over = entry.state is State.FINISHED
    return shown.say("logbook.over") if over else shown.say("logbook.busy-with")


def _time(shown: Screen, entry: Entry) -> str:
    hours, minutes = divmod(max(1, round(entry.seconds / 60)), 60)
    if hours:
        return shown.say("logbook.hours", hours=hours, minutes=minutes)
    return shown.say("logbook.minutes", minutes=minutes)


def _plain(text: str) -> str:
    """Words of a learner or a lab, as text and nothing else."""
    return "\n    ".join(escape(visible(line, MOST_NOTE)) for line in text.splitlines())
