"""Finding the evidence in a submission, whatever else somebody put there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.errors import EvidenceRefused
from breakfix.grading.finding import MOST, find_evidence, sha256_of

LAB, OWN, OTHER, THIRD = (
    "no-internet", "no-internet.breakfix.tar.zst", "mine.breakfix.tar.zst", "x.breakfix.tar.zst",
)  # fmt: skip


def put(folder: Path, *names: str) -> Path:
    """A submission with these files in its folder for evidence."""
    (folder / "evidence").mkdir()
    for name in names:
        (folder / "evidence" / name).write_text(name)
    return folder


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([OWN], OWN),
        ([OWN, OTHER, THIRD], OWN),
        ([OTHER], OTHER),
        (["notes.txt", OTHER], OTHER),
        ([], None),
        (["notes.txt", "no-internet.tar.zst"], None),
    ],
)
def test_the_evidence_is_found(tmp_path: Path, names: list[str], found: str | None) -> None:
    """The file of the lab's name is it, else the only one of another name, else there is none."""
    expected = tmp_path / "evidence" / found if found else None
    assert find_evidence(put(tmp_path, *names), LAB) == expected


def test_no_folder_is_no_evidence(tmp_path: Path) -> None:
    """A notebook alone, or nothing at all, has no evidence."""
    assert find_evidence(tmp_path, LAB) is None
    assert find_evidence(tmp_path / "nobody", LAB) is None


def test_two_hand_ins_are_refused(tmp_path: Path) -> None:
    """Of two files with other names nobody can say which was meant; both are named."""
    with pytest.raises(EvidenceRefused) as caught:
        find_evidence(put(tmp_path, OTHER, THIRD), LAB)

    assert caught.value.key == "grading.two-hand-ins"
    assert caught.value.values["files"] == f"{OTHER}, {THIRD}"


def test_odd_names_are_told_harmlessly(tmp_path: Path) -> None:
    """What a terminal would act on is written out in the reason."""
    with pytest.raises(EvidenceRefused) as caught:
        find_evidence(put(tmp_path, f"\x1b[2J{OTHER}", THIRD), LAB)

    assert "\x1b" not in str(caught.value.values["files"])


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Evidence is not looked for where a link leads."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put(elsewhere, OWN)
    submission = tmp_path / "mine"
    submission.mkdir()
    (submission / "evidence").symlink_to(elsewhere / "evidence")

    with pytest.raises(EvidenceRefused) as caught:
        find_evidence(submission, LAB)
    assert caught.value.key == "grading.no-file"


def _link(file: Path) -> None:
    target = file.with_name("target")
    target.write_text("secret")
    file.symlink_to(target)


@pytest.mark.parametrize("make", [_link, os.mkfifo, Path.mkdir])
def test_what_is_no_ordinary_file_is_refused(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    """A link, a pipe or a folder is never opened."""
    make(tmp_path / OWN)
    with pytest.raises(EvidenceRefused) as caught:
        sha256_of(tmp_path / OWN)
    assert caught.value.key == "grading.no-file"


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    """More than fifty megabytes is no repair; one byte less is read."""
    with (tmp_path / OWN).open("wb") as stream:
        stream.truncate(MOST + 1)
    with pytest.raises(EvidenceRefused) as caught:
        sha256_of(tmp_path / OWN)
    assert caught.value.key == "grading.too-large"

    os.truncate(tmp_path / OWN, MOST)
    assert sha256_of(tmp_path / OWN) == hashlib.sha256(bytes(MOST)).hexdigest()
