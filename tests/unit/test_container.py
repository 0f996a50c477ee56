"""The first process of the desk's container: whose it is, and where everything stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from breakfix.entry.container import Owner, owner_of, prepared, settings
from breakfix.wiring import installation, state_folder, workspace

ME = Owner(os.getuid(), os.getgid())


@pytest.mark.parametrize(
    ("told", "owner"), [("", ME), ("1000:1001", Owner(1000, 1001)), ("1000", Owner(1000, 1000))]
)
def test_the_owner_is_that_of_the_folder_unless_told(
    tmp_path: Path, told: str, owner: Owner
) -> None:
    """The work is its folder's owner's; a user, or a user and a group, may be told instead."""
    assert owner_of(tmp_path, told) == owner


def test_a_work_keeps_its_id(tmp_path: Path) -> None:
    """A second container on the same work is the same installation; another work is another."""
    works = [tmp_path / "one", tmp_path / "two"]
    for work in works:
        work.mkdir()
        prepared(work, ME)
    ids = [settings(work)["BREAKFIX_INSTALLATION"] for work in (*works, works[0])]
    assert ids[0] == ids[2] != ids[1]


def test_everything_stays_in_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks, sessions and settings of such a desk lie in the folder of the work."""
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    prepared(tmp_path, ME)
    for name, value in settings(tmp_path).items():
        monkeypatch.setenv(name, value)
    installation.cache_clear()
    try:
        assert workspace() == tmp_path / "notebooks"
        assert state_folder().is_relative_to(tmp_path / ".breakfix")
    finally:
        monkeypatch.undo()
        installation.cache_clear()
