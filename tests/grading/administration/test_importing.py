"""What learners handed in through a platform or on a stick comes into the course."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from breakfix.errors import CourseBusy, CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.importing import import_submissions
from breakfix.grading.incoming.accepting import Wanted
from breakfix.grading.incoming.stamps import read_secret, read_timestamp
from breakfix.grading.packing import pack as pack_work
from breakfix.grading.work import work_in
from breakfix.model.incoming import Arrival
from tests.grading.administration.bringing import (
    SUBMISSION,
    brought,
    evidence,
    laid,
    names,
    outcomes,
)
from tests.grading.administration.conftest import CLOSES
from tests.grading.administration.packing import (
    EVIDENCE,
    NOON,
    files,
    notebook,
    pack,
    real_evidence,
    without,
)
from tests.unit.grading.zipping import zipped


def test_packs_in_a_platforms_folders_come_in(folder: CourseFolder) -> None:
    """A folder for each learner, with the platform's name and a pack in it, is the usual way."""
    report = brought(
        folder,
        {
            "Van den Broeck Els_12345_assignsubmission_file_/els_week-1.zip": pack("els"),
            "Yıldız Yusuf_12346_assignsubmission_file_/yusuf_week-1 (2).zip": pack("yusuf"),
            "lijst.csv": b"not for us",
        },
    )

    assert outcomes(report) == [
        (Arrival.NEW, "els", "week-1"),
        (Arrival.NEW, "yusuf", "week-1"),
    ]
    assert not report.refused
    assert report.unused == ("lijst.csv",)
    place = folder.submitted("els", "week-1")
    assert names(place) == SUBMISSION
    assert (place / EVIDENCE).read_bytes() == files("els")[EVIDENCE]
    assert (place / "week-1.ipynb").read_bytes() == files("els")["week-1.ipynb"]
    assert read_secret(place) == files("els")["submission_secret.txt"].decode()
    assert not (folder.root / ".incoming").exists()


def test_nbgrader_reads_the_time_that_was_written(folder: CourseFolder) -> None:
    """The moment of the label is what nbgrader itself sees."""
    brought(folder, {"a.zip": pack("els", time=NOON + 0.25)})
    place = folder.submitted("els", "week-1")

    seen = CourseDirectory(root=str(folder.root)).get_existing_timestamp(str(place))
    assert seen.isoformat() == "2026-11-20T12:00:00.250000"
    assert read_timestamp(place) == NOON + 0.25


def test_a_zip_of_zips_comes_in(folder: CourseFolder, tmp_path: Path) -> None:
    """What a platform gives as one file holds a pack of each learner, in folders or not."""
    source = tmp_path / "week-1.zip"
    source.write_bytes(zipped({"x_1/els.zip": pack("els"), "noe.ZIP": pack("noe")}))

    report = import_submissions(folder, source, Wanted())

    assert [row.learner for row in report.rows] == ["els", "noe"]
    assert report.rows[0].where == "week-1.zip: x_1/els.zip"
    assert evidence(folder, "noe") == files("noe")[EVIDENCE]


def test_one_pack_comes_in(folder: CourseFolder, tmp_path: Path) -> None:
    """A pack may be given by itself."""
    source = tmp_path / "els_week-1.zip"
    source.write_bytes(pack("els"))
    assert outcomes(import_submissions(folder, source, Wanted())) == [
        (Arrival.NEW, "els", "week-1")
    ]


def test_unpacked_packs_come_in_with_their_answers(folder: CourseFolder, tmp_path: Path) -> None:
    """Some browsers unpack what they fetch: the folder is as good as the zip, on a disk and inside
    a platform's zip."""
    report = brought(folder, {f"els/{name}": data for name, data in files("els").items()})
    source = tmp_path / "all.zip"
    source.write_bytes(zipped({f"noe/{name}": data for name, data in files("noe").items()}))
    report = import_submissions(folder, source, Wanted())

    assert outcomes(report) == [(Arrival.NEW, "noe", "week-1")]
    for learner in ("els", "noe"):
        place = folder.submitted(learner, "week-1")
        assert (place / "week-1.ipynb").read_bytes() == files(learner)["week-1.ipynb"]
        assert evidence(folder, learner) == files(learner)[EVIDENCE]


def test_bare_evidence_gets_the_released_notebook(folder: CourseFolder) -> None:
    """Evidence says itself whose it is; the notebook is that of the release."""
    report = brought(folder, {"mail/work.breakfix.tar.zst": real_evidence("els")})

    assert outcomes(report) == [(Arrival.NEW, "els", "week-1")]
    place = folder.submitted("els", "week-1")
    assert evidence(folder, "els") == real_evidence("els")
    released = (folder.release("week-1") / "week-1.ipynb").read_bytes()
    assert (place / "week-1.ipynb").read_bytes() == released
    assert read_timestamp(place) == NOON
    assert read_secret(place) == hashlib.sha512(real_evidence("els")).hexdigest()


def test_a_folder_that_was_zipped_by_hand_keeps_its_answers(folder: CourseFolder) -> None:
    """Evidence in the learner's own folder comes with the notebook that stands beside it."""
    own = {
        "week-1/week-1.ipynb": notebook("my answer"),
        "week-1/assignment.json": b"{}",
        "week-1/.ipynb_checkpoints/week-1-checkpoint.ipynb": notebook("old"),
        f"week-1/{EVIDENCE}": real_evidence("els"),
    }
    report = brought(folder, {"Van den Broeck_1/week-1.zip": zipped(own)})

    assert outcomes(report) == [(Arrival.NEW, "els", "week-1")]
    written = (folder.submitted("els", "week-1") / "week-1.ipynb").read_bytes()
    assert written == notebook("my answer")


def test_an_assignment_may_be_named_as_evidence_names_it(folder: CourseFolder) -> None:
    """A label may name the assignment alone, or with its course before it."""
    report = brought(folder, {"a.zip": zipped(files("els") | {
        "handed-in.json": pack_label("net/week-1")})})  # fmt: skip
    assert outcomes(report) == [(Arrival.NEW, "els", "week-1")]


def pack_label(assignment: str) -> bytes:
    """A label of els that names the assignment so."""
    return files("els", time=NOON)["handed-in.json"].replace(
        b'"assignment": "week-1"', f'"assignment": "{assignment}"'.encode()
    )


def test_late_is_told_and_taken(folder: CourseFolder) -> None:
    """What came after the learner's own closing time is taken, and marked."""
    report = brought(
        folder,
        {"1.zip": pack("els", time=CLOSES), "2.zip": pack("noe", time=CLOSES + 1)},
    )
    assert [(row.arrival, row.late) for row in report.rows] == [
        (Arrival.NEW, False),
        (Arrival.NEW, True),
    ]


def test_a_notebook_alone_is_taken_and_told(folder: CourseFolder) -> None:
    """Answers without work on the machines still count for what they are."""
    report = brought(folder, {"a.zip": zipped(without(files("els"), EVIDENCE))})
    assert [row.arrival for row in report.rows] == [Arrival.NEW]
    assert len(report.rows[0].notes) == 1
    assert not (folder.submitted("els", "week-1") / "evidence").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda own: without(own, "week-1.ipynb"), 1),
        (lambda own: own | {"week-1.ipynb": b"{rubbish"}, 1),
        (
            lambda own: own | {"week-1.ipynb": notebook(os.urandom(2 << 20).hex())},
            2,
        ),
    ],
    ids=["missing", "damaged", "too large"],
)
def test_a_bad_notebook_does_not_lose_the_evidence(
    change: object, told: int, folder: CourseFolder
) -> None:
    """Where the notebook is missing, damaged or too large, the released one stands in its place,
    and the teacher is told."""
    report = brought(folder, {"a.zip": zipped(change(files("els")))})  # type: ignore[operator]

    assert [row.arrival for row in report.rows] == [Arrival.NEW]
    assert len(report.rows[0].notes) == told
    released = (folder.release("week-1") / "week-1.ipynb").read_bytes()
    assert (folder.submitted("els", "week-1") / "week-1.ipynb").read_bytes() == released
    assert evidence(folder, "els") == files("els")[EVIDENCE]


def test_evidence_under_another_name_is_taken(folder: CourseFolder) -> None:
    """A renamed file of evidence gets its name back; grading looks whether it is what it says."""
    own = without(files("els"), EVIDENCE) | {"evidence/mine (1).breakfix.tar.zst": b"work"}
    report = brought(folder, {"a.zip": zipped(own)})
    assert [row.arrival for row in report.rows] == [Arrival.NEW]
    assert evidence(folder, "els") == b"work"


@pytest.mark.parametrize("ending", [".BREAKFIX.TAR.ZST", ".breakfix.tar.ZST"])
def test_evidence_with_capitals_in_its_ending_comes_in_whole(
    folder: CourseFolder, ending: str
) -> None:
    """However a system wrote the ending of its name, evidence is taken, alone and in a pack."""
    name = EVIDENCE.removesuffix(".breakfix.tar.zst") + ending
    real = real_evidence("els")
    packed = without(files("noe"), EVIDENCE) | {name: b"packed"}
    content = {name.rpartition("/")[2]: real}
    content |= {f"noe/{path}": data for path, data in packed.items()}
    report = brought(folder, content)
    assert sorted(outcomes(report)) == [
        (Arrival.NEW, "els", "week-1"),
        (Arrival.NEW, "noe", "week-1"),
    ]
    assert (evidence(folder, "els"), evidence(folder, "noe")) == (real, b"packed")


def test_a_bad_secret_is_replaced(folder: CourseFolder) -> None:
    """Nbgrader names feedback by the secret, so only one that can be a name is kept."""
    own = files("els") | {"submission_secret.txt": b"../../../etc/passwd"}
    brought(folder, {"a.zip": zipped(own)})
    assert read_secret(folder.submitted("els", "week-1")) == (
        hashlib.sha512(own[EVIDENCE]).hexdigest()
    )


def test_something_with_nothing_in_it_is_told(folder: CourseFolder) -> None:
    """A folder without a single hand-in is probably the wrong one."""
    with pytest.raises(CourseError) as raised:
        brought(folder, {"readme.txt": b"hello"})
    assert raised.value.key == "import.nothing"


def test_a_course_that_is_being_changed_is_left_alone(folder: CourseFolder) -> None:
    """While another command works on the course, nothing is imported."""
    with folder.locked(), pytest.raises(CourseBusy):
        brought(folder, {"a.zip": pack("els")})


def test_an_unknown_assignment_is_told_at_once(folder: CourseFolder) -> None:
    """`--assignment` must be one of the course."""
    with pytest.raises(CourseError) as raised:
        brought(folder, {"a.zip": pack("els")}, assignment="week-9")
    assert raised.value.key == "course.no-assignment"


def test_what_the_learners_own_command_packs_comes_in(folder: CourseFolder, tmp_path: Path) -> None:
    """A pack as `breakfix assignment pack` writes it is taken whole: notebook, evidence, moment and
    secret."""
    work = laid(tmp_path / "work", without(files("els"), "handed-in.json", "timestamp.txt"))
    assignment = folder.planned("week-1").assignment
    packed = tmp_path / "els_week-1.zip"
    pack_work(work_in(work, assignment), assignment, "els", packed, NOON)

    report = import_submissions(folder, packed, Wanted())

    assert [(row.arrival, row.time, row.notes) for row in report.rows] == [(Arrival.NEW, NOON, ())]
    place = folder.submitted("els", "week-1")
    assert (place / "week-1.ipynb").read_bytes() == files("els")["week-1.ipynb"]
    assert evidence(folder, "els") == files("els")[EVIDENCE]
    assert read_timestamp(place) == NOON
