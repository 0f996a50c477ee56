"""Flow control: no more bytes are on the way to a browser than it can take."""

from __future__ import annotations

import threading

#: Bytes on the way at which a shell is no longer read, and at which it is read again.
HIGH, LOW = 256 << 10, 64 << 10
#: Bytes that a shell without a page may print before it has to wait for one.
ALONE = 4 << 20


class Credit:
    """How many bytes are on the way. The shell's thread spends; the browser's acks pay back.

    What is spent must be counted before it can be shown: an ack that comes first would be lost, and
    the shell would stand still once enough of them are.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._away = 0
        self._high = ALONE
        self._closed = False

    def spend(self, count: int) -> None:
        """`count` bytes go out from now on."""
        with self._changed:
            self._away += count

    def wait(self) -> None:
        """Wait while too many bytes are on the way."""
        with self._changed:
            if self._away >= self._high:
                self._changed.wait_for(lambda: self._closed or self._away <= min(LOW, self._high))

    def pay_back(self, count: int) -> None:
        """The browser has taken `count` bytes."""
        with self._changed:
            self._away = max(0, self._away - max(0, count))
            self._changed.notify_all()

    def begin(self, *, watched: bool, away: int = 0) -> None:
        """A page comes, with `away` bytes on the way to it, or goes."""
        with self._changed:
            self._high = HIGH if watched else ALONE
            self._away = away
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody has to wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
