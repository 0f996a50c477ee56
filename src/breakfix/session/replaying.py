"""Replays for grades, asked for in lines by whoever grades (`breakfix.entry.replay_process`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from breakfix.codec import from_json
from breakfix.content.digest import digest
from breakfix.errors import BreakfixError, ContentError, disk_errors
from breakfix.model.replay import ReplayReport
from breakfix.model.replaying import ReplayAnswer, ReplayRequest
from breakfix.session.blaming import surprise, trouble_of
from breakfix.session.examining import Examiner

Say = Callable[[ReplayAnswer], None]


@dataclass(frozen=True)
class Replays:
    """Answers requests. `examiner` connects to the engine, which may be away for one request and
    back for the next; `image_tag` gives the full name of an image as it is found here."""

    examiner: Callable[[], Examiner]
    image_tag: Callable[[str], str]

    def answer(self, line: str, say: Say) -> None:
        """Say everything that one request has as its answer, whatever it holds."""
        try:
            with disk_errors():
                report = self._report(line, say)
            say(ReplayAnswer(report=report))
        except BreakfixError as error:
            say(ReplayAnswer(error=trouble_of(error)))
        except Exception as error:  # noqa: BLE001 (a dead child would cost the next request too)
            say(ReplayAnswer(error=surprise(error)))

    def _report(self, line: str, say: Say) -> ReplayReport:
        request = _read(line)
        examiner = self.examiner()
        self._need_pinned(examiner, request)
        return examiner.replay(
            Path(request.file),
            lambda step, done, total: say(ReplayAnswer(step, done, total)),
            assignment=request.assignment,
            learner=request.learner,
        )

    def _need_pinned(self, examiner: Examiner, request: ReplayRequest) -> None:
        """Raise ContentError when lab or images are not those that the course has pinned."""
        lab = request.assignment.lab
        folder = examiner.catalog.folder(lab)
        if digest(folder) != request.lab_digest:
            raise ContentError("grading.other-lab", lab=lab, folder=folder)
        found = {name: self.image_tag(name) for name in request.images}
        if found != dict(request.images):
            raise ContentError("grading.other-images", lab=lab, images=_told(request.images))


def _read(line: str) -> ReplayRequest:
    try:
        return from_json(ReplayRequest, line)
    except ValidationError as error:
        first = error.errors()[0]
        reason = ".".join(map(str, first["loc"])) or first["type"]
        raise ContentError("grading.no-request", reason=reason) from error


def _told(images: Mapping[str, str]) -> str:
    return ", ".join(sorted(images.values()))
