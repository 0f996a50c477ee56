"""The prover on real machines: a good lab is green."""

from __future__ import annotations

import json

import pytest

from tests.engine.conftest import Run

pytestmark = pytest.mark.engine


def test_good_lab_is_green(breakfix: Run) -> None:
    """A small sound lab passes every stage, and its summary counts them."""
    found = breakfix("prove", "tiny", "--json")
    report = json.loads(found.stdout)

    red = [stage for stage in report["stages"] if stage["trouble"]]
    assert red == []
    assert report["summary"]["faults"] == 1
    assert report["summary"]["rejected"] == 2
