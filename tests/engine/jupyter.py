"""A Jupyter server of its own process, as learners have one."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from breakfix.cli.jupyterlab import stop
from tests.panel_browser import TOKEN, Browser

OURS = ("breakfix.entry.jupyter", "jupyter_server_terminals")


@dataclass
class Jupyter(Browser):
    """A server that serves `root`; its words go to `log`. Another `python` has other libraries, of
    which `extensions` names those that the server loads."""

    root: Path
    log: Path
    environment: dict[str, str]
    module: str = "jupyter_server"
    port: int = 0
    python: str = sys.executable
    extensions: tuple[str, ...] = OURS
    options: tuple[str, ...] = ()

    def start(self) -> None:
        """Start it, and wait until it answers; again at the same port, as at home."""
        if not self.port:
            with socket.socket() as asking:
                asking.bind(("127.0.0.1", 0))
                self.port = asking.getsockname()[1]
        loaded = dict.fromkeys(self.extensions, True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.python, "-m", self.module, f"--ServerApp.root_dir={self.root}",
                 f"--port={self.port}", "--ServerApp.port_retries=0", "--no-browser",
                 f"--IdentityProvider.token={TOKEN}", "--allow-root",
                 f"--ServerApp.jpserver_extensions={loaded}", *self.options],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + 180
        while not self._answers():
            assert time.monotonic() < end, self.log.read_text("utf-8")
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it as the desk does."""
        stop(self.process)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait(30)

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "api/words")[0] == 200
        except OSError:
            return False
