from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from breakfix.grading import submit as submitting
from breakfix.grading.classes import configure_learner
from breakfix.grading.submit import CheckedSubmit
from breakfix.grading.taking import take
from tests.grading.school import EVIDENCE, NAME, School
from tests.grading.verdicts import HALF, REPAIRED, evidence

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


class Learner:
    """A learner with an assignment, and nbgrader as it is set up for learners."""

    def __init__(self, school: School, home: Path) -> None:
        self.school = school
        self.home = home
        self.work = home / NAME
        shutil.copytree(school.folder.release(NAME), self.work)

    def hand_in(self, holds: frozenset[str] = HALF) -> None:
        """What `lab.hand_in()` leaves beside the notebook."""
        (self.work / "evidence").mkdir(exist_ok=True)
        (self.work / EVIDENCE).write_bytes(evidence(holds))

    def submit(self, student: str = "anna") -> Any:  # noqa: ANN401
        """What `nbgrader submit` and the button of the assignment list do."""
        c = Config()
        configure_learner(c)
        c.CourseDirectory.course_id = "helpdesk"
        c.CourseDirectory.assignment_id = NAME
        c.CourseDirectory.student_id = student
        c.Exchange.root = str(self.school.exchange)
        c.Exchange.cache = str(self.home / "cache")
        c.Exchange.assignment_dir = str(self.home)
        step = ExchangeFactory(config=c).Submit(
            coursedir=CourseDirectory(config=c), authenticator=Authenticator(config=c), config=c
        )
        assert isinstance(step, CheckedSubmit)
        step.start()
        return step

    def arrived(self) -> list[Path]:
        """What lies in the inbound folder."""
        return list(self.school.inbound.iterdir())


@pytest.fixture
def anna(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """A learner who fetched the assignment."""
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "nl")
    return Learner(school, tmp_path / "home")


def test_a_hand_in_arrives_and_is_collected(anna: Learner) -> None:
    """Notebook and evidence arrive, in the name that was given, and nothing else of the folder;
    collect takes them."""
    anna.hand_in()
    (anna.work / "foto.png").write_bytes(b"x" * 1000)
    anna.submit()
    (place,) = anna.arrived()
    assert place.name.startswith(f"anna+{NAME}+")
    files = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}
    assert files == {f"{NAME}.ipynb", EVIDENCE, "timestamp.txt", "submission_secret.txt"}
    assert anna.school.collect()["success"]
    taken = anna.school.folder.submitted("anna", NAME)
    assert (taken / EVIDENCE).read_bytes() == evidence(HALF)


def test_without_evidence_the_learner_is_warned(
    anna: Learner, caplog: pytest.LogCaptureFixture
) -> None:
    """Work without anything of the machines is handed in, with a warning that says so."""
    anna.submit()
    assert "dien je alleen je notebook in" in caplog.text
    assert len(anna.arrived()) == 1


def test_who_hands_in_is_said(anna: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody gave a name it is the one that stands in the evidence too; a name that can't be
    one is refused."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "bart")
    anna.submit("*")
    assert [path.name.partition("+")[0] for path in anna.arrived()] == ["bart"]
    with pytest.raises(ExchangeError, match="kan geen naam van een cursist zijn"):
        anna.submit("../anna")
    assert len(anna.arrived()) == 1


@pytest.mark.parametrize(
    ("path", "size", "told"),
    [
        (EVIDENCE, (50 << 20) + 1, "is te groot"),
        (f"{NAME}.ipynb", (2 << 20) + 1, "is te groot"),
    ],
)
def test_too_much_is_refused_before_anything_is_copied(
    anna: Learner, path: str, size: int, told: str
) -> None:
    """A file over its bound is named, with what it may be; nothing is in the exchange after."""
    anna.hand_in()
    with (anna.work / path).open("wb") as stream:
        stream.truncate(size)
    with pytest.raises(ExchangeError) as error:
        anna.submit()
    assert f"{path} {told}" in str(error.value)
    assert "Er is niets ingediend" in str(error.value)
    assert anna.arrived() == []
    assert (anna.work / path).stat().st_size == size


@pytest.mark.parametrize(
    "name",
    [
        "evidence/till\u2013kopie.breakfix.tar.zst",
        "evidence/till.BREAKFIX.TAR.ZST",
        "\u201ckladje.ipynb",
    ],
)
def test_an_unusual_name_is_told_and_nothing_is_handed_in(anna: Learner, name: str) -> None:
    """A file of the work whose name can't come along is named, and never silently left behind."""
    anna.hand_in()
    (anna.work / name).write_bytes(b"{}")
    (anna.work / ".~hidden\u2013.ipynb").write_bytes(b"{}")
    with pytest.raises(ExchangeError) as error:
        anna.submit()
    assert f"{name} is niet meegenomen: de naam" in str(error.value)
    assert "hidden" not in str(error.value)
    assert anna.arrived() == []


def test_a_link_is_refused_with_words(anna: Learner) -> None:
    """Evidence that is a link is not handed in as what it points to."""
    anna.hand_in()
    (anna.work / EVIDENCE).unlink()
    (anna.work / EVIDENCE).symlink_to("/etc/hostname")
    with pytest.raises(ExchangeError, match="is een verwijzing"):
        anna.submit()
    assert anna.arrived() == []


def damaged(change: Callable[[Path], object]) -> Callable[[Path, Path, str], object]:
    """A copy that goes wrong on its way."""

    def copy(source: Path, target: Path, first: str = "") -> object:
        taken = take(source, target, first)
        change(target)
        return taken

    return copy


@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place / EVIDENCE).write_bytes(b"half"),
        lambda place: (place / EVIDENCE).unlink(),
        lambda place: (place / f"{NAME}.ipynb").write_text("{}"),
    ],
)
def test_what_arrives_otherwise_is_taken_back(
    anna: Learner, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    """What was copied is read back; when it is not what was sent, it is taken back and told."""
    anna.hand_in()
    monkeypatch.setattr(submitting, "take", damaged(change))
    with pytest.raises(ExchangeError, match="dus is het teruggenomen"):
        anna.submit()
    assert anna.arrived() == []
    assert (anna.work / EVIDENCE).read_bytes() == evidence(HALF)


def test_a_full_disk_leaves_no_half_hand_in(anna: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """When copying fails halfway, nothing stays in the exchange, and the last hand-in counts."""
    anna.hand_in(REPAIRED)
    anna.submit()
    anna.hand_in(HALF)

    def full(source: Path, target: Path, first: str = "") -> object:
        take(source, target, first)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(submitting, "take", full)
    with pytest.raises(ExchangeError, match="No space left on device"):
        anna.submit()
    monkeypatch.undo()
    assert len(anna.arrived()) == 1
    assert anna.school.collect()["success"]
    taken = anna.school.folder.submitted("anna", NAME)
    assert (taken / EVIDENCE).read_bytes() == evidence(REPAIRED)


def test_handing_in_again_counts(anna: Learner) -> None:
    """A second hand-in stands beside the first, and is the one that collect takes."""
    anna.hand_in(HALF)
    anna.submit()
    anna.hand_in(REPAIRED)
    anna.submit()
    assert len(anna.arrived()) == 2
    assert anna.school.collect()["success"]
    taken = anna.school.folder.submitted("anna", NAME)
    assert (taken / EVIDENCE).read_bytes() == evidence(REPAIRED)
