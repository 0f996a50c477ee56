"""`breakfix lab …`: the verbs of a learner's session."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from breakfix.cli import tables
from breakfix.cli.handing_in import after_restart
from breakfix.cli.output import json_option, screen
from breakfix.cli.terminal import attach
from breakfix.content.assignments import read_assignment
from breakfix.content.catalog import is_author
from breakfix.content.lint import lint as lint_lab
from breakfix.content.new import create
from breakfix.messages import say
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.outcome import Result
from breakfix.model.session import LabSummary, State
from breakfix.model.topology import Cable
from breakfix.ports.lab_service import LabService
from breakfix.ports.learner import learner_name, need_learner_id
from breakfix.wiring import catalog, lab_overview, lab_service

_EXIT = {Result.PASS: 0, Result.FAIL: 1, Result.ERROR: 2}


@click.group()
def lab() -> None:
    """Start, check and finish labs.

    Example: breakfix lab start no-internet
    """


@lab.command("list")
@click.option("--all", "everything", is_flag=True, help="Also labs that are not proven (yet).")
@json_option
def list_labs(everything: bool, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Show the labs. One that is not proven may judge wrongly, so only authors see it
    (BREAKFIX_AUTHOR=1, or BREAKFIX_LABS with labs of your own).

    \b
    Examples: breakfix lab list
              breakfix lab list --all --json
    """
    shown, labs = screen(as_json=as_json), lab_overview().labs()
    found = [one for one in labs if everything or is_author() or one.proven or _goes_on(one)]
    shown.show(found, lambda console: tables.labs(shown, console, found, len(labs) - len(found)))


def _goes_on(one: LabSummary) -> bool:
    """Whether a lab has work in it, which is listed whatever became of the lab's proof."""
    return one.state not in {None, State.FINISHED}


@lab.command()
@click.argument("slug")
@click.option("--fault", help="Practise this fault.")
@click.option("--seed", help="Practise with the addresses and names of this seed.")
@click.option(
    "--assignment",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Start the next attempt of this assignment.",
)
@click.option("--learner", help="Who does the assignment (default: you).")
@json_option
def start(  # noqa: PLR0913, PLR0917 (click passes each option by name)
    slug: str,
    fault: str | None,
    seed: str | None,
    assignment: Path | None,
    learner: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Start a lab, or go on with one that was stopped.

    \b
    Examples: breakfix lab start no-internet --seed 7
              breakfix lab start no-internet --assignment week-3.json --learner els
    """
    service, shown = lab_service(), screen(as_json=as_json)
    if assignment is not None:
        given = read_assignment(assignment, slug)
        name = need_learner_id(learner) if learner else learner_name()
        view = shown.progress(service.events, lambda: service.start_assigned(given, name))
    else:
        view = shown.progress(service.events, lambda: service.start_chosen(slug, fault, seed))
    shown.show(view, lambda console: tables.session(shown, console, view))


@lab.command()
@click.argument("slug")
@json_option
def status(slug: str, as_json: bool) -> None:  # noqa: FBT001
    """Show the machines, the cables and the ticket.

    Example: breakfix lab status no-internet
    """
    shown = screen(as_json=as_json)
    view = lab_service().status(slug)
    shown.show(view, lambda console: tables.session(shown, console, view))


@lab.command(context_settings={"ignore_unknown_options": True})
@click.argument("slug")
@click.argument("machine")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def shell(slug: str, machine: str, command: Sequence[str]) -> None:
    """Open a terminal on a machine, or run one command there.

    \b
    Examples: breakfix lab shell no-internet pc
              breakfix lab shell no-internet pc -- ip route
    """
    service = lab_service()
    if not command:
        _announce(service, slug)
    sys.exit(attach(service.terminal(slug, machine, command)))


def _announce(service: LabService, slug: str) -> None:
    """Tell, before the first terminal, that they are recorded; until then nothing is."""
    if service.status(slug).unannounced:
        click.echo(screen().say("recording.announce", lab=slug), err=True)
        service.record(slug, on=True)


@lab.command()
@click.argument("slug")
@click.option(
    "--after-restart",
    "restarted",
    is_flag=True,
    help="Look what holds when the machines are started again elsewhere, as a teacher will.",
)
@json_option
def check(slug: str, restarted: bool, as_json: bool) -> None:  # noqa: FBT001
    """Look whether the trouble is repaired; in an evaluation, what the customer would notice.

    Exit status: 0 all in order, 1 something is not, 2 something could not be observed.

    \b
    Examples: breakfix lab check no-internet
              breakfix lab check no-internet --after-restart
    """
    service, shown = lab_service(), screen(as_json=as_json)
    if restarted:
        seen = shown.progress(service.events, lambda: service.after_restart(slug))
        shown.show(seen, lambda console: after_restart(shown, console, seen))
        sys.exit(_EXIT[seen.later.result])
    report = shown.progress(service.events, lambda: service.check(slug))
    shown.show(report, lambda console: tables.report(shown, console, report))
    sys.exit(_EXIT[report.result])


@lab.command()
@click.argument("slug")
@click.argument("place", required=False)
@click.argument("cause", required=False)
@click.option(
    "--proof",
    "tests",
    multiple=True,
    metavar="TEST=RESULT",
    help="The observation that proves it; repeat for more.",
)
@json_option
def diagnose(
    slug: str,
    place: str | None,
    cause: str | None,
    tests: Sequence[str],
    as_json: bool,  # noqa: FBT001
) -> None:
    """Say where the trouble is, what it is, and what proves it; alone, show the choices.

    What you say before your first check counts apart from what you say at the end.

    \b
    Examples: breakfix lab diagnose no-internet
              breakfix lab diagnose no-internet router router-no-nat --proof pc-to-router=answers
    """
    service, shown = lab_service(), screen(as_json=as_json)
    if place is None:
        form = service.status(slug).form
        shown.show(form, lambda console: tables.form(shown, console, form))
        return
    view = service.diagnose(slug, Diagnosis(place, cause, _pairs(tests)))
    shown.show(view, lambda console: console.print(shown.say("lab.diagnosis-kept")))


@lab.command()
@click.argument("slug")
@click.argument("question", required=False)
@click.argument("text", required=False)
@json_option
def answer(slug: str, question: str | None, text: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Write the reply to the customer or the work note; without a text, show the questions.

    Beside what you wrote stands an example to compare with.

    \b
    Examples: breakfix lab answer no-internet
              breakfix lab answer no-internet reply "Dear customer, ..."
    """
    service, shown = lab_service(), screen(as_json=as_json)
    if question is not None:
        view = service.answer(slug, question, text or "")
        asked = [one for one in view.questions if one.id == question]
    else:
        asked = list(service.status(slug).questions)
    shown.show(asked, lambda console: tables.questions(shown, console, asked))


@lab.command("hand-over")
@click.argument("slug")
@click.argument("place")
@click.option(
    "--test",
    "tests",
    multiple=True,
    metavar="TEST=RESULT",
    help="What a routine test showed; repeat for each.",
)
@json_option
def hand_over(slug: str, place: str, tests: Sequence[str], as_json: bool) -> None:  # noqa: FBT001
    """Hand the ticket to the second line, with proof.

    Example: breakfix lab hand-over no-internet provider --test ping-router=answers
    """
    shown = screen(as_json=as_json)
    reply = lab_service().hand_over(slug, Handover(place, _pairs(tests)))
    shown.show(reply, lambda console: console.print(reply.text.in_(shown.language)))
    sys.exit(0 if reply.accepted else 1)


@lab.command()
@click.argument("slug")
@click.argument("machine")
@click.argument("nic")
@click.argument("state", type=click.Choice(["in", "out"]))
@json_option
def cable(slug: str, machine: str, nic: str, state: str, as_json: bool) -> None:  # noqa: FBT001
    """Plug a cable in or pull it out.

    Example: breakfix lab cable no-internet pc ens3 in
    """
    shown = screen(as_json=as_json)
    view = lab_service().set_cable(slug, Cable(machine, nic, connected=state == "in"))
    shown.show(view, lambda console: tables.session(shown, console, view))


@lab.command()
@click.argument("slug")
@json_option
def reset(slug: str, as_json: bool) -> None:  # noqa: FBT001
    """Begin again with the same trouble; what you changed on the machines is lost.

    Example: breakfix lab reset no-internet
    """
    service, shown = lab_service(), screen(as_json=as_json)
    view = shown.progress(service.events, lambda: service.reset(slug))
    shown.show(view, lambda console: tables.session(shown, console, view))


@lab.command()
@click.argument("slug")
@json_option
def stop(slug: str, as_json: bool) -> None:  # noqa: FBT001
    """Shut the machines down; what you changed stays.

    Example: breakfix lab stop no-internet
    """
    service, shown = lab_service(), screen(as_json=as_json)
    view = shown.progress(service.events, lambda: service.stop(slug))
    shown.show(view, lambda console: tables.session(shown, console, view))


@lab.command()
@click.argument("slugs", nargs=-1)
@json_option
def lint(slugs: Sequence[str], as_json: bool) -> None:  # noqa: FBT001
    """Look for mistakes in labs (all of them when none is named), each with file and line.

    Example: breakfix lab lint no-internet
    """
    shown, known = screen(as_json=as_json), catalog()
    folders = [known.folder(slug) for slug in slugs] or list(known.folders().values())
    problems = [problem for folder in folders for problem in lint_lab(folder)]
    found = [
        {"file": str(problem.path), "line": problem.line, "rule": problem.rule,
         "text": say(problem.key, shown.language, **problem.values)}
        for problem in problems
    ]  # fmt: skip
    if as_json or problems:
        shown.tell(found, "\n".join(problem.in_(shown.language) for problem in problems))
    sys.exit(1 if problems else 0)


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """What was given as TEST=RESULT."""
    return dict(word.partition("=")[::2] for word in words)


@lab.command()
@click.argument("module")
@click.argument("slug")
@json_option
def new(module: str, slug: str, as_json: bool) -> None:  # noqa: FBT001
    """Write the skeleton of a new lab, ready to be filled: in the first folder of BREAKFIX_LABS,
    else among the labs of the checkout.

    Example: breakfix lab new m021-network slow-wifi
    """
    folder: Path = create(catalog().roots[0], module, slug)
    shown = screen(as_json=as_json)
    shown.tell({"folder": str(folder)}, shown.say("lab.created", folder=folder))
