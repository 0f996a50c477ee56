"""Why a terminal can't be opened, and why one ended: a sentence for each."""

from __future__ import annotations

import asyncio

from breakfix.errors import NotFound, SessionError, SessionMissing
from breakfix.messages import say
from breakfix.model.session import MachineView, Power, SessionView, State
from breakfix.model.topology import Access
from breakfix.server.asked import ENDING, Verb
from breakfix.server.live import LiveLab
from breakfix.server.shell import UNKNOWN
from breakfix.server.state import told

#: Exit statuses of a shell that was ended by a signal, and how often it is looked whether its
#: machine goes down. A hang-up comes from a machine that shuts down, which may take a while; a kill
#: also from a full memory, and then the learner waits for the sentence.
_LOOKS = {129: 40, 143: 40, 137: 10, UNKNOWN: 10}
#: Seconds between two looks.
_PAUSE = 0.3
Run = tuple[float, int, str] | None


def machines_of(view: SessionView) -> dict[str, MachineView]:
    """The machines that the learner can get into, by name."""
    return {one.name: one for one in view.machines if one.access is not Access.NONE}


def why_not(lab: LiveLab, machine: str) -> None:
    """Raise the error that says why no terminal can be opened now; a machine that is off in a lab
    that runs is no reason: opening starts it."""
    seen = lab.seen
    if seen.trouble is not None:
        raise seen.trouble
    if seen.view is None:
        raise SessionMissing("session.missing", lab=lab.slug)
    if machine not in machines_of(seen.view):
        known = ", ".join(machines_of(seen.view))
        raise NotFound("lab.machine-not-found", machine=machine, known=known)
    if lab.busy is not None and lab.busy.verb in {*ENDING, Verb.START}:
        raise SessionError("panel.machines-not-ready")
    if seen.view.state is State.STOPPED:
        raise SessionError("panel.machines-off")


def run_of(view: SessionView | None, machine: str) -> Run:
    """Which run of a machine it is: of which start of the lab, since which reset, since when up."""
    if view is None:
        return None
    found = machines_of(view).get(machine)
    return view.started, view.resets, found.since if found is not None else ""


def is_up(view: SessionView | None, machine: str) -> bool:
    """Whether a machine was running when `view` was seen."""
    found = machines_of(view).get(machine) if view is not None else None
    return found is not None and found.power is Power.RUNNING


async def why_ended(lab: LiveLab, machine: str, before: Run, status: int) -> dict[str, str]:
    """The reason and the sentence for a shell of the machines `before` that ended with `status`."""
    language = lab.choice.language
    for look in range(_LOOKS.get(status, 1)):
        if lab.busy is not None and lab.busy.verb in ENDING:
            reason = ENDING[Verb(lab.busy.verb)]
            return {"key": reason, "text": say(reason, language)}
        if look:
            await asyncio.sleep(_PAUSE)
        await lab.look()
        if lab.seen.trouble is not None:
            return told(lab.seen.trouble, language)
        changed = _reason(before, lab.seen.view, machine, taken=status in _LOOKS)
        if changed is not None:
            return {"key": changed, "text": say(changed, language, machine=machine)}
    reason = _alone(lab.seen.view, machine, status)
    return {"key": reason, "text": say(reason, language, machine=machine)}


def _alone(now: SessionView | None, machine: str, status: int) -> str:
    """Why a shell ended where nothing changed in its session."""
    found = machines_of(now).get(machine) if now is not None else None
    if status == UNKNOWN and found is not None and found.access is Access.SSH:
        return "panel.ssh-lost"
    return "panel.shell-killed" if status in _LOOKS else "panel.shell-ended"


def _reason(before: Run, now: SessionView | None, machine: str, *, taken: bool) -> str | None:
    """What changed in the session that ends a shell, if anything did."""
    if now is None:
        return "panel.lab-finished"
    after = run_of(now, machine)
    if before is not None and after is not None and before[:2] != after[:2]:
        return "panel.began-again"
    if now.state is State.STOPPED:
        return "panel.lab-stopped"
    # A watcher may have started it again before anybody could see that it was off.
    if not is_up(now, machine) or (taken and before != after):
        return "panel.machine-off"
    return None
