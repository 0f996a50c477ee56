from __future__ import annotations

from breakfix.grading.chances import chances, counting, counts
from breakfix.model.assignment import Assignment
from breakfix.model.course import Counting, Planned, SecondChance
from breakfix.model.session import Mode


def planned(second: SecondChance | None = None, mode: Mode = Mode.EVALUATION) -> Planned:
    """An assignment as a course has it."""
    return Planned(Assignment(1, "c/a", "lab", "1", "s", ("f",), mode=mode), "d", {}, second)


def second(of: str, rule: Counting, *learners: str) -> Planned:
    """A second chance."""
    return planned(SecondChance(of, learners or ("els",), rule))


def test_a_third_chance_belongs_to_the_same() -> None:
    """A chance after the second is held against the one that counted until then."""
    course = {
        "one": planned(),
        "two": second("one", Counting.BEST),
        "three": second("two", Counting.BEST),
    }
    points = {"one": 3.0, "two": 9.0, "three": 5.0}.get
    for name in course:
        assert chances(course, name, "els") == ("one", "two", "three")
        assert counting(course, name, "els", points) == "two"


def test_of_equal_chances_the_first_counts() -> None:
    """The second must be better to count as the best."""
    course = {"one": planned(), "two": second("one", Counting.BEST)}
    assert counting(course, "two", "els", lambda _name: 5.0) == "one"
    assert counting(course, "two", "els", lambda _name: None) == "one"


def test_a_chance_of_others_changes_nothing() -> None:
    """Who was not granted the second chance has only the first, and the second never counts."""
    course = {"one": planned(), "two": second("one", Counting.SECOND, "noe")}
    assert counts(course, "one", "els", lambda _name: None)
    assert not counts(course, "two", "els", lambda _name: None)
    assert counts(course, "two", "noe", lambda _name: None)
    assert not counts(course, "one", "noe", lambda _name: None)


def test_practice_never_counts() -> None:
    """Practice counts for nothing."""
    assert not counts({"one": planned(mode=Mode.PRACTICE)}, "one", "els", lambda _name: 5.0)


def test_a_course_that_was_edited_by_hand_ends_too() -> None:
    """A second chance of something that is gone, or of itself, is no endless search."""
    gone = {"two": second("one", Counting.BEST)}
    assert counting(gone, "two", "els", lambda _name: 5.0) == "two"
    circle = {"one": second("two", Counting.BEST), "two": second("one", Counting.BEST)}
    assert counting(circle, "one", "els", lambda _name: 5.0) in circle
