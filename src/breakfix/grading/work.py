"""What a learner hands in, looked at on their own side, where it can still be mended."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from pathlib import Path

from breakfix.errors import SubmissionRefused
from breakfix.grading.taking import EVIDENCE, NOTEBOOK
from breakfix.model.assignment import Assignment
from breakfix.ports.saving import SUFFIX, readable


@dataclass(frozen=True)
class Work:
    """The files in the folder of an assignment that are handed in; `evidence` is None when nothing
    was handed in of the machines."""

    notebook: Path
    evidence: Path | None


def work_in(folder: Path, assignment: Assignment) -> Work:
    """What is there to hand in. Raises SubmissionRefused where a teacher's side would not take
    it."""
    notebook = folder / f"{assignment.name}.ipynb"
    _need_file(notebook, NOTEBOOK.most)
    _need_notebook(notebook)
    evidence = folder / "evidence" / f"{assignment.lab}{SUFFIX}"
    if not evidence.exists():
        return Work(notebook, None)
    _need_file(evidence, EVIDENCE.most)
    return Work(notebook, evidence)


def _need_file(file: Path, most: int) -> None:
    try:
        found = file.lstat()
    except OSError as error:
        raise SubmissionRefused("pack.missing", file=file) from error
    if not stat.S_ISREG(found.st_mode):
        raise SubmissionRefused("pack.no-file", file=file)
    if found.st_size > most:
        size, bound = readable(found.st_size), readable(most)
        raise SubmissionRefused("pack.too-large", file=file, size=size, most=bound)


def _need_notebook(file: Path) -> None:
    try:
        cells = json.loads(file.read_bytes())["cells"]
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise SubmissionRefused("pack.damaged-notebook", file=file) from error
    if not isinstance(cells, list):
        raise SubmissionRefused("pack.damaged-notebook", file=file)
