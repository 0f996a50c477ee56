"""The bench that a proof works on: one lab, one fault, machines of the proof's own."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.codec import to_data
from breakfix.content.actions import Action
from breakfix.content.handover import answer
from breakfix.content.loaded import LoadedLab
from breakfix.evidence.record import Record
from breakfix.model.diagnosis import Handover
from breakfix.model.outcome import Outcome
from breakfix.model.parameter import draw_all
from breakfix.model.session import Mode
from breakfix.model.topology import Cable
from breakfix.ports.runtime import MachineKey
from breakfix.proof.stage import Found, Judge, Verdicts
from breakfix.replay.second_line import act
from breakfix.replay.settling import Until, settled
from breakfix.session.handing_in import Desk
from breakfix.session.machines import Crew, content_digest
from breakfix.session.service import LocalLabService

#: Machines that talk to each other settle side by side: DHCP, names and pages come when they come.
SETTLE_SECONDS = 15.0


@dataclass
class Bench:
    """Machines with one fault (or none), on which actions are tried one after the other."""

    service: LocalLabService
    loaded: LoadedLab
    fault: str
    seed: str
    session: str
    stopped: threading.Event = field(default_factory=threading.Event)
    settle_seconds: float = SETTLE_SECONDS
    generation: int = 0
    accepted: bool = False
    handovers: list[Handover] = field(default_factory=list)
    cables: dict[str, Cable] = field(default_factory=dict)

    def fresh(self) -> None:
        """Broken machines, as a learner gets them."""
        self._go_on()
        self.generation += 1
        self.accepted, self.handovers = False, []
        broken = self.loaded.inject(self.fault).cables if self.fault else ()
        self.cables = {f"{cable.machine}/{cable.nic}": cable for cable in broken}
        self.crew.build(lambda *_: None)

    def close(self) -> None:
        """Remove the machines."""
        self.service.runtime.remove(self.session)

    @property
    def crew(self) -> Crew:
        """The machines of this bench."""
        record = Record(
            self.session,
            self.fault,
            self.seed,
            Mode.PRACTICE,
            complete=True,
            generation=self.generation,
            cables=self.cables,
            accepted=self.accepted,
        )
        images = [
            self.service.image_digest(machine.image)
            for machine in self.loaded.lab.machines.values()
        ]
        return Crew(self.loaded, self.service.runtime, record, content_digest(self.loaded, images))

    def do(self, action: Action, seed: str | None = None) -> list[str]:
        """Carry an action out; returns what went wrong. `seed` renders it for other machines."""
        self._go_on()
        values = draw_all(self.loaded.lab.parameters, seed or self.seed)
        trouble = []
        for cable in action.cables:
            self.service.runtime.set_cable(self.session, cable)
            self.cables[f"{cable.machine}/{cable.nic}"] = cable
        for machine, script in _in_order(self.loaded, action):
            result = self.service.runtime.run(MachineKey(self.session, machine), script, values)
            if result.status:
                trouble.append(
                    f"{action.kind} {action.name} on {machine} ended with"
                    f" {result.status}: {(result.errors or result.output)[-300:]}"
                )
        if action.handover is not None:
            self._hand_over(action.handover)
        return trouble

    def look(self) -> list[Outcome]:
        """One round of checks."""
        self._go_on()
        return self.service.outcomes(self.crew)

    def _go_on(self) -> None:
        """Raise KeyboardInterrupt when the person who proves has pressed Ctrl-C: that reaches only
        the main thread, and a bench works in a thread of its own."""
        if self.stopped.is_set():
            raise KeyboardInterrupt

    def settle(self, judge: Judge) -> Found:
        """Rounds of checks until `judge` finds no trouble twice, or the time is over."""
        verdicts = Verdicts(judge)
        outcomes = settled(self.look, Until(verdicts.good, self.settle_seconds))
        return verdicts.trouble(), outcomes

    def replay(self, judge: Judge) -> Found:
        """The same for these machines once they are captured and started elsewhere."""
        verdicts = Verdicts(judge)

        def told(outcomes: Sequence[Outcome]) -> bool:
            self._go_on()
            return verdicts.good(outcomes)

        with tempfile.TemporaryDirectory(prefix="breakfix-proof-") as folder:
            desk = Desk(Path(folder))
            desk.make(self.crew, self._journal())
            found = self.service.replayer.replay(
                lambda _: self.loaded,
                desk.candidate,
                lambda *_: None,
                # What a stage expects may come late, so there is no patience to lose.
                until=Until(told, 2 * self.settle_seconds),
            )
        return verdicts.trouble(), found.outcomes

    def _hand_over(self, handover: Handover) -> None:
        self.handovers.append(handover)
        self.accepted = answer(self.loaded, self.fault, handover).accepted
        if self.accepted:
            act(
                self.service.runtime,
                self.session,
                self.loaded,
                self.fault,
                self.crew.values,
            )

    def _journal(self) -> bytes:
        """The journal of somebody who did what was done on this bench."""
        events: list[dict[str, object]] = [
            {
                "time": 0.0,
                "event": "starting",
                "slug": self.loaded.slug,
                "fault": self.fault,
                "seed": self.seed,
                "mode": Mode.PRACTICE.value,
                "cables": [],
            }
        ]
        for handover in self.handovers:
            told = {"handover": to_data(handover), "accepted": self.accepted}
            events.append({"time": 0.0, "event": "handed-over", **told})
        return "".join(json.dumps(event) + "\n" for event in events).encode()


def _in_order(loaded: LoadedLab, action: Action) -> list[tuple[str, str]]:
    """Servers and routers first, as the lab lists its machines from the learner's outwards."""
    names = [name for name in reversed(list(loaded.lab.machines)) if name in action.scripts]
    return [(name, action.scripts[name]) for name in names]
