"""Evidence written by us: small, the same bytes each time, and read back whole."""

from __future__ import annotations

import errno
import io
import os
import tarfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from breakfix.errors import DiskFull
from breakfix.evidence.headers import CAPABILITY
from breakfix.evidence.part_tar import PartTar
from breakfix.evidence.reader import read
from breakfix.evidence.writer import write
from breakfix.model.evidence import Member, MemberKind
from tests.unit.evidence.machines import CAPABILITY_VALUE, add, info, manifest, typical


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Evidence of one machine with one of everything."""
    target = tmp_path / "lab.breakfix.tar.zst"
    part = typical(tmp_path / "pc.tar")
    write(target, manifest("pc", deleted=("/etc/gone",)), b'{"event": "a"}\n', {"pc": part})
    return target


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to read into."""
    (tmp_path / "read").mkdir()
    return tmp_path / "read"


def test_what_was_written_is_read_back(file: Path, folder: Path) -> None:
    """Manifest, journal and members survive the journey."""
    evidence = read(file, folder)
    entry = evidence.part("pc").entry
    assert evidence.manifest.learner == "Yıldız"
    assert evidence.journal == ({"event": "a"},)
    assert (entry.deleted, len(entry.sha256)) == (("/etc/gone",), 64)
    members = {member.path: member for member in evidence.part("pc").members}
    assert members["/opt/a"].size == len("shared")
    assert members["/opt/b"] == Member("/opt/b", MemberKind.HARD_LINK, 0o644, 0, 0, 0, "/opt/a")
    assert members["/opt/c"].content == "/opt/a"
    assert members["/opt/link"].content == "/usr/bin/true"
    assert members["/opt/pipe"].kind is MemberKind.PIPE
    assert members["/opt/able"].capability
    assert members["/etc/sudo-like"].mode == 0o4755


def test_recordings_come_along(tmp_path: Path, folder: Path) -> None:
    """Recordings of terminals are read back as they were, in their order; without any the file is
    as good."""
    target, part = tmp_path / "lab.breakfix.tar.zst", typical(tmp_path / "pc.tar")
    casts = {"01-pc": b'{"version": 2}\n', "02-router": b""}
    write(target, manifest("pc"), b'{"event": "a"}\n', {"pc": part}, casts)
    found = read(target, folder)

    assert [file.name for file in found.recordings] == ["01-pc.cast", "02-router.cast"]
    assert [file.read_bytes() for file in found.recordings] == list(casts.values())
    assert [one.size for one in found.manifest.recordings] == [15, 0]


def test_what_evidence_never_holds_is_left_out(file: Path, folder: Path) -> None:
    """Left-out folders, devices and names that can't be held do not travel."""
    paths = {member.path for member in read(file, folder).part("pc").members}
    assert {"/run", "/run/x", "/opt/device", "/etc/bad\nname"} & paths == set()


def test_the_clean_part_is_a_tar_of_the_members(file: Path, folder: Path) -> None:
    """The archive for the engine has the same members in order, and of all attributes only
    capabilities."""
    part = read(file, folder).part("pc")
    with tarfile.open(part.tar) as archive:
        infos = archive.getmembers()
        shared = archive.extractfile("opt/a")
        content = shared.read() if shared else b""
    assert [f"/{one.name}" for one in infos] == [member.path for member in part.members]
    able = next(one for one in infos if one.name == "opt/able")
    kept = {key: value for key, value in able.pax_headers.items() if key.startswith("SCHILY")}
    assert kept == {CAPABILITY: CAPABILITY_VALUE}
    assert content == b"shared"


def test_owners_and_times_are_kept_within_bounds(tmp_path: Path, folder: Path) -> None:
    """An owner beyond the last one becomes nobody, and a time before 1970 becomes 1970."""
    with PartTar(tmp_path / "pc.tar") as archive:
        odd = info("x")
        odd.uid, odd.gid, odd.mtime = 1 << 31, 70_000, -5
        archive.add(odd, io.BytesIO(b""))
    write(tmp_path / "e", manifest("pc"), b"", {"pc": tmp_path / "pc.tar"})
    member = read(tmp_path / "e", folder).part("pc").members[0]
    assert (member.uid, member.gid) == (65534, 65534)
    with tarfile.open(folder / "pc.tar") as clean:
        assert clean.getmember("x").mtime == 0


def test_paths_that_cannot_be_held_are_listed(tmp_path: Path) -> None:
    """Capture can tell which names, links and lost hard links did not go in."""
    with PartTar(tmp_path / "pc.tar") as archive:
        add(archive, "a\x1bb")
        archive.add(info("link", tarfile.SYMTYPE, "a\nb"))
        archive.add(info("hard", tarfile.LNKTYPE, "elsewhere"))
    assert archive.unheld == ["/a\x1bb", "/link", "/hard"]


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    """The order in which paths come, and who wrote them when, leave no trace."""
    written = []
    for order in (1, -1):
        part = tmp_path / f"{order}.tar"
        with PartTar(part) as archive:
            for name in ["etc/", "etc/b", "etc/a"][::order]:
                add(archive, name, name)
        write(tmp_path / "e", manifest("pc"), b"", {"pc": part})
        written.append((tmp_path / "e").read_bytes())
    assert written[0] == written[1]


def test_configuration_work_is_small(tmp_path: Path) -> None:
    """Sixty changed paths of three machines take a few kilobytes."""
    parts = {}
    for machine in ("pc", "router", "server"):
        with PartTar(tmp_path / f"{machine}.tar") as archive:
            for name in ("etc/", "root/", "home/", "var/", "var/lib/", "var/log/"):
                add(archive, name)
            for number in range(14):
                add(archive, f"etc/file-{number}", f"address 10.0.{number}.1/24 # {machine}\n" * 5)
        parts[machine] = tmp_path / f"{machine}.tar"
    write(tmp_path / "e", manifest(*parts), b'{"event": "a"}\n' * 20, parts)
    assert (tmp_path / "e").stat().st_size < 5000


def test_half_a_line_of_the_journal_is_left_out(tmp_path: Path, folder: Path) -> None:
    """A process that died while it wrote an event spoils no hand-in."""
    part = typical(tmp_path / "pc.tar")
    journal = b'{"event": "a"}\n{"event": "b\n{"event": "c"}\n{"ev'
    write(tmp_path / "e", manifest("pc"), journal, {"pc": part})
    assert [one["event"] for one in read(tmp_path / "e", folder).journal] == ["a", "c"]


def test_a_failed_write_leaves_the_last_one(file: Path, tmp_path: Path) -> None:
    """When anything goes wrong, the evidence that was there stays, and nothing else."""
    before = file.read_bytes()
    with pytest.raises(KeyError):
        write(file, manifest("pc", "gone"), b"", {"pc": tmp_path / "pc.tar"})
    with pytest.raises(FileNotFoundError):
        write(file, manifest("gone"), b"", {"gone": tmp_path / "gone.tar"})
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "pc.tar"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_the_last_one(
    code: int, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for new evidence is an error of its own; what stood there stays."""
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(code, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write(file, manifest("pc"), b"", {"pc": tmp_path / "pc.tar"})
    assert file.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_part_that_fails_halfway_is_not_written(tmp_path: Path) -> None:
    """An error while paths are collected leaves no archive."""
    with pytest.raises(AttributeError), PartTar(tmp_path / "pc.tar") as archive:
        archive.add(info("etc/x"), "no stream")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_one_frame_around_a_plain_tar(file: Path) -> None:
    """Everyday tools can look into evidence."""
    plain = zstandard.ZstdDecompressor().stream_reader(file.read_bytes()).read()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert archive.getnames() == ["manifest.json", "journal.jsonl", "parts/pc.tar"]


NAME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(contents=st.dictionaries(NAME, st.binary(max_size=2000), max_size=8))
@settings(max_examples=40)
def test_any_names_and_contents_survive_or_are_listed(
    contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever files a learner makes, each is read back or listed as not held."""
    base = tmp_path_factory.mktemp("any")
    with PartTar(base / "pc.tar") as archive:
        add(archive, "opt/")
        for name, content in contents.items():
            add(archive, f"opt/{name.replace('/', '|')}", content)
    write(base / "e", manifest("pc"), b"", {"pc": base / "pc.tar"})
    members = {member.path: member for member in read(base / "e", base).part("pc").members}
    for name in contents:
        path = f"/opt/{name.replace('/', '|')}"
        assert (path in members) != (path in archive.unheld)
