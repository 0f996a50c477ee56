"""A hand-in that was accepted, made into a submission as nbgrader knows it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from breakfix.content.text import sentence
from breakfix.errors import SubmissionRefused, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming.accepting import Accepted
from breakfix.grading.incoming.claims import Claim
from breakfix.grading.incoming.finding import NOTEBOOK
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.stamps import write_stamps
from breakfix.grading.incoming.trees import copy_out
from breakfix.grading.mending import mend_at
from breakfix.model.value import Text
from breakfix.ports.saving import SUFFIX


def stage(folder: CourseFolder, claim: Claim, one: Accepted, staged: Path) -> tuple[Text, ...]:
    """Write the submission into `staged`, a new folder; what a teacher should know of it.

    Raises SubmissionRefused and other CourseErrors, and DiskFull.
    """
    with disk_errors():
        staged.mkdir(parents=True)
    notes = [*_notebooks(claim, one.name + NOTEBOOK, staged), *_evidence(claim, one, staged)]
    notes += mend_at(folder, one.name, staged)
    with disk_errors():
        write_stamps(staged, one.time, claim.secret or _secret(staged))
    return tuple(notes)


def _notebooks(claim: Claim, wanted: str, staged: Path) -> Iterator[Text]:
    """The notebook; where none has the right name, all that are there, for mending to choose."""
    found = {_last(name): name for name in claim.notebooks}
    for last, name in ({wanted: found[wanted]} if wanted in found else found).items():
        if claim.tree.files[name] > INCOMING.notebook:
            yield sentence("import.large-notebook", name=last)
        else:
            copy_out(claim.tree, name, staged / last, INCOMING.notebook)


def _evidence(claim: Claim, one: Accepted, staged: Path) -> Iterator[Text]:
    wanted = one.planned.assignment.lab + SUFFIX
    name = _chosen(claim.evidence, wanted)
    if name:
        copy_out(claim.tree, name, staged / "evidence" / wanted, INCOMING.evidence)
    else:
        yield sentence("import.no-evidence")


def _chosen(names: Sequence[str], wanted: str) -> str:
    """The evidence of that name, or the only one; empty when there is none. Raises
    SubmissionRefused when nobody can tell which is meant."""
    found = [name for name in names if _last(name) == wanted] or list(names)
    if len(found) > 1:
        raise SubmissionRefused("import.two-evidence", wanted=wanted)
    return found[0] if found else ""


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _secret(staged: Path) -> str:
    """A secret for a submission that has no good one: the same for the same evidence, so that it
    is known when it is imported again. Only who has the evidence can work it out."""
    for evidence in (staged / "evidence").glob(f"*{SUFFIX}"):
        with evidence.open("rb") as stream:
            return hashlib.file_digest(stream, "sha512").hexdigest()
    return secrets.token_hex(64)
