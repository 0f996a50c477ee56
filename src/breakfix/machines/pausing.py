"""Holding a machine still."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from docker.errors import APIError
from docker.models.containers import Container

_TRIES = 8
_PAUSE = 0.25


@contextmanager
def standing_still(container: Container) -> Iterator[None]:
    """A consistent picture: a machine that runs is paused meanwhile."""
    container.reload()
    paused = container.status == "running" and pause(container)
    try:
        yield
    finally:
        if paused:
            container.unpause()


def pause(container: Container) -> bool:
    """Pause a machine; False when it went off meanwhile.

    The kernel may be unable to freeze a machine that is busy starting processes (seen on cgroup
    v1 under load: "unable to freeze"); a moment later it can.
    """
    for left in reversed(range(_TRIES)):
        try:
            container.pause()
        except APIError as error:
            if "is not running" in str(error):
                return False
            if not left or "unable to freeze" not in str(error):
                raise
            time.sleep(_PAUSE)
        else:
            break
    return True
