"""`breakfix progress`: which competences were shown on this computer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click
from rich.console import Console

from breakfix.cli.output import Screen, json_option, screen, table
from breakfix.model.progress import Competence, Progress
from breakfix.model.session import Mode
from breakfix.wiring import lab_overview

Counts = Counter[tuple[str, Mode]]


@click.command()
@json_option
def progress(as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show which competences of the training profile you have shown here, and how often.

    One attempt counts once, when everything was in order after a restart too; practice is counted
    apart from evaluations.

    \b
    Examples: breakfix progress
              breakfix progress --json
    """
    shown, found = screen(as_json=as_json), lab_overview().progress()
    shown.show(found, lambda console: _show(shown, console, found))


def _show(shown: Screen, console: Console, found: Progress) -> None:
    counts: Counts = Counter(
        (name, one.mode) for one in found.occasions for name in one.competences
    )
    every = list(_competences(found))
    seen = [one for one in every if any(counts[one.id, mode] for mode in Mode)]
    if not seen:
        console.print(shown.say("progress-page.none"))
        return
    headings = ("progress-page.practice", "progress-page.evaluation")
    made = table("", "", *(shown.say(key) for key in headings))
    for one in seen:
        times = [str(counts[one.id, mode] or "") for mode in (Mode.PRACTICE, Mode.EVALUATION)]
        made.add_row(one.id, one.text.in_(shown.language), *times)
    console.print(made)
    console.print(shown.say("progress-page.shown", shown=len(seen), all=len(every)))
    console.print(shown.say("progress-page.why"))


def _competences(found: Progress) -> Iterator[Competence]:
    for module in found.modules:
        for activity in module.activities:
            yield from activity.competences
