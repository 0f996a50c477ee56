"""Verdicts for tests: what replays of the small lab would have come to, worked out by the rules."""

from __future__ import annotations

import hashlib
from pathlib import Path

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import sentence
from breakfix.grading.folder import CourseFolder
from breakfix.grading.pinning import pinned_lab
from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnoses, Diagnosis
from breakfix.model.grading import Decision, Verdict
from breakfix.model.outcome import Outcome, Result
from breakfix.model.replay import Boot, History, ReplayReport
from breakfix.model.score import score
from breakfix.model.session import Line, Mode, Report

FAULT = "note-missing"
#: What the evidence of a test says holds after a restart.
REPAIRED = frozenset({"note-readable", "note-kept", "others-kept"})
HALF = frozenset({"note-readable", "others-kept"})


def evidence(holds: frozenset[str], diagnosis: str = "files") -> bytes:
    """A stand-in for evidence, of which the test's judge knows what replaying it would show."""
    return f"{','.join(sorted(holds))};{diagnosis}".encode()


def judge(folder: CourseFolder, name: str, learner: str) -> Verdict:
    """A judge that believes nothing but the evidence in the submission."""
    found = sorted(folder.submitted(learner, name).glob("evidence/*.breakfix.tar.zst"))
    if not found:
        reason = sentence("fill.not-counted")
        return Verdict("k", Decision.NOTHING, "", 0.0, reason=reason)
    return verdict_of(folder, name, learner, found[0])


def verdict_of(folder: CourseFolder, name: str, learner: str, file: Path) -> Verdict:
    """The verdict that a test's evidence stands for."""
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    holds, _, named = data.decode("utf-8", "replace").partition(";")
    known = set(holds.split(",")) - {""}
    if not known <= REPAIRED:
        reason = sentence("fill.not-counted")
        return Verdict("k", Decision.REFUSED, sha256, 0.0, reason=reason)
    loaded = pinned_lab(folder, folder.planned(name).assignment.lab)
    return Verdict("k", Decision.SCORED, sha256, 0.0, report(loaded, learner, known, named))


def report(loaded: LoadedLab, learner: str, holds: set[str], named: str) -> ReplayReport:
    """What a replay would have come to."""
    lab = loaded.lab
    outcomes = tuple(
        Outcome(check.id, *_result(check.id in holds)) for check in lab.checks_for(FAULT)
    )
    last = Diagnosis("files", "file-gone") if named == "file-gone" else Diagnosis(named)
    points = score(lab, FAULT, outcomes, Diagnoses(None, last), loaded.form)
    texts = {check.id: check.text for check in lab.checks}
    aspects = {check.id: check.aspect for check in lab.checks}
    lines = tuple(
        Line(one.check, aspects[one.check], one.result, texts[one.check][one.case])
        for one in outcomes
    )
    shown = lines if "note-readable" in holds else _folded(lines)
    return ReplayReport(
        loaded.slug, lab.version, False, learner, "course/a", 1, Mode.EVALUATION, FAULT, "seed",  # noqa: FBT003
        0.0, outcomes, lines, Report(loaded.slug, shown, points, 1.0), points, (),
        {"pc": Boot.RUNNING}, 1.0,
        History(0.0, 60.0, 0, 1, 0, Diagnoses(None, last)),
    )  # fmt: skip


def _result(holds: bool) -> tuple[Result, str]:  # noqa: FBT001
    return (Result.PASS, "pass") if holds else (Result.FAIL, "fail")


def _folded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    kept = [line for line in lines if line.aspect is not Aspect.CAUSE]
    folded = Line("cause", Aspect.CAUSE, Result.FAIL, sentence("check.causes-folded"))
    return (*kept, folded)
