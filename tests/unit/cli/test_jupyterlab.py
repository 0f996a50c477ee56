"""JupyterLab as a child of the desk."""

from __future__ import annotations

import signal
import subprocess
import sys

from breakfix.cli.jupyterlab import stop

_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); input()"


def test_a_server_that_does_not_end_is_ended() -> None:
    """The desk stops although its JupyterLab hangs when it is asked to."""
    with subprocess.Popen(
        [sys.executable, "-c", _DEAF], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"\n"
        stop(server, seconds=0.1)
        assert server.returncode == -signal.SIGKILL
