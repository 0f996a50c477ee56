"""Processes that outlive a command are written down and can be ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.session.processes import end_all, remember

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); " + SLEEP[13:]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that would sleep for a minute."""
    with subprocess.Popen([sys.executable, "-c", SLEEP]) as process:
        yield process
        process.kill()


def test_what_was_written_down_is_ended(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    """A process that was remembered is ended."""
    remember(tmp_path, sleeper.pid)

    end_all(tmp_path)

    assert sleeper.wait(timeout=5) == -15


def test_deaf_process_is_killed(tmp_path: Path) -> None:
    """A process that does not listen is killed after some patience."""
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        remember(tmp_path, process.pid)

        end_all(tmp_path, seconds=0.2)

        assert process.wait(timeout=5) == -9


def test_another_process_of_the_same_number_is_left_alone(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    """A number that went to another process since then is nobody of ours."""
    remember(tmp_path, sleeper.pid)
    (tmp_path / "processes" / str(sleeper.pid)).write_text("12345")

    end_all(tmp_path, seconds=0.2)

    assert sleeper.poll() is None


def test_nothing_written_down(tmp_path: Path) -> None:
    """Where nothing was written down there is nothing to end."""
    end_all(tmp_path / "none")

    assert list(tmp_path.iterdir()) == []
