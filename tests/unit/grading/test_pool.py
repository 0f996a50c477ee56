"""Children that replay: kept, bounded in time, and replaced when they die."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from breakfix.grading.pool import Pool, PoolClosed
from breakfix.model.assignment import Assignment
from breakfix.model.replaying import ReplayAnswer, ReplayRequest
from breakfix.ports.passing import born
from tests.unit.grading.child_for_tests import asked_of
from tests.unit.grading.conftest import COMMAND, ENVIRONMENT
from tests.unit.grading.reports import report

GIVEN = Assignment(1, "week-3", "lab", "1.0.0", "5eed", ("a",))


def request(folder: Path, says: str) -> ReplayRequest:
    """A request about a file that says what happens."""
    file = folder / says / "evidence"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(says, "utf-8")
    return ReplayRequest(str(file), GIVEN, "els", "digest")


def processes(*requests: ReplayRequest) -> list[int]:
    """The processes that were asked, in order."""
    texts = [asked_of(Path(one.file)).read_text("utf-8") for one in requests]
    return [int(line) for text in texts for line in text.splitlines()]


def wait_until_asked(one: ReplayRequest) -> int:
    """The process that has just been asked."""
    asked, end = asked_of(Path(one.file)), time.monotonic() + 20
    while not (asked.exists() and asked.read_text("utf-8").endswith("\n")):
        assert time.monotonic() < end
        time.sleep(0.02)
    return processes(one)[-1]


def test_answer_comes_after_its_steps(pool: Pool, tmp_path: Path) -> None:
    """Who asks hears each step, and gets the report."""
    steps: list[ReplayAnswer] = []
    answer = pool.ask(request(tmp_path, "good"), steps.append)

    assert answer.report == report("good")
    assert [(step.step, step.done, step.total) for step in steps] == [("boot", 3, 5)]


def test_a_child_is_kept(pool: Pool, tmp_path: Path) -> None:
    """A second request goes to the same process."""
    asked = request(tmp_path, "good")
    pool.ask(asked)
    pool.ask(asked)

    first, second = processes(asked)
    assert first == second


def test_two_at_a_time_have_a_child_each(pool: Pool, tmp_path: Path) -> None:
    """Requests that come at the same time do not wait for each other."""
    slow, quick = request(tmp_path, "hangs"), request(tmp_path, "good")
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(pool.ask, slow)
        wait_until_asked(slow)
        assert pool.ask(quick).report is not None
        assert not waiting.done()
        pool.close()
        with pytest.raises(PoolClosed):
            waiting.result(60)

    assert len(set(processes(slow, quick))) == 2


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("dies", "grading.child-died"),
        ("rubbish", "grading.child-died"),
        ("hangs", "grading.timed-out"),
        ("hangs on", "grading.timed-out"),
    ],
)
def test_a_bad_child_is_told_and_replaced(
    pool: Pool, hasty: Pool, tmp_path: Path, says: str, key: str
) -> None:
    """A child that dies, hangs or talks nonsense is trouble of ours, and the next request gets
    another child; the bad one is gone."""
    bad, good = request(tmp_path, says), request(tmp_path, "good")
    pool = hasty if says.startswith("hangs") else pool
    error = pool.ask(bad).error

    assert error is not None
    assert (error.key, error.ours, error.lasting) == (key, True, False)
    assert error.text.nl
    assert born(processes(bad)[0]) == ""
    assert pool.ask(good).report is not None
    assert processes(good)[0] != processes(bad)[0]


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Where no child can be started, that is trouble of ours."""
    with Pool(["/no/such/program"], ENVIRONMENT, seconds=2.0) as pool:
        error = pool.ask(request(tmp_path, "good")).error

    assert error is not None
    assert error.key == "grading.child-died"


def test_children_know_the_environment(tmp_path: Path) -> None:
    """A child runs with the variables of its course."""
    command = ("sh", "-c", 'read line || exit 0; test "$BREAKFIX_LABS" = here || exit 1; sleep 60')
    with Pool(command, os.environ | {"BREAKFIX_LABS": "here"}, seconds=0.5) as pool:
        error = pool.ask(request(tmp_path, "good")).error

    assert error is not None
    assert error.key == "grading.timed-out"


@pytest.mark.parametrize("says", ["hangs", "hangs on"])
def test_closing_ends_whoever_waits(tmp_path: Path, says: str) -> None:
    """When it is over, a busy child is ended, by force if need be, and who waits for it hears that
    nobody wants the answer any more."""
    pool, asked = Pool(COMMAND, ENVIRONMENT, seconds=600.0, grace=1.0), request(tmp_path, says)
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            pool.ask(asked)
        except PoolClosed as error:
            caught.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    process = wait_until_asked(asked)
    pool.close()
    waiting.join(60)

    assert not waiting.is_alive()
    assert len(caught) == 1
    assert born(process) == ""
    with pytest.raises(PoolClosed):
        pool.ask(asked)


def test_idle_children_end_with_the_pool(tmp_path: Path) -> None:
    """A child with nothing to do ends by itself when nobody will ask any more."""
    asked = request(tmp_path, "good")
    with Pool(COMMAND, ENVIRONMENT, seconds=60.0) as pool:
        pool.ask(asked)
        assert born(processes(asked)[0]) != ""

    assert born(processes(asked)[0]) == ""


def test_what_a_killed_child_left_is_tidied(tmp_path: Path) -> None:
    """After a child was killed, one more is started at the end: whoever ends removes what others
    left."""
    log = tmp_path / "started"
    command = ("sh", "-c", f"echo >>{log}; read line && sleep 60; echo tidied >>{log}")
    with Pool(command, os.environ, seconds=3.0) as pool:
        pool.ask(request(tmp_path, "good"))

    assert log.read_text("utf-8").split() == ["tidied"]
    assert log.read_text("utf-8").count("\n") == 3
