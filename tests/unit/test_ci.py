"""What CI runs refuses to be green where tests would be skipped."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from breakfix.wiring import checkout

TOOLS = ("node", "npm", "chromium")


def run(folder: Path, *tools: str) -> tuple[int, str, list[str]]:
    """CI where only these tools are: its status, what it says, and what it makes."""
    for name in ("bash", "dirname"):
        (folder / name).symlink_to(shutil.which(name) or name)
    for name in (*tools, "make"):
        (folder / name).write_text(f'#!/bin/sh\necho "$@" >>{folder}/told\n', "utf-8")
        (folder / name).chmod(0o755)
    done = subprocess.run(
        [checkout() / ".ci" / "run"], env={"PATH": str(folder)}, check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    return done.returncode, done.stderr, (folder / "told").read_text("utf-8").splitlines()


def test_ci_tests_where_everything_is(tmp_path: Path) -> None:
    """With Node and a browser the test command of the README is what counts."""
    assert run(tmp_path, *TOOLS) == (0, "", ["browser modules", "test"])


@pytest.mark.parametrize("missing", TOOLS)
def test_ci_fails_where_tests_would_be_skipped(tmp_path: Path, missing: str) -> None:
    """Without Node, npm or a browser CI fails before it tests, and names what is not there."""
    status, said, made = run(tmp_path, *(name for name in TOOLS if name != missing))
    assert (status, made) == (1, ["browser modules"])
    assert missing in said
