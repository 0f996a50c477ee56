"""The gradebook's rows of one learner's work, to put back what was there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from breakfix.grading.folder import CourseFolder

#: The columns that grading writes.
_NOTEBOOK = ("late_submission_penalty",)
_GRADE = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
_COMMENT = ("auto_comment", "manual_comment")


@dataclass(frozen=True)
class Rows:
    """When the work was handed in, and the written columns by row."""

    timestamp: datetime | None
    columns: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def read_rows(folder: CourseFolder, name: str, learner: str) -> Rows | None:
    """What the gradebook says now, or None when it knows nothing of this work."""
    with Gradebook(folder.database, folder.read().id) as book:
        found = _submission(book, name, learner)
        if found is None:
            return None
        columns = {row.id: {key: getattr(row, key) for key in keys} for row, keys in _below(found)}
        return Rows(found.timestamp, columns)


def write_rows(folder: CourseFolder, name: str, learner: str, before: Rows | None) -> None:
    """Put back what `read_rows` gave. Where it knew nothing, all is removed: rows without points
    are exported as 0."""
    with Gradebook(folder.database, folder.read().id) as book:
        found = _submission(book, name, learner)
        if found is None:
            return
        if before is None:
            book.remove_submission(name, learner)
            return
        found.timestamp = before.timestamp
        for row, _ in _below(found):
            for key, value in before.columns.get(row.id, {}).items():
                setattr(row, key, value)
        book.db.commit()


def _submission(book: Any, name: str, learner: str) -> Any | None:  # noqa: ANN401
    try:
        return book.find_submission(name, learner)
    except MissingEntry:
        return None


def _below(submission: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:  # noqa: ANN401
    """Every row below a submission, with its columns."""
    for notebook in submission.notebooks:
        yield notebook, _NOTEBOOK
        yield from ((grade, _GRADE) for grade in notebook.grades)
        yield from ((comment, _COMMENT) for comment in notebook.comments)
