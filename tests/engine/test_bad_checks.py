"""Checks that hang, raise, print or end their process: each is an error, and the others speak."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.engine.conftest import Environment, Run, runner

pytestmark = pytest.mark.engine
LAB = "bad-checks"


@pytest.fixture(scope="module")
def report(breakfix: Run, environment: Environment) -> Iterator[dict[str, tuple[str, str]]]:
    """Result and sentence of each check; one that hangs gets five seconds."""
    assert breakfix("lab", "start", LAB).returncode == 0
    run = runner(environment | {"BREAKFIX_CHECK_SECONDS": "5"})
    found = run("lab", "check", LAB, "--json")
    assert (found.returncode, found.stderr) == (2, "")
    lines = json.loads(found.stdout)["lines"]
    yield {line["check"]: (line["result"], line["text"]["en"]) for line in lines}
    breakfix("lab", "finish", LAB)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("hangs", "There was no answer in time"),
        ("ends", "ended unexpectedly"),
        ("raises", "KeyError"),
    ],
)
def test_bad_check_is_an_error(report: dict[str, tuple[str, str]], check: str, said: str) -> None:
    """It never counts as a pass or a fail, and the learner reads why in a sentence."""
    result, text = report[check]

    assert result == "error"
    assert said in text
    assert "observe." not in text


def test_good_check_after_bad_ones_speaks(report: dict[str, tuple[str, str]]) -> None:
    """What a check prints is swallowed, and one that comes after all of them gives its answer."""
    assert report["answers"] == ("pass", "Good.")
