"""Where everybody stands: absent is not zero."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from breakfix.codec import to_json
from breakfix.errors import CourseError
from breakfix.grading.extra_time import give_time
from breakfix.grading.folder import CourseFolder
from breakfix.grading.incoming.stamps import write_stamps
from breakfix.grading.second_chance import grant
from breakfix.grading.states import State
from breakfix.grading.status import Standing, status
from breakfix.model.course import Counting, SecondChance
from breakfix.model.grading import Decision, Verdict
from breakfix.model.value import Text
from tests.grading.administration.conftest import CLOSES
from tests.grading.administration.packing import EVIDENCE

#: nbgrader's own way to make a submission.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

HOUR = 3600.0
BEFORE, AFTER = CLOSES - HOUR, CLOSES + HOUR
REASON = Text("omdat", "because")


def hand_in(
    folder: CourseFolder, learner: str, moment: float = BEFORE, *, evidence: bool = True
) -> Path:
    """A submission of week-1."""
    place = folder.submitted(learner, "week-1")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copyfile(folder.release("week-1") / "week-1.ipynb", place / "week-1.ipynb")
    if evidence:
        (place / EVIDENCE).parent.mkdir()
        (place / EVIDENCE).write_bytes(b"evidence")
    write_stamps(place, moment, "0" * 128)
    return place


def grade(folder: CourseFolder, learner: str, points: float | None, *, judged: bool = True) -> None:
    """What grading leaves: the rebuilt notebook and points for every cell."""
    place = folder.submitted(learner, "week-1")
    shutil.copytree(place, folder.autograded(learner, "week-1"))
    when = datetime.fromtimestamp(BEFORE, UTC).replace(tzinfo=None)
    with Gradebook(folder.database, "net") as opened:
        row = opened.update_or_create_submission("week-1", learner, timestamp=when)
        for one in row.notebooks[0].grades:
            one.auto_score = points
            one.needs_manual_grade = points is None or not judged
        opened.db.commit()


def keep_verdict(folder: CourseFolder, learner: str, decision: Decision) -> None:
    """A verdict on what was handed in."""
    file = folder.verdict(learner, "week-1")
    file.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(b"evidence").hexdigest()
    file.write_text(to_json(Verdict("key", decision, sha256, BEFORE, reason=REASON)))


def standing(
    folder: CourseFolder, learner: str, now: float = BEFORE, name: str = "week-1"
) -> Standing:
    """Where one learner stands."""
    found = status(folder, now, name)
    return next(one for one in found.standings if one.learner == learner)


def test_nobody_has_begun(folder: CourseFolder) -> None:
    """In a new course everybody has everything before them, and no points."""
    found = status(folder, BEFORE)

    assert [(one.assignment, one.learner) for one in found.standings] == [
        (name, learner)
        for name in ("week-1", "home", "exam")
        for learner in ("noe", "els", "yusuf")
    ]
    assert {one.state for one in found.standings} == {State.NOT_STARTED}
    assert {one.points for one in found.standings} == {None}
    assert found.counts["exam"] == {"not-started": 3}


def test_what_was_handed_in_has_a_state_and_a_time(folder: CourseFolder) -> None:
    """In time, late, and a notebook without work while there is still time."""
    hand_in(folder, "els")
    hand_in(folder, "noe", AFTER)
    hand_in(folder, "yusuf", evidence=False)
    els, noe = standing(folder, "els"), standing(folder, "noe")

    assert (els.state, els.late, els.handed_in) == (State.HANDED_IN, False, BEFORE)
    assert (noe.state, noe.late, noe.handed_in) == (State.LATE, True, AFTER)
    assert standing(folder, "yusuf").state is State.BUSY
    assert standing(folder, "yusuf", AFTER).state is State.HANDED_IN
    assert status(folder, BEFORE, "week-1").counts == {
        "week-1": {"busy": 1, "handed-in": 1, "late": 1}
    }
    assert {one.points for one in status(folder, BEFORE).standings} == {None}


def test_extra_time_makes_it_no_longer_late(folder: CourseFolder) -> None:
    """Late is after the learner's own closing time."""
    hand_in(folder, "noe", AFTER)
    give_time(folder, "week-1", "noe", minutes=90)
    found = standing(folder, "noe")
    assert (found.state, found.late, found.closes) == (
        State.HANDED_IN,
        False,
        CLOSES + 1.5 * HOUR,
    )


def test_points_are_there_once_they_were_given(folder: CourseFolder) -> None:
    """Graded work has its points, also when they are 0; what a person must still judge says so."""
    for learner, points, judged in (("els", 1.0, True), ("noe", 0.0, True), ("yusuf", 1.0, False)):
        hand_in(folder, learner)
        grade(folder, learner, points, judged=judged)
    els, noe, yusuf = (standing(folder, one) for one in ("els", "noe", "yusuf"))

    assert (els.state, noe.state, yusuf.state) == (State.GRADED, State.GRADED, State.TO_JUDGE)
    assert els.points is not None
    assert els.points > 0
    assert noe.points == 0
    assert els.of == noe.of == yusuf.of
    assert els.of is not None
    assert els.of > 0


def test_newer_work_has_no_points_yet(folder: CourseFolder) -> None:
    """Points of what was handed in before do not stand beside something newer."""
    hand_in(folder, "els")
    grade(folder, "els", 1.0)
    hand_in(folder, "els", BEFORE + 60)
    found = standing(folder, "els")
    assert (found.state, found.points) == (State.HANDED_IN, None)


@pytest.mark.parametrize(
    ("decision", "state"),
    [(Decision.REFUSED, State.REFUSED), (Decision.TO_GRADE, State.TO_GRADE)],
)
def test_a_verdict_tells_its_reason(decision: Decision, state: State, folder: CourseFolder) -> None:
    """What can't count, and what we could not grade, both say why; neither has points yet."""
    hand_in(folder, "els")
    keep_verdict(folder, "els", decision)
    found = standing(folder, "els")
    assert (found.state, found.reason, found.points) == (state, REASON, None)


def test_a_second_chance_is_only_for_some(folder: CourseFolder) -> None:
    """Whoever was not given a second chance does not stand in its list."""
    name, _ = grant(folder, SecondChance("week-1", ("els",), Counting.BEST))
    assert [one.learner for one in status(folder, BEFORE, name).standings] == ["els"]


def test_who_is_not_in_the_list_and_handed_in_is_seen(folder: CourseFolder) -> None:
    """Work of somebody who is not in the class list is not overlooked."""
    hand_in(folder, "stranger")
    assert standing(folder, "stranger").state is State.HANDED_IN


def test_who_is_in_no_class_list_is_named_also_after_grading(folder: CourseFolder) -> None:
    """Nbgrader takes in whoever handed in; status goes on to say that nobody listed them."""
    hand_in(folder, "stranger")
    assert not standing(folder, "stranger").listed
    assert standing(folder, "els").listed
    with Gradebook(folder.database, "net") as opened:
        opened.update_or_create_student("stranger")
    assert not standing(folder, "stranger").listed


def exchange(folder: CourseFolder) -> Path:
    """The inbound folder of an exchange that the course's configuration names."""
    root = folder.root.parent / "exchange"
    with (folder.root / "nbgrader_config.py").open("a") as stream:
        stream.write(f"\nc.Exchange.root = {str(root)!r}\n")
    inbound = root / "net" / "inbound"
    inbound.mkdir(parents=True)
    return inbound


def submit(inbound: Path, learner: str, moment: str, *, whole: bool = True) -> Path:
    """What nbgrader's submit leaves."""
    made = inbound / f"{learner}+week-1+{moment} UTC+c2VjcmV0"
    made.mkdir()
    if whole:
        (made / "timestamp.txt").write_text(f"{moment} UTC")
    return made


def test_what_waits_in_the_exchange_is_told(folder: CourseFolder) -> None:
    """A submission that nobody collected yet is handed in, and late where it is; the newest
    counts, and one that failed half-way is none."""
    inbound = exchange(folder)
    submit(inbound, "els", "2026-11-20 10:00:00.000000")
    submit(inbound, "els", "2026-11-20 12:00:00.000000")
    submit(inbound, "noe", "2026-11-21 12:00:00.000000")
    submit(inbound, "yusuf", "2026-11-20 12:00:00.000000", whole=False)
    (inbound / "rubbish").mkdir()
    (inbound / "a+week-1+yesterday+x").mkdir()
    (inbound / "link+week-1+2026-11-20 12:00:00 UTC").symlink_to(inbound)
    els, noe = standing(folder, "els"), standing(folder, "noe")

    assert (els.state, els.collected, els.late) == (State.HANDED_IN, False, False)
    assert els.handed_in == datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    assert (noe.state, noe.collected, noe.late) == (State.LATE, False, True)
    assert standing(folder, "yusuf").state is State.NOT_STARTED
    assert len(status(folder, BEFORE, "week-1").standings) == 3


def test_what_was_collected_waits_no_longer(folder: CourseFolder) -> None:
    """Once it was collected it counts; something newer in the exchange goes before what was
    graded."""
    inbound = exchange(folder)
    submit(inbound, "els", "2026-11-20 14:00:00.000000")
    hand_in(folder, "els")
    grade(folder, "els", 1.0)
    assert standing(folder, "els").state is State.GRADED

    submit(inbound, "els", "2026-11-20 14:30:00.000000")
    found = standing(folder, "els")
    assert (found.state, found.collected, found.points) == (State.HANDED_IN, False, None)


def test_an_exchange_of_nobody_is_no_trouble(folder: CourseFolder) -> None:
    """A folder that is named and not there holds nothing; a configuration that can't be read is
    told."""
    inbound = exchange(folder)
    inbound.rmdir()
    assert standing(folder, "els").state is State.NOT_STARTED

    (folder.root / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(CourseError) as raised:
        status(folder, BEFORE)
    assert raised.value.key == "status.config"


def test_an_unknown_assignment_is_told(folder: CourseFolder) -> None:
    """Asking for an assignment that is not there tells which are."""
    with pytest.raises(CourseError) as raised:
        status(folder, BEFORE, "week-9")
    assert raised.value.key == "course.no-assignment"
