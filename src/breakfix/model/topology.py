"""How the practice machines of a lab are made and wired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.value import Text, Value


class Access(StrEnum):
    """How the learner gets into a machine."""

    CONSOLE = "console"
    SSH = "ssh"
    NONE = "none"


@dataclass(frozen=True)
class Machine(Value):
    """A practice computer of a lab.

    `hostname` may name parameters (`$PC_NAME`); `nics` maps a network interface's name to the
    network that its cable goes to; `memory` is in MiB; `updates` are the packages whose files the
    lab lets change (elsewhere a changed system file is put back before a replay). With access ssh
    the learner logs in from the machine `ssh_from`, at the address or name `ssh_to`, which may name
    parameters.
    """

    image: str
    label: Text
    hostname: str
    access: Access
    nics: Mapping[str, str] = field(default_factory=dict)
    memory: int = 512
    updates: tuple[str, ...] = ()
    ssh_from: str = ""
    ssh_to: str = ""


@dataclass(frozen=True)
class Network(Value):
    """One wire: everything plugged into it shares one L2 segment."""

    label: Text


@dataclass(frozen=True)
class Cable(Value):
    """The state of the cable in one network interface of one machine.

    `delay` is in milliseconds, `loss` in per cent and `rate` in kbit/s; 0 means not impaired.
    """

    machine: str
    nic: str
    connected: bool = True
    delay: int = 0
    loss: int = 0
    rate: int = 0
