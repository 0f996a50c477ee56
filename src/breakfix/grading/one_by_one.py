"""A run of autograde, one submission at a time: what stops one never stops another, and whoever
can't be graded now keeps what was there before."""

from __future__ import annotations

import glob
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from nbgrader.converters.base import NbGraderException

from breakfix.errors import BreakfixError, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.judged import judged, told
from breakfix.grading.keeping import keeping, keeping_rows
from breakfix.grading.mending import mend
from breakfix.grading.uninterrupted import uninterrupted
from breakfix.messages import Language, say
from breakfix.model.grading import Verdict


class Judged(Protocol):
    """What passes between a run and the steps of one notebook; see `HandedInExporter`."""

    verdict: Verdict | None
    trouble: BreakfixError | None


class OneByOne:
    """A run of nbgrader's `Autograde`, whose exporter is `exporter`."""

    def __init__(self, converter: Any, exporter: Judged) -> None:  # noqa: ANN401
        self._converter = converter
        self._exporter = exporter
        self._folder = CourseFolder(Path(converter.coursedir.root))

    def convert(self) -> None:
        """Grade everything that was found. Raises NbGraderException at the end, with who was left
        ungraded and why."""
        language = self._folder.read().language
        failed: dict[str, str] = {}
        for place, notebooks in sorted(self._found().items()):
            reason = self._tried(place, notebooks, language)
            if reason:
                failed[Path(place).parent.name] = reason
        self._tell(failed, language)

    def _found(self) -> dict[str, list[str]]:
        """What nbgrader found, and what has no notebook (yet)."""
        converter = self._converter
        course = converter.coursedir
        found = dict(converter.assignments)
        if course.notebook_id == "*":
            pattern = converter._format_source(course.assignment_id, course.student_id)  # noqa: SLF001
            found |= {place: [] for place in glob.glob(pattern) if place not in found}  # noqa: PTH207
        return found

    def _tried(self, place: str, notebooks: list[str], language: Language) -> str:
        """Grade one submission; why it could not be, or nothing."""
        self._exporter.trouble = self._exporter.verdict = None
        try:
            with disk_errors():
                self._one(place, notebooks)
        except BreakfixError as error:
            return told(error, language)
        except NbGraderException:
            trouble = self._exporter.trouble
            return told(trouble, language) if trouble else say("fill.failed", language)
        except Exception as error:  # noqa: BLE001 (one submission never stops the others)
            self._converter.log.error(traceback.format_exc())  # noqa: TRY400
            return say("fill.broke", language, reason=type(error).__name__)
        return ""

    def _one(self, place: str, notebooks: list[str]) -> None:
        learner, name = Path(place).parent.name, Path(place).name
        converter, force = self._converter, self._converter.force
        mend(self._folder, name, learner)
        with keeping(self._folder, name, learner) as killed:
            converter.notebooks, converter.force = sorted(notebooks), force or killed
            try:
                # This removes what will be made anew, or says that nothing is newer.
                if converter.init_destination(name, learner):
                    self._exporter.verdict = judged(self._folder, name, learner)
                    converter.assignments = {place: self._wanted(place, name, notebooks)}
                    with uninterrupted(), keeping_rows(self._folder, name, learner):
                        type(converter).convert_notebooks(converter)
            finally:
                converter.force = force

    def _wanted(self, place: str, name: str, notebooks: list[str]) -> list[str]:
        """The notebook of the assignment alone: others are the learner's own."""
        expected = str(Path(place) / f"{name}.ipynb")
        every = self._converter.coursedir.notebook_id == "*"
        return [expected] if every or expected in notebooks else []

    def _tell(self, failed: Mapping[str, str], language: Language) -> None:
        if failed:
            lines = "\n".join(f"{learner}: {reason}" for learner, reason in failed.items())
            words = say("fill.ungraded", language, count=len(failed), lines=lines)
            self._converter.log.error(words)
            raise NbGraderException(words)
