"""Zips that somebody made to do harm, or that came damaged."""

from __future__ import annotations

import os
import random
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from breakfix.errors import SubmissionRefused
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.trees import copy_out
from breakfix.grading.incoming.zips import open_zip
from tests.unit.grading import zipping

ALONE = {"fine": b"fine"}
FINE = {"fine.txt": b"fine", "folder/deep.txt": b"deep"}


@dataclass(frozen=True)
class Case:
    """A zip whose every bad entry is refused by this key, and no other."""

    name: str
    key: str
    data: bytes


ENTRIES = [
    Case("goes up", "bad-name", zipping.with_entry("../up.txt", b"", ALONE)),
    Case("goes up inside", "bad-name", zipping.with_entry("a/../../up", b"", ALONE)),
    Case("absolute", "bad-name", zipping.with_entry("/etc/passwd", b"", ALONE)),
    Case("drive", "bad-name", zipping.with_entry("C:/up.txt", b"", ALONE)),
    Case(
        "backslash", "bad-name", zipping.renamed({"fine": b"fine", "../b": b""}, b"../b", b"..\\b")
    ),
    Case("nul", "bad-name", zipping.renamed({"fine": b"fine", "abc": b""}, b"abc", b"a\0c")),
    Case("escape", "bad-name", zipping.with_entry("a\x1b]0;x", b"", ALONE)),
    Case("empty part", "bad-name", zipping.with_entry("a//b", b"", ALONE)),
    Case("dot part", "bad-name", zipping.with_entry("./b", b"", ALONE)),
    Case("very deep", "bad-name", zipping.with_entry("a/" * 40 + "b", b"", ALONE)),
    Case("very long", "bad-name", zipping.with_entry("a" * 300, b"", ALONE)),
    Case("folder up", "bad-name", zipping.with_entry("../up/", b"", ALONE)),
    Case("link", "link", zipping.with_entry("l", b"/x", ALONE, stat.S_IFLNK | 0o777)),
    Case("pipe", "link", zipping.with_entry("p", b"", ALONE, stat.S_IFIFO | 0o666)),
    Case("device", "link", zipping.with_entry("d", b"", ALONE, stat.S_IFBLK | 0o666)),
    Case("encrypted", "encrypted", zipping.flagged({"a": b"secret", "fine": b"fine"}, 0x1)),
    Case("strongly", "encrypted", zipping.flagged({"a": b"secret", "fine": b"fine"}, 0x41)),
    Case("masked", "encrypted", zipping.flagged({"a": b"secret", "fine": b"fine"}, 0x2000)),
    Case("bomb", "bomb", zipping.zipped({"zeros": b"\0" * (3 << 20), "fine": b"fine"})),
]


def opened(folder: Path, data: bytes) -> tuple[set[str], dict[str, str]]:
    """What can be read of a zip, and the reason why each of the others can't."""
    file = folder / "a.zip"
    file.write_bytes(data)
    with open_zip(file) as tree:
        for name in tree.files:
            copy_out(tree, name, folder / "out" / name, 1 << 20)
        return set(tree.files), {name: error.key for name, error in tree.refused.items()}


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case.name)
def test_an_entry_that_is_no_ordinary_file_is_never_opened(case: Case, tmp_path: Path) -> None:
    """Of a zip with one bad entry the others are read, and that one says why not."""
    files, refused = opened(tmp_path, case.data)

    assert files == {"fine"}
    assert list(refused.values()) == [f"import.{case.key}"]
    assert (tmp_path / "out" / "fine").read_bytes() == b"fine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "out"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_not_opened(method: int, tmp_path: Path) -> None:
    """Only the two ways of packing that every platform uses are read."""
    files, refused = opened(tmp_path, zipping.zipped({"a": b"a" * 100}, method))
    assert (files, refused) == (set(), {"a": "import.method"})


def test_a_name_that_is_there_twice_is_refused_both_times(tmp_path: Path) -> None:
    """Of two entries with one name nobody knows which is meant; capitals do not tell them apart."""
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipping.with_entry("fine", b"other", ALONE)
    assert opened(tmp_path, data) == (set(), {"fine": "import.twice"})

    capitals = zipping.zipped({"Fine": b"a", "fine": b"b", "last": b"c"})
    assert opened(tmp_path, capitals) == ({"last"}, dict.fromkeys(("Fine", "fine"), "import.twice"))


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "damaged"),
        (b"PK", "damaged"),
        (b"no zip at all" * 100, "damaged"),
        (zipping.zipped(FINE)[:-30], "damaged"),
        (zipping.zipped(FINE)[20:], "damaged"),
        (zipping.zipped(FINE) + b"tail", "damaged"),
        (zipping.damaged({"a": b"content"}), "damaged"),
        (zipping.overlapping(5), "overlap"),
        (zipping.huge_count(), "too-many-files"),
        (zipping.lying_count(), "too-many-files"),
        (zipping.huge_count_64(), "too-many-files"),
    ],
    ids=["empty", "short", "text", "no end", "no head", "tail", "checksum", "overlap", "many",
         "lies", "zip64"],
)  # fmt: skip
def test_a_zip_that_is_wrong_as_a_whole_is_refused(data: bytes, key: str, tmp_path: Path) -> None:
    """Damage, shared bytes and endless tables of contents are told, before they cost anything."""
    with pytest.raises(SubmissionRefused) as raised:
        opened(tmp_path, data)
    assert raised.value.key == f"import.{key}"


def test_a_wrong_size_in_the_headers_is_damage(tmp_path: Path) -> None:
    """A file that unpacks to more than it says is not copied past what it says."""
    data = bytearray(zipping.zipped({"a": b"0" * 5000}))
    for start, offset in ((0, 22), (data.index(b"PK\1\2"), 24)):
        data[start + offset : start + offset + 4] = (100).to_bytes(4, "little")
    with pytest.raises(SubmissionRefused) as raised:
        opened(tmp_path, bytes(data))
    assert raised.value.key == "import.damaged"
    assert (tmp_path / "out" / "a").stat().st_size <= 100


def test_whatever_byte_is_wrong_only_a_refusal_comes_of_it(tmp_path: Path) -> None:
    """A zip with random damage is read or refused; nothing else is ever raised."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    whole = zipping.zipped(FINE | {"text": b"word " * 200})
    outcomes = set()
    for _ in range(600):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for left in (tmp_path / "out").rglob("*"):
            if left.is_file():
                left.unlink()
        try:
            opened(tmp_path, bytes(data))
            outcomes.add("read")
        except SubmissionRefused as error:
            outcomes.add(error.key)
    assert "import.damaged" in outcomes


def test_a_zip_of_an_old_windows_program_is_read(tmp_path: Path) -> None:
    """Parts of a name may be separated as Windows does it."""
    data = zipping.renamed({"els/a.txt": b"a"}, b"els/a", b"els\\a")
    assert opened(tmp_path, data) == ({"els/a.txt"}, {})


def test_litter_of_operating_systems_is_passed_by(tmp_path: Path) -> None:
    """What a Mac or Windows puts into every zip is neither read nor refused."""
    files = {"__MACOSX/._els.zip": b"", "a/.DS_Store": b"", "a/Thumbs.db": b"", "a/b.txt": b"b"}
    assert opened(tmp_path, zipping.zipped(files)) == ({"a/b.txt"}, {})


def test_a_link_is_no_zip(tmp_path: Path) -> None:
    """What a link points to is not opened, and a pipe keeps nobody waiting."""
    (tmp_path / "real.zip").write_bytes(zipping.zipped(FINE))
    (tmp_path / "link.zip").symlink_to("real.zip")
    os.mkfifo(tmp_path / "pipe.zip")
    for name, key in (("link.zip", "import.unreadable"), ("pipe.zip", "import.link")):
        with pytest.raises(SubmissionRefused) as raised, open_zip(tmp_path / name):
            pass
        assert raised.value.key == key


def test_a_file_over_its_bound_is_not_copied(tmp_path: Path) -> None:
    """What is larger than it may be is refused before anything is written."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipping.zipped({"a": bytes(range(256)) * 10}))
    with open_zip(file) as tree, pytest.raises(SubmissionRefused) as raised:
        copy_out(tree, "a", tmp_path / "a", 2559)
    assert raised.value.key == "import.too-large"
    assert not (tmp_path / "a").exists()
    assert INCOMING.ratio_from <= INCOMING.notebook
