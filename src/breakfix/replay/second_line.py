"""What the second line does after a right handover, live and in replay."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.content.loaded import LoadedLab
from breakfix.ports.runtime import MachineKey, Runtime


def act(
    runtime: Runtime, session: str, loaded: LoadedLab, fault: str, values: Mapping[str, str]
) -> None:
    """The second line repairs its own machines."""
    action = loaded.second_line(fault)
    for name, script in (action.scripts if action else {}).items():
        runtime.run(MachineKey(session, name), script, values)
