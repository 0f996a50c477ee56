"""The second line's answer to a ticket that is handed over."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import sentence
from breakfix.model.diagnosis import Handover
from breakfix.model.session import Reply


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
