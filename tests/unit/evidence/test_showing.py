"""A teacher reads what changed, and nothing that a learner wrote acts on the teacher's screen."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import pytest

from breakfix.evidence.opened import Part
from breakfix.evidence.part_tar import PartTar
from breakfix.evidence.reader import read
from breakfix.evidence.showing import changes
from breakfix.evidence.writer import write
from breakfix.model.evidence import Change, ChangeKind, FileIndex, Member, MemberKind
from tests.unit.evidence.machines import add, info, manifest

HOSTS = b"127.0.0.1 localhost\n10.0.0.1 router\n"


def member(path: str, content: bytes = b"", mode: int = 0o644) -> Member:
    """A file of the image."""
    digest = hashlib.sha256(content).hexdigest()
    return Member(path, MemberKind.FILE, mode, 0, 0, len(content), digest)


IMAGE = FileIndex(
    {
        "/etc": Member("/etc", MemberKind.FOLDER, 0o755, 0, 0),
        "/etc/hosts": member("/etc/hosts", HOSTS),
        "/etc/same": member("/etc/same", b"same"),
        "/etc/mode": member("/etc/mode", b"mode"),
        "/etc/gone": member("/etc/gone", b"gone"),
        "/etc/zone": Member("/etc/zone", MemberKind.LINK, 0o777, 0, 0, 0, "/zones/a"),
    }
)


def shown(folder: Path, files: dict[str, str | bytes], mode: int = 0o644) -> dict[str, Change]:
    """The changes of evidence with these files in /etc, by path."""
    with PartTar(folder / "pc.tar") as archive:
        add(archive, "etc/")
        archive.add(info("etc/zone", tarfile.SYMTYPE, "/zones/b"))
        for name, content in files.items():
            add(archive, f"etc/{name}", content, mode)
    write(folder / "e", manifest("pc", deleted=("/etc/gone",)), b"", {"pc": folder / "pc.tar"})
    (folder / "read").mkdir()
    part = read(folder / "e", folder / "read").part("pc")
    return {one.path: one for one in changes(part, IMAGE, {"/etc/hosts": HOSTS}.get)}


def test_added_changed_and_deleted_are_told(tmp_path: Path) -> None:
    """Each difference has its kind, and what is the same is not told."""
    got = shown(tmp_path, {"hosts": HOSTS + b"10.0.0.2 till\n", "new": "a\nb\n", "same": "same"})
    assert {path: change.kind for path, change in got.items()} == {
        "/etc/gone": ChangeKind.DELETED,
        "/etc/hosts": ChangeKind.CHANGED,
        "/etc/new": ChangeKind.ADDED,
        "/etc/zone": ChangeKind.CHANGED,
    }
    assert got["/etc/hosts"].diff == (
        "@@ -1,2 +1,3 @@", " 127.0.0.1 localhost", " 10.0.0.1 router", "+10.0.0.2 till",
    )  # fmt: skip
    assert got["/etc/new"].diff == ("@@ -0,0 +1,2 @@", "+a", "+b")
    assert got["/etc/zone"].diff[1:] == ("-/zones/a", "+/zones/b")
    assert got["/etc/gone"].before == IMAGE.members["/etc/gone"]


def test_other_permissions_alone_have_no_text(tmp_path: Path) -> None:
    """Where only permissions or owner differ, before and after tell."""
    change = shown(tmp_path, {"mode": "mode"}, 0o777)["/etc/mode"]
    assert change.before is not None
    assert change.after is not None
    assert (change.before.mode, change.after.mode, change.diff) == (0o644, 0o777, ())


@pytest.mark.parametrize(
    "content",
    [b"\x7fELF\0\1", b"\xff\xfe", b"x" * 70_000, b"\n" * 3000, b"a\0b"],
    ids=["program", "no UTF-8", "long", "lines", "zero"],
)
def test_what_is_no_short_text_has_only_its_size(content: bytes, tmp_path: Path) -> None:
    """Programs and long files are not compared line by line."""
    change = shown(tmp_path, {"hosts": content})["/etc/hosts"]
    assert change.after is not None
    assert (change.after.size, change.diff) == (len(content), ())


def test_nothing_acts_on_the_terminal(tmp_path: Path) -> None:
    """Control characters, and those that turn the direction of text, are spelled out."""
    change = shown(tmp_path, {"new": "a\x1b]0;x\x07b\r\u202ec\td\x9b2J\n"})["/etc/new"]
    assert change.diff[1] == "+a\\x1b]0;x\\x07b\\r\\u202ec\td\\x9b2J"


def test_long_differences_are_cut(tmp_path: Path) -> None:
    """A line and a list of lines have a bound, and end with a sign that there was more."""
    content = "y" * 500 + "\n" + "".join(f"{number}\n" for number in range(1500))
    diff = shown(tmp_path, {"new": content})["/etc/new"].diff
    assert len(diff) == 401
    assert diff[-1] == "…"
    assert diff[1] == "+" + "y" * 299 + "…"


def test_a_file_of_the_image_that_cannot_be_had_is_not_compared(tmp_path: Path) -> None:
    """Without the image's content there is no difference to show, and no error."""
    with PartTar(tmp_path / "pc.tar") as archive:
        add(archive, "etc/")
        add(archive, "etc/hosts", "other")
    entry = manifest("pc").parts[0]
    members = (Member("/etc", MemberKind.FOLDER, 0o755, 0, 0), member("/etc/hosts", b"other"))
    got = changes(Part(entry, tmp_path / "pc.tar", members), IMAGE, lambda _: None)
    assert [(one.path, one.diff) for one in got] == [("/etc/hosts", ())]
