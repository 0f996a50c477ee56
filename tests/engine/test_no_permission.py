"""A user who may not speak to the engine is told what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.conftest import Environment, command

pytestmark = pytest.mark.engine
NOBODY = 65534


def readable(path: Path) -> bool:
    """Whether everybody may look into a file, and into every folder above it."""
    return all(part.stat().st_mode & 0o5 for part in [path, *path.parents])


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user needs root")
@pytest.mark.skipif(not readable(Path(sys.executable)), reason="others cannot read this clone")
def test_stranger_is_told(environment: Environment, tmp_path: Path) -> None:
    """Whoever is not in the group of the engine's socket gets one sentence with the way in."""
    refused = subprocess.run(
        [command(), "lab", "start", "tiny"],
        env=environment | {"HOME": str(tmp_path)},
        user=NOBODY, group=NOBODY, extra_groups=[],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert refused.returncode == 2
    assert "does not let you in" in refused.stderr
    assert "usermod -aG docker" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
