"""A lab that is removed or updated while somebody works on it: a sentence, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.contract.fake_labs import LABS, fake_labs
from tests.contract.fake_runtime import FakeRuntime

from breakfix.content.catalog import Catalog
from breakfix.errors import NotFound, SessionError
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.session import Power
from breakfix.ports.runtime import MachineKey
from breakfix.session.service import LocalLabService

LAB = "tiny"
PC = MachineKey(LAB, "pc")
MINE = "echo mine >/srv/mine"


@pytest.fixture
def runtime() -> FakeRuntime:
    """Machines in memory."""
    return FakeRuntime()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The lab's folder, which others may change."""
    return Path(
        shutil.copytree(LABS / "m021-network" / LAB, tmp_path / "labs" / "m021-network" / LAB)
    )


@pytest.fixture
def labs(runtime: FakeRuntime, folder: Path, tmp_path: Path) -> LocalLabService:
    """That lab, started and worked on."""
    made = fake_labs(tmp_path / "sessions", runtime)
    made.catalog = Catalog((folder.parents[1],))
    made.start(LAB)
    runtime.run(PC, MINE, {})
    return made


def update(folder: Path) -> Callable[[], None]:
    """Put another version of the lab in its place; returns how to put the first one back."""
    file = folder / "lab.toml"
    was = file.read_text("utf-8")
    faults = folder / "staff" / "faults"
    file.write_text(
        was.replace('version = "0.1.0"', 'version = "0.2.0"').replace("note-missing", "note-gone"),
        "utf-8",
    )
    (faults / "note-missing").rename(faults / "note-gone")

    def undo() -> None:
        file.write_text(was, "utf-8")
        (faults / "note-gone").rename(faults / "note-missing")

    return undo


def works(runtime: FakeRuntime) -> bool:
    """Whether the learner's work is still on the machine."""
    return runtime.machine(PC).disk.read("/srv/mine") == "mine\n"


def test_a_lab_that_was_removed_says_so(
    labs: LocalLabService, folder: Path, runtime: FakeRuntime
) -> None:
    """Work on a lab that is gone is kept; the sentence says so, and all goes on when it is back."""
    aside = folder.rename(folder.parents[2] / "aside")
    for ask in (labs.status, labs.check, labs.start, labs.reset):
        with pytest.raises(NotFound) as caught:
            ask(LAB)
        assert caught.value.key == "session.lab-gone"
    assert works(runtime)
    aside.rename(folder)
    assert labs.check(LAB).lines
    assert works(runtime)


def test_a_lab_that_never_was_is_another_sentence(labs: LocalLabService) -> None:
    """Only work that is going on changes what is said of a lab that is not there."""
    with pytest.raises(NotFound) as caught:
        labs.status("tinny")
    assert caught.value.key == "content.lab-not-found"


def test_an_updated_lab_judges_nothing(
    labs: LocalLabService, folder: Path, runtime: FakeRuntime
) -> None:
    """A session of another version is shown and can be entered, stopped and ended; what would be
    judged or made by the new version is refused, and the old one brings everything back."""
    undo = update(folder)
    seen = labs.status(LAB)
    assert (seen.began_with, seen.version, seen.updated) == ("0.1.0", "0.2.0", True)
    assert [one.power for one in seen.machines] == [Power.RUNNING]
    refused = (
        labs.check,
        labs.after_restart,
        labs.hint,
        labs.reset,
        lambda slug: labs.hand_in(slug, "0" * 64),
        lambda slug: labs.diagnose(slug, Diagnosis("pc", None)),
    )
    for ask in refused:
        with pytest.raises(SessionError) as caught:
            ask(LAB)
        assert caught.value.key == "session.lab-updated"
    labs.terminal(LAB, "pc").close()
    assert works(runtime)
    undo()
    assert not labs.status(LAB).updated
    assert labs.check(LAB).lines
    assert works(runtime)


def test_an_updated_lab_makes_no_machine_anew(
    labs: LocalLabService, folder: Path, runtime: FakeRuntime
) -> None:
    """Where a machine of the session is missing, none of the new version takes the place of the
    learner's work; ending it and starting again does."""
    update(folder)
    runtime.remove(LAB)
    with pytest.raises(SessionError) as caught:
        labs.start(LAB)
    assert caught.value.key == "session.lab-updated"
    assert runtime.list(LAB) == ()
    labs.finish(LAB)
    assert not labs.start(LAB).updated


def test_a_session_from_before_knows_no_version(labs: LocalLabService, folder: Path) -> None:
    """A journal that does not say with which version it began is gone on with as before."""
    file = labs.store.folder(LAB) / "journal.jsonl"
    file.write_text(file.read_text("utf-8").replace('"version": "0.1.0", ', ""), "utf-8")
    (folder / "lab.toml").write_text(
        (folder / "lab.toml").read_text("utf-8").replace('"0.1.0"', '"0.1.1"'), "utf-8"
    )
    assert not labs.status(LAB).updated
    assert labs.check(LAB).lines
