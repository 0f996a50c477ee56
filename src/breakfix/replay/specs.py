"""The machines of a lab as the engine should make them."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.content.loaded import LoadedLab
from breakfix.model.parameter import fill
from breakfix.ports.runtime import MachineKey, MachineSpec


def broken_machine(
    loaded: LoadedLab,
    key: MachineKey,
    fault: str,
    values: Mapping[str, str],
    generation: int = 1,
) -> MachineSpec:
    """One machine of a lab with `fault` in it (none when it is empty), from the published image."""
    machine = loaded.lab.machines[key.machine]
    inject = loaded.inject(fault).scripts.get(key.machine) if fault else None
    scripts = [text for text in (loaded.health.get(key.machine), inject) if text]
    return MachineSpec(
        key,
        machine.image,
        fill(machine.hostname, values),
        machine.nics,
        generation,
        machine.memory,
        scripts,
        values,
    )
