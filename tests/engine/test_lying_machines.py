"""Machines that lie are judged by what they do, not by what they say; a teacher sees the lie."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest

from tests.engine.conftest import Environment, Run
from tests.engine.lies import DATA, KILLER, LIES, MENDING, Judging, Lie, compiler

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def judging(
    request: pytest.FixtureRequest,
    breakfix: Run,
    environment: Environment,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Judging]:
    """All lies handed in, one after the other, each replayed while the next is handed in."""
    found = Judging(breakfix, environment, tmp_path_factory.mktemp("lies"))
    chosen = [getattr(item, "callspec", None) for item in request.session.items]
    for lie in (one.params["lie"] for one in chosen if one and "lie" in one.params):
        if compiler() or not (DATA / f"{lie.name}.c").exists():
            found.hand_in(lie)
    yield found
    found.end()


def results_of(lines: list[dict[str, Any]]) -> dict[str, str]:
    """The result of each statement."""
    return {line["check"]: line["result"] for line in lines}


def findings_of(found: list[dict[str, str]]) -> set[tuple[str, str]]:
    """What a teacher is told of files: path and concern."""
    return {(one["path"], one["concern"]) for one in found}


def missing(lie: Lie, told: set[tuple[str, str]]) -> dict[str, str]:
    """The findings that should be there and are not."""
    return {
        path: concern
        for path, concern in lie.findings.items()
        if not any(fnmatch(one, path) and why == concern for one, why in told)
    }


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.name)
def test_lie_earns_no_pass(judging: Judging, lie: Lie) -> None:
    """The replay passes none of the statements that the lie is about, and the work fails."""
    if lie.name not in judging.handed_in:
        pytest.skip("needs a C compiler")
    found = judging.replayed(lie)

    results = {one["check"]: one["result"] for one in found["outcomes"]}
    assert {results[check] for check in lie.caught_by} <= {"fail", "error"}, results
    assert not found["score"]["passed"]
    assert found["machines"]["shop"] in ("running", "degraded")
    told = findings_of(found["findings"])
    assert missing(lie, told) == {}
    # What the learner saw when handing in is what the teacher sees.
    seen = judging.handed_in[lie.name]["seen"]
    assert findings_of(seen["findings"]) == told
    assert seen["later"]["score"] == found["score"]


def test_known_way_around_is_told(judging: Judging) -> None:
    """A repair that is made anew at each start holds after a restart, and a teacher sees it."""
    judging.hand_in(MENDING)
    found = judging.replayed(MENDING)

    assert found["score"]["passed"]
    assert missing(MENDING, findings_of(found["findings"])) == {}


@pytest.mark.slow
def test_killing_who_looks_earns_no_pass(judging: Judging) -> None:
    """Where whoever looks is killed nothing can be seen, and that is never a pass."""
    judging.hand_in(KILLER)
    found = judging.replayed(KILLER)

    assert "pass" not in {one["result"] for one in found["outcomes"]}
    assert found["score"]["repair"] == 0
    assert missing(KILLER, findings_of(found["findings"])) == {}
