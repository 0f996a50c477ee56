"""Building images: the context, and how far it is."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from breakfix.errors import EngineError
from breakfix.machines.building import _context, _follow, _told
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


def test_a_build_tells_its_steps(tmp_path: Path) -> None:
    """The steps of a recipe are told out of all; no other line is taken for one."""
    told: list[tuple[int, int]] = []
    lines: list[dict[str, object]] = [
        {"stream": "Step 1/3 : FROM base\n"},
        {"stream": " ---> Running in 0a1b\n"},
        {"stream": "Step 2/3 : RUN echo Step 9/9 : no\n"},
        {"stream": "see Step 7/8 : there\n"},
    ]
    _follow(Recipe("pc", tmp_path, None), lines, lambda done, of: told.append((done, of)))

    assert told == [(1, 3), (2, 3)]


def test_a_build_that_fails_tells_its_last_lines(tmp_path: Path) -> None:
    """What the recipe printed last comes with the error."""
    lines: list[dict[str, object]] = [{"stream": "no such package\n"}, {"error": "exit 100"}]
    with pytest.raises(EngineError) as caught:
        _follow(Recipe("pc", tmp_path, None), lines, lambda *_: None)
    assert "no such package" in str(caught.value.values["reason"])


def test_loading_tells_bytes() -> None:
    """Every piece of a pack is told with how far it is, and all bytes arrive."""
    told: list[tuple[int, int]] = []
    data = b"x" * (2 << 20) + b"end"
    pieces = _told(io.BytesIO(data), len(data), lambda done, of: told.append((done, of)))

    assert b"".join(pieces) == data
    assert told == [(1 << 20, len(data)), (2 << 20, len(data)), (len(data), len(data))]
