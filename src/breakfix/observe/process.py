"""The parent's side: checks run in a kept child process, so that none can hang or end us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Self

from breakfix.codec import from_json, to_json
from breakfix.model.outcome import Outcome
from breakfix.observe.lines import ChildGone, LineChild
from breakfix.observe.request import READY, CheckRequest
from breakfix.observe.round import error_outcome


class CheckProcess:
    """A kept child process, started by `command` when it is first needed.

    `start_seconds` is how long it may take until it has opened the machines.
    """

    def __init__(self, command: Sequence[str], start_seconds: float = 60.0) -> None:
        self._command = list(command)
        self._start_seconds = start_seconds
        self._child: LineChild | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, request: CheckRequest, seconds_per_check: float) -> Iterator[Outcome]:
        """The outcome of each check, in order, as soon as it is known; one for every check."""
        left = dict(request.functions)
        while left:
            for outcome in self._round(replace(request, functions=dict(left)), seconds_per_check):
                del left[outcome.check]
                yield outcome

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _round(self, request: CheckRequest, seconds: float) -> Iterator[Outcome]:
        """Outcomes until the child fails; the check that it failed at is an error."""
        complete = False
        try:
            child = self._begin(request)
            if child is None:
                yield from (error_outcome(check, "observe.no-start") for check in request.functions)
                return
            for check in request.functions:
                try:
                    outcome = from_json(Outcome, child.line(seconds))
                except (TimeoutError, ChildGone, ValueError) as error:
                    yield _failure(check, error)
                    return
                yield outcome
            complete = True
        finally:
            # Also when the caller stops halfway: nobody may read the rest as a next round's.
            if not complete:
                self.close()

    def _begin(self, request: CheckRequest) -> LineChild | None:
        """The child, with the machines open; None when it does not get there."""
        try:
            return self._ask(request)
        except ChildGone:
            # A kept child may have died since the last round; a new one may not.
            self.close()
        except TimeoutError:
            return None
        try:
            return self._ask(request)
        except (ChildGone, TimeoutError):
            return None

    def _ask(self, request: CheckRequest) -> LineChild:
        if self._child is None:
            self._child = LineChild(self._command)
        self._child.send(to_json(request))
        if self._child.line(self._start_seconds) != READY:
            raise ChildGone
        return self._child


def _failure(check: str, error: Exception) -> Outcome:
    timed_out = isinstance(error, TimeoutError)
    return error_outcome(check, "observe.timed-out" if timed_out else "observe.died")
