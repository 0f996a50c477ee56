"""The seam: everything a front end may ask. At home a local session answers, in a class the
classroom's service. Verbs take and return only values that can travel as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from breakfix.model.assignment import Assignment
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.session import Event, Hint, LabSummary, Reply, Report, SessionView
from breakfix.model.topology import Cable

Listener = Callable[[Event], None]


class Terminal(Protocol):
    """A byte stream to a shell on a machine."""

    def read(self) -> bytes:
        """What the machine printed; empty when the shell has ended."""

    def write(self, data: bytes) -> None:
        """Type `data`."""

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""

    def close(self) -> int:
        """Hang up; returns the shell's exit status (0 when it is unknown)."""


class LabService(Protocol):
    """A learner's labs. Every verb raises NotFound for an unknown lab or machine, and
    SessionMissing where there is nothing to work on."""

    def labs(self) -> tuple[LabSummary, ...]:
        """Every lab that can be started."""

    def start(self, slug: str) -> SessionView:
        """Start a lab, or resume it when it was stopped. Raises SessionExists."""

    def start_assigned(self, assignment: Assignment, learner: str) -> SessionView:
        """Start the next attempt of an assignment, or resume the one that is busy. Raises
        SessionError when no attempt is left."""

    def status(self, slug: str) -> SessionView:
        """The session as it is now."""

    def check(self, slug: str) -> Report:
        """Look at the machines and say which statements hold."""

    def after_restart(self, slug: str) -> AfterRestart:
        """How it is now, and what holds when the machines are started again somewhere else.

        The evidence that was looked at is kept, for `hand_in`.
        """

    def hand_in(self, slug: str, sha256: str) -> HandedIn:
        """Hand in the evidence that `after_restart` made. Raises SessionError when that is not
        the evidence with this SHA-256."""

    def evidence(self, slug: str) -> Iterator[bytes]:
        """The file that was handed in last, in pieces."""

    def hint(self, slug: str) -> Hint:
        """The next hint (the last one again when all were shown)."""

    def diagnose(self, slug: str, diagnosis: Diagnosis) -> SessionView:
        """Keep the learner's diagnosis; a later one replaces it."""

    def hand_over(self, slug: str, handover: Handover) -> Reply:
        """Hand the ticket to the second line, with proof."""

    def set_cable(self, slug: str, cable: Cable) -> SessionView:
        """Plug a cable in or pull it out."""

    def reset(self, slug: str) -> SessionView:
        """Begin again with the same fault."""

    def stop(self, slug: str) -> SessionView:
        """Shut the machines down; their disks stay."""

    def finish(self, slug: str) -> None:
        """End the session and remove its machines."""

    def events(self, listener: Listener) -> None:
        """Tell `listener` of everything that happens in this service's sessions."""

    def terminal(self, slug: str, machine: str, command: Sequence[str] = ()) -> Terminal:
        """A terminal on a machine to which the learner has access."""


class StaffService(Protocol):
    """What only a teacher, an author or a practising learner may choose."""

    def start_chosen(self, slug: str, fault: str | None, seed: str | None) -> SessionView:
        """Start a lab with this fault and seed; marks the session as practice."""
