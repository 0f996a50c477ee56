"""A lab: one content folder, one learning task, as `lab.toml` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.check import Check
from breakfix.model.parameter import Parameter
from breakfix.model.screen import Screen
from breakfix.model.topology import Machine, Network
from breakfix.model.value import Text, Value


class Level(StrEnum):
    """How far into the training a lab stands."""

    STARTER = "starter"
    REGULAR = "regular"
    ADVANCED = "advanced"


@dataclass(frozen=True)
class Escalation(Value):
    """Where the repair is somebody else's: what the technician must prove to hand it on.

    `proof` maps each routine test of `diagnosis.toml` that is needed to what it truly shows.
    """

    proof: Mapping[str, str]


@dataclass(frozen=True)
class Fault(Value):
    """A cause that can be put in. `difficulty` runs from 1 (easy) to 5.

    `diagnosis` is the id of the right cause in `diagnosis.toml`; `causes` are the checks that
    speak about this cause (the others of that aspect then guard against damage). `proof` maps
    each routine test of `diagnosis.toml` that proves the diagnosis to what it truly shows; one of
    them is enough.
    """

    difficulty: int
    diagnosis: str
    causes: tuple[str, ...]
    escalation: Escalation | None = None
    proof: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scoring(Value):
    """How a lab is scored: `pass_mark` is the share of the points needed to pass, `damage` what
    each broken `harmless` statement costs, `diagnosis` what a right diagnosis at the end earns
    (half of it for the right place), `first_diagnosis` what one before the first check earns."""

    pass_mark: float = 0.5
    damage: int = 10
    diagnosis: int = 4
    first_diagnosis: int = 0


@dataclass(frozen=True)
class Remit(Value):
    """What the technician may and may not change in this lab."""

    may: tuple[Text, ...] = ()
    may_not: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Question(Value):
    """A question that a person judges; its rubric is `staff/answers/<id>.md`."""

    id: str
    points: int
    text: Text


@dataclass(frozen=True)
class Lab(Value):
    """Everything that `lab.toml` says. `minutes` is the time a learner needs."""

    format: int
    version: str
    title: Text
    summary: Text
    level: Level
    minutes: int
    competences: tuple[str, ...]
    machines: Mapping[str, Machine]
    checks: tuple[Check, ...]
    faults: Mapping[str, Fault]
    networks: Mapping[str, Network] = field(default_factory=dict)
    remit: Remit = field(default_factory=Remit)
    scoring: Scoring = field(default_factory=Scoring)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    company: str | None = None
    screens: tuple[Screen, ...] = ()

    def checks_for(self, fault: str | None) -> tuple[Check, ...]:
        """The checks that are asked when `fault` is in."""
        return tuple(check for check in self.checks if check.applies_to(fault))
