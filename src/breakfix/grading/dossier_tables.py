"""The tables of a dossier: points and how they came about, and every statement with what was
seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from breakfix.grading.account import Account, account
from breakfix.grading.diagnoses import MOST_LISTED, Sign, handed_over, result_sign
from breakfix.grading.feedback_parts import name_of, question_of, rubric_of
from breakfix.grading.graded import Work
from breakfix.grading.marks import Mark
from breakfix.grading.seen import aspects_of
from breakfix.grading.wording import Words
from breakfix.model.check import Check
from breakfix.model.grading import Cell
from breakfix.model.outcome import Result


@dataclass(frozen=True)
class PointsRow:
    """One grade cell: what its statements that hold are worth, what is left after what is taken
    off, what a person gave instead, and what counts."""

    name: str
    held: str
    earned: str
    person: str
    points: str


@dataclass(frozen=True)
class Statement:
    """One statement about the machines: whether it holds, what was seen, and how."""

    id: str
    aspect: str
    sight: str
    sign: Sign
    text: str
    points: str


@dataclass(frozen=True)
class Answer:
    """A question, what the learner wrote, the rubric, and what a person said of it."""

    name: str
    question: str
    answer: str
    rubric: str
    points: str
    comment: str


@dataclass(frozen=True)
class Corrected:
    """A teacher's correction: of what, to how much, why, by whom and when. `holds`: these are
    the points now."""

    name: str
    points: str
    reason: str
    by: str
    when: str
    holds: bool


def points_rows(work: Work, words: Words) -> Iterator[PointsRow]:
    """The points of every grade cell."""
    told = counted(work)
    for mark in work.ordered:
        own = Cell(mark.cell) if mark.cell in set(Cell) else None
        yield PointsRow(
            name_of(work, words, mark),
            words.number(told.held[own]) if told and own else "",
            _by_itself(words, mark, told, own),
            _by_a_person(work, words, mark),
            words.say("dossier.waits") if mark.waits else words.points(mark.points, mark.of),
        )


def how_counted(work: Work, words: Words) -> list[str]:
    """What was taken off, and why, in sentences."""
    told = counted(work)
    if told is None:
        return []
    said = [] if told.repaired else [words.say("dossier.held-back")]
    if told.broken:
        broken = words.say("dossier.damage", count=told.broken, points=words.number(told.damage))
        said.append(broken)
    if told.hint_cost:
        said.append(
            words.say("dossier.hint-cost", count=told.hints, points=words.number(told.hint_cost))
        )
    if work.marks.penalty:
        said.append(words.say("dossier.penalty", points=words.number(work.marks.penalty)))
    if _differs(work, told):
        said.append(words.say("dossier.differs"))
    return said


def counted(work: Work) -> Account | None:
    """How the points of the replay came about, if there was one."""
    if work.report is None:
        return None
    return account(work.loaded.lab, work.planned.assignment, work.report)


def statements(work: Work, words: Words) -> Iterator[Statement]:
    """Every statement that was looked at, unfolded, with what was seen."""
    report, lab = work.report, work.loaded.lab
    if report is None:
        return
    aspects = aspects_of(lab, report.fault)
    lines = {line.check: line for line in report.lines}
    for check in lab.checks_for(report.fault):
        line = lines.get(check.id)
        result = line.result if line else Result.ERROR
        yield Statement(
            check.id,
            words.say(f"dossier.aspect.{aspects[check.id].value}"),
            words.say(f"dossier.sight.{check.sight.value}"),
            result_sign(words, result),
            words.text(line.text) if line else words.say("dossier.not-looked-at"),
            _worth(words, check, result),
        )


def handovers(work: Work, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every handover to the second line: the place, and the tests that were told."""
    for one in work.report.history.handovers[:MOST_LISTED] if work.report else ():
        yield handed_over(work, words, one)


def answers(work: Work, words: Words) -> Iterator[Answer]:
    """Everything that was answered in words."""
    for mark in work.ordered:
        if mark.cell in set(Cell):
            continue
        waits = words.say("dossier.waits")
        yield Answer(
            name_of(work, words, mark),
            question_of(work, words, mark),
            "" if mark.blank else work.answers.get(mark.cell, ""),
            rubric_of(work, words, mark),
            waits if mark.waits else words.points(mark.points, mark.of),
            mark.comment,
        )


def comments(work: Work, words: Words) -> Iterator[tuple[str, str]]:
    """What a teacher wrote beside the machines' cells."""
    for mark in work.ordered:
        if mark.comment and mark.cell in set(Cell):
            yield name_of(work, words, mark), mark.comment


def corrections(work: Work, words: Words) -> Iterator[Corrected]:
    """Every correction, oldest first."""
    marks = {mark.cell: mark for mark in work.marks.marks}
    for one in work.corrections:
        mark = marks.get(one.cell)
        yield Corrected(
            name_of(work, words, mark) if mark else one.cell,
            words.points(one.points, mark.of) if mark else words.number(one.points),
            one.reason,
            one.by,
            words.moment(one.time),
            mark is not None and work.correction(mark) is one,
        )


def _by_itself(words: Words, mark: Mark, told: Account | None, own: Cell | None) -> str:
    if told and own:
        return words.number(told.earned[own])
    return "" if mark.auto is None else words.number(mark.auto)


def _by_a_person(work: Work, words: Words, mark: Mark) -> str:
    if mark.manual is not None or work.correction(mark) is not None:
        return words.number(mark.points)
    return words.number(mark.extra) if mark.extra else ""


def _worth(words: Words, check: Check, result: Result) -> str:
    return words.points(check.points if result is Result.PASS else 0, check.points)


def _differs(work: Work, told: Account) -> bool:
    """Whether the gradebook has other automatic points than the kept replay gives."""
    corrected = {(one.cell, one.points) for one in work.corrections}
    return any(
        mark.auto is not None
        and mark.auto != told.earned[Cell(mark.cell)]
        and (mark.cell, mark.auto) not in corrected
        for mark in work.marks.marks
        if mark.cell in set(Cell)
    )
