"""`lab = breakfix.assignment()` in a notebook, on machines in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

import breakfix
from breakfix.codec import to_json
from breakfix.errors import EngineAbsent
from breakfix.evidence.process import open_evidence
from breakfix.messages import Language, moment, say
from breakfix.model.assignment import Assignment, HintPolicy
from breakfix.model.evidence import Manifest
from breakfix.model.grading import Cell
from breakfix.model.session import Mode
from breakfix.notebook.assignment import AssignmentHandle
from breakfix.notebook.progress import Progress
from breakfix.notebook.told import Told
from breakfix.ports.lab_service import LabService
from breakfix.replay.own_work import own_work
from breakfix.replay.scratch import Scratch

LAB, LEARNER = "tiny", "els"
GIVEN = Assignment(
    1, "helpdesk/week-3", LAB, "0.1.0", "5eed", ("note-missing",), 2,
    hints=HintPolicy.PRICED, hint_price=2,
)  # fmt: skip
READER = [sys.executable, "-m", "breakfix.entry.evidence_process"]


class Desk:
    """A learner in the folder of an assignment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "week-3"
        self.folder.mkdir()
        self.state = folder / "state"
        self.service = fake_labs(self.state, FakeRuntime())
        self.inspected: list[Path] = []

    def inspect(self, file: Path, assignment: Assignment, learner: str) -> Manifest:
        """Read a file that was handed in, and count that."""
        self.inspected.append(file)
        scratch = Scratch(self.state / "scratch")
        return own_work(
            file, assignment, learner, lambda one, into: open_evidence(one, into, READER), scratch
        )

    def handle(
        self,
        assignment: Assignment = GIVEN,
        learner: str = LEARNER,
        labs: Callable[[], LabService] | None = None,
    ) -> AssignmentHandle:
        """What the notebook holds."""
        opens = labs or (lambda: self.service)
        return AssignmentHandle(assignment, learner, self.folder, opens, self.inspect, Language.EN)

    @property
    def file(self) -> Path:
        """Where the work goes that is handed in."""
        return self.folder / "evidence" / f"{LAB}.breakfix.tar.zst"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder with an assignment; no widget is drawn."""
    monkeypatch.setattr(Progress, "__init__", lambda self, *_: setattr(self, "_bar", None))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return Desk(tmp_path)


def test_start_begins_and_goes_on(desk: Desk) -> None:
    """The first start begins the attempt with its terms; a second one shows it again."""
    lab = desk.handle()
    first, again = lab.start()._repr_html_(), lab.start()._repr_html_()

    assert "attempt 1 of 2" in first
    assert "takes points off, 2 each time" in first
    assert "attempt 1 of 2" in again


def test_an_evaluation_shows_no_points(desk: Desk) -> None:
    """A check in an evaluation has the complaint's line, and says what comes later."""
    lab = desk.handle()
    lab.start()
    page = lab.check()

    assert len(repr(page).splitlines()) == 1
    assert say("check.evaluation", Language.EN) in page._repr_html_()
    assert "points" not in page._repr_html_()


def test_a_hint_that_costs_wants_a_yes(desk: Desk) -> None:
    """Without a yes only the price is shown."""
    lab = desk.handle()
    lab.start()

    assert "takes points off: 2" in repr(lab.hint())
    assert desk.service.status(LAB).hints_shown == 0
    lab.hint(sure=True)
    assert desk.service.status(LAB).hints_shown == 1


def test_ending_without_handing_in_wants_a_yes(desk: Desk) -> None:
    """An attempt is not used up by accident."""
    lab = desk.handle()
    lab.start()

    assert "this attempt is used up" in repr(lab.finish())
    assert desk.service.status(LAB).attempt == 1
    assert "is ended" in repr(lab.finish(sure=True))


def test_handing_in_writes_beside_the_notebook(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file goes into the assignment's folder, wherever the kernel stands."""
    monkeypatch.chdir("/")
    lab = desk.handle()
    lab.start()
    page = lab.hand_in(sure=True)

    assert "Handed in" in repr(page)
    assert say("hand-in.heading-evaluation", Language.EN) in repr(page)
    assert desk.file.stat().st_size > 0


def test_handing_in_late_is_told(desk: Desk) -> None:
    """After the closing time the page says that this is late."""
    lab = desk.handle(replace(GIVEN, closes=2000.0))
    desk.service.clock = lambda: 1000.0
    lab.start()
    desk.service.clock = lambda: 3000.0

    assert say("hand-in.late", Language.EN) in repr(lab.hand_in(sure=True))
    assert moment(2000.0) in lab.status()._repr_html_()


def test_another_session_is_not_touched(desk: Desk) -> None:
    """While something else is busy with the lab, no verb of this assignment acts on it."""
    desk.service.start(LAB)
    lab = desk.handle()
    pages = [lab.start(), lab.check(), lab.hand_in(sure=True), lab.reset(), lab.finish(sure=True)]

    assert all("taken by something else" in repr(page) for page in pages)
    assert desk.service.status(LAB).mode is Mode.PRACTICE
    assert not desk.file.exists()


def test_nothing_started_says_how_to_begin(desk: Desk) -> None:
    """Before the start every verb says how this assignment begins, not how practice does."""
    assert "lab.start()" in repr(desk.handle().check())


def test_a_graded_cell_tells_what_was_handed_in(desk: Desk) -> None:
    """After handing in, each cell names the file, its size and when it was made; it is read
    once."""
    lab = desk.handle()
    lab.start()
    lab.hand_in(sure=True)
    pages = [repr(lab.graded(cell.value)) for cell in Cell]

    assert len(set(pages)) == 1
    assert f"Handed in: evidence/{LAB}.breakfix.tar.zst (" in pages[0]
    assert len(desk.inspected) == 1


def test_a_graded_cell_reads_what_is_there_now(desk: Desk) -> None:
    """A file that was replaced is looked at again."""
    lab = desk.handle()
    lab.start()
    lab.hand_in(sure=True)
    lab.graded("cause")
    desk.file.write_bytes(b"rubbish")

    with pytest.raises(Told, match="is damaged"):
        lab.graded("cause")


def test_before_handing_in_a_graded_cell_fails(desk: Desk) -> None:
    """It says to hand in first, in lines that are not cut off and without a traceback."""
    with pytest.raises(Told, match="Hand in first") as caught:
        desk.handle().graded("cause")

    lines = caught.value._render_traceback_()
    assert " ".join(lines) == str(caught.value)
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize(
    ("assignment", "learner", "words"),
    [
        (GIVEN, "noor", "is the work of els, not of noor"),
        (replace(GIVEN, id="helpdesk/week-4"), LEARNER, "is not of this assignment"),
        (replace(GIVEN, seed="0ther"), LEARNER, "is not of this assignment"),
        (replace(GIVEN, lab_version="0.2.0"), LEARNER, "is not of this assignment"),
        (replace(GIVEN, mode=Mode.PRACTICE), LEARNER, "is not of this assignment"),
    ],
)
def test_what_is_not_yours_is_refused(
    desk: Desk, assignment: Assignment, learner: str, words: str
) -> None:
    """Somebody else's work, and that of another assignment or variant, is told so."""
    mine = desk.handle()
    mine.start()
    mine.hand_in(sure=True)

    with pytest.raises(Told, match=words):
        desk.handle(assignment, learner).graded("cause")


def test_an_unknown_cell_is_refused(desk: Desk) -> None:
    """A cell that grading does not know is no cell."""
    with pytest.raises(Told, match="knows no cell `bonus`"):
        desk.handle().graded("bonus")


@pytest.mark.parametrize("execution", ["validate", "autograde"])
def test_nbgrader_starts_and_ends_nothing(
    desk: Desk, execution: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nbgrader runs the notebook every verb only says so; the labs are not even opened."""
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    lab = desk.handle(labs=lambda: pytest.fail("the labs were opened"))
    pages = [
        lab.start(), lab.status(), lab.check(), lab.check(after_restart=True), lab.hint(sure=True),
        lab.hand_in(sure=True), lab.diagnose("pc"), lab.hand_over("pc"), lab.plug_in("pc", "x"),
        lab.pull_out("pc", "x"), lab.reset(), lab.finish(sure=True),
    ]  # fmt: skip

    assert {repr(page) for page in pages} == {say("notebook.only-looking", Language.EN)}


def test_nbgrader_may_not_grade_by_running(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is run for a grade is an error, whatever was handed in."""
    lab = desk.handle()
    lab.start()
    lab.hand_in(sure=True)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    with pytest.raises(Told, match="never run for a grade"):
        lab.graded("cause")


def test_an_absent_engine_is_one_sentence(desk: Desk) -> None:
    """Where no engine answers, a verb says so, and graded cells still work."""

    def absent() -> LabService:
        raise EngineAbsent("engine.absent", address="nowhere")

    lab = desk.handle(labs=absent)
    assert "No container engine answers" in repr(lab.start())
    with pytest.raises(Told, match="Hand in first"):
        lab.graded("cause")


def test_the_handle_tells_nothing_of_the_fault(desk: Desk) -> None:
    """Where a cell ends with the handle, neither fault nor seed shows."""
    assert "note-missing" not in repr(desk.handle())
    assert "5eed" not in repr(desk.handle())


def test_the_assignment_of_a_folder_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`breakfix.assignment()` reads the file beside the notebook, for the learner of the setting,
    without an engine; a file that is none is one sentence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BREAKFIX_LEARNER", "noor")
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere.sock")
    Path("assignment.json").write_text(to_json(GIVEN), "utf-8")
    lab = breakfix.assignment()
    Path("other.json").write_text("[]", "utf-8")

    assert (lab.assignment, lab.learner, lab.folder, lab.slug) == (GIVEN, "noor", tmp_path, LAB)
    with pytest.raises(Told, match="is no assignment"):
        breakfix.assignment("other.json")
    monkeypatch.setenv("BREAKFIX_LEARNER", "els+noor")
    with pytest.raises(Told, match="can't be the name of a learner"):
        breakfix.assignment()
