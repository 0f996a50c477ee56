"""The zip that a learner uploads, against its specification."""

from __future__ import annotations

import errno
import json
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from breakfix.cli.assignment import assignment
from breakfix.codec import from_json
from breakfix.errors import BreakfixError, DiskFull, EvidenceError, SubmissionRefused
from breakfix.evidence.process import open_evidence
from breakfix.grading import packing, taking
from breakfix.grading.packing import pack
from breakfix.grading.work import work_in
from breakfix.model.handing import Label
from tests.grading.fetched import LAB, LEARNER, NAME, Learner, Releases

EVIDENCE = f"evidence/{LAB}.breakfix.tar.zst"
MEMBERS = [f"{NAME}.ipynb", EVIDENCE, "timestamp.txt", "submission_secret.txt", "handed-in.json"]
NOW = 1_800_000_000.25


@pytest.fixture
def learner(releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    """A learner who fetched an assignment, and stands in its folder."""
    made = releases.fetch(tmp_path)
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("BREAKFIX_LEARNER", LEARNER)
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(made.home))
    return made


def give(*words: str) -> Result:
    """Give `breakfix assignment pack`."""
    return CliRunner().invoke(assignment, ["pack", *words])


def error_of(done: Result) -> BreakfixError:
    """The error that a command ended with."""
    assert isinstance(done.exception, BreakfixError)
    return done.exception


def packed(learner: Learner, target: Path) -> zipfile.ZipFile:
    """What was packed at a known time."""
    pack(work_in(learner.folder, learner.assignment), learner.assignment, LEARNER, target, NOW)
    return zipfile.ZipFile(target)


def test_a_pack_is_as_specified(learner: Learner, tmp_path: Path) -> None:
    """Members, order, methods and contents are those of the specification, and no others."""
    learner.hand_in(learner.assignment)
    with packed(learner, tmp_path / "mine.zip") as archive:
        found = {info.filename: archive.read(info) for info in archive.infolist()}
        infos = archive.infolist()

    assert [info.filename for info in infos] == MEMBERS
    assert found[MEMBERS[0]] == (learner.folder / f"{NAME}.ipynb").read_bytes()
    assert found[EVIDENCE] == (learner.folder / EVIDENCE).read_bytes()
    assert found["timestamp.txt"] == b"2027-01-15 08:00:00.250000 UTC"
    assert int(found["submission_secret.txt"], 16) >= 0
    assert len(found["submission_secret.txt"]) == 128
    assert from_json(Label, found["handed-in.json"]) == Label(1, "helpdesk", NAME, LEARNER, NOW)
    assert [info.compress_type for info in infos] == [
        zipfile.ZIP_STORED if info.filename == EVIDENCE else zipfile.ZIP_DEFLATED for info in infos
    ]
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert {info.flag_bits & ~0x8 for info in infos} == {0}


def test_the_time_of_both_labels_is_the_same(learner: Learner, tmp_path: Path) -> None:
    """The timestamp of nbgrader and ours name one moment."""
    with packed(learner, tmp_path / "mine.zip") as archive:
        stamp = archive.read("timestamp.txt").decode()
        label = json.loads(archive.read("handed-in.json"))

    written = datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)
    assert written.timestamp() == label["time"]


def test_every_pack_has_a_secret_of_its_own(learner: Learner, tmp_path: Path) -> None:
    """By the secret feedback is found, so nobody can know another's."""
    secrets = set()
    for number in range(3):
        with packed(learner, tmp_path / f"{number}.zip") as archive:
            secrets.add(archive.read("submission_secret.txt"))

    assert len(secrets) == 3


def test_the_command_names_the_file_after_learner_and_assignment(learner: Learner) -> None:
    """By default the zip is `<learner>_<assignment>.zip` in the current folder."""
    learner.hand_in(learner.assignment)
    done = give()

    target = learner.folder / f"{LEARNER}_{NAME}.zip"
    assert done.exit_code == 0, done.output
    assert str(target) in done.output.replace("\n", "")
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == MEMBERS
        read = learner.home / "read"
        read.mkdir()
        archive.extract(EVIDENCE, learner.home)
    reader = [sys.executable, "-m", "breakfix.entry.evidence_process"]
    assert open_evidence(learner.home / EVIDENCE, read, reader).manifest.learner == LEARNER


def test_a_notebook_alone_is_packed_with_a_warning(learner: Learner) -> None:
    """Where nothing was handed in of the machines, that is said, and the rest is packed."""
    done = give(str(learner.folder), "--output", "mine.zip")

    assert done.exit_code == 0
    assert "only your notebook" in done.output
    with zipfile.ZipFile("mine.zip") as archive:
        assert archive.namelist() == [name for name in MEMBERS if name != EVIDENCE]


def test_work_of_somebody_else_is_not_packed(learner: Learner) -> None:
    """A classmate's evidence is refused by name, unless the learner says so."""
    learner.hand_in(learner.assignment, "noor")
    refused = error_of(give())

    assert isinstance(refused, EvidenceError)
    assert (refused.key, refused.values["found"]) == ("assignment.other-learner", "noor")
    assert list(learner.folder.glob("*.zip*")) == []
    assert give("--anyway").exit_code == 0


def test_rubbish_is_not_packed(learner: Learner) -> None:
    """Evidence that is none is refused while the learner can still mend it."""
    (learner.folder / "evidence").mkdir()
    (learner.folder / EVIDENCE).write_bytes(os.urandom(1000))

    assert error_of(give()).key == "assignment.damaged-work"


def damaged(learner: Learner) -> None:
    """The notebook is no notebook."""
    (learner.folder / f"{NAME}.ipynb").write_text('{"cells": 7}', "utf-8")


def deep(learner: Learner) -> None:
    """The notebook is nested without end."""
    (learner.folder / f"{NAME}.ipynb").write_text("[" * 100_000, "utf-8")


def gone(learner: Learner) -> None:
    """The notebook was renamed."""
    (learner.folder / f"{NAME}.ipynb").rename(learner.folder / "mine.ipynb")


def linked(learner: Learner) -> None:
    """The evidence is a link to something else."""
    (learner.folder / "evidence").mkdir()
    (learner.folder / EVIDENCE).symlink_to("/etc/passwd")


def long_notebook(learner: Learner) -> None:
    """The notebook is larger than it may be."""
    _grow(learner.folder / f"{NAME}.ipynb", taking.NOTEBOOK.most + 1)


def large(learner: Learner) -> None:
    """The evidence is larger than it may be."""
    _grow(learner.folder / EVIDENCE, taking.EVIDENCE.most + 1)


def _grow(file: Path, size: int) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("ab") as stream:
        stream.truncate(size)


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (damaged, "pack.damaged-notebook"),
        (deep, "pack.damaged-notebook"),
        (gone, "pack.missing"),
        (linked, "pack.no-file"),
        (long_notebook, "pack.too-large"),
        (large, "pack.too-large"),
    ],
)
def test_what_a_teacher_would_not_take_is_told_before(
    learner: Learner, trouble: Callable[[Learner], None], key: str
) -> None:
    """A notebook that is damaged, renamed or large, and evidence that is large or a link, are
    refused before anything is written."""
    trouble(learner)
    refused = error_of(give())

    assert isinstance(refused, SubmissionRefused)
    assert refused.key == key
    assert list(learner.folder.glob("*.zip*")) == []


def test_a_full_disk_leaves_the_last_good_file(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is no room, the error says so and the zip of before is still whole."""
    target = tmp_path / "mine.zip"
    packed(learner, target).close()
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(packing, "_write", full)
    with pytest.raises(DiskFull):
        packed(learner, target)

    assert target.read_bytes() == before
    assert not target.with_name("mine.zip.part").exists()


@pytest.mark.parametrize("where", [0.3, 0.999])
def test_what_did_not_arrive_is_found(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: float
) -> None:
    """A file that reads back otherwise than it was written is no hand-in, and is not left there."""
    learner.hand_in(learner.assignment)
    write = packing._write

    def lossy(target: Path, members: object) -> object:
        found = write(target, members)  # type: ignore[arg-type]
        data = bytearray(target.read_bytes())
        data[int(len(data) * where)] ^= 0xFF
        target.write_bytes(data)
        return found

    monkeypatch.setattr(packing, "_write", lossy)
    with pytest.raises(SubmissionRefused) as caught:
        packed(learner, tmp_path / "mine.zip")

    assert caught.value.key == "pack.not-written"
    assert list(tmp_path.glob("mine.zip*")) == []


def test_outside_an_assignment_nothing_is_packed(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without an assignment is told so."""
    del learner
    monkeypatch.chdir(tmp_path)

    assert error_of(give()).key == "assignment.unreadable"
