"""Every lab is linted; a rotating fault of each is proven, and all of them in the slow run."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.content import Catalog, lint

ROOT = Path(__file__).parents[2] / "labs"
LABS = Catalog((ROOT,)).folders()


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """An installation of its own, cleaned away."""
    made = os.environ | {"BREAKFIX_INSTALLATION": f"test{secrets.token_hex(3)}"}
    made.pop("BREAKFIX_LABS", None)
    yield made
    run(made, "clean", "--yes")


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """The command line."""
    program = shutil.which("breakfix", path=str(Path(sys.executable).parent))
    assert program is not None
    return subprocess.run(
        [program, *words], env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def red(found: subprocess.CompletedProcess[str]) -> list[object]:
    """The stages that are not as they must be."""
    return [stage for stage in json.loads(found.stdout)["stages"] if stage["trouble"]]


@pytest.mark.parametrize("slug", LABS)
def test_lints_clean(slug: str) -> None:
    """A lab keeps every rule of the format."""
    assert str(lint(LABS[slug])) == ""


@pytest.mark.engine
@pytest.mark.parametrize("slug", LABS)
def test_todays_fault_is_proven(slug: str, environment: dict[str, str]) -> None:
    """One fault of each lab is proven; which one changes from day to day."""
    faults = sorted(path.name for path in (LABS[slug] / "staff" / "faults").iterdir())
    fault = faults[dt.datetime.now(tz=dt.UTC).toordinal() % len(faults)]

    assert red(run(environment, "prove", slug, "--fault", fault, "--json")) == []


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.parametrize("slug", LABS)
def test_whole_lab_is_proven(slug: str, environment: dict[str, str]) -> None:
    """Every fault of a lab is proven."""
    assert red(run(environment, "prove", slug, "--json")) == []
