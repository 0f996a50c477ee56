"""Finding the evidence in what was submitted. Nothing of it is opened as more than bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from breakfix.errors import EvidenceRefused
from breakfix.evidence.refusal import visible
from breakfix.ports.saving import SUFFIX

FOLDER = "evidence"
#: Bytes of a file that is handed in; what a repair changes takes kilobytes.
MOST = 50 << 20
_CHUNK = 1 << 20


def find_evidence(submission: Path, lab: str) -> Path | None:
    """The evidence in a submission, None when there is none. Raises EvidenceRefused.

    A single file of another name is a renamed one; of several nobody can say which was meant.
    """
    folder = submission / FOLDER
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise EvidenceRefused("grading.no-file", file=FOLDER)
        files = {file.name: file for file in folder.iterdir() if file.name.endswith(SUFFIX)}
    except FileNotFoundError:
        return None
    expected = files.get(f"{lab}{SUFFIX}")
    if expected is None and len(files) > 1:
        names = ", ".join(visible(name) for name in sorted(files))
        raise EvidenceRefused("grading.two-hand-ins", files=names, file=f"{lab}{SUFFIX}")
    return expected or next(iter(files.values()), None)


def sha256_of(file: Path) -> str:
    """The hash of evidence. Raises EvidenceRefused for what is no ordinary file, or is too big."""
    name = visible(file.name)
    if not stat.S_ISREG(file.lstat().st_mode):
        raise EvidenceRefused("grading.no-file", file=name)
    found = hashlib.sha256()
    # Between the look and the opening a link may have come: it is not followed.
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        if os.fstat(stream.fileno()).st_size > MOST:
            raise EvidenceRefused("grading.too-large", file=name, most=MOST >> 20)
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def arrived_at(submission: Path) -> float:
    """When it came to this computer, by its own clock: nothing that a learner wrote says so."""
    return max((path.lstat().st_ctime for path in submission.glob("*")), default=0.0)
