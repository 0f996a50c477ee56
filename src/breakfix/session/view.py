"""The session as the learner sees it."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.lab import Lab
from breakfix.model.parameter import fill
from breakfix.model.session import (
    LabSummary,
    MachineView,
    Mode,
    NetworkView,
    Plug,
    Power,
    SessionView,
    State,
)
from breakfix.model.topology import Cable
from breakfix.session.answering import questions_for
from breakfix.session.hinting import hints_for
from breakfix.session.machines import Crew
from breakfix.session.screens import screens


def summary(loaded: LoadedLab, state: State | None, *, proven: bool) -> LabSummary:
    """A lab in the list."""
    lab = loaded.lab
    return LabSummary(
        loaded.slug,
        loaded.module,
        lab.title,
        lab.summary,
        lab.level,
        lab.minutes,
        lab.competences,
        state,
        proven,
    )


def view(crew: Crew, now: float, seconds: float) -> SessionView:
    """Everything a front end may show `now` (seconds since 1970), after `seconds` of work; never
    the fault."""
    loaded, record = crew.loaded, crew.record
    return SessionView(
        slug=loaded.slug,
        title=loaded.lab.title,
        state=record.state if record.complete else State.STARTING,
        mode=record.mode,
        ticket=filled(loaded.ticket, crew.values),
        machines=_machines(crew),
        remit=loaded.lab.remit,
        form=_form(crew),
        hints_shown=record.hints,
        hints_of=len(hints_for(loaded, record)),
        diagnosis=record.diagnosis,
        handover=record.handover,
        seconds=round(seconds),
        sheet=tuple(filled(text, crew.values) for text in loaded.sheet),
        assignment=record.assignment,
        learner=record.learner,
        attempt=record.attempt,
        policy=record.policy,
        closed=record.policy.closed_at(now),
        handed_in=record.handed_in,
        started=record.started,
        resets=record.generation - 1,
        recording=record.recording,
        networks=networks(loaded.lab),
        screens=screens(loaded.lab, crew.values),
        version=loaded.lab.version,
        began_with=loaded.lab.version,
        questions=questions_for(loaded, record, crew.values),
    )


def _form(crew: Crew) -> DiagnosisForm:
    """The form. In an evaluation the last diagnosis counts, so nothing is said here of what would
    have ruled a cause out: the feedback says it."""
    form = crew.loaded.form
    return form.unspoilt if crew.record.mode is Mode.EVALUATION else form


def networks(lab: Lab) -> tuple[NetworkView, ...]:
    """Which interfaces each wire of a lab joins."""
    plugs: dict[str, list[Plug]] = {name: [] for name in lab.networks}
    for machine, made in lab.machines.items():
        for nic, network in made.nics.items():
            plugs[network].append(Plug(machine, nic))
    return tuple(
        NetworkView(name, network.label, tuple(plugs[name]))
        for name, network in lab.networks.items()
    )


def _machines(crew: Crew) -> tuple[MachineView, ...]:
    statuses = crew.statuses()
    found = []
    for name, machine in crew.loaded.lab.machines.items():
        status = statuses.get(name)
        cables = tuple(
            crew.record.cables.get(f"{name}/{nic}", Cable(name, nic)) for nic in machine.nics
        )
        found.append(
            MachineView(
                name,
                machine.label,
                fill(machine.hostname, crew.values),
                machine.access,
                status.power if status else Power.MISSING,
                cables,
                status.since if status else "",
            )
        )
    return tuple(found)
