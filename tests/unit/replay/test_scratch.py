"""What lives no longer than a process is removed when the process was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from breakfix.errors import DiskFull
from breakfix.ports.passing import born, orphaned, passing
from breakfix.replay.scratch import Scratch

DIES = """
import os, pathlib, signal, sys
from breakfix.replay.scratch import Scratch
with Scratch(pathlib.Path(sys.argv[1])).use() as made:
    (made / "half").write_text("x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_folder_is_gone_afterwards(tmp_path: Path) -> None:
    """A scratch folder lasts as long as the work, also when that goes wrong."""

    def work() -> None:
        with Scratch(tmp_path).use() as made:
            (made / "file").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """The next one removes what a killed process left, and nothing of one that lives."""
    subprocess.run([sys.executable, "-c", DIES, str(tmp_path)], check=False)
    left = list(tmp_path.iterdir())
    with Scratch(tmp_path).use() as mine:
        Scratch(tmp_path).tidy()
        kept = list(tmp_path.iterdir())

    assert len(left) == 1
    assert kept == [mine]


def test_numbers_of_processes_are_used_again() -> None:
    """A name made by an earlier process with the same number is an orphan; ours is not."""
    mine = passing("replay")
    earlier = mine.replace(f"-{born(os.getpid())}-", "-1-")

    assert not orphaned(mine)
    assert orphaned(earlier)


@pytest.mark.parametrize("name", ["tiny", "replay-after-work", "kept-1a2b3c", "replay-x-1-aa"])
def test_other_names_are_left_alone(name: str) -> None:
    """A learner's session, or machines that were left open, are nobody's orphans."""
    assert not orphaned(name)


def test_no_room_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder can be made for want of room, that is told."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(DiskFull), Scratch(tmp_path).use():
        pass
