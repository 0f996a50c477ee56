"""Replays for grades: every request gets an answer, and only pinned content is replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

from breakfix.codec import to_json
from breakfix.errors import (
    BootFailed,
    BreakfixError,
    ContentError,
    DiskFull,
    EngineAbsent,
    EngineTimeout,
    EvidenceRefused,
    EvidenceUnreadable,
    ImageMissing,
    NotFound,
)
from breakfix.evidence.refusal import Reason, unreadable
from breakfix.model.assignment import Assignment, variant
from breakfix.model.outcome import Result
from breakfix.model.parameter import draw_all
from breakfix.model.replaying import ReplayAnswer, ReplayRequest, Trouble
from breakfix.ports.runtime import MachineKey
from breakfix.session.blaming import surprise, trouble_of
from breakfix.session.examining import Examiner
from breakfix.session.replaying import Replays
from breakfix.session.service import LocalLabService

LAB = "tiny"
GIVEN = Assignment(1, "net/week-3", LAB, "0.1.0", "5eed", ("note-missing",))


@dataclass
class Desk:
    """A teacher's computer, with evidence of Els who has put the note back."""

    service: LocalLabService
    runtime: FakeRuntime
    file: Path
    said: list[ReplayAnswer] = field(default_factory=list)
    trouble: Exception | None = None

    @property
    def request(self) -> ReplayRequest:
        """A request that fits."""
        digest = self.service.replayer.content(self.service.catalog.load(LAB))
        return ReplayRequest(str(self.file), GIVEN, "els", digest, {"pc": "fake/pc:1"})

    def ask(self, request: ReplayRequest | str) -> ReplayAnswer:
        """The final answer, which is the only final one."""
        replays = Replays(self._examiner, lambda name: f"fake/{name}:1")
        line = request if isinstance(request, str) else to_json(request)
        self.said.clear()
        replays.answer(line, self.said.append)
        assert [one.final for one in self.said] == [False] * (len(self.said) - 1) + [True]
        return self.said[-1]

    def error(self, request: ReplayRequest | str) -> Trouble:
        """The error that is the answer."""
        found = self.ask(request).error
        assert found is not None
        assert found.text.nl != found.text.en
        return found

    def _examiner(self) -> Examiner:
        if self.trouble is not None:
            raise self.trouble
        return Examiner(self.service.catalog, self.service.replayer)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The computer of a teacher who got a file."""
    runtime = FakeRuntime()
    service = fake_labs(tmp_path, runtime)
    service.start_assigned(GIVEN, "els")
    _repair(service, runtime, variant(GIVEN, "els", 1).seed)
    service.hand_in(LAB, service.after_restart(LAB).sha256)
    file = tmp_path / "els.breakfix.tar.zst"
    file.write_bytes(b"".join(service.evidence(LAB)))
    service.finish(LAB)
    return Desk(service, runtime, file)


def _repair(service: LocalLabService, runtime: FakeRuntime, seed: str) -> None:
    values = draw_all(service.catalog.load(LAB).lab.parameters, seed)
    done = runtime.machine(MachineKey(LAB, "pc")).run('echo "code: $CODE" >/srv/nota.txt', values)
    assert done.status == 0


def test_a_request_is_replayed(desk: Desk) -> None:
    """Work that is right gives a report, after its steps, and no machine is left."""
    report = desk.ask(desk.request).report

    assert report is not None
    assert (report.learner, report.assignment) == ("els", "net/week-3")
    assert {one.result for one in report.outcomes} == {Result.PASS}
    assert [one.step for one in desk.said[:3]] == ["evidence", "compare", "create"]
    assert desk.runtime.machines == {}


@pytest.mark.parametrize("line", ["", "\n", "rubbish", "{}", "[]", "null", '{"file": 5}'])
def test_rubbish_is_answered(desk: Desk, line: str) -> None:
    """A line that is no request is trouble of ours that stays, and the next one is served."""
    error = desk.error(line)

    assert (error.key, error.ours, error.lasting) == ("grading.no-request", True, True)
    assert desk.ask(desk.request).report is not None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda asked: replace(asked, lab_digest="newer"), "grading.other-lab"),
        (lambda asked: replace(asked, images={"pc": "fake/pc:2"}), "grading.other-images"),
        (
            lambda asked: replace(asked, assignment=replace(asked.assignment, lab="tinny")),
            "content.lab-not-found",
        ),
    ],
)
def test_only_what_is_pinned_is_replayed(
    desk: Desk, change: Callable[[ReplayRequest], ReplayRequest], key: str
) -> None:
    """With another lab or image than the course has pinned nothing is replayed; that is ours."""
    error = desk.error(change(desk.request))

    assert (error.key, error.ours, error.lasting) == (key, True, True)


def test_evidence_of_somebody_else_is_their_own_fault(desk: Desk) -> None:
    """A file of another learner is refused, and the reason has both names."""
    error = desk.error(replace(desk.request, learner="yusuf"))

    assert (error.key, error.ours) == ("evidence.other-learner", False)
    assert error.values == {"found": "els", "learner": "yusuf"}


def test_an_engine_that_is_away_is_told_each_time(desk: Desk) -> None:
    """Where no engine answers the request fails as ours, and later requests can do better."""
    desk.trouble = EngineAbsent("engine.absent", address="nowhere")
    assert desk.error(desk.request).ours
    desk.trouble = None
    assert desk.ask(desk.request).report is not None


def test_what_nobody_thought_of_is_ours(desk: Desk) -> None:
    """An error of Python is an answer like any other."""
    desk.trouble = ZeroDivisionError("division by zero")
    error = desk.error(desk.request)

    assert (error.key, error.ours) == ("grading.surprise", True)
    assert "ZeroDivisionError" in error.text.en


EVIDENCES_FAULT = [
    unreadable(Reason.HASH, "x"),
    unreadable(Reason.PATH, "x"),
    unreadable(Reason.UNPACKED_SIZE, "x"),
    EvidenceUnreadable("evidence.journal-wrong", reason="KeyError"),
    EvidenceRefused("evidence.practice"),
    EvidenceRefused("evidence.other-variant"),
    EvidenceRefused("evidence.other-machines", machines="pc"),
]
OURS = [
    EvidenceRefused("evidence.other-image", image="pc", recipe="x"),
    EvidenceRefused("evidence.other-lab-version", found="2", version="1"),
    unreadable(Reason.FORMAT, "x"),
    unreadable(Reason.NOT_FOUND, "x"),
    EngineTimeout("engine.timeout", seconds=9),
    DiskFull("engine.disk-full"),
    ImageMissing("image.missing", image="pc"),
    BootFailed("machine.boot-failed", machine="pc", reason="x"),
    NotFound("content.lab-not-found", slug="x", nearest="-"),
    ContentError("observe.unloadable", file="x", error="x"),
]


@pytest.mark.parametrize("error", EVIDENCES_FAULT, ids=lambda error: error.key)
def test_what_evidence_does_is_its_own_fault(error: BreakfixError) -> None:
    """Files that are damaged, unsafe or of something else are refused at once."""
    told = trouble_of(error)
    assert (told.key, told.ours, told.lasting) == (error.key, False, True)


@pytest.mark.parametrize("error", OURS, ids=lambda error: f"{error.key}")
def test_what_this_computer_lacks_is_ours(error: BreakfixError) -> None:
    """Nobody loses points for an image, a version, an engine or a disk that is not right here."""
    assert trouble_of(error).ours


@pytest.mark.parametrize("reason", [Reason.MEMORY, Reason.TIME, Reason.DIED, Reason.UNEXPECTED])
def test_reading_that_broke_off_gets_a_second_try(reason: Reason) -> None:
    """A reader that gave up may have had bad luck once; if it comes again, it is the file."""
    told = trouble_of(unreadable(reason, "x"))
    assert (told.ours, told.lasting) == (False, False)


def test_trouble_that_may_go_away_is_tried_again() -> None:
    """An engine that was slow is asked once more; an image that is missing stays missing."""
    assert not trouble_of(EngineTimeout("engine.timeout", seconds=9)).lasting
    assert trouble_of(ImageMissing("image.missing", image="pc")).lasting
    assert not surprise(ValueError()).lasting
