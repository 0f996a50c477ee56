"""The variant of an assignment: decided by what nobody can choose."""

from __future__ import annotations

from dataclasses import replace

from breakfix.model.assignment import Assignment, variant

GIVEN = Assignment(1, "week-3", "no-internet", "1.0.0", "5eed", ("dhcp-off", "wrong-dns"), 2)


def test_variant_is_the_same_each_time() -> None:
    """The grader works out the very variant that the learner got."""
    assert variant(GIVEN, "els", 1) == variant(GIVEN, "els", 1)


def test_variant_differs_by_learner_attempt_and_seed() -> None:
    """Another learner, another attempt or a new release gives other values."""
    mine = variant(GIVEN, "els", 1)
    others = [
        variant(GIVEN, "murat", 1),
        variant(GIVEN, "els", 2),
        variant(replace(GIVEN, seed="other"), "els", 1),
    ]

    assert len({mine.seed, *(one.seed for one in others)}) == 4


def test_variant_does_not_hang_on_the_order_of_the_pool() -> None:
    """A pool is a set: writing it in another order changes nobody's fault."""
    turned = replace(GIVEN, faults=GIVEN.faults[::-1])

    assert variant(GIVEN, "els", 1) == variant(turned, "els", 1)


def test_every_fault_of_a_pool_is_drawn() -> None:
    """A pool of equals reaches all of its faults over many learners."""
    drawn = {variant(GIVEN, f"learner-{number}", 1).fault for number in range(64)}

    assert drawn == set(GIVEN.faults)
