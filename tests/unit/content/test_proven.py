"""What was proven, and what a change takes away from it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from breakfix.content import Catalog, create
from breakfix.content.catalog import is_author
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import (
    Proven,
    Standing,
    lock_of,
    proven_now,
    read_lock,
    standing,
    write_lock,
)
from breakfix.errors import ContentError
from breakfix.proof.identity import digest_of, prover_digest

TAGS = ("breakfix/pc:1", "breakfix/wire:1")


@pytest.fixture
def lab(tmp_path: Path) -> LoadedLab:
    """A lab that was proven with these images by prover `p`."""
    create(tmp_path, "m021-network", "slow-wifi")
    loaded = Catalog((tmp_path,)).load("slow-wifi")
    write_lock(lock_of(loaded), {"slow-wifi": proven_now(loaded, TAGS, "p")})
    return loaded


def now(lab: LoadedLab, tags: tuple[str, ...] = TAGS, prover: str = "p") -> Standing:
    """What the lock says of the lab."""
    return standing(lab, proven_now(lab, tags, prover))


def test_what_was_proven_stands(lab: LoadedLab) -> None:
    """The lock stands beside the modules, and knows the lab as it was proven."""
    assert lock_of(lab) == lab.root.parent.parent / "proven.lock"
    assert now(lab) is Standing.PROVEN


@pytest.mark.parametrize(
    "file", ["lab.toml", "staff/checks.py", "staff/faults/note-missing/repair/pc.sh"]
)
def test_a_changed_lab_is_not_proven(lab: LoadedLab, file: str) -> None:
    """A change in anything that decides a verdict takes the proof away."""
    with (lab.root / file).open("a") as stream:
        stream.write("\n# changed\n")

    assert now(lab) is Standing.UNPROVEN


def test_a_mended_sentence_stays_proven(lab: LoadedLab) -> None:
    """A text that people alone read may be mended without a new proof."""
    with (lab.root / "student" / "ticket.md").open("a") as stream:
        stream.write("\nP.S.\n")

    assert now(lab) is Standing.PROVEN


def test_other_images_are_not_proven(lab: LoadedLab) -> None:
    """With another image the machines may behave in another way."""
    assert now(lab, tags=("breakfix/pc:2", "breakfix/wire:1")) is Standing.UNPROVEN
    assert now(lab, tags=tuple(reversed(TAGS))) is Standing.PROVEN


def test_an_older_prover_is_told_apart(lab: LoadedLab) -> None:
    """A proof by an earlier prover is one that was made, and is old."""
    assert now(lab, prover="q") is Standing.OLDER


def test_a_new_lab_is_not_proven(lab: LoadedLab) -> None:
    """A lab that the lock does not name is not proven, whatever it is a copy of."""
    shutil.copytree(lab.root, lab.root.with_name("copied"))
    copied = Catalog((lab.root.parents[1],)).load("copied")

    assert now(copied) is Standing.UNPROVEN


def test_the_lock_keeps_what_it_holds_of_others(lab: LoadedLab) -> None:
    """Writing one lab leaves the others as they were, and is repeatable to the byte."""
    first = read_lock(lock_of(lab))
    write_lock(lock_of(lab), {"another": Proven("a", "b", "c")})
    text = lock_of(lab).read_text()
    write_lock(lock_of(lab), {"another": Proven("a", "b", "c")})

    assert read_lock(lock_of(lab)) == first | {"another": Proven("a", "b", "c")}
    assert lock_of(lab).read_text() == text


@pytest.mark.parametrize("damage", ["<<<<<<< HEAD\n", "[x]\nlab = 1\n", '[x]\nextra = "y"\n'])
def test_a_damaged_lock_proves_nothing(lab: LoadedLab, damage: str) -> None:
    """A lock that cannot be read hides the lab from learners, and is never written over."""
    lock_of(lab).write_text(damage)

    assert now(lab) is Standing.UNPROVEN
    with pytest.raises(ContentError):
        write_lock(lock_of(lab), {"slow-wifi": replace(Proven("a", "b", "c"))})
    assert lock_of(lab).read_text() == damage


@pytest.mark.parametrize(
    ("environment", "author"),
    [
        ({}, False),
        ({"BREAKFIX_AUTHOR": "1"}, True),
        ({"BREAKFIX_LABS": "/mine"}, True),
        ({"BREAKFIX_LABS": "/mine", "BREAKFIX_AUTHOR": "0"}, False),
    ],
)
def test_who_is_an_author(environment: dict[str, str], author: bool) -> None:  # noqa: FBT001 (a case)
    """Whoever says so, or has labs of their own and does not deny it."""
    assert is_author(environment) is author


def test_the_prover_is_its_code(tmp_path: Path) -> None:
    """Another stage is another prover; a comment is not."""
    for name in ("proof", "observe", "evidence", "replay", "model"):
        (tmp_path / name).mkdir()
    for name in ("score", "outcome"):
        (tmp_path / "model" / f"{name}.py").write_text("x = 1\n")
    stage = tmp_path / "proof" / "stages.py"
    stage.write_text("x = 1\n")
    before = digest_of(tmp_path)
    stage.write_text("# why\n\nx = 1\n")
    assert digest_of(tmp_path) == before
    stage.write_text("x = 2\n")

    assert digest_of(tmp_path) != before
    assert prover_digest() == prover_digest()
