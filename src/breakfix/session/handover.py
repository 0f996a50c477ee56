"""The second line: who answers when a ticket is handed over."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.model.diagnosis import Handover
from breakfix.model.session import Reply
from breakfix.ports.runtime import MachineKey
from breakfix.session.machines import Crew
from breakfix.session.report import sentence


def answer(loaded: LoadedLab, fault: str, handover: Handover) -> Reply:
    """Accepted only when it is theirs to repair, the place is right, and every test that proves
    it is there with what it truly shows."""
    wanted = loaded.lab.faults[fault].escalation
    if wanted is None:
        return Reply(accepted=False, text=sentence("handover.not-ours"))
    place = loaded.form.place_of(loaded.lab.faults[fault].diagnosis)
    missing = [test for test in wanted.proof if test not in handover.tests]
    wrong = [test for test in wanted.proof.items() if test not in handover.tests.items()]
    if missing:
        return Reply(accepted=False, text=sentence("handover.no-proof"))
    if handover.place != place or wrong:
        return Reply(accepted=False, text=sentence("handover.wrong-proof"))
    return Reply(accepted=True, text=sentence("handover.accepted"))


def repaired_by_others(crew: Crew) -> None:
    """The second line repairs its own machines, as it does after a right handover."""
    action = crew.loaded.second_line(crew.record.fault)
    for name, script in (action.scripts if action else {}).items():
        crew.runtime.run(MachineKey(crew.session, name), script, crew.values)
