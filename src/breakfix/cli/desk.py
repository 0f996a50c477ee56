"""`breakfix desk`: JupyterLab on the start notebook, or on one lab's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

import click

from breakfix.cli.doctor import setup
from breakfix.cli.output import screen
from breakfix.content.desk import lab_notebook, start_notebook
from breakfix.content.loaded import LoadedLab
from breakfix.errors import BreakfixError, DeskFailed
from breakfix.messages import Language
from breakfix.model.parameter import draw_all
from breakfix.model.session import State
from breakfix.session import processes
from breakfix.session.store import SessionStore
from breakfix.wiring import catalog, checkout, lab_service, shown_labs, state_folder


@click.command()
@click.argument("slug", required=False)
@click.option("--port", default=8888, show_default=True, help="Where JupyterLab listens.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_context
def desk(context: click.Context, slug: str | None, port: int, no_browser: bool) -> None:  # noqa: FBT001
    """Open the desk in the browser, on the start page or on one lab.

    Ctrl-C stops it; the machines are shut down and keep everything that was changed on them.

    Example: breakfix desk no-internet
    """
    context.invoke(setup)
    page = _page(slug)
    # A stop from outside, or a terminal that is closed, is a Ctrl-C too: the machines must be
    # shut down.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    server = _serve(page, port, browser=not no_browser and _has_browser())
    try:
        _announce(server, page)
        status = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        status = 0
    _stop_machines()
    if status:
        raise DeskFailed("desk.failed", log=_log())


def _page(slug: str | None) -> Path:
    known, shown, folder = catalog(), screen(), checkout() / "workspace"
    if slug is not None:
        return _lab_page(folder, known.load(slug), shown.language)
    pages = {_lab_page(folder, lab, shown.language).name: lab for lab in shown_labs()}
    return start_notebook(folder, pages, shown.language)


def _lab_page(folder: Path, loaded: LoadedLab, language: Language) -> Path:
    seed = SessionStore(state_folder() / "sessions").seed(loaded.slug)
    return lab_notebook(folder, loaded, language, draw_all(loaded.lab.parameters, seed))


def _serve(page: Path, port: int, *, browser: bool) -> subprocess.Popen[bytes]:
    # The programs of this environment come first, so that `breakfix` works in its terminals.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={page.parent}",
               f"--port={port}", f"--LabApp.default_url=/lab/tree/{page.name}",
               f"--LabApp.app_settings_dir={_settings()}", "--LabApp.news_url=",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
               "--LabApp.extension_manager=readonly"]  # fmt: skip
    if os.geteuid() == 0:
        command.append("--allow-root")
    if not browser:
        command.append("--no-browser")
        click.echo(screen().say("desk.no-browser"))
    with _log().open("wb") as log:
        server = subprocess.Popen(
            command,
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


def _settings() -> Path:
    """JupyterLab's settings for a learner: it does not ask whether to show news of its makers."""
    folder = state_folder() / "jupyterlab"
    folder.mkdir(parents=True, exist_ok=True)
    quiet = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
    (folder / "overrides.json").write_text(json.dumps(quiet), "utf-8")
    return folder


def _announce(server: subprocess.Popen[bytes], page: Path) -> None:
    """Print the address once the server answers. The token is Jupyter's own."""
    from jupyter_server.serverapp import list_running_servers  # noqa: PLC0415 (slow to import)

    while server.poll() is None:
        for found in list_running_servers():
            if found["pid"] == server.pid:
                address = f"{found['url']}lab/tree/{page.name}?token={found['token']}"
                click.echo(screen().say("desk.open", address=address))
                return
        time.sleep(0.2)


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _stop_machines() -> None:
    service, told = lab_service(), False
    for slug in service.store.slugs():
        record = service.store.journal(slug).record()
        if record is None or record.state is not State.RUNNING:
            continue
        if not told:
            click.echo(screen().say("desk.stopping"))
            told = True
        try:
            service.stop(slug)
        except BreakfixError as error:
            # One lab that cannot be stopped must not keep the others running.
            click.echo(screen().say(error.key, **error.values), err=True)
