"""The variant of an assignment: decided by what nobody can choose."""

from __future__ import annotations

from dataclasses import replace

from breakfix.model.assignment import Assignment, HintPolicy, Policy, variant
from breakfix.model.session import Mode

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


def test_an_evaluation_hands_its_terms_on() -> None:
    """A session's rules are those that the teacher gave; a price counts only for priced hints."""
    priced = replace(GIVEN, hints=HintPolicy.PRICED, hint_price=3, opens=1.0, closes=2.0)

    assert priced.policy == Policy(HintPolicy.PRICED, 3, 2, 1.0, 2.0, record_terminals=True)
    assert replace(priced, hints=HintPolicy.FREE).policy.hint_price == 0


def test_practice_is_free() -> None:
    """In practice hints and attempts are free, whatever the assignment says; times hold."""
    strict = replace(GIVEN, mode=Mode.PRACTICE, hints=HintPolicy.OFF, hint_price=3, closes=2.0)

    assert strict.policy == Policy(closes=2.0)


def test_an_id_names_course_and_assignment() -> None:
    """What stands before the last slash is the course; an assignment may have none."""
    of_course = replace(GIVEN, id="helpdesk/week-3")

    assert (of_course.course, of_course.name) == ("helpdesk", "week-3")
    assert (GIVEN.course, GIVEN.name) == ("", "week-3")


def test_the_closing_time_itself_is_in_time() -> None:
    """Closed is what comes after the closing time; without one nothing ever closes."""
    assert [Policy(closes=2.0).closed_at(moment) for moment in (1.0, 2.0, 2.5)] == [
        False, False, True,
    ]  # fmt: skip
    assert not Policy().closed_at(9e9)
