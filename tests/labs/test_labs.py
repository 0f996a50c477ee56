"""Every lab is linted. Of each lab a rotating fault is proven; all faults of one that changed
since it was proven (proven.lock), and of all labs in the slow run."""

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
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import Standing
from breakfix.wiring import lab_standing

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


def todays_part(loaded: LoadedLab, found: Standing, day: int) -> list[str]:
    """What to ask of `prove`: all of a lab that changed, else the fault whose turn it is."""
    if found is Standing.UNPROVEN:
        return []
    faults = sorted(loaded.faults)
    return ["--fault", faults[day % len(faults)]]


@pytest.mark.engine
@pytest.mark.parametrize("slug", LABS)
def test_todays_part_is_proven(slug: str, environment: dict[str, str]) -> None:
    """A lab that changed is proven completely, of another the fault whose turn it is today."""
    loaded = Catalog((ROOT,)).load(slug)
    part = todays_part(loaded, lab_standing(loaded), dt.datetime.now(tz=dt.UTC).toordinal())

    assert red(run(environment, "prove", slug, *part, "--json")) == []


@pytest.mark.parametrize("slug", LABS)
def test_every_fault_has_its_turn(slug: str) -> None:
    """In as many days as there are faults each one was proven; a changed lab is proven whole."""
    loaded = Catalog((ROOT,)).load(slug)
    days = range(len(loaded.faults))

    assert {todays_part(loaded, Standing.PROVEN, day)[1] for day in days} == set(loaded.faults)
    assert todays_part(loaded, Standing.OLDER, 0) == todays_part(loaded, Standing.PROVEN, 0)
    assert todays_part(loaded, Standing.UNPROVEN, 0) == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", LABS)
def test_a_lab_that_ships_is_in_the_lock(slug: str) -> None:
    """Every lab was proven as it is, by the prover as it is: else learners do not see it."""
    assert lab_standing(Catalog((ROOT,)).load(slug)) is Standing.PROVEN


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.parametrize("slug", LABS)
def test_whole_lab_is_proven(slug: str, environment: dict[str, str]) -> None:
    """Every fault of a lab is proven."""
    assert red(run(environment, "prove", slug, "--json")) == []
