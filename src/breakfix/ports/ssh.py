"""The way by which a learner logs in to a machine over the practice network."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.ports.runtime import MachineKey


@dataclass(frozen=True)
class SshWay:
    """From `origin` to `address`, where `target` should answer; both names are those that the
    learner knows."""

    origin: MachineKey
    target: MachineKey
    address: str
    origin_name: str
    target_name: str
