"""`python -m breakfix.entry.replay_process`: a kept child that replays evidence for grades.

Kept, because starting Python, the libraries and the process of the checks costs a good part of what
a replay does. It reads one request a line (`ReplayRequest`) and answers in lines (`ReplayAnswer`).
When its input ends, or at a SIGTERM, it removes what it made, also in the middle of a replay.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from collections.abc import Callable
from typing import NoReturn

from breakfix.codec import to_json
from breakfix.errors import BreakfixError
from breakfix.model.replaying import ReplayAnswer
from breakfix.session.replaying import Replays
from breakfix.wiring import examiner, image_tag

_ENDING = (signal.SIGTERM, signal.SIGINT)
Requests = queue.SimpleQueue[str | None]


class _Ended(BaseException):
    """Whoever asks is gone, or said that this is the end."""


def main() -> None:
    """Answer until it is over; then leave nothing behind."""
    for number in _ENDING:
        signal.signal(number, _end)
    with contextlib.suppress(_Ended):
        requests, say = _pipes()
        replays = Replays(examiner, image_tag)
        while (line := requests.get()) is not None:
            replays.answer(line, say)
    _deaf()
    with contextlib.suppress(BreakfixError):
        examiner().replayer.leave()


def _end(*_: object) -> NoReturn:
    # Once is enough: a second signal must not reach whoever is tidying up.
    _deaf()
    raise _Ended


def _deaf() -> None:
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)


def _pipes() -> tuple[Requests, Callable[[ReplayAnswer], None]]:
    """What is asked, and how to answer; both away from where a library could print to."""
    asked, answers = os.dup(0), os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    requests: Requests = queue.SimpleQueue()
    threading.Thread(target=_read, args=(asked, requests), daemon=True).start()

    def say(answer: ReplayAnswer) -> None:
        try:
            answers.write(to_json(answer) + "\n")
            answers.flush()
        except OSError as error:
            raise _Ended from error

    return requests, say


def _read(asked: int, requests: Requests) -> None:
    with os.fdopen(asked, "r", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            requests.put(line)
    requests.put(None)
    # Whoever asked is gone: a replay that is busy is for nobody.
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
