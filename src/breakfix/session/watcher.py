"""The watcher: one process an installation that keeps running sessions in shape.

A reboot inside a machine ends its container: somebody must start it and plug its cables. The
watcher does, wherever the command came from that started the session. It ends by itself when no
session runs any more, and any command may start it again.
"""

from __future__ import annotations

import time
from pathlib import Path

from filelock import FileLock, Timeout

from breakfix.errors import BreakfixError, EngineError, SessionBusy
from breakfix.session.service import LocalLabService

_IDLE_ROUNDS = 5
#: Rounds for which an engine may be away before the watcher gives up.
_MOST_MISSED = 600


def watch(service: LocalLabService, lock: Path, most_disk: int, pause: float = 1.0) -> None:
    """Tend all running sessions until there are none, or leave them to the watcher that is there.

    `most_disk` is how many bytes one machine may write to its disk before it is paused.
    """
    try:
        # The one that is there may be about to end: it did not see the session that just began.
        with FileLock(lock, timeout=pause):
            _rounds(service, lock, most_disk, pause)
    except Timeout:
        return


def _rounds(service: LocalLabService, lock: Path, most_disk: int, pause: float) -> None:
    idle = missed = 0
    while True:
        try:
            service.replayer.tidy()
            running = [_tended(service, slug, most_disk) for slug in service.store.slugs()]
        except EngineError:
            # It may be restarting, and the machines then need their watcher all the more.
            missed += 1
        else:
            idle, missed = 0 if any(running) else idle + 1, 0
        # `clean` removes the folder of the lock: then there is nothing left to watch.
        if idle >= _IDLE_ROUNDS or missed >= _MOST_MISSED or not lock.exists():
            return
        time.sleep(pause)


def _tended(service: LocalLabService, slug: str, most_disk: int) -> bool:
    try:
        return service.tend(slug, most_disk)
    except SessionBusy:
        return True
    except EngineError:
        raise
    except BreakfixError:
        # A machine did not come up, or an author is changing the lab: look again later.
        return False
