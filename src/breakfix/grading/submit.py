"""nbgrader's submit, for learners: looked at before, and read back after."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit

from breakfix.errors import SessionError
from breakfix.grading.taking import EVIDENCE, SECRET, TIMESTAMP, sha256_of, take, why
from breakfix.messages import language_of_environment, say
from breakfix.ports.learner import learner_name, need_learner_id


class CheckedSubmit(ExchangeSubmit):
    """Hands in the notebook and the evidence, and nothing else; says so when that did not work."""

    def init_src(self) -> None:
        """Find the assignment's folder; nothing is copied yet."""
        super().init_src()
        if not any((Path(self.src_path) / EVIDENCE.folder).glob(EVIDENCE.pattern)):
            self.log.warning(
                _say("submitting.no-evidence", assignment=self.coursedir.assignment_id)
            )

    def init_dest(self) -> None:
        """Say whose it is, by the name that stands in the evidence too."""
        try:
            if self.coursedir.student_id == "*":
                self.coursedir.student_id = learner_name()
            need_learner_id(self.coursedir.student_id)
        except SessionError as error:
            self.fail(_say(error.key, **error.values))
        super().init_dest()

    def copy_files(self) -> None:
        """Hand in, and read back what arrived."""
        self._sums: dict[str, str] = {}
        arrived = Path(self.inbound_path) / self.assignment_filename
        try:
            super().copy_files()
            wrong = _differences(arrived, self._sums)
        except OSError as error:
            _take_back(arrived)
            self.fail(_say("submitting.not-written", reason=error.strerror))
        except BaseException:
            _take_back(arrived)
            raise
        if wrong:
            _take_back(arrived)
            self.fail(_say("submitting.other-copy", files=", ".join(wrong)))
        self.log.info(_say("submitting.arrived", files=", ".join(self._sums)))

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy what is wanted. What can't be taken is told before anything counts."""
        del log
        taken = take(Path(src), Path(dest), f"{self.coursedir.assignment_id}.ipynb")
        if taken.refused:
            reasons = [why(*one).in_(language_of_environment()) for one in taken.refused.items()]
            self.fail(_say("submitting.refused", reasons="\n".join(reasons)))
        # The first copy is the one that counts; nbgrader makes another for the learner.
        self._sums = self._sums or {
            path: one for path, one in taken.files.items() if path not in (TIMESTAMP, SECRET)
        }


def _differences(arrived: Path, sums: dict[str, str]) -> list[str]:
    """What of a hand-in did not arrive as it was sent."""
    wrong = [path for path, one in sums.items() if _sum(arrived / path) != one]
    return wrong + [name for name in (TIMESTAMP, SECRET) if not _sum(arrived / name)]


def _sum(file: Path) -> str:
    try:
        return sha256_of(file)
    except OSError:
        return ""


def _take_back(arrived: Path) -> None:
    """Without its timestamp a hand-in is none, should the rest not be removable."""
    with contextlib.suppress(OSError):
        (arrived / TIMESTAMP).unlink()
    shutil.rmtree(arrived, ignore_errors=True)


def _say(key: str, **values: object) -> str:
    return say(key, language_of_environment(), **values)
