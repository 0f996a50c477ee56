from __future__ import annotations

import errno
import hashlib
import os
import pwd
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError

from breakfix.grading import collect as collecting
from breakfix.grading.collect import SafeCollect
from breakfix.grading.generating import api_of
from breakfix.grading.inbound import as_nbgrader, is_ahead, time_in
from breakfix.grading.notes import read_notes
from breakfix.grading.taking import take
from breakfix.messages import Language
from tests.grading.school import EVIDENCE, NAME, SECRET, School, answered
from tests.grading.verdicts import HALF, REPAIRED, evidence

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
LATER, LAST = "2026-11-21 10:00:00.000000 UTC", "2026-11-22 10:00:00.000000 UTC"


def submission(school: School, learner: str = "anna") -> dict[str, str]:
    """What was collected: the SHA-256 of every file, by path."""
    place = school.folder.submitted(learner, NAME)
    files = (path for path in place.rglob("*") if path.is_file())
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def held(school: School) -> bytes:
    """The evidence that was collected from anna."""
    return (school.folder.submitted("anna", NAME) / EVIDENCE).read_bytes()


def test_a_hand_in_is_collected_as_it_is(school: School) -> None:
    """Notebook and evidence arrive byte for byte, with nbgrader's own two files."""
    place = school.hand_in("anna", answered(school.notebook(), "Met ls."))
    assert school.collect()["success"]
    taken = school.folder.submitted("anna", NAME)
    assert set(submission(school)) == {
        f"{NAME}.ipynb", EVIDENCE, "timestamp.txt", "submission_secret.txt",
    }  # fmt: skip
    for name in (f"{NAME}.ipynb", EVIDENCE, "submission_secret.txt"):
        assert (taken / name).read_bytes() == (place / name).read_bytes()
    assert (taken / "timestamp.txt").read_text().strip() == "2026-11-20 10:00:00.000000 UTC"
    assert read_notes(taken) == ()


def test_a_newer_hand_in_waits_for_update(school: School) -> None:
    """Without --update the first hand-in stays, with it the newest takes its place."""
    school.hand_in("anna", holds=HALF)
    assert school.collect()["success"]
    school.hand_in("anna", holds=REPAIRED, when=LATER)
    assert school.collect(update=False)["success"]
    assert held(school) == evidence(HALF)
    assert school.collect()["success"]
    assert held(school) == evidence(REPAIRED)


def test_collecting_twice_changes_nothing(school: School) -> None:
    """A second collect of the same hand-ins leaves them alone."""
    school.hand_in("anna")
    assert school.collect()["success"]
    place = school.folder.submitted("anna", NAME)
    before = place.stat().st_ino
    assert school.collect()["success"]
    assert place.stat().st_ino == before


def test_a_hand_in_that_was_cut_off_is_none(school: School) -> None:
    """A newer folder without timestamp.txt is not taken: the whole one before it is."""
    school.hand_in("anna", holds=REPAIRED)
    half = school.hand_in("anna", holds=None, when=LATER)
    (half / "timestamp.txt").unlink()
    assert school.collect()["success"]
    assert held(school) == evidence(REPAIRED)


@pytest.mark.parametrize("first", [True, False])
def test_a_bad_hand_in_never_takes_the_place_of_a_good_one(school: School, *, first: bool) -> None:
    """Where a newer hand-in can't be taken whole, the good one stays or is taken, and the teacher
    reads why."""
    school.hand_in("anna", holds=REPAIRED)
    if first:
        assert school.collect()["success"]
    bad = school.hand_in("anna", holds=None, when=LATER)
    (bad / "evidence").mkdir()
    (bad / EVIDENCE).symlink_to("/etc/hostname")
    result = school.collect()
    assert result["success"]
    assert f"anna: {EVIDENCE} is een verwijzing" in result["log"]
    assert held(school) == evidence(REPAIRED)
    assert not any(school.folder.root.glob("submitted/anna/.*"))
    school.hand_in("anna", holds=HALF, when=LAST)
    assert school.collect()["success"]
    assert held(school) == evidence(HALF)


def test_of_a_first_bad_hand_in_the_good_part_is_taken(school: School) -> None:
    """Where there is nothing else, what can be taken is, with a note of what could not."""
    bad = school.hand_in("anna", answered(school.notebook(), "Met ls."))
    (bad / EVIDENCE).unlink()
    os.mkfifo(bad / EVIDENCE)
    assert school.collect()["success"]
    place = school.folder.submitted("anna", NAME)
    assert EVIDENCE not in submission(school)
    assert "Met ls." in (place / f"{NAME}.ipynb").read_text()
    (note,) = read_notes(place)
    assert note.in_(Language.EN).startswith(EVIDENCE)


def test_evidence_with_an_unusual_name_is_told_and_noted(school: School) -> None:
    """What can't come along for its name is told to the teacher, letter by letter, and noted."""
    place = school.hand_in("anna", answered(school.notebook(), "Met ls."))
    odd = "evidence/kassa\u2013\x1b[31m.breakfix.tar.zst"
    (place / EVIDENCE).rename(place / odd)
    log = school.collect()["log"]
    assert "anna: evidence/kassa\u2013\\x1b[31m.breakfix.tar.zst is niet meegenomen" in log
    assert "\x1b" not in log
    (note,) = read_notes(school.folder.submitted("anna", NAME))
    assert "was not taken: its name" in note.in_(Language.EN)


def test_a_changed_time_is_the_later_one(school: School) -> None:
    """A learner who writes an earlier time into the file is as late as the folder's name says."""
    place = school.hand_in("anna", when=LATER)
    (place / "timestamp.txt").write_text("2020-01-01 00:00:00.000000 UTC")
    assert school.collect()["success"]
    found = school.folder.submitted("anna", NAME) / "timestamp.txt"
    assert found.read_text().strip() == LATER


def test_a_clock_that_is_ahead_does_not_win_for_ever(school: School) -> None:
    """A time that is still to come counts as when the hand-in arrived, which the teacher reads, and
    what is handed in after that takes its place."""
    school.hand_in("anna", holds=HALF, when="2099-01-01 00:00:00.000000 UTC")
    assert "anna: De klok van de cursist loopt voor" in school.collect()["log"]
    found = school.folder.submitted("anna", NAME) / "timestamp.txt"
    told = time_in(found.read_text())
    assert told is not None
    assert not is_ahead(told)
    assert "Niets nieuws op te halen: anna" in school.collect()["log"]
    later = as_nbgrader(datetime.now(UTC))
    school.hand_in("anna", holds=REPAIRED, when=later)
    assert school.collect()["success"]
    assert held(school) == evidence(REPAIRED)


def test_what_was_collected_from_a_clock_ahead_gives_way(school: School) -> None:
    """A submission with a time that is still to come, as it was collected before, is replaced."""
    school.hand_in("anna", holds=HALF)
    assert school.collect()["success"]
    place = school.folder.submitted("anna", NAME)
    (place / "timestamp.txt").write_text("2099-01-01 00:00:00.000000 UTC")
    school.hand_in("anna", holds=REPAIRED, when=LATER)
    assert school.collect()["success"]
    assert held(school) == evidence(REPAIRED)


def test_who_is_not_in_the_class_list_is_told(school: School) -> None:
    """Where there is a class list, work of somebody who is not in it comes in with a sentence."""
    for learner in ("anna", "bart"):
        school.hand_in(learner)
    assert "klaslijst" not in school.collect()["log"]
    with school.gradebook() as book:
        book.update_or_create_student("anna", first_name="Anna", last_name="Maes")
        book.update_or_create_student("bart")
    log = school.collect()["log"]
    assert "bart staat niet met een naam in de klaslijst" in log
    assert "anna staat niet" not in log
    assert school.folder.submitted("bart", NAME).is_dir()


def test_feedback_can_be_returned_whatever_the_secret_is(school: School) -> None:
    """A secret that nbgrader could not use is replaced; a good one is kept."""
    school.hand_in("anna")
    (school.hand_in("bart") / "submission_secret.txt").write_bytes(b"\xff\n")
    (school.hand_in("cem") / "submission_secret.txt").unlink()
    assert school.collect()["success"]
    secrets = [
        (school.folder.submitted(learner, NAME) / "submission_secret.txt").read_text()
        for learner in ("anna", "bart", "cem")
    ]
    assert secrets[0] == SECRET
    assert all(len(secret) == 128 and int(secret, 16) for secret in secrets)


def test_another_owner_is_told(school: School) -> None:
    """The owner of a folder is all that this exchange knows of identity: another one is told."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    school.hand_in(me)
    school.hand_in("anna")
    log = school.collect()["log"]
    assert f"De inzending van anna is van de gebruiker {me}" in log
    assert f"De inzending van {me}" not in log


def test_one_learner_can_be_collected_alone(school: School) -> None:
    """Nbgrader's --student picks one learner."""
    for learner in ("anna", "bart"):
        school.hand_in(learner)
    api = api_of(school.folder)
    api.coursedir.student_id = "bart"
    assert api.collect(NAME, True)["success"]  # noqa: FBT003 (nbgrader's own)
    assert [path.name for path in (school.folder.root / "submitted").iterdir()] == ["bart"]


def test_a_full_disk_stops_neither_the_others_nor_loses_the_old(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is no room for a hand-in, the one from before stays, and others are tried."""
    school.hand_in("anna", holds=HALF)
    assert school.collect()["success"]
    school.hand_in("anna", holds=REPAIRED, when=LATER)
    school.hand_in("bart")

    def full(source: Path, target: Path, first: str = "") -> object:
        if "anna" in str(target):
            raise OSError(errno.ENOSPC, "no room", str(target))
        return take(source, target, first)

    monkeypatch.setattr(collecting, "take", full)
    log = school.collect()["log"]
    assert held(school) == evidence(HALF)
    assert EVIDENCE in submission(school, "bart")
    assert "[ERROR] anna: " in log


def test_a_collect_that_was_killed_is_put_right(school: School) -> None:
    """Killed between putting the old one away and the new one in its place, the next collect still
    has the old one."""
    school.hand_in("anna", holds=HALF)
    assert school.collect()["success"]
    place = school.folder.submitted("anna", NAME)
    place.rename(place.with_name(f".{NAME}.old"))
    place.with_name(f".{NAME}.part").mkdir()
    shutil.rmtree(school.inbound)
    school.inbound.mkdir()
    school.hand_in("anna", holds=None, when="2020-01-01 00:00:00.000000 UTC")
    assert school.collect()["success"]
    assert held(school) == evidence(HALF)


def test_the_renamed_notebook_is_found(school: School) -> None:
    """A notebook that a browser renamed is the learner's: its answers are graded."""
    place = school.hand_in("anna", answered(school.notebook(), "Met ls."))
    (place / f"{NAME}.ipynb").rename(place / f"{NAME} (1).ipynb")
    assert school.collect()["success"]
    taken = school.folder.submitted("anna", NAME)
    assert "Met ls." in (taken / f"{NAME}.ipynb").read_text()
    assert "Met ls." in (taken / "handed-in-1.notebook").read_text()
    assert list(taken.glob("*.ipynb")) == [taken / f"{NAME}.ipynb"]
    (note,) = read_notes(taken)
    assert f"{NAME} (1).ipynb" in note.in_(Language.NL)


def test_of_two_other_notebooks_none_is_chosen(school: School) -> None:
    """Where it is not clear which notebook is meant, the released one takes its place."""
    place = school.hand_in("anna", answered(school.notebook(), "Met ls."))
    (place / f"{NAME}.ipynb").rename(place / "een.ipynb")
    shutil.copy(place / "een.ipynb", place / "twee.ipynb")
    assert school.collect()["success"]
    taken = school.folder.submitted("anna", NAME) / f"{NAME}.ipynb"
    assert taken.read_bytes() == (school.folder.release(NAME) / taken.name).read_bytes()


def test_a_damaged_notebook_stays_beside_the_released_one(school: School) -> None:
    """The learner's own file is kept, under a name that nbgrader takes for no notebook."""
    school.hand_in("anna", b"rubbish")
    assert school.collect()["success"]
    taken = school.folder.submitted("anna", NAME)
    assert (taken / "handed-in-1.notebook").read_bytes() == b"rubbish"
    released = school.folder.release(NAME) / f"{NAME}.ipynb"
    assert (taken / f"{NAME}.ipynb").read_bytes() == released.read_bytes()


def test_a_course_that_cannot_be_read_is_told(school: School) -> None:
    """A damaged course.json is nbgrader's own kind of failure, with our sentence."""
    school.hand_in("anna")
    school.folder.file.write_text("{")

    course = CourseDirectory(course_id="helpdesk", root=str(school.folder.root))
    course.assignment_id = NAME
    with pytest.raises(ExchangeError, match=r"Er is niets veranderd|Nothing was changed"):
        SafeCollect(coursedir=course, root=str(school.exchange)).start()


def test_two_collects_do_not_meet(school: School) -> None:
    """While another command works on the course, collect stops with words, and takes nothing."""
    school.hand_in("anna")
    with school.folder.locked():
        result = school.collect()
    assert not result["success"]
    assert "Een ander commando werkt nu" in result["error"]
    assert not school.folder.submitted("anna", NAME).exists()


def test_a_name_writes_nothing_into_the_log(school: School) -> None:
    """What a learner put into a folder's name is shown in the log letter by letter."""
    place = school.hand_in("anna")
    place.rename(place.with_name(f"{place.name}\n[ERROR] \x1b[31mnep"))
    log = school.collect()["log"]
    assert "\x1b" not in log
    assert "\n[ERROR] nep" not in log
    assert "\\x1b[31mnep" in log
