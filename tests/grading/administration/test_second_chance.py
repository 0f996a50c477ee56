"""A second chance is an assignment of its own, for some, with another variant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from breakfix.errors import CourseError
from breakfix.grading.extra_time import give_time
from breakfix.grading.folder import CourseFolder
from breakfix.grading.second_chance import grant, planned_chance
from breakfix.messages import Language
from breakfix.model.assignment import Assignment, variant
from breakfix.model.course import Counting, Course, Planned, SecondChance

FIRST = Assignment(1, "net/week-1", "no-note", "1", "seed", ("a",), 2, opens=5.0, closes=9.0)
PEOPLE = ("els", "yusuf", "noe")


def course(first: Assignment = FIRST, more: Mapping[str, Planned] | None = None) -> Course:
    """A course with one assignment, and others."""
    planned = Planned(first, "digest", {"pc": "pc:1"}, extra_time={"els": 10.0})
    return Course(1, "net", Language.NL, "0", 0.0, {"week-1": planned, **(more or {})})


def chance(*learners: str, of: str = "week-1", counts: Counting = Counting.BEST) -> SecondChance:
    """A second chance."""
    return SecondChance(of, learners or PEOPLE, counts)


def test_it_stands_on_the_same_lab_with_a_seed_of_its_own() -> None:
    """Lab, images, attempts and hints stay; name, seed and dates are new, and nobody has extra
    time any more."""
    name, planned = planned_chance(course(), chance("els"), 20.0, 30.0)
    before = course().assignments["week-1"]

    assert (name, planned.assignment.id) == ("week-1-2", "net/week-1-2")
    assert planned.assignment.seed != FIRST.seed
    assert len(planned.assignment.seed) == 32
    again = replace(planned.assignment, id=FIRST.id, seed=FIRST.seed, opens=5.0, closes=9.0)
    assert again == FIRST
    assert (planned.assignment.opens, planned.assignment.closes) == (20.0, 30.0)
    assert (planned.lab_digest, planned.images) == (before.lab_digest, before.images)
    assert planned.extra_time == {}
    assert planned.is_for("els")
    assert not planned.is_for("noe")


def test_the_next_free_number_is_taken() -> None:
    """A third chance, or an assignment that happens to have the name, moves the number on."""
    taken = {"week-1-2": course().assignments["week-1"]}
    name, _ = planned_chance(course(more=taken), chance(), None, None)
    assert name == "week-1-3"


def test_everybody_gets_other_values() -> None:
    """With one fault the values are others."""
    _, planned = planned_chance(course(), chance(), None, None)
    for learner in PEOPLE:
        old, new = (variant(one, learner, 1) for one in (FIRST, planned.assignment))
        assert old.fault == new.fault
        assert old.seed != new.seed


def test_a_pool_gives_another_fault_where_it_can() -> None:
    """With a pool of five, three learners all get another fault than the first time."""
    first = replace(FIRST, faults=("a", "b", "c", "d", "e"))
    for _ in range(5):
        _, planned = planned_chance(course(first), chance(), None, None)
        for learner in PEOPLE:
            old, new = (variant(one, learner, 1) for one in (first, planned.assignment))
            assert old.fault != new.fault


def test_it_is_ready_to_be_released(folder: CourseFolder) -> None:
    """The notebook is generated and nbgrader knows it, with its due date; the first assignment
    stays as it was."""
    first = folder.planned("week-1")
    name, planned = grant(folder, chance("els", "noe"), None, 1_800_000_000.0)

    assert folder.planned(name) == planned
    assert folder.planned("week-1") == first
    assert planned.second_chance == chance("els", "noe")
    released = folder.release(name)
    assert (released / f"{name}.ipynb").is_file()
    told = json.loads((released / "assignment.json").read_text("utf-8"))
    assert (told["id"], told["seed"]) == (f"net/{name}", planned.assignment.seed)
    with Gradebook(folder.database, "net") as opened:
        found = opened.find_assignment(name)
        assert found.duedate is not None
        assert found.max_score == opened.find_assignment("week-1").max_score
    assert give_time(folder, name, "els", minutes=10) == 1_800_000_600.0


@pytest.mark.parametrize(
    ("given", "opens", "closes", "key"),
    [
        (chance("els", of="home"), None, None, "second-chance.practice"),
        (chance("els", of="week-9"), None, None, "course.no-assignment"),
        (chance("els", "jan"), None, None, "roster.unknown"),
        (chance("els"), 30.0, 20.0, "second-chance.closes-before"),
    ],
)
def test_what_has_no_second_chance_is_told(
    given: SecondChance, opens: float | None, closes: float | None, key: str, folder: CourseFolder
) -> None:
    """Practice, an unknown assignment or learner, and impossible times are errors that change
    nothing."""
    before = folder.file.read_bytes()
    with pytest.raises(CourseError) as raised:
        grant(folder, given, opens, closes)
    assert raised.value.key == key
    assert folder.file.read_bytes() == before
    assert sorted(path.name for path in (folder.root / "source").iterdir()) == [
        "exam",
        "home",
        "week-1",
    ]


def test_a_third_chance_is_one_of_the_first(folder: CourseFolder) -> None:
    """A second chance has none itself; the first may be given again."""
    grant(folder, chance("els"))
    with pytest.raises(CourseError) as raised:
        grant(folder, chance("els", of="week-1-2"))
    assert (raised.value.key, raised.value.values["first"]) == (
        "second-chance.of-chance",
        "week-1",
    )
    assert grant(folder, chance("els"))[0] == "week-1-3"
