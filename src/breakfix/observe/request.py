"""What the child process is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from breakfix.model.value import Value

READY = "ready"  # the child's first line of a round: what follows are outcomes, one a line


@dataclass(frozen=True)
class CheckRequest(Value):
    """One round of checks.

    `checks` is the path of `staff/checks.py` or its folder, `functions` maps check id to function
    name in the order to run, `machines` maps machine name to container id.
    """

    checks: str
    functions: Mapping[str, str]
    machines: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
