"""Whatever stands in a file that was handed in, the reader refuses it or understands it."""

from __future__ import annotations

import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakfix.codec import from_json
from breakfix.evidence.child import Answer, answer
from breakfix.evidence.refusal import Reason, Refused
from breakfix.evidence.streams import Frame
from tests.unit.evidence.archives import GOOD, bomb, compress, evidence, outer
from tests.unit.evidence.hostile import CASES
from tests.unit.evidence.hostile_recordings import recorded


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """Every bad file, read by one process with the reader's limits on memory and time."""
    files, work = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("work")
    for number, case in enumerate(CASES.values()):
        (files / f"{number:04}").write_bytes(case.make())
    script = Path(__file__).with_name("read_many.py")
    done = subprocess.run(
        [sys.executable, script, files, work], capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    return {name: from_json(Answer, line) for name, line in zip(CASES, lines, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_bad_evidence_is_refused_for_its_reason(name: str, answers: dict[str, Answer]) -> None:
    """Each handmade bad file is refused within the limits, and for what is wrong with it."""
    assert answers[name].reason is CASES[name].reason
    assert answers[name].manifest is None


def read(data: bytes, folder: Path) -> Answer:
    """The answer to these bytes, in this process."""
    (folder / "file").write_bytes(data)
    return answer(folder / "file", folder)


def test_the_handmade_file_without_a_mistake_is_read(tmp_path: Path) -> None:
    """What the bad files are made from is good, so each is refused for its one mistake."""
    assert read(evidence(), tmp_path).reason is None


def test_a_recording_that_is_none_costs_nothing(tmp_path: Path) -> None:
    """What stands in a recording is passed on as it is, however bad: no grade waits for it."""
    rubbish = b"\x1b]52;c;aGk=\x07" + bytes(range(256))
    found = read(recorded(("01-pc", rubbish)), tmp_path)

    assert found.reason is None
    assert (tmp_path / "01-pc.cast").read_bytes() == rubbish


def test_no_more_is_unpacked_than_evidence_may_hold(tmp_path: Path) -> None:
    """Whoever reads a frame on and on is stopped, whatever the manifest said."""
    (tmp_path / "bomb").write_bytes(bomb(2))
    with (tmp_path / "bomb").open("rb") as stream:
        frame = Frame(stream)
        pieces = takewhile(len, (frame.read(1 << 20) for _ in range(2048)))
        with pytest.raises(Refused) as caught:
            sum(map(len, pieces))
    assert caught.value.reason is Reason.UNPACKED_SIZE


@given(data=st.data())
@settings(max_examples=300)
def test_a_changed_byte_is_refused_or_harmless(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One wrong byte under a right checksum gives a reason that we know."""
    plain = bytearray(outer())
    place = data.draw(st.integers(0, len(plain) - 1))
    plain[place] = data.draw(st.integers(0, 255))
    got = read(compress(bytes(plain)), tmp_path_factory.getbasetemp())
    assert got.reason is not Reason.UNEXPECTED


@given(data=st.data())
@settings(max_examples=300)
def test_a_changed_part_is_refused_or_harmless(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One wrong byte in a part whose hash is right gives a reason that we know."""
    archive = bytearray(GOOD)
    place = data.draw(st.integers(0, len(archive) - 1))
    archive[place] = data.draw(st.integers(0, 255))
    got = read(evidence(bytes(archive)), tmp_path_factory.getbasetemp())
    assert got.reason is not Reason.UNEXPECTED


@given(raw=st.binary(max_size=4096))
@settings(max_examples=100)
def test_any_bytes_are_refused(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytes of no meaning are no evidence."""
    folder = tmp_path_factory.getbasetemp()
    assert read(raw, folder).reason in {Reason.NOT_ZSTD, Reason.TRUNCATED}
    assert read(evidence(raw), folder).reason not in {None, Reason.UNEXPECTED}
