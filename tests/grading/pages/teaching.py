"""A small course on disk with a real gradebook, and learners whose work was graded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import nbformat

from breakfix.codec import to_json
from breakfix.content.loaded import LoadedLab
from breakfix.content.reader import read_lab
from breakfix.evidence.record import Record
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.pinning import pinned_lab
from breakfix.messages import Language
from breakfix.model.assignment import HintPolicy, variant
from breakfix.model.check import Aspect
from breakfix.model.course import Correction, Course
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.evidence import IntegrityFinding
from breakfix.model.grading import Decision, Verdict, earned
from breakfix.model.outcome import Outcome, Result
from breakfix.model.parameter import draw_all
from breakfix.model.replay import Boot, History, ReplayReport
from breakfix.model.score import aspect_for
from breakfix.model.session import Mode
from breakfix.model.value import Text
from breakfix.replay.report import lines_of, points_of, report

ROOT = Path(__file__).parents[3]
EXAM, AGAIN, PRACTICE = "exam", "exam-again", "drill"
FAULT = "hosts-entry"
OPENS, CLOSES = 1_795_000_000.0, 1_796_000_000.0
BEFORE, AFTER = CLOSES - 7200, CLOSES + 7200
RIGHT = Diagnosis("pc", "pc-old-entry")
QUESTION = """
[[questions]]
id = "reply"
points = 5

[questions.text]
nl = "Schrijf de klant een kort antwoord over **$SITE**."
en = "Write the customer a short reply about **$SITE**."
"""
RUBRIC = """+++ {"tags": ["lang-nl"]}

- 5 punten: de klant leest wat er aan de hand was.

> Beste, uw pc gebruikte een oud adres. Dat is hersteld.

+++ {"tags": ["lang-en"]}

- 5 points: the customer reads what was the matter.

> Dear customer, your pc used an old address. That is repaired.
"""


def lab_with_question(root: Path) -> LoadedLab:
    """The network lab with one question that a person judges, in the place of its own."""
    target = root / "labs" / "m021-network" / "no-internet"
    shutil.copytree(ROOT / "labs" / "m021-network" / "no-internet", target)
    own, _, _ = (target / "lab.toml").read_text("utf-8").partition("[[questions]]")
    (target / "lab.toml").write_text(own + QUESTION, "utf-8")
    shutil.rmtree(target / "staff" / "answers")
    (target / "staff" / "answers").mkdir()
    (target / "staff" / "answers" / "reply.md").write_text(RUBRIC, "utf-8")
    return read_lab(target)


def small_course(root: Path, language: Language) -> CourseFolder:
    """An evaluation, the same again as a second chance, and practice."""
    loaded = lab_with_question(root)
    folder = create_course(root / "course", "helpdesk", language, ROOT / "images")
    priced = Terms(Mode.EVALUATION, (FAULT,), 2, HintPolicy.PRICED, 2, opens=OPENS, closes=CLOSES)
    free = Terms(Mode.PRACTICE, (FAULT, "cable-out"), 0, HintPolicy.FREE)
    for name, terms in ((EXAM, priced), (AGAIN, priced), (PRACTICE, free)):
        add_assignment(folder, name, loaded, terms, lambda _lab: {"pc": "breakfix/pc:0123456789ab"})
    with gradebook(folder) as book:
        book.update_or_create_student("els", first_name="Els", last_name="Van den Broeck")
        book.update_or_create_student("noe", first_name="Noë", last_name="Yıldız, jr.")
    return folder


def planned_anew(folder: CourseFolder, name: str, **changes: object) -> None:
    """Change something of what was planned."""

    def step(course: Course) -> Course:
        changed = replace(course.assignments[name], **changes)  # type: ignore[arg-type]
        return replace(course, assignments={**course.assignments, name: changed})

    folder.change(step)


@dataclass(frozen=True)
class Done:
    """What a learner did, and what came of it."""

    failing: frozenset[str] = frozenset()
    first: Diagnosis | None = None
    last: Diagnosis | None = None
    hints: int = 0
    answer: str = "Beste, het is hersteld."
    findings: tuple[IntegrityFinding, ...] = ()
    values: Mapping[str, str] | None = None
    started: float = OPENS


REPAIRED = Done(last=RIGHT)
UNTOUCHED = Done(
    frozenset({"site-opens", "order-is-received", "price-list-downloads", "no-hosts-override"})
)


def replayed(folder: CourseFolder, name: str, learner: str, done: Done) -> ReplayReport:
    """A report as a replay makes it: real outcomes, lines and score."""
    assignment = folder.planned(name).assignment
    loaded = pinned_lab(folder, assignment.lab)
    chosen = variant(assignment, learner, 1)
    values = {**draw_all(loaded.lab.parameters, chosen.seed), **(done.values or {})}
    outcomes = tuple(
        Outcome(check.id, Result.FAIL, "fail")
        if check.id in done.failing
        else Outcome(check.id, Result.PASS, "pass")
        for check in loaded.lab.checks_for(chosen.fault)
    )
    record = Record(
        loaded.slug, chosen.fault, chosen.seed, assignment.mode,
        first_diagnosis=done.first, diagnosis=done.last,
    )  # fmt: skip
    points = points_of(loaded, record, outcomes)
    told = report(loaded, outcomes, values, 1.5, points)
    return ReplayReport(
        lab=loaded.slug, lab_version=loaded.lab.version, lab_changed=False, learner=learner,
        assignment=assignment.id, attempt=1, mode=assignment.mode, fault=chosen.fault,
        seed=chosen.seed, captured=BEFORE, outcomes=outcomes,
        lines=tuple(lines_of(loaded, outcomes, values)), report=told, score=points,
        findings=done.findings,
        machines=dict.fromkeys(loaded.lab.machines, Boot.RUNNING), seconds=21.4,
        history=History(done.started, 2520.0, done.hints, 3, 1, record.diagnoses),
    )  # fmt: skip


def submit(
    folder: CourseFolder, name: str, learner: str, evidence: bytes | None, at: float = BEFORE
) -> None:
    """What nbgrader's collect leaves."""
    target = folder.submitted(learner, name)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder.release(name), target)
    (target / "timestamp.txt").write_text(stamp(at), "utf-8")
    (target / "submission_secret.txt").write_text("s" * 32, "utf-8")
    if evidence is not None:
        (target / "evidence").mkdir()
        (target / "evidence" / "no-internet.breakfix.tar.zst").write_bytes(evidence)


def stamp(at: float) -> str:
    """A moment as nbgrader writes it."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def keep(folder: CourseFolder, name: str, learner: str, verdict: Verdict) -> None:
    """Keep a verdict beside the course."""
    target = folder.verdict(learner, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(to_json(verdict), "utf-8")


def scored(report: ReplayReport, evidence: bytes) -> Verdict:
    """The verdict on work that was replayed."""
    return Verdict("k" * 64, Decision.SCORED, sha256(evidence).hexdigest(), AFTER, report)


def refused(evidence: bytes, why: str = "Rommel.") -> Verdict:
    """The verdict on a file that can't be used."""
    reason = Text(why, f"{why} (in English)")
    return Verdict("k" * 64, Decision.REFUSED, sha256(evidence).hexdigest(), AFTER, None, reason)


def autograde(
    folder: CourseFolder,
    name: str,
    learner: str,
    points: Mapping[str, float],
    answer: str = "",
    *,
    at: float = BEFORE,
) -> None:
    """What autograding leaves: the rebuilt notebook, and points of the machines' cells."""
    target = folder.autograded(learner, name)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder.submitted(learner, name), target)
    file = target / f"{name}.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "question-reply":
            cell["source"] = answer
    notebook["cells"].append(_for_staff())
    file.write_text(json.dumps(notebook), "utf-8")
    nbformat.validate(nbformat.read(file, as_version=4))  # type: ignore[no-untyped-call]
    moment = datetime.fromtimestamp(at, UTC).replace(tzinfo=None)
    with gradebook(folder) as book:
        book.update_or_create_submission(name, learner, timestamp=moment)
        for cell_id, value in points.items():
            grade = book.find_grade(cell_id, name, name, learner)
            grade.auto_score, grade.needs_manual_grade = value, False
        book.find_grade("question-reply", name, name, learner).needs_manual_grade = True
        book.db.commit()


def _for_staff() -> dict[str, object]:
    return {
        "cell_type": "code", "id": "staff", "metadata": {"tags": ["breakfix-staff"]},
        "source": "STAFF ONLY", "outputs": [], "execution_count": None,
    }  # fmt: skip


def judge_answer(
    folder: CourseFolder, name: str, learner: str, points: float, comment: str = ""
) -> None:
    """What a teacher does in formgrader."""
    with gradebook(folder) as book:
        grade = book.find_grade("question-reply", name, name, learner)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            book.find_comment("question-reply", name, name, learner).manual_comment = comment
        book.db.commit()


def graded(
    folder: CourseFolder, name: str, learner: str, done: Done = REPAIRED, at: float = BEFORE
) -> ReplayReport:
    """Work that was handed in, replayed and autograded."""
    evidence = f"{learner} {name}".encode()
    report = replayed(folder, name, learner, done)
    submit(folder, name, learner, evidence, at)
    keep(folder, name, learner, scored(report, evidence))
    planned = folder.planned(name)
    lab = pinned_lab(folder, planned.assignment.lab).lab
    points = {
        cell.value: float(value) for cell, value in earned(lab, planned.assignment, report).items()
    }
    autograde(folder, name, learner, points, done.answer, at=at)
    return report


def correct(folder: CourseFolder, correction: Correction) -> None:
    """A teacher's correction, kept and applied."""
    with folder.corrections.open("a", encoding="utf-8") as stream:
        stream.write(to_json(correction) + "\n")
    name = correction.assignment
    with gradebook(folder) as book:
        grade = book.find_grade(correction.cell, name, name, correction.learner)
        grade.auto_score = correction.points
        book.db.commit()


def own_causes(loaded: LoadedLab) -> set[str]:
    """The checks that speak about the fault's own cause."""
    checks = loaded.lab.checks_for(FAULT)
    return {one.id for one in checks if aspect_for(one, loaded.lab, FAULT) is Aspect.CAUSE}
