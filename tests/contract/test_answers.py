"""Answers in words, as every adapter of `LabService` keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from breakfix.errors import NotFound, SessionError, SessionMissing
from breakfix.model.assignment import Assignment
from breakfix.model.session import MOST_ANSWER, Mode
from tests.contract.asking import QUESTION, asking
from tests.contract.front import LAB, Front

ANSWER = "Dag, uw nota staat er weer.\n\nMvg, de helpdesk"


@pytest.fixture(autouse=True)
def with_a_question(front: Front, tmp_path: Path) -> None:
    """The lab asks one question."""
    front.inner.catalog = asking(tmp_path / "asking")


def test_a_question_comes_without_an_example(front: Front) -> None:
    """A session asks its questions with its own values, and tells no example before an answer."""
    (question,) = front.labs.start(LAB).questions

    assert (question.id, question.answer, question.example) == (QUESTION, "", None)
    assert "$" not in question.text.nl


def test_an_answer_is_kept_and_gets_an_example(front: Front) -> None:
    """What was written stays, also after a reset, with an example; a later one replaces it."""
    front.labs.start(LAB)
    (told,) = front.labs.answer(LAB, QUESTION, f"  {ANSWER}\r\n").questions
    assert told.answer == ANSWER
    assert told.example is not None
    assert "> " in told.example.nl

    front.labs.answer(LAB, QUESTION, "Beter zo.")
    assert front.labs.reset(LAB).questions[0].answer == "Beter zo."
    front.labs.finish(LAB)
    assert front.labs.start(LAB).questions[0].example is None


@pytest.mark.parametrize(
    ("question", "text", "kind", "key"),
    [
        ("reply", " \n ", SessionError, "answer.empty"),
        ("reply", "x" * (MOST_ANSWER + 1), SessionError, "answer.too-long"),
        ("other", "x", NotFound, "answer.no-question"),
    ],
)
def test_what_is_no_answer_is_refused(
    front: Front, question: str, text: str, kind: type[Exception], key: str
) -> None:
    """Nothing, too much, and an answer to nothing are refused; what was written before stays."""
    front.labs.start(LAB)
    front.labs.answer(LAB, QUESTION, ANSWER)
    with pytest.raises(kind) as caught:
        front.labs.answer(LAB, question, text)
    assert caught.value.key == key  # type: ignore[attr-defined]
    assert front.labs.status(LAB).questions[0].answer == ANSWER


def test_without_a_session_there_is_no_answer(front: Front) -> None:
    """A lab that was not started takes no answer."""
    with pytest.raises(SessionMissing):
        front.labs.answer(LAB, QUESTION, ANSWER)


@pytest.mark.parametrize("mode", list(Mode))
def test_an_assignment_keeps_none(front: Front, mode: Mode) -> None:
    """In an assignment the one place for an answer is the notebook; no example is ever told."""
    loaded = front.inner.catalog.load(LAB)
    faults = tuple(loaded.lab.faults)
    given = Assignment(1, "week-3", LAB, loaded.lab.version, "s33d", faults, 2, mode)
    view = front.labs.start_assigned(given, "els")
    assert [(one.answer, one.example) for one in view.questions] == [("", None)]
    with pytest.raises(SessionError) as caught:
        front.labs.answer(LAB, QUESTION, ANSWER)
    assert caught.value.key == "answer.in-notebook"
    assert front.labs.status(LAB).questions[0].example is None
