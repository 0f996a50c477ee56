"""Whose fault it is that evidence gave no report: it decides between no points and no grade."""

from __future__ import annotations

from breakfix.content.text import sentence
from breakfix.errors import (
    BreakfixError,
    ContentError,
    DiskFull,
    EngineForbidden,
    EvidenceRefused,
    EvidenceUnreadable,
    ImageMissing,
    NotFound,
)
from breakfix.model.replaying import Trouble

#: Refusals of evidence that may be fine: this computer lacks the image, lab or version for it, or
#: the file went away.
_LACKING = {
    "evidence.other-image",
    "evidence.other-lab-version",
    "evidence.other-version",
    "evidence.not-found",
}
#: The reader gave up. That a computer had much to do is an accident once, hardly twice.
_BROKEN_OFF = "evidence.reading-stopped"
_LASTING = (ContentError, NotFound, ImageMissing, EngineForbidden, DiskFull, EvidenceRefused)


def trouble_of(error: BreakfixError) -> Trouble:
    """What is told of an error that a replay ended with."""
    evidence = isinstance(error, EvidenceUnreadable | EvidenceRefused)
    ours = not evidence or error.key in _LACKING
    unreadable = isinstance(error, EvidenceUnreadable) and error.key != _BROKEN_OFF
    return _told(error, ours=ours, lasting=unreadable or isinstance(error, _LASTING))


def surprise(error: Exception) -> Trouble:
    """What is told of an error that nobody thought of: ours."""
    told = BreakfixError("grading.surprise", error=f"{type(error).__name__}: {error}"[:300])
    return _told(told, ours=True, lasting=False)


def _told(error: BreakfixError, *, ours: bool, lasting: bool) -> Trouble:
    values = {name: str(value) for name, value in error.values.items()}
    return Trouble(error.key, values, sentence(error.key, **error.values), ours, lasting)
