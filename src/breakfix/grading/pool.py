"""Kept children that replay: one request each, bounded in time, and replaced when they die."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from breakfix.codec import from_json, to_json
from breakfix.content.text import sentence
from breakfix.grading.folder import CourseFolder
from breakfix.model.replaying import ReplayAnswer, ReplayRequest, Trouble
from breakfix.observe.lines import ChildGone, LineChild
from breakfix.ports.children import python

#: A child is given this long to remove its machines when all is over.
_GRACE = 30.0
_COMMAND = tuple(python("breakfix.entry.replay_process"))
Tell = Callable[[ReplayAnswer], None]


class PoolClosed(Exception):
    """It is over: nobody waits for this answer any more."""


class Pool:
    """Children started by `command`, as many as are asked at the same time. One answer may take
    `seconds`."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        seconds: float,
        grace: float = _GRACE,
    ) -> None:
        self._command, self._environment = list(command), dict(environment)
        self._seconds, self._grace = seconds, grace
        self._lock = threading.Lock()
        self._idle: list[LineChild] = []
        self._busy: set[LineChild] = set()
        self._closed = self._lost = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, request: ReplayRequest, tell: Tell = lambda _: None) -> ReplayAnswer:
        """The answer to `request`; a child that dies or hangs is an answer too. Raises PoolClosed.

        `tell` hears each step. Any number of threads may ask.
        """
        child = None
        try:
            child = self._take()
            answer = self._last_line(child, request, tell)
        except (ChildGone, TimeoutError, ValueError) as error:
            self._drop(child)
            if self._closed:
                raise PoolClosed from error
            return _died(error, self._seconds)
        except BaseException:
            self._drop(child)
            raise
        self._give_back(child)
        return answer

    def close(self) -> None:
        """End all children; each first removes what it has on the engine."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = list(self._busy)
        end = time.monotonic() + self._grace
        for child in (*idle, *busy):
            child.hang_up()
        for child in idle:
            child.end(max(0.1, end - time.monotonic()))
        self._wait_for_busy(end)
        if self._lost:
            # What a killed child had on the engine is removed by any other that ends.
            self._lost = False
            LineChild(self._command, self._environment).end(self._grace)

    def _last_line(self, child: LineChild, request: ReplayRequest, tell: Tell) -> ReplayAnswer:
        end = time.monotonic() + self._seconds
        child.send(to_json(request))
        while True:
            answer = from_json(ReplayAnswer, child.line(max(0.0, end - time.monotonic())))
            if answer.final:
                return answer
            tell(answer)

    def _take(self) -> LineChild:
        with self._lock:
            if self._closed:
                raise PoolClosed
            child = self._idle.pop() if self._idle else LineChild(self._command, self._environment)
            self._busy.add(child)
            return child

    def _give_back(self, child: LineChild) -> None:
        with self._lock:
            self._busy.discard(child)
            if not self._closed:
                self._idle.append(child)
                return
        child.end(self._grace)

    def _drop(self, child: LineChild | None) -> None:
        if child is None:
            return
        if self._closed:
            child.end(self._grace)
        else:
            child.kill()
            self._lost = True
        with self._lock:
            self._busy.discard(child)

    def _wait_for_busy(self, end: float) -> None:
        """Whoever asked ends its own child; one that does not end in time is killed here."""
        while self._busy and time.monotonic() < end:
            time.sleep(0.05)
        with self._lock:
            late = list(self._busy)
        for child in late:
            self._lost = True
            child.kill()


def pool_of(folder: CourseFolder) -> Pool:
    """Children that replay with the labs and images of a course."""
    return Pool(_COMMAND, environment_of(folder), replay_seconds())


def environment_of(folder: CourseFolder) -> dict[str, str]:
    """The environment in which labs and image recipes are the course's own, never newer ones."""
    return os.environ | {
        "BREAKFIX_LABS": str(folder.labs),
        "BREAKFIX_IMAGES": str(folder.images),
        "BREAKFIX_AUTHOR": "0",
    }


def replay_seconds() -> float:
    """How many seconds one replay for a grade may take."""
    return float(os.environ.get("BREAKFIX_REPLAY_SECONDS") or 300)


def _died(error: Exception, seconds: float) -> ReplayAnswer:
    late = isinstance(error, TimeoutError)
    key = "grading.timed-out" if late else "grading.child-died"
    values = {"seconds": f"{seconds:g}"} if late else {}
    return ReplayAnswer(
        error=Trouble(key, values, sentence(key, **values), ours=True, lasting=False)
    )
