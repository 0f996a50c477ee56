"""What a browser may ask over a panel's socket, read strictly."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.errors import SessionError
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.topology import Cable
from breakfix.model.value import Value

#: What one message may measure.
MOST_BYTES = 64 << 10


class Verb(StrEnum):
    """The verbs of a session; `draft` keeps what is being typed, and waits for none of them."""

    START = "start"
    CHECK = "check"
    AFTER_RESTART = "after-restart"
    HAND_IN = "hand-in"
    HINT = "hint"
    DIAGNOSE = "diagnose"
    DRAFT = "draft"
    ANSWER = "answer"
    HAND_OVER = "hand-over"
    CABLE = "cable"
    RECORD = "record"
    LEAVE_OUT = "leave-out"
    RESET = "reset"
    STOP = "stop"
    FINISH = "finish"


#: Verbs after which the machines of before are no longer there, with the sentence for their
#: terminals.
ENDING = {
    Verb.RESET: "panel.began-again",
    Verb.STOP: "panel.lab-stopped",
    Verb.FINISH: "panel.lab-finished",
}


@dataclass(frozen=True)
class Asked(Value):
    """One verb that a browser asks for; `sure` where it costs something."""

    id: int
    do: Verb
    sha256: str = ""
    sure: bool = False
    diagnosis: Diagnosis | None = None
    handover: Handover | None = None
    cable: Cable | None = None
    on: bool | None = None
    recording: str = ""
    question: str = ""
    text: str = ""

    @property
    def complete(self) -> bool:
        """Whether what the verb needs came along."""
        match self.do:
            case Verb.HAND_IN:
                return bool(self.sha256)
            case Verb.DIAGNOSE:
                return self.diagnosis is not None
            case Verb.DRAFT | Verb.ANSWER:
                return bool(self.question)
            case Verb.HAND_OVER:
                return self.handover is not None
            case Verb.CABLE:
                return self.cable is not None
            case Verb.RECORD:
                return self.on is not None
            case Verb.LEAVE_OUT:
                return bool(self.recording)
        return True


@dataclass(frozen=True)
class Glance(Value):
    """A look at one of the customer's screens, which is no verb: nothing waits for it."""

    id: int
    look_at: str


def read_asked(text: str | bytes) -> Asked | Glance:
    """What the browser asks. Raises SessionError when that is not to be understood."""
    with suppress(ValidationError):
        return from_json(Glance, text)
    try:
        found = from_json(Asked, text)
    except ValidationError as error:
        raise SessionError("panel.not-understood") from error
    if not found.complete:
        raise SessionError("panel.not-understood")
    return found
