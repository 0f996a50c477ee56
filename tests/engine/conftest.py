"""Engine tests: a real engine, and an installation of their own that is cleaned away."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from breakfix.content import read_lab
from breakfix.content.desk import lab_notebook
from breakfix.messages import Language
from tests.engine.browsing import browser_page
from tests.engine.handed_in import HandedIn, hand_in_all
from tests.engine.second_engine import SecondEngine

LABS = Path(__file__).parents[1] / "data" / "labs"
Run = Callable[..., subprocess.CompletedProcess[str]]
Environment = dict[str, str]
Process = subprocess.Popen[str]


def command() -> str:
    """The program `breakfix` of this environment."""
    program = shutil.which("breakfix", path=str(Path(sys.executable).parent))
    assert program is not None
    return program


def runner(environment: Environment) -> Run:
    """The command line, as a person with these variables runs it."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command(), *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, timeout=300,
        )  # fmt: skip

    return run


def launch(environment: Environment, *words: str) -> Process:
    """The same, still running. A session of its own takes signals like one in a terminal."""
    return subprocess.Popen(
        [command(), *words], env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def interrupted(process: Process) -> tuple[int, str]:
    """Press Ctrl-C: the exit status, and what it said on standard error."""
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=180)
    return process.returncode, errors


def loading(process: Process) -> None:
    """Wait until the command loads what it needs, while a Ctrl-C waits; before that it is Python
    that starts, and not ours."""
    status = Path(f"/proc/{process.pid}/status")
    end = time.monotonic() + 60
    while not _waits(status, signal.SIGINT):
        assert time.monotonic() < end, "it was never seen loading"
        time.sleep(0.002)


def _waits(status: Path, number: int) -> bool:
    """Whether the process blocks this signal."""
    blocked = re.search(r"^SigBlk:\t(\w+)$", status.read_text("ascii"), re.MULTILINE)
    assert blocked is not None
    return bool(int(blocked[1], 16) >> (number - 1) & 1)


def tiny_desk(folder: Path, language: Language = Language.EN) -> Path:
    """A learner's folder with the notebook of the lab `tiny`, before anything was started."""
    root = folder / "desk"
    root.mkdir()
    values = {"PC_NAME": "pc-x", "CODE": "1234"}
    lab_notebook(root, read_lab(LABS / "m021-network" / "tiny"), language, values)
    return root


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a fresh browser."""
    with browser_page(1400, 950) as made:
        yield made


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Variables that give the tests an installation, labs and a state folder of their own."""
    return os.environ | {
        "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
        "BREAKFIX_LABS": str(LABS),
        "BREAKFIX_LANGUAGE": "en",
        "XDG_STATE_HOME": str(tmp_path_factory.mktemp("state")),
    }


@pytest.fixture(scope="session")
def breakfix(environment: Environment) -> Iterator[Run]:
    """The command line, as a person runs it; everything it made is removed at the end."""
    run = runner(environment)
    yield run
    cleaned = run("clean", "--yes")
    assert cleaned.returncode == 0, cleaned.stderr


@pytest.fixture(scope="session")
def handed_in(breakfix: Run, tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    """Work that was handed in, of one small lab: practice and an assignment."""
    return hand_in_all(breakfix, tmp_path_factory.mktemp("handed-in"))


@pytest.fixture(scope="session")
def pack(breakfix: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All images in one file, as for a classroom's USB stick."""
    target = tmp_path_factory.mktemp("pack") / "images.tar"
    packed = breakfix("image", "pack", str(target))
    assert packed.returncode == 0, packed.stderr
    return target


@pytest.fixture(scope="session")
def second_engine() -> Iterator[SecondEngine]:
    """An engine that a test may kill and whose disk it may fill; it has no images yet."""
    if os.geteuid() != 0 or shutil.which("dockerd") is None:
        pytest.skip("a second engine needs root and dockerd")
    # Not pytest's own folder: the path of a socket has little room.
    with tempfile.TemporaryDirectory(prefix="breakfix-") as folder:
        engine = SecondEngine(Path(folder))
        try:
            engine.start()
            yield engine
        finally:
            engine.remove()


@pytest.fixture(scope="session")
def second_environment(
    environment: Environment, second_engine: SecondEngine, tmp_path_factory: pytest.TempPathFactory
) -> Environment:
    """Variables of an installation that works on the second engine."""
    return environment | {
        "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
        "DOCKER_HOST": second_engine.host,
        "XDG_STATE_HOME": str(tmp_path_factory.mktemp("second-state")),
    }


@pytest.fixture(scope="session")
def second(
    second_environment: Environment, second_engine: SecondEngine, pack: Path
) -> Iterator[Run]:
    """The command line on the second engine, which got the images from the pack."""
    run = runner(second_environment)
    if run("image", "list", "--json").stdout.count('"built": false'):
        loaded = run("image", "load", str(pack))
        assert loaded.returncode == 0, loaded.stderr
    yield run
    second_engine.make_room()
    cleaned = run("clean", "--yes")
    assert cleaned.returncode == 0, cleaned.stderr
