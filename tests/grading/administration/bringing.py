"""Bringing a stick to the course."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from breakfix.grading.folder import CourseFolder
from breakfix.grading.importing import import_submissions
from breakfix.grading.incoming.accepting import Wanted
from breakfix.model.incoming import Arrival, ImportReport
from tests.grading.administration.packing import EVIDENCE

SUBMISSION = ["evidence", "submission_secret.txt", "timestamp.txt", "week-1.ipynb"]


def laid(folder: Path, content: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in content.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def brought(folder: CourseFolder, content: Mapping[str, bytes], **wanted: object) -> ImportReport:
    """The import of a folder with these files."""
    source = folder.root.parent / "stick"
    shutil.rmtree(source, ignore_errors=True)
    return import_submissions(folder, laid(source, content), Wanted(**wanted))  # type: ignore[arg-type]


def outcomes(report: ImportReport) -> list[tuple[Arrival, str, str]]:
    """What became of each."""
    return [(row.arrival, row.learner, row.assignment) for row in report.rows]


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def evidence(folder: CourseFolder, learner: str, name: str = "week-1") -> bytes:
    """The evidence that counts."""
    return (folder.submitted(learner, name) / EVIDENCE).read_bytes()
