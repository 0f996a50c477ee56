"""The child's side: read a request, answer with outcomes, one a line."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from breakfix.codec import from_json, to_json
from breakfix.errors import ContentError
from breakfix.model.outcome import Outcome
from breakfix.observe.machines import Machines, MakeObserver, Observers
from breakfix.observe.request import READY, CheckRequest
from breakfix.observe.round import CheckFunction, error_outcome, load_checks, run_check


def serve(make_observer: MakeObserver) -> None:
    """Answer requests until the parent hangs up, which ends this process at once."""
    requests, answers = _take_pipes()
    observers = Observers(make_observer)
    while True:
        request = from_json(CheckRequest, requests.get())
        for line in _answer(request, observers):
            print(line, file=answers, flush=True)


def _answer(request: CheckRequest, observers: Observers) -> Iterator[str]:
    observers.keep_only(request.machines.values())
    machines = Machines(request.machines, observers)
    machines.sync_names()
    yield READY
    yield from map(to_json, _outcomes(request, machines))


def _outcomes(request: CheckRequest, machines: Machines) -> Iterator[Outcome]:
    functions: Mapping[str, CheckFunction] = {}
    try:
        functions = load_checks(Path(request.checks))
    except ContentError as error:
        for check in request.functions:
            yield error_outcome(check, error.key, **error.values)
        return
    for check, name in request.functions.items():
        yield run_check(check, functions.get(name), machines, request.values)


def _take_pipes() -> tuple[queue.SimpleQueue[str], TextIO]:
    """The pipes to the parent, moved away from where a check could print to or read from."""
    lines = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines, requests), daemon=True).start()
    return requests, answers


def _read(lines: TextIO, requests: queue.SimpleQueue[str]) -> None:
    for line in lines:
        requests.put(line)
    # The parent is gone or has hung up: also a check that hangs must end now.
    os._exit(0)
