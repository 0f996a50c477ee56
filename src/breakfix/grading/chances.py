"""Which of a learner's chances counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from breakfix.model.course import Counting, Planned
from breakfix.model.session import Mode

#: A learner's points in an assignment; None while there are none.
Points = Callable[[str], float | None]


def counts(assignments: Mapping[str, Planned], name: str, learner: str, points: Points) -> bool:
    """Whether the points of `learner` in the assignment `name` count: never in practice, and of
    several chances only one."""
    planned = assignments[name]
    if planned.assignment.mode is Mode.PRACTICE or not planned.is_for(learner):
        return False
    return counting(assignments, name, learner, points) == name


def chances(assignments: Mapping[str, Planned], name: str, learner: str) -> tuple[str, ...]:
    """All chances of `learner` that belong together with `name`, first to last."""
    found = [_first(assignments, name)]
    for other, planned in assignments.items():
        second = planned.second_chance
        if second is not None and second.of in found and planned.is_for(learner):
            found.append(other)
    return tuple(found)


def counting(assignments: Mapping[str, Planned], name: str, learner: str, points: Points) -> str:
    """The chance that counts. Of equals that is the first; without points none is better."""
    first, *later = chances(assignments, name, learner)
    best = first
    for other in later:
        second = assignments[other].second_chance
        rule = second.counts if second is not None else Counting.FIRST
        if rule is Counting.SECOND or (rule is Counting.BEST and _better(points, other, best)):
            best = other
    return best


def _better(points: Points, other: str, than: str) -> bool:
    new, old = points(other), points(than)
    return new is not None and (old is None or new > old)


def _first(assignments: Mapping[str, Planned], name: str) -> str:
    """The assignment that all of it began with; a circle, which nobody can plan, ends too."""
    seen: list[str] = []
    while name not in seen and (second := assignments[name].second_chance) is not None:
        seen.append(name)
        if second.of not in assignments:
            break
        name = second.of
    return name
