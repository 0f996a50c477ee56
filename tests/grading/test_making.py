"""A course that is made whole or not at all, and the sample course."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from breakfix.content import Catalog
from breakfix.errors import CourseError
from breakfix.grading import course as making
from breakfix.grading.course import create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.roster import learners
from breakfix.grading.sample import sample_course
from breakfix.messages import Language
from breakfix.ports.passing import passing
from breakfix.wiring import checkout, images_folder, pinned_tags

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
LABS = ("no-internet", "till-does-not-start")


def create(root: Path) -> CourseFolder:
    """A new course."""
    return create_course(root, "helpdesk", Language.NL, images_folder())


def made_sample(root: Path) -> CourseFolder:
    """The sample course, as `make teach` makes it."""
    catalog = Catalog((checkout() / "labs",))
    evaluation, practice = (catalog.load(lab) for lab in LABS)
    return sample_course(
        root,
        Language.NL,
        images_folder(),
        (evaluation, practice),
        lambda folder, lab: pinned_tags(lab, folder.images),
    )


@pytest.mark.parametrize("there", [False, True])
def test_a_course_that_was_interrupted_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """Ctrl-C in the middle leaves nothing, also in an empty folder that was there already."""
    root = tmp_path / "course"
    if there:
        root.mkdir(0o755)

    def pressed(_: CourseFolder) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(making, "make_gradebook", pressed)
        with pytest.raises(KeyboardInterrupt):
            create(root)
    assert list(tmp_path.rglob("*")) == ([root] if there else [])
    inode = root.stat().st_ino if there else None
    made = create(root)
    assert made.read().id == "helpdesk"
    assert learners(made) == {}
    assert root.stat().st_mode & 0o777 == 0o700
    assert inode in {None, root.stat().st_ino}
    assert not list(tmp_path.rglob(".*scratch*"))


@pytest.mark.parametrize("there", [False, True])
def test_what_a_killed_making_left_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """A half course of a process that has ended is removed, and the course is made."""
    root = tmp_path / "course"
    if there:
        root.mkdir()
    with subprocess.Popen(["sleep", "60"]) as other:
        monkeypatch.setattr("os.getpid", lambda: other.pid)
        left = (root if there else tmp_path) / f".course.{passing('scratch')}"
        monkeypatch.undo()
        other.kill()
    left.mkdir()
    (left / "course.json").write_text("{}")
    assert create(root).read().id == "helpdesk"
    assert not left.exists()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """Nothing of somebody's is ever taken for the rest of a making."""
    (tmp_path / ".course.scratch").mkdir()
    with pytest.raises(CourseError) as error:
        create(tmp_path)
    assert error.value.key == "course.not-empty"


def test_the_sample_course_is_made_and_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after its first assignment, the next run makes the rest, and once more changes
    nothing; it has both labs and its six learners."""
    root, add = tmp_path / "teach", making.add_assignment

    def pressed(folder: CourseFolder, name: str, *more: object) -> object:
        if name == LABS[1]:
            raise KeyboardInterrupt
        return add(folder, name, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("breakfix.grading.sample.add_assignment", pressed)
        with pytest.raises(KeyboardInterrupt):
            made_sample(root)
    assert list(CourseFolder(root).read().assignments) == [LABS[0]]
    first = CourseFolder(root).planned(LABS[0])
    made = made_sample(root)
    assert list(made.read().assignments) == list(LABS)
    assert made.planned(LABS[0]) == first
    assert len(learners(made)) == 6
    assert (root / "exchange").is_dir()
    before = made.file.read_bytes()
    assert made_sample(root).file.read_bytes() == before
