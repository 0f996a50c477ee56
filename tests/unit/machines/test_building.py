"""The build context of an image."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from breakfix.machines.building import _context
from breakfix.machines.recipes import Recipe


@pytest.mark.parametrize("mask", [0o002, 0o022, 0o077])
def test_context_does_not_know_the_umask(tmp_path: Path, mask: int) -> None:
    """A clone made under any umask gives the same modes and owners, from the executable bit."""
    for name, mode in (("Dockerfile", 0o666), ("run", 0o777)):
        (tmp_path / name).write_text("FROM scratch\n")
        (tmp_path / name).chmod(mode & ~mask)

    with tarfile.open(fileobj=_context(Recipe("pc", tmp_path, None))) as archive:
        found = {member.name: (member.mode, member.uid, member.uname) for member in archive}

    assert found == {"Dockerfile": (0o644, 0, "root"), "run": (0o755, 0, "root")}
