"""The desk: a page in the browser, and machines that are shut down but intact when it stops."""

from __future__ import annotations

import json
import re
import select
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.wiring import checkout
from tests.engine.conftest import Environment, Process, Run, launch

pytestmark = pytest.mark.engine
LAB = "tiny"


@pytest.fixture
def notebook() -> Iterator[Path]:
    """The notebook of the test's lab in the workspace; it is no learner's, so it goes again."""
    page = checkout() / "workspace" / f"{LAB}.ipynb"
    yield page
    page.unlink(missing_ok=True)


@pytest.fixture
def desk(breakfix: Run, environment: Environment, notebook: Path) -> Iterator[Process]:
    """A desk on one lab, on a free port."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    assert breakfix("lab", "start", LAB).returncode == 0
    process = launch(environment, "desk", LAB, "--port", str(port), "--no-browser")
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert notebook.exists()
    breakfix("lab", "finish", LAB)


def address_of(desk: Process) -> tuple[str, list[str]]:
    """The address that the desk prints, and every line up to it."""
    assert desk.stdout is not None
    lines: list[str] = []
    end = time.monotonic() + 60
    while time.monotonic() < end and select.select([desk.stdout], [], [], 60)[0]:
        lines.append(desk.stdout.readline())
        if found := re.search(r"http://\S+", lines[-1]):
            return found[0], lines
        if not lines[-1]:
            break
    pytest.fail("".join(lines))


def news(address: str) -> str:
    """What JupyterLab does about news of its makers: `none` would ask the learner."""
    place, token = address.partition("/lab/tree/")[0], address.partition("token=")[2]
    setting = "@jupyterlab/apputils-extension:notification"
    where = f"{place}/lab/api/settings/{setting}?token={token}"
    with urllib.request.urlopen(where, timeout=30) as answer:  # noqa: S310 (http, see address_of)
        return str(json.load(answer)["schema"]["properties"]["fetchNews"]["default"])


def test_desk_opens_and_stops(desk: Process, breakfix: Run) -> None:
    """The page answers; Ctrl-C stops server and machines; a start goes on where the learner was."""
    breakfix("lab", "shell", LAB, "pc", "--", "sudo touch /root/mine; sync")
    address, lines = address_of(desk)
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (http, see address_of)
        page = answer.read().decode()
        assert answer.status == 200
    assert news(address) == "false"
    desk.send_signal(signal.SIGINT)
    rest, errors = desk.communicate(timeout=60)

    # One line about the browser and one with the address: nothing of Jupyter's own.
    assert len(lines) == 2
    assert "JupyterLab" in page
    assert (desk.returncode, errors) == (0, "")
    assert len(rest.splitlines()) == 1
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)  # noqa: S310 (the same)
    stopped = json.loads(breakfix("lab", "status", LAB, "--json").stdout)
    assert stopped["state"] == "stopped"
    assert [machine["power"] for machine in stopped["machines"]] == ["off"]
    assert breakfix("lab", "start", LAB).returncode == 0
    assert breakfix("lab", "shell", LAB, "pc", "--", "sudo ls /root/mine").returncode == 0
