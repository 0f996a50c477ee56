"""What answers of replays amount to: an error counts only when it is there every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from breakfix.grading.deciding import Decided, decided
from breakfix.model.grading import Decision
from breakfix.model.replaying import ReplayAnswer
from tests.unit.grading.reports import REFUSED, TROUBLE, report

GOOD, ERROR, OFF = (ReplayAnswer(report=report(word)) for word in ("good", "error", "off"))
REFUSING, BROKEN_OFF, ENGINE, LACKING = (
    ReplayAnswer(error=one)
    for one in (REFUSED, replace(REFUSED, lasting=False), TROUBLE, replace(TROUBLE, lasting=True))
)


def after(*answers: ReplayAnswer) -> tuple[Decided, int]:
    """What is decided when replays give these answers, and how many were asked for."""
    given: Iterator[ReplayAnswer] = iter(answers)
    found = decided(lambda: next(given))
    return found, len(answers) - len(list(given))


@pytest.mark.parametrize(
    ("answers", "decision", "asked"),
    [
        ([GOOD], Decision.SCORED, 1),
        ([REFUSING], Decision.REFUSED, 1),
        ([LACKING], Decision.TO_GRADE, 1),
        ([ENGINE, GOOD], Decision.SCORED, 2),
        ([ENGINE, ENGINE], Decision.TO_GRADE, 2),
        ([ENGINE, REFUSING], Decision.REFUSED, 2),
        ([ERROR, GOOD], Decision.SCORED, 2),
        ([ERROR, ERROR], Decision.TO_GRADE, 2),
        ([ERROR, ENGINE], Decision.TO_GRADE, 2),
        ([OFF, GOOD], Decision.SCORED, 2),
        ([OFF, OFF], Decision.SCORED, 2),
        ([OFF, ENGINE, OFF], Decision.SCORED, 3),
        ([OFF, ENGINE, ENGINE], Decision.TO_GRADE, 3),
        ([BROKEN_OFF, GOOD], Decision.SCORED, 2),
        ([BROKEN_OFF, BROKEN_OFF], Decision.REFUSED, 2),
    ],
)
def test_errors_count_when_they_come_again(
    answers: list[ReplayAnswer], decision: Decision, asked: int
) -> None:
    """Trouble of ours leaves a submission to grade and evidence that is at fault is refused, each
    only once it came again, or surely would."""
    found, count = after(*answers)

    assert (found.decision, count) == (decision, asked)
    assert (found.report is not None) == (decision is Decision.SCORED)


def test_a_clean_report_needs_no_reason() -> None:
    """What was seen well is scored without a word, also after trouble that went away."""
    assert after(OFF, GOOD)[0] == Decided(Decision.SCORED, GOOD.report, None)


def test_a_machine_that_stays_off_is_told() -> None:
    """Evidence that ends its own machine is scored as it is, and the teacher hears which one."""
    found, _ = after(OFF, OFF)

    assert found.report == OFF.report
    assert found.reason is not None
    assert "(pc)" in found.reason.en


def test_what_was_not_seen_is_told_and_never_scored() -> None:
    """Statements that nobody could look at, while all machines were on, are named."""
    found, _ = after(ERROR, ERROR)

    assert found.report is None
    assert found.reason is not None
    assert "site-opens" in found.reason.nl


def test_the_reason_is_that_of_the_error() -> None:
    """A refusal and trouble of ours are told in their own sentence."""
    assert after(REFUSING)[0].reason == REFUSED.text
    assert after(ENGINE, ENGINE)[0].reason == TROUBLE.text
