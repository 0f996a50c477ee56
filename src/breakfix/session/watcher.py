"""The watcher: one process an installation that keeps running sessions in shape.

A reboot inside a machine ends its container: somebody must start it and plug its cables. The
watcher does, wherever the command came from that started the session. It ends by itself when no
session runs any more, and any command may start it again.
"""

from __future__ import annotations

import time
from pathlib import Path

from filelock import FileLock, Timeout

from breakfix.errors import BreakfixError, SessionBusy
from breakfix.session.service import LocalLabService

#: Bytes that one machine may write to its disk before it is paused.
MOST_DISK = 2 << 30
_IDLE_ROUNDS = 5


def watch(service: LocalLabService, lock: Path, pause: float = 1.0) -> None:
    """Tend all running sessions until there are none; at once when another watcher is there."""
    try:
        with FileLock(lock, timeout=0):
            _rounds(service, lock, pause)
    except Timeout:
        return


def _rounds(service: LocalLabService, lock: Path, pause: float) -> None:
    idle = 0
    # `clean` removes the folder of the lock: then there is nothing left to watch.
    while idle < _IDLE_ROUNDS and lock.exists():
        running = [_tended(service, slug) for slug in service.store.slugs()]
        idle = 0 if any(running) else idle + 1
        time.sleep(pause)


def _tended(service: LocalLabService, slug: str) -> bool:
    try:
        return service.tend(slug, MOST_DISK)
    except SessionBusy:
        return True
    except BreakfixError:
        # The engine may be restarting, or an author is changing the lab: look again later.
        return False
