"""A full disk, told as what it is."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from breakfix.errors import DiskFull

_FULL = {errno.ENOSPC, errno.EDQUOT}


def is_full(error: OSError) -> bool:
    """Whether there was no room."""
    return error.errno in _FULL


@contextmanager
def disk_full_told() -> Iterator[None]:
    """Raise DiskFull where the system says that there is no room."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise DiskFull("engine.disk-full") from error
        raise
