"""From the answers of replays to a decision: whose an error is, and whether it comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from breakfix.content.text import sentence
from breakfix.model.grading import Decision
from breakfix.model.outcome import Result
from breakfix.model.replay import Boot, ReplayReport
from breakfix.model.replaying import ReplayAnswer
from breakfix.model.value import Text

#: What happened so often is no accident.
_OFTEN = 2


@dataclass(frozen=True)
class Decided:
    """What replays came to."""

    decision: Decision
    report: ReplayReport | None = None
    reason: Text | None = None


class _Cause(Enum):
    """What an answer says about itself: nothing is wrong, or who brought it about."""

    NONE = "none"
    EVIDENCE = "evidence"
    OURS = "ours"


def decided(ask: Callable[[], ReplayAnswer]) -> Decided:
    """Ask for a replay until it is clear: an error counts only when it is there every time."""
    seen: Counter[_Cause] = Counter()
    while True:
        answer = ask()
        cause = _cause(answer)
        seen[cause] += 1
        lasting = answer.error is not None and answer.error.lasting
        if cause is _Cause.NONE or lasting or seen[cause] == _OFTEN:
            return _decision(answer, cause)


def _cause(answer: ReplayAnswer) -> _Cause:
    if answer.error is not None:
        return _Cause.OURS if answer.error.ours else _Cause.EVIDENCE
    if answer.report is None:
        return _Cause.OURS
    if not _errors(answer.report):
        return _Cause.NONE
    return _Cause.EVIDENCE if _off(answer.report) else _Cause.OURS


def _decision(answer: ReplayAnswer, cause: _Cause) -> Decided:
    if answer.error is not None:
        decision = Decision.TO_GRADE if cause is _Cause.OURS else Decision.REFUSED
        return Decided(decision, None, answer.error.text)
    report = answer.report
    if report is None or cause is _Cause.OURS:
        told = ", ".join(_errors(report)) if report else "-"
        return Decided(Decision.TO_GRADE, None, sentence("grading.not-observed", checks=told))
    if cause is _Cause.NONE:
        return Decided(Decision.SCORED, report)
    machines = ", ".join(_off(report))
    return Decided(Decision.SCORED, report, sentence("grading.machine-off", machines=machines))


def _errors(report: ReplayReport) -> list[str]:
    return [one.check for one in report.outcomes if one.result is Result.ERROR]


def _off(report: ReplayReport) -> list[str]:
    return [name for name, boot in report.machines.items() if boot is Boot.OFF]
