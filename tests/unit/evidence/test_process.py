"""Evidence is read by a child: what it does to itself, or does not answer, becomes one error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.codec import to_json
from breakfix.errors import DiskFull, EvidenceUnreadable
from breakfix.evidence.child import Answer
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.process import open_evidence
from breakfix.evidence.reader import read
from breakfix.evidence.refusal import Reason, unreadable
from breakfix.messages import Language, catalogue, say
from tests.unit.evidence.archives import bomb, evidence
from tests.unit.evidence.hostile_parts import oversized_header

COMMAND = [sys.executable, "-m", "breakfix.entry.evidence_process"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Good evidence."""
    (tmp_path / "lab.breakfix.tar.zst").write_bytes(evidence())
    return tmp_path / "lab.breakfix.tar.zst"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to read into."""
    (tmp_path / "read").mkdir()
    return tmp_path / "read"


def python(code: str) -> list[str]:
    """A child that does something else."""
    return [sys.executable, "-c", code]


def test_the_child_reads_what_the_reader_reads(file: Path, folder: Path, tmp_path: Path) -> None:
    """Through the process comes the same as without it."""
    (tmp_path / "same").mkdir()
    direct = read(file, tmp_path / "same")
    through = open_evidence(file, folder, COMMAND)
    assert through.manifest == direct.manifest
    assert through.journal == direct.journal
    assert through.part("pc").members == direct.part("pc").members
    assert through.part("pc").tar.read_bytes() == direct.part("pc").tar.read_bytes()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: evidence()[:-9], Reason.TRUNCATED),
        (lambda: evidence(learner="\x1b[2J"), Reason.MANIFEST),
        (lambda: bomb(3), Reason.UNPACKED_SIZE),
        (oversized_header, Reason.HEADER_SIZE),
    ],
    ids=["cut", "colours", "bomb", "header"],
)
def test_bad_evidence_is_one_clear_error(
    make: Callable[[], bytes], reason: Reason, file: Path, folder: Path
) -> None:
    """The child's reason reaches the teacher in both languages, with the file's name."""
    file.write_bytes(make())
    with pytest.raises(EvidenceUnreadable) as caught:
        open_evidence(file, folder, COMMAND)
    assert str(caught.value.values["reason"]).startswith(reason.value)
    for language in Language:
        assert file.name in say(caught.value.key, language, **caught.value.values)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", Reason.DIED),
        ("raise SystemExit(3)", Reason.DIED),
        ("import os; os.kill(os.getpid(), 9)", Reason.DIED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Reason.TIME),
        ("import sys; open(sys.argv[2] + '/answer.json', 'w').write('rubbish')", Reason.DIED),
        ("import sys; open(sys.argv[2] + '/answer.json', 'w').write('{}')", Reason.DIED),
        ("import sys; open(sys.argv[2] + '/answer.json', 'w').truncate(1 << 30)", Reason.DIED),
        ("import os; os.close(1); print('x' * 10**6)", Reason.DIED),
    ],
)
def test_a_child_that_goes_wrong_is_one_clear_error(
    code: str, reason: Reason, file: Path, folder: Path
) -> None:
    """Death, silence, endless work and rubbish are told."""
    with pytest.raises(EvidenceUnreadable) as caught:
        open_evidence(file, folder, python(code))
    assert caught.value.values["reason"] == reason.value


def test_a_child_that_never_ends_is_not_waited_for(file: Path, folder: Path) -> None:
    """A child that does nothing is given up, and that is told."""
    with pytest.raises(EvidenceUnreadable) as caught:
        open_evidence(file, folder, python("import time; time.sleep(600)"), seconds=1.0)
    assert caught.value.values["reason"] == Reason.TIME.value


def test_a_child_that_leaves_out_a_part_is_not_believed(file: Path, folder: Path) -> None:
    """An answer without the lists of its parts is rubbish."""
    answer = to_json(Answer(read(file, folder).manifest))
    (folder / "pc.json").unlink()
    with pytest.raises(EvidenceUnreadable):
        open_evidence(
            file,
            folder,
            python(f"import sys; open(sys.argv[2] + '/answer.json', 'w').write({answer!r})"),
        )


def test_an_endless_answer_is_not_believed(file: Path, folder: Path) -> None:
    """However right an answer begins, only so much of it is read."""
    answer = to_json(Answer(read(file, folder).manifest))
    code = (
        f"import sys; open(sys.argv[2] + '/answer.json', 'w').write({answer!r} + ' ' * (65 << 20))"
    )
    with pytest.raises(EvidenceUnreadable):
        open_evidence(file, folder, python(code))


def test_a_full_disk_is_not_the_learners_fault(file: Path, folder: Path) -> None:
    """No room for what is read is our own trouble."""
    answer = to_json(Answer(reason=Reason.DISK))
    code = f"import sys; open(sys.argv[2] + '/answer.json', 'w').write({answer!r})"
    with pytest.raises(DiskFull):
        open_evidence(file, folder, python(code))


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    """A missing file, a folder and a device are no evidence; nobody waits for them."""
    for file in (folder / "none", folder, Path("/dev/zero")):
        with pytest.raises(EvidenceUnreadable) as caught:
            open_evidence(file, folder, COMMAND)
        assert caught.value.key == "evidence.not-found"


def test_a_program_that_is_not_there_is_told(file: Path, folder: Path) -> None:
    """Without the child there is an error, not a crash."""
    with pytest.raises(EvidenceUnreadable):
        open_evidence(file, folder, ["/no/such/program"])


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process with the reader's limits."""
    start = "from breakfix.evidence.child import take_limits; take_limits()\n"
    return subprocess.run(python(start + code), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (f"bytearray({LIMITS.reader_memory})", "MemoryError"),
        ("files = [open('/dev/null') for _ in range(40)]", "Too many open files"),
        (
            f"import os; f = os.memfd_create('x'); os.truncate(f, {LIMITS.unpacked_bytes + 1})",
            "File too large",
        ),
    ],
    ids=["memory", "files", "size"],
)
def test_the_child_is_bounded(code: str, error: str) -> None:
    """More memory, open files or bytes in a file than allowed are refused by the system."""
    assert error in limited(code).stderr


def test_the_child_is_bounded_in_processor_time() -> None:
    """The limit on processor time is the one of the specification."""
    said = limited("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))").stdout
    assert said.strip() == str((LIMITS.reader_cpu_seconds, LIMITS.reader_cpu_seconds + 1))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    """Each reason is told in both languages, with what to do next."""
    error = unreadable(reason, "x.zst", "etc/\x1b[2J")
    for language in Language:
        sentence = say(error.key, language, **error.values)
        assert error.key in catalogue(language)
        assert "\x1b" not in sentence
