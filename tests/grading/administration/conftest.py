"""A course with a class in it, made once and copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from breakfix.content import create, read_lab
from breakfix.content.loaded import LoadedLab
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.roster import import_class_list
from breakfix.messages import Language
from breakfix.model.assignment import HintPolicy
from breakfix.model.session import Mode
from breakfix.wiring import images_folder

CLOSES = datetime(2026, 11, 20, 15, tzinfo=UTC).timestamp()
CLASS = """Gebruikersnaam;Voornaam;Naam;E-mail
els;Els;Van den Broeck;els@example.be
yusuf;Yusuf;Yıldız;
noe;Noë;Claessens;noe@example.be
"""


def images_of(loaded: LoadedLab) -> dict[str, str]:
    """Invented full names of a lab's images."""
    names = {machine.image for machine in loaded.lab.machines.values()}
    return {name: f"breakfix/{name}:1" for name in names}


@pytest.fixture(scope="session")
def made_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course: `week-1` is an evaluation that closes, `home` is practice, `exam` never closes;
    in it are els, yusuf and noe."""
    root = tmp_path_factory.mktemp("course")
    loaded = read_lab(create(root / "labs", "m021-network", "no-note"))
    folder = create_course(root / "net", "net", Language.NL, images_folder())
    faults = tuple(loaded.lab.faults)
    terms = {
        "week-1": Terms(Mode.EVALUATION, faults, closes=CLOSES),
        "home": Terms(Mode.PRACTICE, faults, 0, HintPolicy.FREE),
        "exam": Terms(Mode.EVALUATION, faults, 2, HintPolicy.PRICED, 3),
    }
    for name, one in terms.items():
        add_assignment(folder, name, loaded, one, images_of)
    class_list = root / "klas.csv"
    class_list.write_text(CLASS, "utf-8")
    import_class_list(folder, class_list)
    return folder.root


@pytest.fixture
def folder(made_course: Path, tmp_path: Path) -> CourseFolder:
    """A copy of the course, to change."""
    return CourseFolder(Path(shutil.copytree(made_course, tmp_path / "net")))
