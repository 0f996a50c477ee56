"""Engine tests: a real engine, and an installation of their own that is cleaned away."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

LABS = Path(__file__).parents[1] / "data" / "labs"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables that give the tests an installation, labs and a state folder of their own."""
    return os.environ | {
        "BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}",
        "BREAKFIX_LABS": str(LABS),
        "BREAKFIX_LANGUAGE": "en",
        "XDG_STATE_HOME": str(tmp_path_factory.mktemp("state")),
    }


@pytest.fixture(scope="session")
def breakfix(environment: dict[str, str]) -> Iterator[Run]:
    """The command line, as a person runs it; everything it made is removed at the end."""
    program = shutil.which("breakfix", path=str(Path(sys.executable).parent))
    assert program is not None

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *words], env=environment, capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip

    yield run
    cleaned = run("clean", "--yes")
    assert cleaned.returncode == 0, cleaned.stderr
