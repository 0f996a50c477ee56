"""Naming where the trouble is and what it is, and handing it on with proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from breakfix.model.value import Text, Value


@dataclass(frozen=True)
class Cause(Value):
    """A plausible cause, and what would have ruled it out."""

    id: str
    label: Text
    ruled_out_by: Text


@dataclass(frozen=True)
class Place(Value):
    """Where a cause can lie."""

    id: str
    label: Text
    causes: tuple[Cause, ...]

    @property
    def unspoilt(self) -> Place:
        """The same, without what would have ruled each cause out."""
        causes = tuple(replace(cause, ruled_out_by=Text("", "")) for cause in self.causes)
        return replace(self, causes=causes)


@dataclass(frozen=True)
class TestResult(Value):
    """One thing that a routine test can show."""

    id: str
    label: Text


@dataclass(frozen=True)
class RoutineTest(Value):
    """A routine test that a technician can report, with what it can show."""

    id: str
    label: Text
    results: tuple[TestResult, ...]


@dataclass(frozen=True)
class DiagnosisForm(Value):
    """Everything in `student/diagnosis.toml`."""

    places: tuple[Place, ...]
    tests: tuple[RoutineTest, ...] = ()

    @property
    def unspoilt(self) -> DiagnosisForm:
        """The same, without what would have ruled each cause out."""
        return replace(self, places=tuple(place.unspoilt for place in self.places))

    def place_of(self, cause: str) -> str | None:
        """The id of the place where `cause` lies, or None when there is no such cause."""
        for place in self.places:
            if any(known.id == cause for known in place.causes):
                return place.id
        return None


@dataclass(frozen=True)
class Diagnosis(Value):
    """What the learner named; `cause` None means: the place is known, not yet the cause.

    `proof` maps a routine test to what it showed: the observation that proves the diagnosis.
    """

    place: str
    cause: str | None = None
    proof: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Diagnoses(Value):
    """What the learner named before the first check, and what at the end."""

    first: Diagnosis | None = None
    last: Diagnosis | None = None


@dataclass(frozen=True)
class Handover(Value):
    """The learner's message to the second line: the place, and what which test showed."""

    place: str
    tests: Mapping[str, str] = field(default_factory=dict)
