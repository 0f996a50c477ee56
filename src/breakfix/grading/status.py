"""Where everybody stands in a course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from breakfix.grading.arrivals import handed_in_at
from breakfix.grading.folder import CourseFolder
from breakfix.grading.kept import kept_verdict
from breakfix.grading.marks import Marks, MarksOf, opened_marks
from breakfix.grading.roster import learners
from breakfix.grading.states import State, is_graded, is_late, state_of
from breakfix.grading.waiting import submitted_to_exchange
from breakfix.model.course import Planned
from breakfix.model.grading import Decision
from breakfix.model.roster import Learner, unlisted
from breakfix.model.value import Text, Value

#: States in which points were given.
_POINTS = (State.GRADED, State.REFUSED, State.TO_JUDGE)


@dataclass(frozen=True)
class Standing(Value):
    """Where one learner stands with one assignment.

    `handed_in` is when (seconds since 1970, UTC); `collected` is false while it waits in the
    exchange. `points` out of `of` are there only where they were given: absent is not zero.
    `closes` is this learner's own closing time, `reason` why something was refused or could not
    be graded. `waits`: a person must still judge an answer, whatever the state is.
    `listed` is false for somebody whom the class list does not name.
    """

    learner: str
    name: str
    assignment: str
    state: State
    late: bool = False
    collected: bool = True
    handed_in: float | None = None
    closes: float | None = None
    points: float | None = None
    of: float | None = None
    reason: Text | None = None
    waits: bool = False
    listed: bool = True


@dataclass(frozen=True)
class Status(Value):
    """Everybody's standing, by assignment in the order of the course, then by learner; `counts`
    says how many stand where, by assignment."""

    standings: tuple[Standing, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def status(folder: CourseFolder, now: float, name: str | None = None) -> Status:
    """Where everybody stands at the moment `now`, with one assignment or all.

    Raises CourseError.
    """
    planned = folder.read().assignments if name is None else {name: folder.planned(name)}
    waiting = submitted_to_exchange(folder, planned)
    people = learners(folder)
    with opened_marks(folder) as marks_of:
        look = _Looking(folder, waiting, marks_of, now)
        standings = tuple(
            look.at(assignment, one, person)
            for assignment, one in planned.items()
            for person in (*people.values(), *_strangers(folder, waiting, assignment, people))
            if one.is_for(person.id) or folder.submitted(person.id, assignment).exists()
        )
    missing = unlisted(people, (one.learner for one in standings))
    standings = tuple(replace(one, listed=one.learner not in missing) for one in standings)
    return Status(standings, {assignment: _counts(standings, assignment) for assignment in planned})


@dataclass(frozen=True)
class _Looking:
    """One look at a course; `waiting` is what lies in the exchange."""

    folder: CourseFolder
    waiting: Mapping[tuple[str, str], float]
    marks_of: MarksOf
    now: float

    def at(self, assignment: str, planned: Planned, person: Learner) -> Standing:
        """Where one learner stands with one assignment."""
        found = self._collected(assignment, planned, person)
        comes = self.waiting.get((person.id, assignment))
        if comes is None or (found.handed_in is not None and comes <= found.handed_in):
            return found
        late = found.closes is not None and comes > found.closes
        return Standing(
            person.id,
            person.name,
            assignment,
            State.LATE if late else State.HANDED_IN,
            late,
            collected=False,
            handed_in=comes,
            closes=found.closes,
        )

    def _collected(self, assignment: str, planned: Planned, person: Learner) -> Standing:
        """The same, without a look at the exchange."""
        folder, learner = self.folder, person.id
        state = state_of(folder, planned, assignment, learner, self.now, self.marks_of)
        marks = self._given(assignment, learner)
        return Standing(
            learner,
            person.name,
            assignment,
            state,
            is_late(folder, planned, assignment, learner),
            handed_in=handed_in_at(folder.submitted(learner, assignment)),
            closes=planned.closes_for(learner),
            points=marks.points if marks and state in _POINTS else None,
            of=marks.of if marks and state in _POINTS else None,
            reason=_reason(folder, assignment, learner, state),
            waits=marks is not None and marks.waits,
        )

    def _given(self, assignment: str, learner: str) -> Marks | None:
        """The marks of what was handed in last, where it can earn any."""
        marks = self.marks_of(assignment, learner)
        graded = is_graded(self.folder, assignment, learner, marks)
        return marks if graded and marks is not None and marks.of > 0 else None


def _strangers(
    folder: CourseFolder,
    waiting: Mapping[tuple[str, str], float],
    assignment: str,
    known: Container[str],
) -> list[Learner]:
    """Whoever handed in and is not in the course's class list."""
    collected = {path.parent.name for path in folder.root.glob(f"submitted/*/{assignment}")}
    submitted = {learner for learner, name in waiting if name == assignment}
    return [Learner(one) for one in sorted(collected | submitted) if one not in known]


def _reason(folder: CourseFolder, assignment: str, learner: str, state: State) -> Text | None:
    """Why it was refused or could not be graded, as the verdict says."""
    verdict = kept_verdict(folder, assignment, learner)
    wanted = {State.REFUSED: Decision.REFUSED, State.TO_GRADE: Decision.TO_GRADE}.get(state)
    return verdict.reason if verdict is not None and verdict.decision is wanted else None


def _counts(standings: tuple[Standing, ...], assignment: str) -> dict[str, int]:
    found = Counter(one.state for one in standings if one.assignment == assignment)
    return {state.value: found[state] for state in State if found[state]}
