"""What a front end holds of the labs, and what a learner does behind it."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.parameter import draw_all
from breakfix.ports.lab_service import LabService, StaffService
from breakfix.ports.runtime import MachineKey
from breakfix.session.service import LocalLabService
from tests.contract.fake_runtime import FakeRuntime

LAB = "tiny"


@dataclass
class Front:
    """What a front end holds, and the machines far behind it."""

    labs: LabService
    staff: StaffService
    runtime: FakeRuntime
    inner: LocalLabService

    def repair(self, script: str = 'echo "code: $CODE" >/srv/nota.txt') -> None:
        """What the learner does on the machine."""
        record = self.inner.store.journal(LAB).record()
        assert record is not None
        values = draw_all(self.inner.catalog.load(LAB).lab.parameters, record.seed)
        machine = self.runtime.machine(MachineKey(LAB, "pc"))
        assert machine.run(script, values).status == 0
