"""Results that are kept for as long as a folder stays the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.ports import kept
from breakfix.ports.kept import Kept


class Counting:
    """Work that counts how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, _: Path) -> int:
        """How often, this time included."""
        self.done += 1
        return self.done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that nobody has touched for a while."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_text("one")
    (tmp_path / "other").write_text("other")
    # Long ago: what is written within one moment of a coarse clock has the same time otherwise.
    os.utime(tmp_path / "deep" / "file", (1000, 1000))
    return tmp_path


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a minute later than the files are old."""
    monkeypatch.setattr("breakfix.ports.kept.time", lambda: 60 + time.monotonic() - BEGAN + NOW)


NOW, BEGAN = time.time(), time.monotonic()


def _written(folder: Path) -> None:
    (folder / "deep" / "file").write_text("two")


def _touched(folder: Path) -> None:
    os.utime(folder / "deep" / "file", (1, 1))


def _renamed(folder: Path) -> None:
    (folder / "deep" / "file").rename(folder / "deep" / "name")


def _added(folder: Path) -> None:
    (folder / "deep" / "new").touch()


def _removed(folder: Path) -> None:
    (folder / "other").unlink()


def _replaced(folder: Path) -> None:
    made = folder.parent / f"{folder.name}-made"
    made.write_text("one")
    made.replace(folder / "deep" / "file")


def _made_executable(folder: Path) -> None:
    (folder / "other").chmod(0o700)


def test_what_did_not_change_is_worked_out_once(folder: Path) -> None:
    """Asked for again, the result is the one of before; another folder has its own."""
    work = Counting()
    found = Kept(work)
    assert [found.of(folder), found.of(folder), found.of(folder / "deep")] == [1, 1, 2]


@pytest.mark.parametrize(
    "change", [_written, _touched, _renamed, _added, _removed, _replaced, _made_executable]
)
def test_whatever_changes_is_worked_out_anew(folder: Path, change: Callable[[Path], None]) -> None:
    """Any change below the folder ends what was kept."""
    found = Kept(Counting())
    found.of(folder)
    change(folder)
    assert found.of(folder) == 2


def test_what_changed_just_now_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second change at the same moment of a coarse clock would not be seen, so nothing is kept
    before that moment has gone by."""
    monkeypatch.setattr(
        "breakfix.ports.kept.time", lambda: (folder / "other").stat().st_ctime + 0.5
    )
    found = Kept(Counting())
    assert [found.of(folder), found.of(folder)] == [1, 2]


def test_a_failure_is_not_kept(folder: Path) -> None:
    """Work that failed is tried again."""
    tries: list[Path] = []

    def work(of: Path) -> str:
        tries.append(of)
        if len(tries) == 1:
            raise ValueError("at first")
        return "made"

    found = Kept(work)
    with pytest.raises(ValueError, match="at first"):
        found.of(folder)
    assert found.of(folder) == "made"


def test_only_so_much_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that was worked out first makes room for a new one."""
    monkeypatch.setattr(kept, "_MOST", 2)
    work = Counting()
    found = Kept(work)
    for name in ("a", "b", "c", "b", "a"):
        (tmp_path / name).mkdir(exist_ok=True)
        found.of(tmp_path / name)
    assert work.done == 4
