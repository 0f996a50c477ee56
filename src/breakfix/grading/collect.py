"""nbgrader's collect, from folders that still belong to learners."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import traceback
from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from breakfix.errors import BreakfixError, CourseBusy, CourseError, disk_errors
from breakfix.grading.folder import CourseFolder
from breakfix.grading.inbound import Inbound, as_nbgrader, before, inbound_of, is_ahead, time_in
from breakfix.grading.judged import told
from breakfix.grading.mending import mend_at
from breakfix.grading.notes import add_notes
from breakfix.grading.roster import learners
from breakfix.grading.taking import SECRET, TIMESTAMP, read_small, take, why
from breakfix.messages import Language, language_of_environment, say
from breakfix.model.roster import unlisted

_SECRET = re.compile(r"[0-9a-f]{32,256}", re.ASCII)


class SafeCollect(ExchangeCollect):
    """Takes what is wanted and nothing else; one bad hand-in never stops the others, and never
    takes the place of a good one."""

    def init_src(self) -> None:
        """Look what there is, newest first for each learner."""
        super().init_src()
        self._folder = CourseFolder(Path(self.coursedir.root))
        try:
            self._language: Language = self._folder.read().language
        except CourseError as error:
            self.fail(told(error, language_of_environment()))
        due: datetime | None = self.duedate if self.before_duedate else None
        found = inbound_of(Path(self.inbound_path), self.coursedir.assignment_id)
        wanted = self.coursedir.student_id or "*"
        self._found = {
            learner: before(ones, due)
            for learner, ones in sorted(found.items())
            if fnmatchcase(learner, wanted)
        }

    def _path_to_record(self, path: str) -> dict[str, object]:
        """Names are strange: nbgrader stops at the first; here none is even looked at."""
        return {"username": "", "filename": os.path.basename(path), "timestamp": datetime.min}  # noqa: DTZ901, PTH119

    def copy_files(self) -> None:
        """Collect from every learner."""
        try:
            with self._folder.locked():
                for learner in unlisted(learners(self._folder), self._found):
                    self.log.warning(self._say("collect.not-listed", learner=learner))
                for learner, ones in self._found.items():
                    self._tried(learner, ones)
        except CourseBusy as error:
            self.fail(told(error, self._language))
        if not self._found:
            self.log.warning(self._say("collect.none", assignment=self.coursedir.assignment_id))

    def _tried(self, learner: str, ones: Sequence[Inbound]) -> None:
        """Collect from one learner; whatever happens, others come after."""
        try:
            with disk_errors():
                self._collect(learner, ones)
        except BreakfixError as error:
            self._trouble(learner, told(error, self._language))
        except Exception as error:  # noqa: BLE001 (one hand-in never stops the others)
            self.log.error(traceback.format_exc())  # noqa: TRY400 (as nbgrader tells it)
            self._trouble(learner, type(error).__name__)

    def _collect(self, learner: str, ones: Sequence[Inbound]) -> None:
        name = self.coursedir.assignment_id
        place = self._folder.submitted(learner, name)
        _tidy(place)
        there = place.is_dir()
        had = time_in(read_small(place, TIMESTAMP)) if there else None
        newer = [one for one in ones if not there or self._replaces(one, had)]
        if not newer:
            self.log.info(self._say("collect.nothing-newer", learner=learner))
            return
        try:
            if self._whole(newer, place) is not None:
                return
            if there:
                self._trouble(learner, self._say("collect.old-one-stays"))
            else:
                self._partly(newer[0], place)
        finally:
            shutil.rmtree(_beside(place, "part"), ignore_errors=True)

    def _replaces(self, one: Inbound, had: datetime | None) -> bool:
        """Whether nbgrader's own rules let this take the place of the one that is there."""
        if self.update and (had is None or one.time > had or is_ahead(had)):
            return True
        return bool(self.before_duedate) and had != one.time

    def _whole(self, ones: Sequence[Inbound], place: Path) -> Inbound | None:
        """Take the newest hand-in of which everything can be taken."""
        for one in ones:
            part = _beside(place, "part")
            shutil.rmtree(part, ignore_errors=True)
            refused = take(one.path, part, f"{place.name}.ipynb").refused
            if not refused:
                self._put(one, part, place)
                return one
            self._tell(one, refused)
        return None

    def _partly(self, one: Inbound, place: Path) -> None:
        """Take what can be taken of a hand-in, with a note of what could not."""
        part = _beside(place, "part")
        shutil.rmtree(part, ignore_errors=True)
        refused = take(one.path, part, f"{place.name}.ipynb").refused
        add_notes(part, *(why(path, reason) for path, reason in refused.items()))
        self._put(one, part, place)

    def _put(self, one: Inbound, part: Path, place: Path) -> None:
        """Finish a hand-in and put it in its place; the one before goes last."""
        self._check_owner(one)
        if one.ahead:
            self._trouble(one.learner, self._say("collect.clock-ahead"))
        name = self.coursedir.assignment_id
        (part / TIMESTAMP).write_text(as_nbgrader(one.time) + "\n", "utf-8")
        if not _SECRET.fullmatch(read_small(part, SECRET)):
            # nbgrader can't return feedback without one.
            (part / SECRET).write_text(secrets.token_hex(64), "utf-8")
        for note in mend_at(self._folder, name, part):
            self._trouble(one.learner, note.in_(self._language))
        self._share(part)
        old = _beside(place, "old")
        if place.exists():
            place.rename(old)
        part.rename(place)
        shutil.rmtree(old, ignore_errors=True)
        self.log.info(self._say("collect.taken", learner=one.learner))

    def _check_owner(self, one: Inbound) -> None:
        """Identity in this exchange is only the name of the folder's owner."""
        if not self.check_owner:
            return
        try:
            owner = pwd.getpwuid(one.path.lstat().st_uid).pw_name
        except KeyError:
            owner = "?"
        if owner != one.learner:
            self.log.warning(
                self._say(
                    "collect.other-owner",
                    learner=one.learner,
                    owner=owner,
                    path=ascii(one.path.name),
                )
            )

    def _share(self, part: Path) -> None:
        """Folders and files as nbgrader makes them for teachers who share a course."""
        for path in (part, *part.rglob("*")):
            folder = path.is_dir()
            if self.coursedir.groupshared:
                path.chmod(0o2770 if folder else 0o660)
            else:
                path.chmod(0o755 if folder else 0o644)

    def _tell(self, one: Inbound, refused: dict[str, str]) -> None:
        for path, reason in refused.items():
            self._trouble(one.learner, why(path, reason).in_(self._language))

    def _trouble(self, learner: str, reason: str) -> None:
        self.log.error(self._say("collect.trouble", learner=learner, reason=reason))

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._language, **values)


def _beside(place: Path, what: str) -> Path:
    """A folder that nbgrader does not see."""
    return place.with_name(f".{place.name}.{what}")


def _tidy(place: Path) -> None:
    """Put right what a collecting left that was killed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = _beside(place, "old")
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)
