"""What people see of labs, sessions and reports."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape

from breakfix.cli.output import SIGNS, Screen, table
from breakfix.messages import moment
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.evidence import Change, IntegrityFinding
from breakfix.model.replay import ReplayReport
from breakfix.model.session import (
    Hint,
    LabSummary,
    MachineView,
    Power,
    QuestionView,
    Report,
    SessionView,
)
from breakfix.model.topology import Access
from breakfix.ports.terms import terms
from breakfix.session.explaining import Explanation


def labs(shown: Screen, console: Console, found: Sequence[LabSummary], hidden: int) -> None:
    """The list of labs, and how many there are besides."""
    made = table(*(shown.say(f"table.{name}") for name in ("lab", "title", "minutes", "state")))
    for item in found:
        words = [shown.say(f"state.{item.state.value}")] if item.state else []
        words += [] if item.proven else [shown.say("word.not-proven")]
        title = item.title.in_(shown.language)
        made.add_row(item.slug, title, str(item.minutes), ", ".join(words))
    console.print(made)
    if hidden:
        console.print("\n" + shown.say("lab.hidden", count=hidden))


def session(shown: Screen, console: Console, view: SessionView) -> None:
    """A session: the ticket, the machines, and what to do next."""
    console.print(
        f"[bold]{view.title.in_(shown.language)}[/] · {shown.say(f'state.{view.state.value}')}\n"
    )
    told = [f"• {sentence}\n" for sentence in terms(view, shown.language)]
    if told:
        console.print("".join(told))
    console.print(escape(view.ticket.plain_in(shown.language)), "\n")
    made = table(*(shown.say(f"table.{name}") for name in ("machine", "what", "power", "cables")))
    for machine in view.machines:
        made.add_row(
            f"{machine.name} ({machine.hostname})",
            machine.label.in_(shown.language),
            shown.say(f"power.{machine.power.value}"),
            _cables(shown, machine),
        )
    console.print(made)
    for text in view.sheet:
        console.print()
        console.print(Markdown(text.in_(shown.language)))
    for machine in view.machines:
        if machine.power is Power.PAUSED:
            console.print("\n" + shown.say("machine.paused", machine=machine.name, lab=view.slug))
    first = next((one.name for one in view.machines if one.access is not Access.NONE), "")
    console.print("\n" + shown.say("lab.next", lab=view.slug, machine=first))


def report(shown: Screen, console: Console, found: Report) -> None:
    """What *Check* says."""
    for line in found.lines:
        word = shown.say(f"result.{line.result.value}")
        console.print(f"{SIGNS[line.result]} {word:<20} {escape(line.text.in_(shown.language))}")
    points = found.score
    if points is None:
        console.print("\n" + shown.say("check.evaluation"))
    else:
        console.print("\n" + shown.say("check.points", points=points.repair, of=points.repair_of))


def hint(shown: Screen, console: Console, found: Hint) -> None:
    """One hint."""
    console.print(shown.say("hint.heading", number=found.number, of=found.of))
    console.print(escape(found.text.in_(shown.language)))


def questions(shown: Screen, console: Console, found: Sequence[QuestionView]) -> None:
    """Questions that are answered in words; beside an answer, what to compare it with."""
    for one in found:
        console.print(f"[bold]{escape(one.id)}[/]")
        console.print(Markdown(one.text.in_(shown.language)))
        if one.example is not None:
            console.print(f"\n[bold]{shown.say('answer.mine')}[/]\n{escape(one.answer)}")
            console.print(f"\n[bold]{shown.say('answer.example')}[/]")
            console.print(Markdown(one.example.in_(shown.language)))
        console.print()


def form(shown: Screen, console: Console, found: DiagnosisForm) -> None:
    """What can be diagnosed and reported."""
    made = table(*(shown.say(f"table.{name}") for name in ("place", "cause", "what")))
    for place in found.places:
        made.add_row(place.id, "", f"[bold]{place.label.in_(shown.language)}[/]")
        for cause in place.causes:
            made.add_row("", cause.id, cause.label.in_(shown.language))
    console.print(made)
    tests = table(*(shown.say(f"table.{name}") for name in ("test", "what")))
    for test in found.tests:
        results = ", ".join(
            f"{item.id} ({item.label.in_(shown.language)})" for item in test.results
        )
        tests.add_row(test.id, f"{test.label.in_(shown.language)}: {results}")
    console.print(tests)


def _cables(shown: Screen, machine: MachineView) -> str:
    return ", ".join(
        f"{cable.nic}: {shown.say('cable.in' if cable.connected else 'cable.out')}"
        for cable in machine.cables
    )


def finding(shown: Screen, found: IntegrityFinding) -> str:
    """One thing that the integrity comparison noticed."""
    said = shown.say(f"concern.{found.concern.value}")
    return escape(f"{found.machine}: {found.path}: {said}")


def replayed(shown: Screen, console: Console, found: ReplayReport) -> None:
    """What a replay came to, for a teacher: unfolded."""
    console.print(shown.say("evidence.whose", learner=found.learner or "-", lab=found.lab))
    made = table(*(shown.say(f"table.{name}") for name in ("check", "state", "what")))
    texts = {line.check: line.text.in_(shown.language) for line in found.lines}
    for outcome in found.outcomes:
        sign = SIGNS[outcome.result]
        word = shown.say(f"result.{outcome.result.value}")
        made.add_row(outcome.check, f"{sign} {word}", escape(texts.get(outcome.check, "")))
    console.print(made)
    for name, boot in found.machines.items():
        console.print(f"{name}: {shown.say(f'boot.{boot.value}')}")
    for one in found.findings:
        console.print(f"• {finding(shown, one)}")
    points = found.score
    console.print(shown.say("evidence.points", points=points.repair, of=points.repair_of))
    console.print(
        shown.say(
            "evidence.diagnosis",
            first=points.first_diagnosis,
            first_of=points.first_diagnosis_of,
            last=points.diagnosis,
            last_of=points.diagnosis_of,
        )
    )


def explanation(shown: Screen, console: Console, found: Explanation) -> None:
    """What is in a file, and what was changed on each machine."""
    manifest = found.manifest
    console.print(shown.say("evidence.whose", learner=manifest.learner or "-", lab=manifest.lab))
    console.print(
        shown.say(
            "evidence.when",
            moment=moment(manifest.captured),
            mode=shown.say(f"mode.{manifest.mode.value}"),
            fault=manifest.fault,
        )
    )
    for name, changes in found.machines.items():
        console.print(f"\n[bold]{name}[/]")
        for change in changes:
            _change(shown, console, change)


def _change(shown: Screen, console: Console, change: Change) -> None:
    rights = [
        f"{member.mode:04o} {member.uid}:{member.gid}"
        for member in (change.before, change.after)
        if member is not None
    ]
    told = " → ".join(dict.fromkeys(rights))
    console.print(
        f"{shown.say(f'change.{change.kind.value}')}  {escape(change.path)}  [dim]{told}[/]"
    )
    for line in change.diff:
        console.print(f"    {escape(line)}", style="dim" if line.startswith(" ") else "")
