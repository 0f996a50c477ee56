"""A child process that is spoken to in lines, with a time limit on each answer."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence


class ChildGone(Exception):
    """The child has ended."""


class LineChild:
    """A child in a session of its own: a Ctrl-C in the terminal is ours alone to handle."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=environment,
            )
        except OSError as error:
            raise ChildGone from error
        self._rest = b""

    def send(self, line: str) -> None:
        """Say one line. Raises ChildGone."""
        pipe = self._process.stdin
        if pipe is None:
            raise ChildGone
        try:
            pipe.write(line.encode() + b"\n")
            pipe.flush()
        except (OSError, ValueError) as error:  # it has ended, or we hung up
            raise ChildGone from error

    def line(self, seconds: float) -> str:
        """The child's next line. Raises TimeoutError or ChildGone."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self._rest:
            self._rest += self._more(deadline)
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode(errors="replace")

    def hang_up(self) -> None:
        """Say that no more lines will come: a child of ours then ends by itself."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def end(self, seconds: float) -> None:
        """Hang up and wait until the child has ended; after `seconds` it is killed."""
        self.hang_up()
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """End the child and everything that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _more(self, deadline: float) -> bytes:
        pipe = self._process.stdout
        if pipe is None:
            raise ChildGone
        # poll, not select: a server may have more than 1024 files open.
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        data = os.read(pipe.fileno(), 65536)
        if not data:
            raise ChildGone
        return data
