"""The people of a course in nbgrader's gradebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from breakfix.errors import CourseBusy, CourseError, DiskFull
from breakfix.grading import roster
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.roster import import_class_list, learners, need_learner
from breakfix.model.roster import Learner


def listing(folder: Path, *rows: str, head: str = "id;voornaam;naam;email") -> Path:
    """A class list."""
    file = folder / "nieuw.csv"
    file.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return file


def ids(found: tuple[Learner, ...]) -> list[str]:
    """The ids of learners."""
    return [one.id for one in found]


def test_the_gradebook_is_the_roster(folder: CourseFolder) -> None:
    """Whoever was imported stands in nbgrader's gradebook, names and all, in the order of a class
    list."""
    with Gradebook(folder.database, "net") as opened:
        found = {one.id: (one.first_name, one.last_name, one.email) for one in opened.students}

    assert found["yusuf"] == ("Yusuf", "Yıldız", "")
    assert list(learners(folder)) == ["noe", "els", "yusuf"]
    assert need_learner(folder, "els").name == "Els Van den Broeck"


def test_a_second_list_tells_what_changes(folder: CourseFolder, tmp_path: Path) -> None:
    """New, changed and unchanged learners are told; whoever is not in the list stays, and is told
    too."""
    file = listing(
        tmp_path,
        "els;Els;Van den Broeck;els@example.be",
        "noe;Noë;Claessens-Maes;noe@example.be",
        "zoe;Zoë;Müller;",
    )
    found = import_class_list(folder, file)

    assert (ids(found.new), ids(found.changed)) == (["zoe"], ["noe"])
    assert (ids(found.unchanged), ids(found.absent)) == (["els"], ["yusuf"])
    assert learners(folder)["noe"].last_name == "Claessens-Maes"
    assert set(learners(folder)) == {"els", "yusuf", "noe", "zoe"}


def test_a_list_without_addresses_keeps_those_that_are_known(
    folder: CourseFolder, tmp_path: Path
) -> None:
    """An address that the list does not speak of is not lost; one that it leaves empty is."""
    row = "els;Els;Van den Broeck"
    without = listing(tmp_path, row, head="id;voornaam;naam")

    assert ids(import_class_list(folder, without).unchanged) == ["els"]
    assert learners(folder)["els"].email == "els@example.be"
    assert ids(import_class_list(folder, listing(tmp_path, row + ";")).changed) == ["els"]
    assert learners(folder)["els"].email == ""


def test_a_dry_run_changes_nothing(folder: CourseFolder, tmp_path: Path) -> None:
    """A dry run tells the same and leaves the gradebook as it was."""
    before = (folder.root / "gradebook.db").read_bytes()
    file = listing(tmp_path, "zoe;Zoë;Müller;", "els;Elsje;Maes;")

    found = import_class_list(folder, file, dry_run=True)

    assert (ids(found.new), ids(found.changed)) == (["zoe"], ["els"])
    assert (folder.root / "gradebook.db").read_bytes() == before


def test_a_list_with_a_problem_changes_nothing(folder: CourseFolder, tmp_path: Path) -> None:
    """One bad row, and none is taken; an id that differs in capitals from one in the course is
    such a row."""
    for bad in ("a*b;A;B;", "ELS;Els;Maes;"):
        with pytest.raises(CourseError) as raised:
            import_class_list(folder, listing(tmp_path, "zoe;Zoë;Müller;", bad))
        assert raised.value.key == "roster.invalid"
        assert "zoe" not in learners(folder)


def test_trouble_while_writing_leaves_nothing_half(
    folder: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the third of three can't be written, the first two are not there either."""
    put, count = roster._put, 0

    def failing(opened: Gradebook, one: Learner) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        put(opened, one)

    monkeypatch.setattr(roster, "_put", failing)
    file = listing(tmp_path, "a;A;A;", "b;B;B;", "c;C;C;")
    with pytest.raises(KeyboardInterrupt):
        import_class_list(folder, file)

    assert set(learners(folder)) == {"els", "yusuf", "noe"}


def test_a_full_disk_leaves_nobody_half(
    folder: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the gradebook can't grow, that is told, and none of the list is in it."""
    put = roster._put

    def cramped(opened: Gradebook, one: Learner) -> None:
        opened.db.execute(text("PRAGMA max_page_count = 1"))
        put(opened, one)

    monkeypatch.setattr(roster, "_put", cramped)
    rows = [f"s{number};{'V' * 100};{'N' * 100};" for number in range(200)]
    with pytest.raises(DiskFull):
        import_class_list(folder, listing(tmp_path, *rows))
    assert set(learners(folder)) == {"els", "yusuf", "noe"}


def test_a_gradebook_that_another_program_holds_is_told(folder: CourseFolder) -> None:
    """While another program writes to the gradebook the course is busy, and that is all."""
    with gradebook(folder) as opened:
        opened.db.execute(text("BEGIN EXCLUSIVE"))
        with pytest.raises(CourseBusy):
            learners(folder)
    assert len(learners(folder)) == 3


def test_a_course_that_is_being_changed_is_left_alone(folder: CourseFolder, tmp_path: Path) -> None:
    """While another command works on the course, nothing is imported."""
    with folder.locked(), pytest.raises(CourseBusy):
        import_class_list(folder, listing(tmp_path, "zoe;Zoë;Müller;"))


def test_an_unknown_learner_is_told(folder: CourseFolder) -> None:
    """A name that is not in the course is an error that says how many are."""
    with pytest.raises(CourseError) as raised:
        need_learner(folder, "nobody")
    assert (raised.value.key, raised.value.values["count"]) == ("roster.unknown", 3)
