"""Starting an engine where one was killed before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from breakfix.machines import installing


@pytest.mark.parametrize("content", ["", "no number", "999999999"])
def test_a_number_of_nobody_is_dead(tmp_path: Path, content: str) -> None:
    """A file that a killed daemon left, or that is damaged, keeps no new daemon from starting."""
    file = tmp_path / "docker.pid"
    file.write_text(content)

    assert not installing._daemon_of(file)


def test_a_number_of_another_program_is_dead(tmp_path: Path) -> None:
    """Numbers are used again: a process that is no daemon does not count."""
    file = tmp_path / "docker.pid"
    file.write_text(str(os.getpid()))

    assert not installing._daemon_of(file)


def test_a_daemon_that_lives_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of a running daemon stays."""
    own = Path(f"/proc/{os.getpid()}/comm").read_text("utf-8").strip()
    monkeypatch.setattr(installing, "_DAEMONS", {own})
    file = tmp_path / "docker.pid"
    file.write_text(str(os.getpid()))

    assert installing._daemon_of(file)
