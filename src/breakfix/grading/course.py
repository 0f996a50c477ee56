"""Making a course, and adding assignments of labs to it."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from breakfix.codec import to_data
from breakfix.content.digest import digest
from breakfix.content.loaded import LoadedLab
from breakfix.errors import CourseError, disk_errors
from breakfix.grading.configured import config_text, learner_config_text
from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import generate, make_gradebook
from breakfix.grading.notebooks import assignment_notebook
from breakfix.grading.pinning import pin_images, pin_lab
from breakfix.grading.whole import is_free, made_whole
from breakfix.messages import Language
from breakfix.model.assignment import Assignment, HintPolicy
from breakfix.model.course import FORMAT, Course, Planned
from breakfix.model.grading import most_points
from breakfix.model.session import Mode

#: The format of `assignment.json`.
_ASSIGNMENT_FORMAT = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
CONFIG = "nbgrader_config.py"
LEARNER_CONFIG = "nbgrader_config-for-learners.py"
ASSIGNMENT = "assignment.json"


@dataclass(frozen=True)
class Terms:
    """What a teacher decides about an assignment: see `Assignment`."""

    mode: Mode
    faults: tuple[str, ...]
    attempts: int = 1
    hints: HintPolicy = HintPolicy.OFF
    hint_price: int = 0
    opens: float | None = None
    closes: float | None = None
    record_terminals: bool = True


def create_course(
    root: Path, course_id: str, language: Language, images: Path, exchange: Path | None = None
) -> CourseFolder:
    """A new course in `root`, which must be empty or not there yet, whole or not at all.

    `images` are the recipes to pin; `exchange` is nbgrader's folder of the whole class, if any.
    Raises CourseError and DiskFull.
    """
    need_name(course_id)
    target = root.resolve()
    if not is_free(target):
        raise CourseError("course.not-empty", folder=root)
    course = Course(FORMAT, course_id, language, version("breakfix"), time.time())
    with disk_errors(), made_whole(target) as part:
        _make(CourseFolder(part), course, images, exchange)
    return CourseFolder(target)


def _make(folder: CourseFolder, course: Course, images: Path, exchange: Path | None) -> None:
    # Names and grades of people: for the teacher alone.
    folder.root.chmod(0o700)
    pin_images(folder, images)
    (folder.root / CONFIG).write_text(config_text(exchange), "utf-8")
    if exchange:
        text = learner_config_text(course.id, exchange)
        (folder.root / LEARNER_CONFIG).write_text(text, "utf-8")
    folder.write(course)
    make_gradebook(folder)


def add_assignment(
    folder: CourseFolder,
    name: str,
    loaded: LoadedLab,
    terms: Terms,
    images_of: Callable[[LoadedLab], Mapping[str, str]],
) -> Planned:
    """A lab as a new assignment `name`, ready to be released. Raises CourseError.

    `images_of` gives the full names of a lab's images by image, as the course has them.
    """
    need_name(name)
    if terms.opens is not None and terms.closes is not None and terms.closes <= terms.opens:
        raise CourseError("course.closes-before", assignment=name)
    course = folder.read()
    if name in course.assignments:
        raise CourseError("course.assignment-there", assignment=name)
    pinned = pin_lab(folder, loaded)
    _need_equals(pinned, terms)
    assignment = Assignment(
        _ASSIGNMENT_FORMAT,
        f"{course.id}/{name}",
        pinned.slug,
        pinned.lab.version,
        secrets.token_hex(16),
        terms.faults,
        terms.attempts,
        terms.mode,
        terms.hints,
        terms.hint_price,
        terms.opens,
        terms.closes,
        terms.record_terminals,
    )
    return put_assignment(
        folder, name, Planned(assignment, digest(pinned.root), images_of(pinned)), pinned
    )


def put_assignment(folder: CourseFolder, name: str, planned: Planned, pinned: LoadedLab) -> Planned:
    """Write the notebook of an assignment, let nbgrader generate what travels, and only then put
    it into the course: one that was interrupted can simply be added again."""
    language = folder.read().language
    write_source(folder, name, planned.assignment, pinned, language)
    generate(folder, name, _due(planned.assignment.closes))
    folder.change(lambda course: replace(course, assignments={**course.assignments, name: planned}))
    return planned


def write_source(
    folder: CourseFolder, name: str, assignment: Assignment, pinned: LoadedLab, language: Language
) -> None:
    """The teacher's copy of an assignment, from which nbgrader generates what travels."""
    notebook = assignment_notebook(pinned, assignment, name, language)
    source = folder.source(name)
    with disk_errors():
        source.mkdir(parents=True, exist_ok=True)
        _write(source / f"{name}.ipynb", notebook)
        write_assignment(source / ASSIGNMENT, assignment)


def write_assignment(file: Path, assignment: Assignment) -> None:
    """Write what travels to learners of an assignment."""
    _write(file, to_data(assignment))


def chosen_faults(loaded: LoadedLab, faults: tuple[str, ...], pool: str, mode: Mode) -> list[str]:
    """The faults that were named, or those of a pool by difficulty (1 to 5): `easy` (1 and 2),
    `regular` (3), `hard` (4 and 5), `all`. In practice all, when nothing was said.

    Raises CourseError where an evaluation says neither, somebody says both, or nothing fits.
    """
    if faults and pool:
        raise CourseError("course.pool-and-faults")
    known = loaded.lab.faults
    unknown = [fault for fault in faults if fault not in known]
    if unknown:
        raise CourseError("course.no-fault", fault=unknown[0], known=", ".join(known))
    pools = {"easy": (1, 2), "regular": (3,), "hard": (4, 5), "all": range(1, 6)}
    if faults:
        return list(faults)
    if not pool and mode is Mode.EVALUATION:
        raise CourseError("course.say-fault", known=", ".join(known))
    found = [name for name, one in known.items() if one.difficulty in pools[pool or "all"]]
    if not found:
        raise CourseError("course.empty-pool", pool=pool, lab=loaded.slug)
    return found


def _need_equals(loaded: LoadedLab, terms: Terms) -> None:
    """Faults of one pool must be able to earn the same, cell by cell: a notebook has one maximum
    for everybody."""
    most = {fault: most_points(loaded.lab, fault, terms.mode) for fault in terms.faults}
    if len({tuple(points.values()) for points in most.values()}) > 1:
        told = ", ".join(f"{fault} ({'+'.join(map(str, p.values()))})" for fault, p in most.items())
        raise CourseError("course.unequal-faults", faults=told)


def need_name(name: str) -> None:
    """Refuse what can't be the id of a course or the name of an assignment. Raises CourseError."""
    if not _NAME.fullmatch(name):
        raise CourseError("course.bad-name", name=name)


def _due(closes: float | None) -> datetime | None:
    """Nbgrader's due date: UTC, without a zone."""
    return None if closes is None else datetime.fromtimestamp(closes, UTC).replace(tzinfo=None)


def _write(file: Path, data: object) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
