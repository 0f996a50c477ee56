"""JupyterLab as a child: started quietly, its address printed, stopped with Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

import click

from breakfix.cli.output import screen
from breakfix.errors import DeskFailed
from breakfix.ports.children import python
from breakfix.server.lab_settings import own_choices
from breakfix.session import processes
from breakfix.wiring import state_folder


def serve(root: Path, address: str, port: int, settings: Path, *, browser: bool) -> int:
    """Serve the folder `root`, open on `address` (`lab/tree/lab.ipynb`), with JupyterLab's settings
    from the folder `settings`, until it ends or Ctrl-C is pressed. Returns its exit status."""
    # A stop from outside, or a terminal that is closed, is a Ctrl-C too: what the caller cleans up
    # must be cleaned up then as well.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    server = _start(root, address, port, settings, browser=browser and _has_browser())
    try:
        _announce(server, address)
        return server.wait()
    except KeyboardInterrupt:
        stop(server)
        return 0


def stop(server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """End the server, after at most so many seconds by force."""
    server.terminate()
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        # Now and then one has closed everything and then waits for a thread that nobody ends.
        server.kill()
        server.wait()


def failed() -> DeskFailed:
    """The error of a server that ended by itself; it names the file with its last words."""
    return DeskFailed("desk.failed", log=_log())


def _start(
    root: Path, address: str, port: int, settings: Path, *, browser: bool
) -> subprocess.Popen[bytes]:
    # The programs of this environment come first, so that `breakfix` works in its terminals.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [*python("jupyterlab"), f"--ServerApp.root_dir={root}",
               f"--port={port}", f"--LabApp.default_url=/{address}",
               f"--LabApp.app_settings_dir={settings}",
               f"--LabApp.user_settings_dir={own_choices(settings)}", "--LabApp.news_url=",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
               "--LabApp.extension_manager=readonly"]  # fmt: skip
    if _published():
        # Every address of the container; a browser may name only this computer, as without one.
        command += ["--ServerApp.ip=0.0.0.0", "--ServerApp.allow_remote_access=False"]
    if os.geteuid() == 0:
        command.append("--allow-root")
    if not browser:
        command.append("--no-browser")
        click.echo(screen().say("desk.no-browser"))
    with _log().open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=root,
            env=os.environ | {"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    processes.remember(state_folder(), server.pid)
    return server


def _log() -> Path:
    """Where JupyterLab's own lines go: on the screen they would hide the address."""
    state_folder().mkdir(parents=True, exist_ok=True)
    return state_folder() / "desk.log"


def _announce(server: subprocess.Popen[bytes], address: str) -> None:
    """Print the address once the server answers. The token is Jupyter's own."""
    from jupyter_server.serverapp import list_running_servers  # noqa: PLC0415 (slow to import)

    while server.poll() is None:
        for found in list_running_servers():
            if found["pid"] == server.pid:
                place = _published() or found["url"]
                whole = f"{place}{address}?token={found['token']}"
                click.echo(screen().say("desk.open", address=whole))
                return
        time.sleep(0.2)


def _published() -> str:
    """Where a browser finds a desk that runs in a container; empty for any other."""
    return os.environ.get("BREAKFIX_PUBLISHED", "")


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
