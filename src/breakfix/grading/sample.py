"""A sample course, to look around in: two assignments, six invented learners, its own exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from breakfix.content.loaded import LoadedLab
from breakfix.grading.course import Terms, add_assignment, create_course
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import gradebook
from breakfix.messages import Language, say
from breakfix.model.assignment import HintPolicy
from breakfix.model.session import Mode

_PEOPLE = (
    ("els", "Els", "Van den Broeck"),
    ("yusuf", "Yusuf", "Yıldız"),
    ("noe", "Noë", "Claessens"),
    ("chantal", "Chantal", "Ngoma"),
    ("rik", "Rik", "De Smet"),
    ("zoe", "Zoë", "Müller-Janssens"),
)


def sample_course(
    root: Path,
    language: Language,
    images: Path,
    labs: tuple[LoadedLab, LoadedLab],
    images_of: Callable[[CourseFolder, LoadedLab], Mapping[str, str]],
) -> CourseFolder:
    """The sample course in `root`, with an evaluation of the first lab and practice of the second;
    what an interrupted making left is gone on with."""
    evaluation, practice = labs
    folder = CourseFolder(root)
    if not folder.file.exists():
        folder = create_course(
            root, say("sample.course", language), language, images, root / "exchange"
        )
    (root / "exchange").mkdir(exist_ok=True)
    easy = tuple(name for name, one in evaluation.lab.faults.items() if one.difficulty == 1)
    _add(folder, evaluation, Terms(Mode.EVALUATION, easy), images_of)
    every = tuple(practice.lab.faults)
    _add(folder, practice, Terms(Mode.PRACTICE, every, 0, HintPolicy.FREE), images_of)
    with gradebook(folder) as opened:
        for person, first, last in _PEOPLE:
            opened.update_or_create_student(person, first_name=first, last_name=last)
    return folder


def _add(
    folder: CourseFolder,
    loaded: LoadedLab,
    terms: Terms,
    images_of: Callable[[CourseFolder, LoadedLab], Mapping[str, str]],
) -> None:
    if loaded.slug not in folder.read().assignments:
        add_assignment(folder, loaded.slug, loaded, terms, lambda lab: images_of(folder, lab))
