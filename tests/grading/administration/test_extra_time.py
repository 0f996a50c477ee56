"""More time for one learner, by breakfix and by nbgrader alike."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook, SubmittedAssignment

from breakfix.cli.main import breakfix
from breakfix.content.assignments import read_assignment
from breakfix.errors import CourseError, SessionError
from breakfix.grading.extra_time import give_time, tell_nbgrader
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import api_of, succeeded
from breakfix.grading.incoming.stamps import write_stamps
from breakfix.session.assigning import need_open
from tests.grading.administration.conftest import CLOSES

HOUR = 3600.0
#: nbgrader's own way to make a submission.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")


@contextmanager
def submission(folder: CourseFolder, moment: float) -> Iterator[SubmittedAssignment]:
    """What nbgrader has of els in week-1, handed in at that moment."""
    when = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
    with Gradebook(folder.database, "net") as opened:
        yield opened.update_or_create_submission("week-1", "els", timestamp=when)


def late(folder: CourseFolder, moment: float) -> float:
    """How many seconds late nbgrader finds that moment."""
    with submission(folder, moment) as row:
        return float(row.total_seconds_late)


@pytest.mark.parametrize("how", [{"minutes": 90}, {"until": CLOSES + 1.5 * HOUR}])
def test_one_learner_closes_later(how: dict[str, float], folder: CourseFolder) -> None:
    """The learner may hand in until then; everybody else until the closing time."""
    assert give_time(folder, "week-1", "els", **how) == CLOSES + 1.5 * HOUR

    planned = folder.planned("week-1")
    assert planned.closes_for("els") == CLOSES + 1.5 * HOUR
    assert planned.closes_for("noe") == CLOSES


def test_the_learner_gets_an_assignment_that_closes_later(folder: CourseFolder) -> None:
    """With the file that extra time leaves for the learner, the lab may be started until then, and
    it is the same assignment; taken back, the file is gone."""
    give_time(folder, "week-1", "els", minutes=30)
    file = folder.own_assignment("els", "week-1")
    own, everybodys = read_assignment(file), folder.planned("week-1").assignment
    assert replace(own, closes=everybodys.closes) == everybodys
    need_open(own.policy, CLOSES + HOUR / 2)
    with pytest.raises(SessionError):
        need_open(everybodys.policy, CLOSES + HOUR / 2)

    give_time(folder, "week-1", "els", minutes=0)
    assert not file.exists()


def test_the_command_says_where_the_file_is(folder: CourseFolder) -> None:
    """Whoever gives extra time reads which file the learner needs, and what it is for."""
    words = ["course", "extra-time", "week-1", "els", "--course", str(folder.root), "--minutes"]
    told = json.loads(CliRunner().invoke(breakfix, [*words, "30", "--json"]).stdout)
    assert told["file"] == str(folder.own_assignment("els", "week-1"))
    assert told["file"] in CliRunner().invoke(breakfix, [*words, "30"]).stdout
    back = json.loads(CliRunner().invoke(breakfix, [*words, "0", "--json"]).stdout)
    assert back["file"] is None


def test_nbgrader_counts_the_same_seconds(folder: CourseFolder) -> None:
    """Where nbgrader has a submission already, it is late from the same moment on."""
    assert late(folder, CLOSES + HOUR) == HOUR

    give_time(folder, "week-1", "els", minutes=30)
    assert late(folder, CLOSES + HOUR) == HOUR / 2
    assert late(folder, CLOSES + HOUR / 2) == 0

    give_time(folder, "week-1", "els", minutes=60)
    assert late(folder, CLOSES + HOUR) == 0


def test_extra_time_can_be_taken_back(folder: CourseFolder) -> None:
    """No minutes more is the same time as everybody's, for nbgrader too."""
    late(folder, CLOSES)
    give_time(folder, "week-1", "els", minutes=30)
    give_time(folder, "week-1", "els", minutes=0)

    assert folder.planned("week-1").extra_time == {}
    with submission(folder, CLOSES + 60) as row:
        assert row.extension is None
        assert row.total_seconds_late == 60


def test_a_submission_that_comes_later_can_be_told(folder: CourseFolder) -> None:
    """Extra time may come before nbgrader knows a submission; it is told of it afterwards, and
    once more changes nothing."""
    give_time(folder, "week-1", "els", minutes=30)
    assert late(folder, CLOSES + HOUR) == HOUR

    for _ in range(2):
        tell_nbgrader(folder, "week-1", "els")
        assert late(folder, CLOSES + HOUR) == HOUR / 2


def test_nbgrader_is_told_nothing_it_can_not_add(folder: CourseFolder) -> None:
    """An assignment without a due date in the gradebook gets no extension, at which nbgrader would
    fail."""
    late(folder, CLOSES)
    with Gradebook(folder.database, "net") as opened:
        opened.update_or_create_assignment("week-1", duedate=None)
    give_time(folder, "week-1", "els", minutes=30)
    assert late(folder, CLOSES + HOUR) == 0


@pytest.mark.parametrize(("minutes", "seconds"), [(30, HOUR / 2), (60, 0)])
def test_grading_tells_nbgrader_by_itself(
    minutes: int, seconds: float, folder: CourseFolder
) -> None:
    """When nbgrader first hears of a submission while grading it, extra time that was given before
    counts: for what is late, and for the penalty that a teacher chose for it."""
    with (folder.root / "nbgrader_config.py").open("a") as stream:
        stream.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    give_time(folder, "week-1", "els", minutes=minutes)
    place = folder.submitted("els", "week-1")
    place.mkdir(parents=True)
    shutil.copyfile(folder.release("week-1") / "week-1.ipynb", place / "week-1.ipynb")
    write_stamps(place, CLOSES + HOUR, "0" * 128)

    succeeded(api_of(folder).autograde("week-1", "els"), "autograde")

    with Gradebook(folder.database, "net") as opened:
        row = opened.find_submission("week-1", "els")
        assert row.total_seconds_late == seconds
        assert (row.notebooks[0].late_submission_penalty is None) == (seconds == 0)


@pytest.mark.parametrize(
    ("name", "learner", "until", "key"),
    [
        ("week-9", "els", CLOSES + HOUR, "course.no-assignment"),
        ("week-1", "jan", CLOSES + HOUR, "roster.unknown"),
        ("exam", "els", CLOSES + HOUR, "extra-time.never-closes"),
        ("week-1", "els", CLOSES - 1, "extra-time.earlier"),
    ],
)
def test_what_can_not_be_extended_is_told(
    name: str, learner: str, until: float, key: str, folder: CourseFolder
) -> None:
    """An unknown assignment or learner, one that never closes, and less time are errors that
    change nothing."""
    before = folder.file.read_bytes()
    with pytest.raises(CourseError) as raised:
        give_time(folder, name, learner, until=until)
    assert raised.value.key == key
    assert folder.file.read_bytes() == before
