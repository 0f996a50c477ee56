"""A course for other people: labs and settings stay, whatever is personal does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from breakfix.errors import CourseError
from breakfix.grading import new_year as module
from breakfix.grading.configured import learner_config_text
from breakfix.grading.extra_time import give_time
from breakfix.grading.folder import CourseFolder
from breakfix.grading.new_year import new_year
from breakfix.grading.roster import learners
from breakfix.grading.second_chance import grant
from breakfix.model.course import Counting, SecondChance

#: Where work of people lies.
PLACES = (
    "submitted/els/week-1", "submitted-before/els/week-1/x", "autograded/els/week-1",
    "feedback/els/week-1", "verdicts/week-1", "dossiers/week-1",
)  # fmt: skip


@pytest.fixture
def used(folder: CourseFolder) -> CourseFolder:
    """A course at the end of its year."""
    give_time(folder, "week-1", "els", minutes=30)
    grant(folder, SecondChance("week-1", ("els",), Counting.BEST))
    for place in PLACES:
        (folder.root / place).mkdir(parents=True)
        (folder.root / place / "els.txt").write_text("of els")
    folder.corrections.write_text("{}\n")
    return folder


def test_labs_and_settings_stay(used: CourseFolder, tmp_path: Path) -> None:
    """Assignments keep lab, images, mode, attempts and hints; each is ready to be released."""
    made = new_year(used, tmp_path / "next", "net-2027")
    old, new = used.read(), made.folder.read()

    assert (new.id, new.language, new.format) == ("net-2027", old.language, old.format)
    assert list(new.assignments) == ["week-1", "home", "exam"]
    for name, planned in new.assignments.items():
        before = old.assignments[name]
        assert (planned.lab_digest, planned.images) == (before.lab_digest, before.images)
        settings = replace(
            planned.assignment,
            id=before.assignment.id,
            seed=before.assignment.seed,
            closes=before.assignment.closes,
        )
        assert settings == before.assignment
        assert (made.folder.release(name) / f"{name}.ipynb").is_file()
    for kept in ("nbgrader_config.py", "labs/m021-network/no-note/lab.toml"):
        assert (made.folder.root / kept).read_bytes() == (used.root / kept).read_bytes()
    assert {path.name for path in made.folder.images.iterdir()} == {
        path.name for path in used.images.iterdir()
    }


def test_learners_get_settings_for_the_new_course(used: CourseFolder, tmp_path: Path) -> None:
    """Where the course has an exchange, the settings for learners name it, and the new course;
    elsewhere there are none."""
    settings = "nbgrader_config-for-learners.py"
    assert not (new_year(used, tmp_path / "alone", "net-alone").folder.root / settings).exists()
    root = str(tmp_path / "exchange")
    with (used.root / "nbgrader_config.py").open("a") as stream:
        stream.write(f"\nc.Exchange.root = {root!r}\n")
    made = new_year(used, tmp_path / "next", "net-2027")
    text = (made.folder.root / settings).read_text("utf-8")
    assert text == learner_config_text("net-2027", Path(root))


def test_every_assignment_gets_a_new_seed(used: CourseFolder, tmp_path: Path) -> None:
    """Nobody can use what somebody of last year tells; what travels carries the new seed and the
    new course."""
    made = new_year(used, tmp_path / "next", "net-2027")
    for name, planned in made.folder.read().assignments.items():
        assert planned.assignment.seed != used.planned(name).assignment.seed
        told = json.loads((made.folder.release(name) / "assignment.json").read_text("utf-8"))
        assert (told["id"], told["seed"]) == (f"net-2027/{name}", planned.assignment.seed)


def test_people_and_their_work_stay_behind(used: CourseFolder, tmp_path: Path) -> None:
    """Nothing of a learner comes along: no name, hand-in, grade, correction, extra time or second
    chance; the old course keeps all of it."""
    before = used.file.read_bytes()
    made = new_year(used, tmp_path / "next", "net-2027")

    assert learners(made.folder) == {}
    assert made.dropped == ("week-1-2",)
    everywhere = [path for path in made.folder.root.rglob("*") if "els" in path.parts]
    assert everywhere == []
    assert not made.folder.corrections.exists()
    assert all(not one.extra_time for one in made.folder.read().assignments.values())
    with Gradebook(made.folder.database, "net-2027") as opened:
        assert [one.name for one in opened.assignments] == ["exam", "home", "week-1"]
    assert used.file.read_bytes() == before
    assert set(learners(used)) == {"els", "yusuf", "noe"}


def test_dates_are_dropped_and_told(used: CourseFolder, tmp_path: Path) -> None:
    """A date of last year helps nobody; the names of what had one are told."""
    made = new_year(used, tmp_path / "next", "net-2027")
    assert made.undated == ("week-1",)
    assert made.folder.planned("week-1").assignment.closes is None
    with Gradebook(made.folder.database, "net-2027") as opened:
        assert opened.find_assignment("week-1").duedate is None


def test_only_the_teacher_may_look(used: CourseFolder, tmp_path: Path) -> None:
    """The new course is as private as the old one."""
    made = new_year(used, tmp_path / "next", "net-2027")
    assert made.folder.root.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("target", "course_id", "key"),
    [
        ("there", "net-2027", "new-year.there"),
        ("net/inside", "net-2027", "new-year.inside"),
        ("next", "net", "new-year.same-id"),
        ("next", "Net 2027", "course.bad-name"),
    ],
)
def test_a_wrong_place_or_id_is_told(
    target: str, course_id: str, key: str, used: CourseFolder, tmp_path: Path
) -> None:
    """Nothing is written over, into the old course, or under its id."""
    (tmp_path / "there").mkdir()
    with pytest.raises(CourseError) as raised:
        new_year(used, tmp_path / target, course_id)
    assert raised.value.key == key
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net", "there"]


def test_an_interruption_leaves_nothing(
    used: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped half-way, there is no new course, nor half of one."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "put_assignment", stopped)
    with pytest.raises(KeyboardInterrupt):
        new_year(used, tmp_path / "next", "net-2027")
    assert [path.name for path in tmp_path.iterdir()] == ["net"]
