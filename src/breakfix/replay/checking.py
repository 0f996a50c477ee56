"""One round of checks on a lab's machines, live or in replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from breakfix.content.loaded import LoadedLab
from breakfix.errors import BreakfixError, EngineAbsent, EngineError, MachineError, NotObservable
from breakfix.model.check import Check, Sight
from breakfix.model.outcome import Outcome, Result, failed, passed
from breakfix.ports.runtime import MachineKey


class Looker(Protocol):
    """Runs checks in the kept child process. `observers` maps a machine to its observer."""

    def __call__(
        self,
        loaded: LoadedLab,
        checks: Sequence[Check],
        observers: Mapping[str, str],
        values: Mapping[str, str],
    ) -> Iterable[Outcome]:
        """One outcome for each check, as they come."""


@dataclass(frozen=True)
class Round:
    """Everything that one round of checks needs.

    `session` is the name under which the engine knows the machines; `handed_over` says whether the
    second line accepted a handover.
    """

    loaded: LoadedLab
    session: str
    fault: str
    values: Mapping[str, str]
    handed_over: bool
    find_observer: Callable[[MachineKey], str]
    look: Looker

    def outcomes(self, tell: Callable[[Outcome], None]) -> list[Outcome]:
        """All outcomes in the order of the lab; `tell` hears each as it comes."""
        checks = self.loaded.lab.checks_for(self.fault or None)
        looking = [check for check in checks if check.sight is not Sight.JOURNAL]
        found = {check.id: self._by_journal() for check in checks if check not in looking}
        observers, reasons = self._observers()
        for seen in self.look(self.loaded, looking, observers, self.values):
            found[seen.check] = outcome = _with_reason(seen, reasons)
            tell(outcome)
        return [_named(found.get(check.id) or _lost(), check.id) for check in checks]

    def _by_journal(self) -> Outcome:
        """The one statement that the journal decides: handed over with the right proof."""
        return passed() if self.handed_over else failed()

    def _observers(self) -> tuple[dict[str, str], dict[str, BreakfixError]]:
        """The observer of each machine, or why it has none."""
        found: dict[str, str] = {}
        reasons: dict[str, BreakfixError] = {}
        for name in self.loaded.lab.machines:
            try:
                found[name] = self.find_observer(MachineKey(self.session, name))
            except EngineAbsent:
                # Nothing can be seen at all: that is no outcome of a check.
                raise
            except (NotObservable, EngineError, MachineError) as error:
                # The checks that need this machine come to `error`; the others still speak.
                reasons[name] = error
        return found, reasons


def _named(outcome: Outcome, check: str) -> Outcome:
    return Outcome(check, outcome.result, outcome.case, outcome.values)


def _with_reason(outcome: Outcome, reasons: Mapping[str, BreakfixError]) -> Outcome:
    """The child only knows that it was given no observer; here is known why."""
    reason = reasons.get(outcome.values.get("machine", ""))
    if outcome.case != "observe.machine-off" or reason is None:
        return outcome
    values = {name: str(value) for name, value in reason.values.items()}
    return Outcome(outcome.check, Result.ERROR, reason.key, values)


def _lost() -> Outcome:
    return Outcome("", Result.ERROR, "observe.no-answer")
