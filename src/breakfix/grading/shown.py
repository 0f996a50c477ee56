"""What a verdict says, in words: to the learner cell by cell, and all of it to staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.grading import Cell, Verdict, cell_of, earned
from breakfix.model.lab import Lab
from breakfix.model.outcome import Result
from breakfix.model.replay import ReplayReport
from breakfix.model.score import aspect_for
from breakfix.model.session import Line, Mode
from breakfix.model.value import Text

_SIGNS = {Result.PASS: "✔", Result.FAIL: "✘", Result.ERROR: "?"}


@dataclass(frozen=True)
class Shown:
    """A verdict about work of one assignment, as it is told in one language."""

    lab: Lab
    assignment: Assignment
    verdict: Verdict
    language: Language

    def points(self, cell: Cell) -> float:
        """What a cell earned; without a report nothing."""
        if self.verdict.report is None:
            return 0.0
        return float(earned(self.lab, self.assignment, self.verdict.report)[cell])

    def words(self, cell: Cell) -> str:
        """What the learner reads below a cell: one sentence a line."""
        report = self.verdict.report
        if report is None:
            return self._reason()
        own = [line for line in report.report.lines if self._cell(line, report) is cell]
        lines = [self._line(line) for line in own]
        if cell is Cell.DIAGNOSIS:
            lines += self._diagnosis(report)
        elif self._held(cell, report) > self.points(cell) and self._counts:
            lines.append(self._say("fill.less"))
        return "\n".join(lines or [self._say("fill.nothing-here")])

    def for_staff(self, notes: Sequence[Text]) -> str:
        """Everything that is known, for a teacher: unfolded."""
        report = self.verdict.report
        lines = [note.plain_in(self.language) for note in notes]
        if report is None:
            return "\n".join([*lines, self._reason()])
        return "\n".join([*lines, *self._about(report)])

    def _about(self, report: ReplayReport) -> Iterator[str]:
        fault, attempt = report.fault, report.attempt
        yield self._say("fill.variant", fault=fault, attempt=attempt)
        yield from (f"{self._line(line)}  ({line.check})" for line in report.lines)
        for name, boot in report.machines.items():
            yield f"{name}: {self._say(f'boot.{boot.value}')}"
        for one in report.findings:
            yield f"{one.machine}: {one.path}: {self._say(f'concern.{one.concern.value}')}"
        if report.lab_changed:
            yield self._say("fill.lab-changed")

    def _line(self, line: Line) -> str:
        word = self._say(f"result.{line.result.value}")
        text = " ".join(line.text.plain_in(self.language).split())
        return f"{_SIGNS[line.result]} {word}: {text}"

    def _cell(self, line: Line, report: ReplayReport) -> Cell:
        """A cause of another fault only guards here: it stands where its points do."""
        checks = {check.id: check for check in self.lab.checks_for(report.fault)}
        check = checks.get(line.check)
        return cell_of(aspect_for(check, self.lab, report.fault) if check else line.aspect)

    @property
    def _counts(self) -> bool:
        return self.assignment.mode is Mode.EVALUATION

    def _held(self, cell: Cell, report: ReplayReport) -> int:
        """What the statements of a cell that hold would earn by themselves."""
        held = {one.check for one in report.outcomes if one.result is Result.PASS}
        return sum(
            check.points
            for check in self.lab.checks_for(report.fault)
            if check.id in held and cell_of(aspect_for(check, self.lab, report.fault)) is cell
        )

    def _diagnosis(self, report: ReplayReport) -> Iterator[str]:
        """How right the diagnosis was; never what it should have been."""
        found = report.score
        told: Mapping[str, tuple[int, int]] = {
            "first": (found.first_diagnosis, found.first_diagnosis_of),
            "last": (found.diagnosis, found.diagnosis_of),
        }
        for when, (points, of) in told.items():
            if of:
                result = Result.PASS if points == of else Result.FAIL
                how = "right" if points == of else "partly" if points else "wrong"
                moment = self._say(f"fill.diagnosis-{when}")
                sign, word = _SIGNS[result], self._say(f"result.{result.value}")
                yield f"{sign} {word}: {moment} {self._say(f'fill.diagnosis-{how}')}"

    def _reason(self) -> str:
        reason = self.verdict.reason
        return reason.plain_in(self.language) if reason else self._say("fill.not-counted")

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)
