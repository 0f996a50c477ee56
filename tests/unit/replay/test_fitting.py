"""Evidence that belongs somewhere else is refused, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from breakfix.errors import EvidenceRefused
from breakfix.model.assignment import Assignment, variant
from breakfix.model.evidence import ImageIdentity, Manifest, PartEntry
from breakfix.model.session import Mode
from breakfix.replay.fitting import fit_assignment, fit_images

GIVEN = Assignment(1, "week-3", "lab", "1.0.0", "5eed", ("a", "b"), attempts=2)
MINE = variant(GIVEN, "els", 1)
PC = ImageIdentity("pc", "recipe", "layers", "packages")
GOOD = Manifest(
    1, "lab", "1.0.0", "digest", "els", "week-3", 1, Mode.EVALUATION, MINE.fault, MINE.seed,
    0.0, 0.0, "", (), (PartEntry("machine", "pc", 0, "", PC),),
)  # fmt: skip


def test_granted_attempt_fits() -> None:
    """The right learner, attempt and variant are let in."""
    fit_assignment(GOOD, GIVEN, "els")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda found: replace(found, mode=Mode.PRACTICE), "evidence.practice"),
        (lambda found: replace(found, assignment="week-4"), "evidence.other-assignment"),
        (lambda found: replace(found, lab="easier"), "evidence.other-lab"),
        (lambda found: replace(found, lab_version="0.9.0"), "evidence.other-lab-version"),
        (lambda found: replace(found, learner="murat"), "evidence.other-learner"),
        (lambda found: replace(found, attempt=3), "evidence.other-attempt"),
        (lambda found: replace(found, attempt=0), "evidence.other-attempt"),
        (lambda found: replace(found, attempt=2), "evidence.other-variant"),
        (lambda found: replace(found, seed="chosen"), "evidence.other-variant"),
        (lambda found: replace(found, fault="c"), "evidence.other-variant"),
    ],
)
def test_what_was_not_granted_is_refused(change: Callable[[Manifest], Manifest], key: str) -> None:
    """Practice, other people's work, attempts and variants that nobody granted are refused."""
    with pytest.raises(EvidenceRefused) as caught:
        fit_assignment(change(GOOD), GIVEN, "els")

    assert caught.value.key == key


def test_other_image_is_refused() -> None:
    """A machine of another image is not replayed on this engine's."""
    fit_images(GOOD, lambda _: PC)
    with pytest.raises(EvidenceRefused):
        fit_images(GOOD, lambda _: replace(PC, layers="new", packages="new"))
