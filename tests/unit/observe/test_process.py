from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.messages import Language, say
from breakfix.model.outcome import Outcome, Result
from breakfix.observe.process import CheckProcess
from breakfix.observe.request import CheckRequest
from breakfix.observe.round import load_checks, run_check

CHECKS = """
import os, subprocess, sys, time
from breakfix.model.outcome import failed, passed

def fine(machines, values): return passed(name=values["name"], pid=os.getpid())
def sees(machines, values): return failed("seen", said=machines["pc"].check_output("hello"))
def hangs(machines, values): time.sleep(60)
def dies(machines, values): os._exit(1)
def leaves(machines, values): sys.exit(0)
def raises(machines, values): raise ValueError("oops")
def refused(machines, values): return machines["pc"].docker
def stranger(machines, values): return machines["router"]
def wrong(machines, values): return True
def talks(machines, values):
    print("noise"); os.write(1, b"noise\\n"); subprocess.run(["echo", "noise"]); sys.stdin.read()
    return passed()
"""


@pytest.fixture
def checks(tmp_path: Path) -> Path:
    """A lab's `staff` folder with checks of all manners."""
    (tmp_path / "checks.py").write_text(CHECKS)
    return tmp_path


@pytest.fixture
def process() -> Iterator[CheckProcess]:
    """Our child's loop in a real process."""
    with CheckProcess([sys.executable, str(Path(__file__).parent / "child_for_tests.py")]) as made:
        yield made


def ask(process: CheckProcess, checks: Path, *functions: str) -> dict[str, Outcome]:
    """One round of these checks, each with its function's name as id."""
    request = CheckRequest(str(checks), {f: f for f in functions}, {"pc": "id"}, {"name": "anna"})
    return {outcome.check: outcome for outcome in process.run(request, 5.0)}


def test_outcomes_come_back_with_their_check(process: CheckProcess, checks: Path) -> None:
    """A check gets machines and values, and its outcome carries its id."""
    answers = ask(process, checks, "fine", "sees")
    assert answers["fine"].result is Result.PASS
    assert answers["fine"].values["name"] == "anna"
    assert answers["sees"] == Outcome("sees", Result.FAIL, "seen", {"said": "hello"})


def test_the_child_is_kept(process: CheckProcess, checks: Path) -> None:
    """A second round runs in the same process."""
    first, second = (ask(process, checks, "fine")["fine"].values["pid"] for _ in range(2))
    assert first == second != str(os.getpid())


@pytest.mark.parametrize(
    ("function", "case"),
    [
        ("hangs", "observe.timed-out"),
        ("dies", "observe.died"),
        ("leaves", "observe.raised"),
        ("raises", "observe.raised"),
        ("stranger", "observe.machine-off"),
        ("refused", "observe.not-observable"),
        ("wrong", "observe.wrong-answer"),
        ("absent", "observe.function-missing"),
    ],
)
def test_a_bad_check_is_an_error_and_the_rest_goes_on(
    process: CheckProcess, checks: Path, function: str, case: str
) -> None:
    """A check that hangs, dies, raises or answers nonsense is an error, and only that check."""
    answers = ask(process, checks, "fine", function, "sees")
    assert [a.result for a in answers.values()] == [Result.PASS, Result.ERROR, Result.FAIL]
    assert answers[function].case == case
    for language in Language:
        assert say(case, language, **answers[function].values)


def test_a_check_may_print(process: CheckProcess, checks: Path) -> None:
    """What a check or its children print never reaches the protocol."""
    answers = ask(process, checks, "talks", "fine")
    assert [a.result for a in answers.values()] == [Result.PASS, Result.PASS]


def test_checks_that_cannot_be_loaded_are_errors(process: CheckProcess, checks: Path) -> None:
    """A mistake in checks.py is told for each check."""
    (checks / "checks.py").write_text("import nothing_like_this")
    assert ask(process, checks, "a", "b")["b"].case == "observe.unloadable"


def test_a_child_that_died_between_rounds_is_replaced(process: CheckProcess, checks: Path) -> None:
    """Nobody notices that the kept child was gone."""
    pid = int(ask(process, checks, "fine")["fine"].values["pid"])
    os.kill(pid, 9)
    assert ask(process, checks, "fine")["fine"].result is Result.PASS


def test_a_child_that_cannot_start_is_told(checks: Path) -> None:
    """Without a working child every check is an error, soon."""
    for command in (["false"], ["/no/such/program"]):
        with CheckProcess(command) as process:
            assert ask(process, checks, "a", "b")["b"].case == "observe.no-start"


def test_a_caller_who_stops_halfway_gets_a_clean_next_round(
    process: CheckProcess, checks: Path
) -> None:
    """Outcomes that nobody read are not taken for those of the next round."""
    request = CheckRequest(
        str(checks), {"fine": "fine", "sees": "sees"}, {"pc": "id"}, {"name": ""}
    )
    rounds = process.run(request, 5.0)
    assert next(iter(rounds)).check == "fine"
    rounds.close()  # type: ignore[attr-defined]
    assert list(ask(process, checks, "talks")) == ["talks"]


def test_closing_ends_a_hanging_child_at_once(process: CheckProcess, checks: Path) -> None:
    """Closing does not wait for a check, and leaves no process behind."""
    request = CheckRequest(str(checks), {"fine": "fine", "hangs": "hangs"}, {}, {"name": ""})
    pid = int(next(iter(process.run(request, 60.0))).values["pid"])
    begun = time.monotonic()
    process.close()
    assert time.monotonic() - begun < 30
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_loading_leaves_nothing_behind(checks: Path) -> None:
    """A lab's folder stays as it was, and a changed file is read anew."""
    assert "fine" in load_checks(checks)
    assert [p.name for p in checks.iterdir()] == ["checks.py"]
    (checks / "checks.py").write_text("def other(machines, values): ...")
    assert list(load_checks(checks / "checks.py")) == ["other"]


def test_prints_are_swallowed(capsys: pytest.CaptureFixture[str], checks: Path) -> None:
    """A check that prints in our own process is silent too."""
    (checks / "checks.py").write_text("def loud(machines, values): print('noise')")
    outcome = run_check("loud", load_checks(checks)["loud"], {}, {})
    assert (outcome.result, capsys.readouterr().out) == (Result.ERROR, "")
