"""The seam: everything a front end may ask. At home a local session answers, in a class the
classroom's service. Verbs take and return only values that can travel as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from breakfix.model.assignment import Assignment
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.logbook import Entry, Logbook
from breakfix.model.progress import Progress
from breakfix.model.recording import Recording
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.screen import Look
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


class LabOverview(Protocol):
    """What may be read of a learner's labs without asking a machine."""

    def labs(self) -> tuple[LabSummary, ...]:
        """Every lab that can be started."""

    def lab(self, slug: str) -> LabSummary:
        """One of them. Raises ContentError when it is there and can't be read."""

    def progress(self) -> Progress:
        """The competences of the profile, and on which occasions they were shown here."""

    def logbook(self) -> Logbook:
        """Every attempt on this computer, newest first, with what the learner wrote about it."""

    def write_note(self, entry: str, text: str) -> Entry:
        """Keep a note about an attempt; a later one replaces it, an empty one takes it away.
        Raises NotFound for an unknown attempt, and SessionError when it is too long."""


class LabService(LabOverview, Protocol):
    """A learner's labs. Every verb raises NotFound for an unknown lab or machine, and
    SessionMissing where there is nothing to work on."""

    def start(self, slug: str) -> SessionView:
        """Start a lab, or resume it when it was stopped. Raises SessionExists."""

    def start_assigned(self, assignment: Assignment, learner: str) -> SessionView:
        """Start the next attempt of an assignment, or go on with the one that is busy.

        Raises SessionError when no attempt is left and outside the times of the assignment,
        SessionExists when something else is busy with its lab, and ContentError when the lab here
        is another version.
        """

    def status(self, slug: str) -> SessionView:
        """The session as it is now."""

    def check(self, slug: str) -> Report:
        """Look at the machines and say which statements hold; in an evaluation, only what the
        customer would notice."""

    def after_restart(self, slug: str) -> AfterRestart:
        """How it is now, and what holds when the machines are started again somewhere else.

        The evidence that was looked at is kept, for `hand_in`.
        """

    def hand_in(self, slug: str, sha256: str) -> HandedIn:
        """Hand in the evidence that `after_restart` made. Raises SessionError when that is not
        the evidence with this SHA-256."""

    def evidence(self, slug: str) -> Iterator[bytes]:
        """The file that was handed in last, in pieces."""

    def hint(self, slug: str, sure: bool = False) -> Hint:  # noqa: FBT001, FBT002 (arguments travel by place)
        """The next hint (the last one again when all were shown). Raises SessionError where an
        evaluation gives none, and HintCosts where it costs points and `sure` is not said."""

    def hints(self, slug: str) -> tuple[Hint, ...]:
        """The hints that were shown before, in order."""

    def diagnose(self, slug: str, diagnosis: Diagnosis) -> SessionView:
        """Keep the learner's diagnosis; a later one replaces it."""

    def answer(self, slug: str, question: str, text: str) -> SessionView:
        """Keep an answer in words to one of the lab's questions; a later one replaces it, and an
        example to compare with is then in the view. Raises NotFound for an unknown question, and
        SessionError in an assignment, whose answers are written in the notebook."""

    def hand_over(self, slug: str, handover: Handover) -> Reply:
        """Hand the ticket to the second line, with proof."""

    def set_cable(self, slug: str, cable: Cable) -> SessionView:
        """Plug a cable in or pull it out."""

    def look_at(self, slug: str, screen: str) -> Look:
        """What one of the customer's screens shows now. It changes no machine and is no check.
        Raises SessionBusy while a verb works."""

    def reset(self, slug: str) -> SessionView:
        """Begin again with the same fault."""

    def stop(self, slug: str) -> SessionView:
        """Shut the machines down; their disks stay."""

    def finish(self, slug: str) -> None:
        """End the session and remove its machines."""

    def record(self, slug: str, on: bool) -> SessionView:  # noqa: FBT001 (arguments travel by place)
        """Record what comes on the screens of terminals from now on, or stop that. Nothing is
        recorded before this was said: the learner knows."""

    def recordings(self, slug: str) -> tuple[Recording, ...]:
        """The recordings of the session, oldest first; also when it is finished."""

    def recording(self, slug: str, recording: str) -> Iterator[bytes]:
        """The asciicast of one recording, in pieces."""

    def leave_out(self, slug: str, recording: str) -> SessionView:
        """Erase a recording; the journal keeps that there was one. In an evaluation what
        `after_restart` made is gone too, for it holds that recording."""

    def events(self, listener: Listener) -> None:
        """Tell `listener` of everything that happens in this service's sessions."""

    def terminal(self, slug: str, machine: str, command: Sequence[str] = ()) -> Terminal:
        """A terminal on a machine to which the learner has access."""


class StaffService(Protocol):
    """What only a teacher, an author or a practising learner may choose."""

    def start_chosen(self, slug: str, fault: str | None, seed: str | None) -> SessionView:
        """Start a lab with this fault and seed; marks the session as practice."""
