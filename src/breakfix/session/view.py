"""The session as the learner sees it."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled
from breakfix.model.parameter import fill
from breakfix.model.session import LabSummary, MachineView, Power, SessionView, State
from breakfix.model.topology import Cable
from breakfix.session.machines import Crew


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


def view(crew: Crew, seconds: float = 0.0) -> SessionView:
    """Everything a front end may show; never the fault."""
    loaded, record = crew.loaded, crew.record
    return SessionView(
        slug=loaded.slug,
        title=loaded.lab.title,
        state=record.state if record.complete else State.STARTING,
        mode=record.mode,
        ticket=filled(loaded.ticket, crew.values),
        machines=_machines(crew),
        remit=loaded.lab.remit,
        form=loaded.form,
        hints_shown=record.hints,
        hints_of=len(loaded.hints(record.fault)) if record.fault else 0,
        diagnosis=record.diagnosis,
        handover=record.handover,
        seconds=round(seconds, 3),
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
            )
        )
    return tuple(found)
