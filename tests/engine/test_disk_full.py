"""No room on the disk: a clear sentence, nothing is lost, and room makes the command work."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Environment, Run, runner
from tests.engine.second_engine import SecondEngine

pytestmark = pytest.mark.engine
LAB = "tiny"
FULL = "disk is full"


@pytest.fixture
def small_state(tmp_path: Path) -> Iterator[Path]:
    """A state folder on a disk of its own, of one MiB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "test", str(tmp_path)], check=True)
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all the room that is left."""
    filler = folder / "filler"
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, shutil.disk_usage(folder).free)
    return filler


def test_load_on_a_full_disk(
    second_environment: Environment, second_engine: SecondEngine, pack: Path
) -> None:
    """Images that do not fit are refused in a sentence; with room the same command works."""
    run = runner(second_environment)
    second_engine.fill(left=40 << 20)
    refused = run("image", "load", str(pack))
    second_engine.make_room()
    loaded = run("image", "load", str(pack))

    assert (refused.returncode, loaded.returncode) == (2, 0)
    assert FULL in refused.stderr


def test_start_on_a_full_disk(second: Run, second_engine: SecondEngine) -> None:
    """A lab that finds no room says so; with room the same command starts it."""
    second_engine.fill()
    refused = second("lab", "start", LAB)
    second_engine.make_room()
    started = second("lab", "start", LAB)

    assert refused.returncode == 2
    assert FULL in refused.stderr
    assert started.returncode == 0, started.stderr
    assert second("lab", "finish", LAB).returncode == 0


def test_pack_on_a_full_disk(breakfix: Run, small_state: Path) -> None:
    """A pack that does not fit is told, and no half pack stays."""
    refused = breakfix("image", "pack", str(small_state / "images.tar"))

    assert refused.returncode == 2
    assert FULL in refused.stderr
    assert list(small_state.iterdir()) == []


def test_state_on_a_full_disk(environment: Environment, small_state: Path) -> None:
    """A verb that cannot write down what happened says so, and earlier events stay."""
    run = runner(environment | {"XDG_STATE_HOME": str(small_state)})
    assert run("lab", "start", LAB).returncode == 0
    journal = next(small_state.rglob("journal.jsonl"))
    before = journal.read_bytes()
    # Up to the last byte of the page that the journal is in.
    journal.write_bytes(before + b" " * (4095 - len(before) % 4096) + b"\n")
    before, filler = journal.read_bytes(), fill(small_state)

    refused = run("lab", "hint", LAB)
    kept = journal.read_bytes()
    filler.unlink()
    shown = run("lab", "hint", LAB, "--json")

    assert refused.returncode == 2
    assert FULL in refused.stderr
    assert kept == before
    assert '"number": 1' in shown.stdout
    assert run("lab", "finish", LAB).returncode == 0
