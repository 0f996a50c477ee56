"""What the learner reads of the outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled, sentence
from breakfix.evidence.record import Record
from breakfix.messages import Language, say
from breakfix.model.check import Aspect, Check
from breakfix.model.outcome import Outcome, Result
from breakfix.model.score import Score, score
from breakfix.model.session import Line, Mode, Report
from breakfix.model.value import Text


def report(
    loaded: LoadedLab,
    outcomes: Sequence[Outcome],
    values: Mapping[str, str],
    seconds: float,
    points: Score,
) -> Report:
    """What the learner reads in practice, and after grading. While the complaint is there,
    everything that speaks about causes is folded into one line: a list with one red line would be
    the diagnosis."""
    lines = lines_of(loaded, outcomes, values)
    if any(line.aspect is Aspect.SYMPTOM and line.result is not Result.PASS for line in lines):
        lines = _folded(lines)
    return Report(loaded.slug, tuple(lines), points, round(seconds, 3))


def report_meanwhile(
    loaded: LoadedLab,
    record: Record,
    outcomes: Sequence[Outcome],
    values: Mapping[str, str],
    seconds: float,
) -> Report:
    """What the learner reads while the session is worked on. In an evaluation that is only what
    the customer would notice, without points."""
    if record.mode is Mode.EVALUATION:
        lines = _noticed(lines_of(loaded, outcomes, values))
        return Report(loaded.slug, tuple(lines), None, round(seconds, 3))
    return report(loaded, outcomes, values, seconds, points_of(loaded, record, outcomes))


def points_of(loaded: LoadedLab, record: Record, outcomes: Sequence[Outcome]) -> Score:
    """The points that outcomes and the session's diagnoses earn."""
    return score(loaded.lab, record.fault, outcomes, record.diagnoses, loaded.form)


def lines_of(
    loaded: LoadedLab, outcomes: Sequence[Outcome], values: Mapping[str, str]
) -> list[Line]:
    """Every outcome in words."""
    checks = {check.id: check for check in loaded.lab.checks}
    return [_line(checks[outcome.check], outcome, values) for outcome in outcomes]


def _line(check: Check, outcome: Outcome, values: Mapping[str, str]) -> Line:
    if outcome.result is Result.ERROR:
        text = _error(outcome)
    else:
        text = filled(check.text[outcome.case], {**values, **outcome.values})
    return Line(check.id, check.aspect, outcome.result, text)


def _error(outcome: Outcome) -> Text:
    """Why a check could not look, as the sentence of its error. Which check it was stands beside
    it, for authors: its id says nothing to a learner, or too much."""
    why = sentence(outcome.case, **outcome.values)
    return Text(
        say("check.error", Language.NL, reason=why.nl),
        say("check.error", Language.EN, reason=why.en),
    )


def _folded(lines: Sequence[Line]) -> list[Line]:
    causes = [line for line in lines if line.aspect in (Aspect.CAUSE, Aspect.CONDUCT)]
    kept = [line for line in lines if line not in causes]
    if not causes:
        return kept
    errors = [line for line in causes if line.result is Result.ERROR]
    folded = Line("cause", Aspect.CAUSE, Result.FAIL, sentence("check.causes-folded"))
    return [*kept, folded, *errors]


def _noticed(lines: Sequence[Line]) -> list[Line]:
    """What else could not be observed is told in one line that names nothing."""
    kept = [line for line in lines if line.aspect is Aspect.SYMPTOM]
    if any(line.result is Result.ERROR for line in lines if line not in kept):
        kept.append(Line("unseen", Aspect.SYMPTOM, Result.ERROR, sentence("check.unseen")))
    return kept
