"""`LabService` through JSON: every argument, answer, event and error becomes text and comes back.

A value that cannot travel is found here, and not in the class.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

from breakfix import errors
from breakfix.codec import adapter, from_json
from breakfix.errors import BreakfixError
from breakfix.model.assignment import Assignment
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.logbook import Entry, Logbook
from breakfix.model.progress import Progress
from breakfix.model.recording import Recording
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.screen import Look
from breakfix.model.session import Event, Hint, LabSummary, Reply, Report, SessionView
from breakfix.model.topology import Cable
from breakfix.ports.lab_service import LabService, Listener, StaffService, Terminal

T = TypeVar("T")


def through(kind: Any, value: T) -> T:  # noqa: ANN401 (what an annotation says)
    """`value` as it arrives at the other end, where only `kind` is known of it."""
    arrived: T = from_json(kind, adapter(kind).dump_json(value, warnings="error"))
    return arrived


def error_through(error: BreakfixError) -> BreakfixError:
    """An error as it arrives at the other end: its kind, its key and its values."""
    text = json.dumps([type(error).__name__, error.key, error.values])
    kind, key, values = json.loads(text)
    made: BreakfixError = getattr(errors, kind)(key, **values)
    return made


class JsonTerminal:
    """A terminal whose bytes travel as text."""

    def __init__(self, inner: Terminal) -> None:
        self._inner = inner

    def read(self) -> bytes:
        """What the machine printed."""
        return _bytes_through(self._inner.read())

    def write(self, data: bytes) -> None:
        """Type `data`."""
        self._inner.write(_bytes_through(data))

    def resize(self, rows: int, columns: int) -> None:
        """Tell the shell how large the screen is."""
        self._inner.resize(through(int, rows), through(int, columns))

    def close(self) -> int:
        """Hang up."""
        return through(int, self._inner.close())


class JsonLoopback:
    """A `LabService` and `StaffService` that reaches `inner` through JSON alone."""

    def __init__(self, inner: LabService, staff: StaffService) -> None:
        self._inner = inner
        self._staff = staff

    def labs(self) -> tuple[LabSummary, ...]:
        """Every lab that can be started."""
        return self._ask(self._inner.labs)

    def lab(self, slug: str) -> LabSummary:
        """One of them."""
        return self._ask(self._inner.lab, slug)

    def progress(self) -> Progress:
        """What was shown."""
        return self._ask(self._inner.progress)

    def logbook(self) -> Logbook:
        """Every attempt."""
        return self._ask(self._inner.logbook)

    def write_note(self, entry: str, text: str) -> Entry:
        """Keep a note."""
        return self._ask(self._inner.write_note, entry, text)

    def start(self, slug: str) -> SessionView:
        """Start a lab."""
        return self._ask(self._inner.start, slug)

    def start_assigned(self, assignment: Assignment, learner: str) -> SessionView:
        """Start the next attempt of an assignment."""
        return self._ask(self._inner.start_assigned, assignment, learner)

    def after_restart(self, slug: str) -> AfterRestart:
        """How it is now, and after a restart."""
        return self._ask(self._inner.after_restart, slug)

    def hand_in(self, slug: str, sha256: str) -> HandedIn:
        """Hand in what was seen."""
        return self._ask(self._inner.hand_in, slug, sha256)

    def evidence(self, slug: str) -> Iterator[bytes]:
        """The file that was handed in, in pieces."""
        pieces = _carried(lambda: self._inner.evidence(through(str, slug)))
        return map(_bytes_through, pieces)

    def status(self, slug: str) -> SessionView:
        """The session as it is now."""
        return self._ask(self._inner.status, slug)

    def check(self, slug: str) -> Report:
        """Look at the machines."""
        return self._ask(self._inner.check, slug)

    def hint(self, slug: str, sure: bool = False) -> Hint:  # noqa: FBT001, FBT002 (as the port)
        """The next hint."""
        return self._ask(self._inner.hint, slug, sure)

    def hints(self, slug: str) -> tuple[Hint, ...]:
        """The hints that were shown before."""
        return self._ask(self._inner.hints, slug)

    def diagnose(self, slug: str, diagnosis: Diagnosis) -> SessionView:
        """Keep the learner's diagnosis."""
        return self._ask(self._inner.diagnose, slug, diagnosis)

    def answer(self, slug: str, question: str, text: str) -> SessionView:
        """Keep an answer in words."""
        return self._ask(self._inner.answer, slug, question, text)

    def hand_over(self, slug: str, handover: Handover) -> Reply:
        """Hand the ticket to the second line."""
        return self._ask(self._inner.hand_over, slug, handover)

    def set_cable(self, slug: str, cable: Cable) -> SessionView:
        """Plug a cable in or pull it out."""
        return self._ask(self._inner.set_cable, slug, cable)

    def look_at(self, slug: str, screen: str) -> Look:
        """What one of the customer's screens shows now."""
        return self._ask(self._inner.look_at, slug, screen)

    def reset(self, slug: str) -> SessionView:
        """Begin again."""
        return self._ask(self._inner.reset, slug)

    def stop(self, slug: str) -> SessionView:
        """Shut the machines down."""
        return self._ask(self._inner.stop, slug)

    def finish(self, slug: str) -> None:
        """End the session."""
        return self._ask(self._inner.finish, slug)

    def record(self, slug: str, on: bool) -> SessionView:  # noqa: FBT001 (as the port)
        """Record terminals, or stop that."""
        return self._ask(self._inner.record, slug, on)

    def recordings(self, slug: str) -> tuple[Recording, ...]:
        """The recordings of the session."""
        return self._ask(self._inner.recordings, slug)

    def recording(self, slug: str, recording: str) -> Iterator[bytes]:
        """One recording, in pieces."""
        pieces = _carried(
            lambda: list(self._inner.recording(through(str, slug), through(str, recording)))
        )
        return map(_bytes_through, pieces)

    def leave_out(self, slug: str, recording: str) -> SessionView:
        """Erase a recording."""
        return self._ask(self._inner.leave_out, slug, recording)

    def start_chosen(self, slug: str, fault: str | None, seed: str | None) -> SessionView:
        """Start a lab with this fault and seed."""
        return self._ask(self._staff.start_chosen, slug, fault, seed)

    def events(self, listener: Listener) -> None:
        """Tell `listener` of everything that happens."""
        self._inner.events(lambda event: listener(through(Event, event)))

    def terminal(self, slug: str, machine: str, command: Sequence[str] = ()) -> Terminal:
        """A terminal on a machine."""
        words = through(tuple[str, ...], tuple(command))
        return JsonTerminal(
            _carried(lambda: self._inner.terminal(through(str, slug), through(str, machine), words))
        )

    def _ask(self, verb: Callable[..., T], *arguments: object) -> T:
        kinds = _kinds(verb)
        names = [name for name in kinds if name != "return"]
        sent = [through(kinds[name], value) for name, value in zip(names, arguments, strict=True)]
        return through(kinds["return"], _carried(lambda: verb(*sent)))


def _kinds(verb: Callable[..., object]) -> Mapping[str, Any]:
    """What the port says about a verb: an adapter may not know more."""
    for port in (LabService, StaffService):
        declared = getattr(port, verb.__name__, None)
        if declared is not None:
            return get_type_hints(declared)
    raise AttributeError(verb.__name__)


def _carried(work: Callable[[], T]) -> T:
    try:
        return work()
    except BreakfixError as error:
        raise error_through(error) from None


def _bytes_through(data: bytes) -> bytes:
    return base64.b64decode(json.loads(json.dumps(base64.b64encode(data).decode())))
