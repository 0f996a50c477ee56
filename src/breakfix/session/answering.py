"""Answers in words: kept in free practice, where they are held against an example."""

from __future__ import annotations

from collections.abc import Mapping

from breakfix.content.loaded import LoadedLab
from breakfix.content.text import filled
from breakfix.errors import NotFound, SessionError
from breakfix.evidence.record import Record
from breakfix.model.session import MOST_ANSWER, Mode, QuestionView


def questions_for(
    loaded: LoadedLab, record: Record, values: Mapping[str, str]
) -> tuple[QuestionView, ...]:
    """The lab's questions, as this session may see them."""
    answers = record.answers if _kept_here(record) else {}
    return tuple(
        QuestionView(
            question.id,
            filled(question.text, values),
            answers.get(question.id, ""),
            loaded.rubrics.get(question.id) if question.id in answers else None,
        )
        for question in loaded.lab.questions
    )


def accepted(loaded: LoadedLab, record: Record, question: str, text: str) -> str:
    """The answer as it is kept. Raises NotFound for an unknown question, and SessionError where
    answers are written in the notebook, and for a text that is empty or too long."""
    known = [one.id for one in loaded.lab.questions]
    if question not in known:
        raise NotFound("answer.no-question", question=question, known=", ".join(known) or "-")
    if not _kept_here(record):
        raise SessionError("answer.in-notebook", question=question)
    # What can't be written down as UTF-8 becomes a question mark.
    text = text.replace("\r\n", "\n").strip().encode(errors="replace").decode()
    if not text:
        raise SessionError("answer.empty")
    if len(text) > MOST_ANSWER:
        raise SessionError("answer.too-long", length=len(text), most=MOST_ANSWER)
    return text


def _kept_here(record: Record) -> bool:
    """In an assignment there is one place for the answer: the cell that is judged."""
    return record.mode is Mode.PRACTICE and not record.assignment
