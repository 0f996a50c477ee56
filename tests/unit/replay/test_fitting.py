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


PRACTICE = replace(GIVEN, mode=Mode.PRACTICE, attempts=0)
PRACTISED = replace(GOOD, mode=Mode.PRACTICE, seed="7", attempt=9)


@pytest.mark.parametrize("attempt", [0, 1, 9])
def test_practice_for_an_assignment_is_free(attempt: int) -> None:
    """For a practice assignment any attempt and any values of its pool of faults are let in."""
    fit_assignment(replace(PRACTISED, attempt=attempt), PRACTICE, "els")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda found: replace(found, mode=Mode.EVALUATION), "evidence.no-practice"),
        (lambda found: replace(found, assignment=""), "evidence.other-assignment"),
        (lambda found: replace(found, lab="easier"), "evidence.other-lab"),
        (lambda found: replace(found, lab_version="0.9.0"), "evidence.other-lab-version"),
        (lambda found: replace(found, learner="murat"), "evidence.other-learner"),
        (lambda found: replace(found, fault="c"), "evidence.other-variant"),
    ],
)
def test_practice_has_bounds(change: Callable[[Manifest], Manifest], key: str) -> None:
    """Practice of somebody else, of another lab or outside the pool of faults is refused."""
    with pytest.raises(EvidenceRefused) as caught:
        fit_assignment(change(PRACTISED), PRACTICE, "els")

    assert caught.value.key == key


def test_any_number_of_attempts_may_be_granted() -> None:
    """An evaluation that grants any number of attempts still asks for the values of each."""
    often = replace(GIVEN, attempts=0)
    ninth = variant(often, "els", 9)
    mine = replace(GOOD, attempt=9, fault=ninth.fault, seed=ninth.seed)

    fit_assignment(mine, often, "els")
    with pytest.raises(EvidenceRefused):
        fit_assignment(replace(mine, attempt=8), often, "els")


def test_other_image_is_refused() -> None:
    """A machine of another image is not replayed on this engine's."""
    fit_images(GOOD, lambda _: PC)
    with pytest.raises(EvidenceRefused):
        fit_images(GOOD, lambda _: replace(PC, layers="new", packages="new"))
