"""Whether a file is the learner's own work for an assignment: told to them while they can still
mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from breakfix.errors import EvidenceError, EvidenceRefused, EvidenceUnreadable
from breakfix.evidence.opened import Evidence
from breakfix.evidence.refusal import visible
from breakfix.model.assignment import Assignment
from breakfix.model.evidence import Manifest
from breakfix.replay.fitting import fit_assignment
from breakfix.replay.scratch import Scratch


def own_work(
    file: Path,
    assignment: Assignment,
    learner: str,
    open_evidence: Callable[[Path, Path], Evidence],
    scratch: Scratch,
) -> Manifest:
    """What the evidence in `file` says of itself.

    Raises EvidenceError, in a learner's words, when it can't be read or is not an attempt that the
    assignment granted to this learner.
    """
    try:
        with scratch.use() as folder:
            manifest = open_evidence(file, folder).manifest
        fit_assignment(manifest, assignment, learner)
    except EvidenceError as error:
        raise _in_their_words(error, file, assignment.lab, learner) from error
    return manifest


def _in_their_words(error: EvidenceError, file: Path, lab: str, learner: str) -> EvidenceError:
    # The whole path tells a learner no more.
    name = f"{file.parent.name}/{file.name}"
    match error.key:
        case "evidence.damaged":
            return EvidenceUnreadable("assignment.damaged-work", file=name, lab=lab)
        case "evidence.other-learner":
            found = visible(str(error.values["found"]))
            return EvidenceRefused(
                "assignment.other-learner", file=name, found=found, learner=learner, lab=lab
            )
    if isinstance(error, EvidenceRefused):
        return EvidenceRefused("assignment.other-work", file=name, lab=lab)
    return error
