"""`breakfix lab hint` and `finish`: verbs that may cost something, so they ask first."""

from __future__ import annotations

import click

from breakfix.cli import tables
from breakfix.cli.output import Screen, json_option, screen
from breakfix.errors import HintCosts
from breakfix.model.session import Hint
from breakfix.ports.lab_service import LabService
from breakfix.wiring import lab_service


@click.command()
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Also when the hint costs points; do not ask.")
@json_option
def hint(slug: str, yes: bool, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show the next hint. In practice the last one is the solution; in an evaluation hints may be
    off or cost points, which is asked first.

    \b
    Examples: breakfix lab hint no-internet
              breakfix lab hint no-internet --yes
    """
    service, shown = lab_service(), screen(as_json=as_json)
    try:
        found: Hint | None = service.hint(slug, yes)
    except HintCosts as cost:
        if as_json:
            raise
        found = _bought(service, shown, slug, cost)
    if found is not None:
        given = found
        shown.show(given, lambda console: tables.hint(shown, console, given))


def _bought(service: LabService, shown: Screen, slug: str, cost: HintCosts) -> Hint | None:
    """The hint, when the learner finds it worth its price."""
    if click.confirm(shown.say("hint.ask", **cost.values)):
        return service.hint(slug, sure=True)
    click.echo(shown.say("hint.not-yet"))
    return None


@click.command()
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Also when nothing was handed in; do not ask.")
@json_option
def finish(slug: str, yes: bool, as_json: bool) -> None:  # noqa: FBT001
    """End the lab and remove its machines. In an evaluation that uses up the attempt, so it asks
    when nothing was handed in.

    \b
    Example: breakfix lab finish no-internet
    """
    service, shown = lab_service(), screen(as_json=as_json)
    if not (yes or as_json) and service.status(slug).at_stake:
        click.confirm(shown.say("lab.finish-ask"), abort=True)
    shown.progress(service.events, lambda: service.finish(slug))
    shown.tell({"finished": slug}, shown.say("lab.finished", lab=slug))
