"""The folder of a course: where everything is, and its `course.json`.

nbgrader's own folders keep nbgrader's own names; what is ours stands beside them. All of it is
personal data, so a course lives outside the repository.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from breakfix.codec import from_json, to_data
from breakfix.errors import CourseBusy, CourseError, disk_errors
from breakfix.model.course import FORMAT, Course, Planned


@dataclass(frozen=True)
class CourseFolder:
    """A course on disk; `root` is its folder."""

    root: Path

    @property
    def file(self) -> Path:
        """The course's own file."""
        return self.root / "course.json"

    @property
    def labs(self) -> Path:
        """The labs of this course, as they were when they were added."""
        return self.root / "labs"

    @property
    def images(self) -> Path:
        """The recipes of their images."""
        return self.root / "images"

    @property
    def corrections(self) -> Path:
        """Every correction of a teacher, one JSON line each, oldest first."""
        return self.root / "corrections.jsonl"

    @property
    def database(self) -> str:
        """The gradebook's address."""
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def source(self, name: str) -> Path:
        """The teacher's copy of an assignment."""
        return self.root / "source" / name

    def release(self, name: str) -> Path:
        """What learners get of an assignment."""
        return self.root / "release" / name

    def own_assignment(self, learner: str, name: str) -> Path:
        """What the learner gets of an assignment that is not the same for everybody."""
        return self.root / "for-learners" / name / learner / "assignment.json"

    def submitted(self, learner: str, name: str) -> Path:
        """What a learner handed in."""
        return self.root / "submitted" / learner / name

    def autograded(self, learner: str, name: str) -> Path:
        """The rebuilt, graded notebook of a learner."""
        return self.root / "autograded" / learner / name

    def feedback(self, learner: str, name: str) -> Path:
        """The feedback page of a learner."""
        return self.root / "feedback" / learner / name

    def verdict(self, learner: str, name: str) -> Path:
        """What grading decided about a submission."""
        return self.root / "verdicts" / name / f"{learner}.json"

    def dossier(self, learner: str, name: str) -> Path:
        """The printable page of one graded evaluation."""
        return self.root / "dossiers" / name / f"{learner}.html"

    def read(self) -> Course:
        """The course. Raises CourseError."""
        try:
            data = self.file.read_bytes()
        except OSError as error:
            raise CourseError("course.not-there", folder=self.root) from error
        self._need_format(data)
        try:
            return from_json(Course, data)
        except ValidationError as error:
            first = error.errors()[0]
            reason = ".".join(map(str, first["loc"])) or first["type"]
            raise CourseError("course.damaged", file=self.file, reason=reason) from error

    def write(self, course: Course) -> None:
        """Put `course` in the place of what was there, whole or not at all."""
        part = self.file.with_suffix(".part")
        text = json.dumps(to_data(course), ensure_ascii=False, indent=1) + "\n"
        with disk_errors():
            part.write_text(text, "utf-8")
            part.replace(self.file)

    def planned(self, name: str) -> Planned:
        """One assignment of the course. Raises CourseError."""
        known = self.read().assignments
        if name not in known:
            told = ", ".join(known) or "-"
            raise CourseError("course.no-assignment", assignment=name, known=told)
        return known[name]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other command off this course. Raises CourseBusy at once when one is at it."""
        try:
            with FileLock(self.root / ".lock", timeout=0):
                yield
        except Timeout as error:
            raise CourseBusy("course.busy", folder=self.root) from error

    def change(self, step: Callable[[Course], Course]) -> Course:
        """Read the course, take one step, write it. Raises CourseError and CourseBusy."""
        self.read()
        with self.locked():
            changed = step(self.read())
            self.write(changed)
            return changed

    def _need_format(self, data: bytes) -> None:
        """An older or newer course is told as such, not as damage."""
        try:
            found = json.loads(data)
            version, told = found["format"], found.get("version", "?")
        except (ValueError, TypeError, KeyError) as error:
            reason = type(error).__name__
            raise CourseError("course.damaged", file=self.file, reason=reason) from error
        if version != FORMAT:
            raise CourseError(
                "course.other-format",
                folder=self.root,
                found=version,
                format=FORMAT,
                version=told,
            )
