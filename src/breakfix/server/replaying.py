"""The last screenfuls of a shell, for a page that comes back."""

from __future__ import annotations

import re
from collections import deque

#: Bytes that are kept.
MOST = 200_000
#: What a program asks of a terminal. A terminal that gets it again would answer again, and the
#: shell would read that as typing.
_QUESTIONS = re.compile(
    rb"\x1b\[[?>=]?[\d;]*[cn]"  # which terminal are you; where is the cursor
    rb"|\x1b\[>[\d;]*q"  # which version
    rb"|\x1b\[\?[\d;]*\$p"  # is this mode on
    rb"|\x1b\[[\d;]*[tx]"  # how large is the window
    rb"|\x1b\]\d+;[^\x07\x1b]*\?(?:\x07|\x1b\\)"  # which colour is this
    rb"|\x1bP[$+]q[^\x1b]*\x1b\\"  # what is set
    rb"|\x05"  # who are you
)


class Ring:
    """The last bytes that a shell printed."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._cut = False

    def add(self, data: bytes) -> None:
        """Keep `data`, and forget the oldest."""
        self._chunks.append(data)
        self._size += len(data)
        while self._size > self._most:
            self._size -= len(self._chunks.popleft())
            self._cut = True

    def replay(self) -> bytes:
        """What to print again: whole lines where the beginning was forgotten, and no questions."""
        data = b"".join(self._chunks)
        if self._cut:
            data = data[data.find(b"\n") + 1 :]
        return _QUESTIONS.sub(b"", data)
