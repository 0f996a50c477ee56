from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from breakfix.content import Catalog
from breakfix.content.digest import digest
from breakfix.errors import CourseBusy, CourseError
from breakfix.grading.course import Terms, chosen_faults, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.grading.pinning import pinned_lab
from breakfix.messages import Language
from breakfix.model.session import Mode
from breakfix.wiring import checkout, images_folder
from tests.grading.conftest import LAB, NAME, add

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
NETWORK = Catalog((checkout() / "labs",)).load("no-internet")


def released(course: CourseFolder, name: str) -> list[dict[str, Any]]:
    """The cells of the notebook that learners get."""
    file = course.release(name) / f"{name}.ipynb"
    cells: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["cells"]
    return cells


def points(course: CourseFolder, name: str) -> dict[str, float]:
    """What each graded cell can earn."""
    cells = [cell["metadata"].get("nbgrader", {}) for cell in released(course, name)]
    return {cell["grade_id"]: cell["points"] for cell in cells if cell.get("grade")}


def test_what_learners_get_holds_no_staff_file(course: CourseFolder) -> None:
    """Only the notebook and the assignment travel, and no word of the fault or the checks."""
    files = {path.name for path in course.release(NAME).rglob("*") if path.is_file()}
    assert files == {f"{NAME}.ipynb", "assignment.json"}
    text = (course.release(NAME) / f"{NAME}.ipynb").read_text("utf-8")
    assert "port-taken" not in text
    assert "staff" not in text


def test_cells_earn_what_the_lab_says(course: CourseFolder) -> None:
    """The cells of an evaluation add up to the lab's points for repair, diagnosis and questions."""
    found = points(course, NAME)
    scoring = pinned_lab(course, LAB).lab.scoring
    assert found["diagnosis"] == scoring.diagnosis + scoring.first_diagnosis
    assert sum(found.values()) == 43 + 12 + 8


def test_practice_counts_nothing(empty_course: CourseFolder) -> None:
    """In practice each cell is worth 0 points."""
    add(empty_course, "oefening", Terms(Mode.PRACTICE, ("not-enabled",), 0))
    assert set(points(empty_course, "oefening").values()) == {0}


def test_no_value_of_a_variant_is_in_the_notebook(course: CourseFolder) -> None:
    """Everybody gets the same notebook, so it holds no parameter and no ticket."""
    text = "".join(line for cell in released(course, NAME) for line in cell["source"])
    assert not [name for name in pinned_lab(course, LAB).lab.parameters if f"${name}" in text]
    assert "breakfix.assignment()" in text


def test_a_running_course_keeps_its_lab(course: CourseFolder) -> None:
    """What was pinned is what later assignments of the same lab are made of."""
    pinned = pinned_lab(course, LAB)
    checks = pinned.root / "staff" / "checks.py"
    checks.write_text(f"{checks.read_text('utf-8')}# changed in this course\n", "utf-8")
    add(course, "tweede", Terms(Mode.EVALUATION, ("not-enabled",)))
    assert course.planned("tweede").lab_digest == digest(pinned.root)


def test_seeds_are_new(course: CourseFolder) -> None:
    """Each assignment has a seed of its own."""
    add(course, "tweede", Terms(Mode.EVALUATION, ("port-taken",)))
    known = course.read().assignments
    assert known[NAME].assignment.seed != known["tweede"].assignment.seed


def test_closing_is_nbgraders_due_date(empty_course: CourseFolder) -> None:
    """The gradebook knows when an assignment closes."""
    add(empty_course, NAME, Terms(Mode.EVALUATION, ("port-taken",), closes=1_800_000_000.0))
    with gradebook(empty_course) as book:
        assert book.find_assignment(NAME).duedate.isoformat() == "2027-01-15T08:00:00"


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """A course never mixes with what is there already."""
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(CourseError, match="not-empty"):
        create_course(tmp_path, "helpdesk", Language.NL, images_folder())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_same_name_twice_is_refused(course: CourseFolder) -> None:
    """An assignment that is there stays as it is."""
    before = course.file.read_bytes()
    with pytest.raises(CourseError, match="assignment-there"):
        add(course, NAME, Terms(Mode.EVALUATION, ("port-taken",)))
    assert course.file.read_bytes() == before


@pytest.mark.parametrize("name", ["", "Week 3", "../x", "a+b", "-x", "é"])
def test_odd_names_are_refused(empty_course: CourseFolder, name: str) -> None:
    """A name is small letters, digits and hyphens: it becomes a folder."""
    with pytest.raises(CourseError, match="bad-name"):
        add(empty_course, name, Terms(Mode.EVALUATION, ("port-taken",)))


def test_another_format_is_told_as_such(course: CourseFolder) -> None:
    """A course of an older or newer breakfix is no damaged one."""
    data = json.loads(course.file.read_text("utf-8"))
    course.file.write_text(json.dumps({**data, "format": 0, "version": "0.0.1"}), "utf-8")
    with pytest.raises(CourseError, match="other-format"):
        course.read()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', '{"format": 1, "id": 3}'])
def test_a_damaged_course_is_refused(course: CourseFolder, text: str) -> None:
    """Rubbish in course.json is a clear error."""
    course.file.write_text(text, "utf-8")
    with pytest.raises(CourseError, match="damaged"):
        course.read()


def test_two_commands_at_once_are_refused(course: CourseFolder) -> None:
    """While one command changes a course, another is told so at once."""
    with course.locked(), pytest.raises(CourseBusy):
        course.change(lambda found: found)


def test_a_pool_is_of_one_difficulty() -> None:
    """Easy faults are those of difficulty 1 and 2."""
    easy = chosen_faults(NETWORK, (), "easy", Mode.EVALUATION)
    assert {NETWORK.lab.faults[name].difficulty for name in easy} == {1, 2}


def test_an_evaluation_says_its_fault() -> None:
    """Without fault or pool an evaluation is refused; practice takes all."""
    with pytest.raises(CourseError, match="say-fault"):
        chosen_faults(NETWORK, (), "", Mode.EVALUATION)
    assert chosen_faults(NETWORK, (), "", Mode.PRACTICE) == list(NETWORK.lab.faults)


def test_faults_that_earn_differently_are_no_pool(empty_course: CourseFolder) -> None:
    """Two learners of one assignment must be able to earn the same."""
    terms = Terms(Mode.EVALUATION, ("forwarding-off", "provider-names-down"))
    with pytest.raises(CourseError, match="unequal-faults"):
        add(empty_course, NAME, terms, lab="no-internet")


def test_the_config_refuses_where_breakfix_is_missing(course: CourseFolder) -> None:
    """The classes stand in the file itself, before anything of breakfix is loaded: without it
    nbgrader must not fall back on running notebooks."""
    text = (course.root / "nbgrader_config.py").read_text("utf-8")
    assert text.index("c.Autograde.autograde_preprocessors") < text.index("import configure")
    assert "Execute'" not in text
