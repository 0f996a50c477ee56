"""The dossier: everything about one graded evaluation on one page, to print and to put before an
appeal. It loads nothing and runs nothing."""

from __future__ import annotations

import time
from pathlib import Path

from breakfix.content.text import filled
from breakfix.errors import CourseError, disk_errors
from breakfix.grading import dossier_facts, dossier_tables
from breakfix.grading.diagnoses import MOST_LISTED, cause_in_words, causes_named
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.graded import Work, read_work
from breakfix.grading.marks import marks_in
from breakfix.grading.paper import render
from breakfix.grading.states import is_graded
from breakfix.grading.wording import Words
from breakfix.model.session import Mode


def write_dossier(folder: CourseFolder, name: str, learner: str) -> Path:
    """Write the dossier of one learner's graded evaluation, and say where it is. Raises
    CourseError where nothing was graded, or where nothing counts."""
    need_evaluation(folder, name)
    with gradebook(folder) as book:
        work = read_work(folder, book, name, learner)
    target = folder.dossier(learner, name)
    part = target.with_name(f".{target.name}.part")
    with disk_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(dossier_page(work, time.time()), "utf-8")
        part.replace(target)
    return target


def graded_learners(folder: CourseFolder, name: str) -> list[str]:
    """Who has graded work on the assignment `name`. Raises CourseError."""
    need_evaluation(folder, name)
    with gradebook(folder) as book:
        known = sorted(student.id for student in book.students)
        return [one for one in known if is_graded(folder, name, one, marks_in(book, name, one))]


def need_evaluation(folder: CourseFolder, name: str) -> None:
    """Practice has no dossier: nothing of it counts. Raises CourseError."""
    if folder.planned(name).assignment.mode is Mode.PRACTICE:
        raise CourseError("dossier.practice", assignment=name)


def dossier_page(work: Work, now: float) -> str:
    """The whole page, as it is at the moment `now`."""
    words, report = Words(work.course.language), work.report
    fault = work.loaded.lab.faults[work.variant.fault]
    return render(
        "dossier.html.jinja",
        words,
        work=work,
        report=report,
        made=words.moment(now),
        title=words.text(filled(work.loaded.lab.title, work.values)),
        reason=words.text(work.verdict.reason),
        total=words.points(work.marks.points, work.marks.of),
        ticket=filled(work.loaded.ticket, work.values).in_(words.language),
        remit=_remit(work, words),
        who=list(dossier_facts.who(work, words)),
        values=list(dossier_facts.values(work)),
        rules=list(dossier_facts.rules(work, words)),
        history=list(dossier_facts.history(work, words)),
        origin=list(dossier_facts.origin(work, words)),
        points=list(dossier_tables.points_rows(work, words)),
        counted=dossier_tables.how_counted(work, words),
        statements=list(dossier_tables.statements(work, words)),
        causes=causes_named(work, words),
        right=cause_in_words(work, words, fault.diagnosis),
        most=MOST_LISTED,
        handovers=list(dossier_tables.handovers(work, words)),
        answers=list(dossier_tables.answers(work, words)),
        comments=list(dossier_tables.comments(work, words)),
        corrections=list(dossier_tables.corrections(work, words)),
    )


def _remit(work: Work, words: Words) -> list[tuple[str, list[str]]]:
    """What the learner might and might not change, as they read it."""
    remit = work.loaded.lab.remit
    told = (("may", remit.may), ("may-not", remit.may_not))
    return [
        (
            words.say(f"dossier.remit.{name}"),
            [words.text(filled(one, work.values)) for one in texts],
        )
        for name, texts in told
        if texts
    ]
