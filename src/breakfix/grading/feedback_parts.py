"""The parts of a feedback page: one for each grade cell, in the learner's words."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.content.text import filled
from breakfix.grading.account import account
from breakfix.grading.diagnoses import (
    NamedCause,
    Sign,
    causes_named,
    named_sign,
    nearest,
    result_sign,
)
from breakfix.grading.graded import QUESTION, Work
from breakfix.grading.marks import Mark
from breakfix.grading.seen import lines_for_learner, worst
from breakfix.grading.wording import Words
from breakfix.model.grading import Cell
from breakfix.model.lab import Question
from breakfix.model.session import Line


@dataclass(frozen=True)
class Seen:
    """One statement: its state and its words."""

    sign: Sign
    text: str


@dataclass(frozen=True)
class Part:
    """One grade cell: what it is about, what was seen, what was written and said about it.

    `points` is empty where nothing counts or a person must still look.
    """

    id: str
    name: str
    about: str
    sign: Sign
    points: str
    lines: tuple[Seen, ...] = ()
    causes: tuple[NamedCause, ...] = ()
    notes: tuple[str, ...] = ()
    question: str = ""
    answer: str | None = None
    rubric: str = ""
    comment: str = ""
    correction: str = ""


def parts_of(work: Work, words: Words) -> tuple[Part, ...]:
    """Every part that has something to tell."""
    told = (_part(work, words, mark) for mark in work.ordered)
    return tuple(part for part in told if part is not None)


def taken_off(work: Work, words: Words) -> tuple[str, ...]:
    """What was taken off for damage and hints, in sentences."""
    if work.report is None or work.practice:
        return ()
    counted = account(work.loaded.lab, work.planned.assignment, work.report)
    reasons = (
        ("feedback.damage", counted.broken, counted.damage),
        ("feedback.hints", counted.hints, counted.hint_cost),
    )
    said = [words.say(key, count=count, points=cost) for key, count, cost in reasons if cost]
    return (*said, words.say("feedback.taken-from")) if said else ()


def name_of(work: Work, words: Words, mark: Mark) -> str:
    """A grade cell in words; one that is not ours by its id."""
    if mark.cell in set(Cell):
        return words.say(f"feedback.cell.{mark.cell}")
    question = _question(work, mark)
    if question is None:
        return mark.cell
    number = work.loaded.lab.questions.index(question) + 1
    return words.say("feedback.cell.question", number=number)


def question_of(work: Work, words: Words, mark: Mark) -> str:
    """The question of a cell, as Markdown; empty where the lab asks none."""
    question = _question(work, mark)
    return filled(question.text, work.values).in_(words.language) if question else ""


def rubric_of(work: Work, words: Words, mark: Mark) -> str:
    """What a good answer is, as Markdown; empty where the lab does not say."""
    question = _question(work, mark)
    text = work.loaded.rubrics.get(question.id) if question else None
    return text.in_(words.language) if text else ""


def _part(work: Work, words: Words, mark: Mark) -> Part | None:
    if mark.cell in set(Cell):
        return _machine_part(work, words, mark, Cell(mark.cell))
    return _written_part(work, words, mark)


def _machine_part(work: Work, words: Words, mark: Mark, cell: Cell) -> Part | None:
    report, lab = work.report, work.loaded.lab
    lines = lines_for_learner(lab, report)[cell] if report else ()
    causes = causes_named(work, words) if cell is Cell.DIAGNOSIS else ()
    if report and not lines and not causes and mark.of == 0:
        return None
    return Part(
        cell.value,
        name_of(work, words, mark),
        words.say(f"feedback.about.{cell.value}"),
        _machine_sign(work, words, cell, lines),
        _points(work, words, mark),
        tuple(_seen(words, line) for line in lines),
        causes,
        _notes(work, words, cell),
        comment=mark.comment,
        correction=_correction(work, words, mark),
    )


def _machine_sign(work: Work, words: Words, cell: Cell, lines: tuple[Line, ...]) -> Sign:
    if work.report is None:
        return Sign("none", "–", words.say("feedback.not-looked-at"))
    if cell is Cell.DIAGNOSIS and not lines:
        return named_sign(words, nearest(work))
    found = worst(lines)
    return result_sign(words, found) if found else Sign("none", "–", words.say("feedback.nothing"))


def _notes(work: Work, words: Words, cell: Cell) -> tuple[str, ...]:
    """Why care earned nothing although its statements hold."""
    if work.report is None or work.practice or cell is not Cell.CARE:
        return ()
    counted = account(work.loaded.lab, work.planned.assignment, work.report)
    return () if counted.repaired else (words.say("feedback.held-back"),)


def _written_part(work: Work, words: Words, mark: Mark) -> Part:
    return Part(
        mark.cell,
        name_of(work, words, mark),
        "",
        _written_sign(work, words, mark),
        _points(work, words, mark),
        question=question_of(work, words, mark),
        answer="" if mark.blank else work.answers.get(mark.cell, ""),
        rubric=rubric_of(work, words, mark) if work.practice else "",
        comment=mark.comment,
        correction=_correction(work, words, mark),
    )


def _written_sign(work: Work, words: Words, mark: Mark) -> Sign:
    if work.practice:
        return Sign("none", "•", words.say("feedback.compare"))
    if mark.waits:
        return Sign("half", "…", words.say("feedback.waits"))
    if mark.blank:
        return Sign("none", "–", words.say("feedback.blank"))
    return Sign("none", "•", words.say("feedback.judged"))


def _question(work: Work, mark: Mark) -> Question | None:
    wanted = mark.cell.removeprefix(QUESTION) if mark.cell.startswith(QUESTION) else None
    return next((one for one in work.loaded.lab.questions if one.id == wanted), None)


def _points(work: Work, words: Words, mark: Mark) -> str:
    if work.practice:
        return ""
    if mark.waits and mark.of > 0:
        return words.say("feedback.open-points", of=words.number(mark.of))
    return words.points(mark.points, mark.of)


def _correction(work: Work, words: Words, mark: Mark) -> str:
    found = work.correction(mark)
    if found is None:
        return ""
    points = words.points(found.points, mark.of)
    return words.say("feedback.corrected", points=points, reason=found.reason)


def _seen(words: Words, line: Line) -> Seen:
    return Seen(result_sign(words, line.result), words.text(line.text))
