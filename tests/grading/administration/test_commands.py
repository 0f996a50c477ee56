"""The commands of course administration, as a teacher gives them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from breakfix.cli.main import breakfix
from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder
from tests.grading.administration.bringing import laid
from tests.grading.administration.packing import NOON, pack

Give = Callable[..., Result]


@pytest.fixture
def give(folder: CourseFolder, monkeypatch: pytest.MonkeyPatch) -> Give:
    """Gives `breakfix course …` in a folder inside the course, in English."""
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(folder.root / "labs")

    def given(*words: str) -> Result:
        return CliRunner().invoke(breakfix, ["course", *words], standalone_mode=False)

    return given


def data(result: Result) -> Any:  # noqa: ANN401 (JSON)
    """What a command told a program."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return json.loads(result.stdout)


def test_a_class_list_is_imported_and_shown(give: Give, tmp_path: Path) -> None:
    """A dry run tells what would change; then it changes, and the list shows it."""
    (tmp_path / "k.csv").write_text("id;voornaam;naam\nels;Els;Maes\nzoe;Zoë;[red]Müller\n")
    dry = give("roster", "import", str(tmp_path / "k.csv"), "--dry-run")
    assert "Nothing was changed. This would happen: new: 1, changed: 1" in dry.output
    assert "Yusuf Yıldız (yusuf)" in dry.output
    assert "zoe" not in give("roster", "list").output

    done = data(give("roster", "import", str(tmp_path / "k.csv"), "--json"))
    assert [one["id"] for one in done["new"]] == ["zoe"]
    assert "Zoë [red]Müller" in give("roster", "list").output
    assert len(data(give("roster", "list", "--json"))) == 4


def test_an_import_tells_what_became_of_each(give: Give, tmp_path: Path) -> None:
    """A table for people, all of it for programs; 1 when something was refused."""
    stick = laid(tmp_path / "stick", {"els.zip": pack("els"), "jan.zip": pack("jan")})
    told = give("import", str(stick), "--received", "2026-11-20 13:00")

    assert isinstance(told.exception, SystemExit)
    assert told.exit_code == 1
    for words in ("✔", "taken", "20/11/2026 13:00", "✘", "refused", 'no learner "jan"',
                  "Taken: 1. Refused: 1."):  # fmt: skip
        assert words in told.output
    found = data(give("import", str(stick), "--json"))
    assert [row["arrival"] for row in found["rows"]] == ["same", "refused"]
    (stick / "jan.zip").unlink()
    assert give("import", str(stick)).exit_code == 0


def test_the_status_is_told_in_the_language_of_the_course(
    give: Give, folder: CourseFolder, tmp_path: Path
) -> None:
    """The course is Dutch, whatever the teacher's own language; sign and word stand together."""
    give("import", str(laid(tmp_path / "s", {"e.zip": pack("els"), "n.zip": pack("noe")})))
    everything, one = give("status"), give("status", "week-1")

    for words in ("▸ ingediend", "· niet begonnen", "week-1: niet begonnen 1, ingediend 2"):
        assert words in everything.output
    assert "20/11/2026 12:00" in one.output
    assert "home" not in one.output
    found = data(give("status", "--json"))
    assert found["counts"]["exam"] == {"not-started": 3}
    els = next(one for one in found["standings"] if one["learner"] == "els")
    assert (els["state"], els["points"], els["handed_in"]) == ("handed-in", None, NOON)
    assert folder.read().language == "nl"


def test_extra_time_is_given(give: Give) -> None:
    """By minutes or until a moment, not both and not neither."""
    assert "until 20/11/2026 15:30" in give("extra-time", "week-1", "els", "--minutes", "30").output
    until = give("extra-time", "week-1", "els", "--until", "2026-11-21 12:00", "--json")
    assert data(until)["until"] == NOON + 24 * 3600
    for wrong in ((), ("--minutes", "5", "--until", "2026-11-21 12:00")):
        assert isinstance(give("extra-time", "week-1", "els", *wrong).exception, click.UsageError)


def test_a_second_chance_is_given(give: Give, folder: CourseFolder) -> None:
    """It tells the new name; a name given twice is one learner."""
    told = data(
        give("second-chance", "week-1", "els", "noe", "els", "--counts", "second",
             "--closes", "2026-12-20 12:00Z", "--json")
    )  # fmt: skip
    assert told["assignment"] == "week-1-2"
    chance = folder.planned("week-1-2").second_chance
    assert chance is not None
    assert (chance.learners, chance.counts) == (("els", "noe"), "second")


def test_a_correction_is_made_and_listed(give: Give, folder: CourseFolder) -> None:
    """Points may have a comma; the list shows who, what and why."""
    told = give("correct", "week-1", "els", "cause", "0,5", "--reason", "[red] was mine")
    assert "as soon as the work of els is graded, cause has 0.5 points" in told.output
    listed = data(give("correct", "--list", "--json"))
    assert [(one["learner"], one["points"]) for one in listed] == [("els", 0.5)]
    assert "[red] was mine" in give("correct", "--list").output
    assert folder.corrections.read_text("utf-8").count("\n") == 1
    assert isinstance(give("correct", "week-1", "els", "cause", "1").exception, click.UsageError)
    wrong = give("correct", "week-1", "els", "cause", "much", "--reason", "x")
    assert isinstance(wrong.exception, click.BadParameter)


def test_a_new_year_is_made(give: Give, folder: CourseFolder, tmp_path: Path) -> None:
    """The new folder's name is the id where none is given; what lost its date is told."""
    told = give("new-year", str(folder.root), str(tmp_path / "net-2027"))
    assert "The new course net-2027 is in" in told.output
    assert "new ones yourself: week-1" in told.output
    found = data(give("new-year", str(folder.root), str(tmp_path / "x"), "--id", "y", "--json"))
    assert (found["course"], found["assignments"]) == ("y", ["week-1", "home", "exam"])


def test_outside_a_course_that_is_told(give: Give, folder: CourseFolder, tmp_path: Path) -> None:
    """A command finds its course around the current folder, or where it is told."""
    (tmp_path / "elsewhere").mkdir()
    wrong = give("roster", "list", "--course", str(tmp_path / "elsewhere"))
    assert isinstance(wrong.exception, CourseError)
    assert wrong.exception.key == "course.not-there"
    assert len(data(give("roster", "list", "--course", str(folder.root), "--json"))) == 3


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--opens", "2026-12-02 10:00", "--closes", "2026-12-01 10:00"], "course.closes-before"),
        (["--opens", "2026-12-01 10:00", "--closes", "2026-12-01 10:00"], "course.closes-before"),
        (["--pool", "all"], "course.pool-and-faults"),
        (["--mode", "practice", "--attempts", "2"], "course.practice-is-free"),
        (["--mode", "practice", "--hints", "priced"], "course.practice-is-free"),
        (["--mode", "practice", "--hints", "off"], "course.practice-is-free"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(
    give: Give, folder: CourseFolder, words: list[str], key: str
) -> None:
    """What would close before it opens, a pool with faults, and rules for practice change
    nothing."""
    before = folder.file.read_bytes()
    fault = folder.planned("week-1").assignment.faults[0]
    done = give("add", "no-note", "--name", "again", "--fault", fault, *words)
    assert isinstance(done.exception, CourseError)
    assert done.exception.key == key
    assert folder.file.read_bytes() == before
    assert not folder.source("again").exists()


def test_practice_may_say_that_it_is_free(give: Give, folder: CourseFolder) -> None:
    """`--hints free` says of practice what holds anyway."""
    done = give("add", "no-note", "--name", "again", "--mode", "practice", "--hints", "free")
    assert done.exception is None
    assert folder.planned("again").assignment.attempts == 0


def test_a_lab_with_a_newer_image_can_be_added(give: Give, folder: CourseFolder) -> None:
    """The recipe of an image that the course has not yet comes with the lab; what it has stays."""
    shutil.rmtree(folder.images / "pc")
    own = folder.images / "base" / "Dockerfile"
    own.write_text("# the course's own\n" + own.read_text("utf-8"), "utf-8")
    fault = folder.planned("week-1").assignment.faults[0]
    done = give("add", "no-note", "--name", "again", "--fault", fault)
    assert done.exception is None
    assert (folder.images / "pc" / "Dockerfile").is_file()
    assert own.read_text("utf-8").startswith("# the course's own")
    assert "pc" in folder.planned("again").images
