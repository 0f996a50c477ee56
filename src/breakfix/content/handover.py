"""A diagnosis or a ticket that is handed over, held against the lab; the second line's answer."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import sentence
from breakfix.errors import NotFound
from breakfix.model.diagnosis import Diagnosis, Handover
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


def known_diagnosis(loaded: LoadedLab, diagnosis: Diagnosis) -> None:
    """Raises NotFound when the form has no such place, cause, test or result."""
    _known_tests(loaded, diagnosis.proof)
    places = {place.id: [cause.id for cause in place.causes] for place in loaded.form.places}
    if diagnosis.place not in places:
        raise NotFound("lab.place-not-found", place=diagnosis.place, known=", ".join(places))
    known = places[diagnosis.place]
    if diagnosis.cause is not None and diagnosis.cause not in known:
        raise NotFound("lab.cause-not-found", cause=diagnosis.cause, known=", ".join(known))


def known_handover(loaded: LoadedLab, handover: Handover) -> None:
    """Raises NotFound when the form has no such test or result."""
    _known_tests(loaded, handover.tests)


def _known_tests(loaded: LoadedLab, told: Mapping[str, str]) -> None:
    tests = {test.id: [result.id for result in test.results] for test in loaded.form.tests}
    for test, result in told.items():
        if result not in tests.get(test, []):
            known = "; ".join(f"{name}={'|'.join(ids)}" for name, ids in tests.items())
            raise NotFound("lab.test-not-found", test=test, result=result, known=known)
