"""Hand-ins that are refused: wrong, unlucky or made to do harm; the others go on."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from breakfix.errors import CourseError
from breakfix.grading.folder import CourseFolder
from breakfix.grading.importing import import_submissions
from breakfix.grading.incoming.accepting import Wanted
from breakfix.messages import Language, catalogue, say
from breakfix.model.course import Counting, SecondChance
from breakfix.model.incoming import Arrival, ImportReport
from tests.grading.administration.bringing import laid, names
from tests.grading.administration.packing import (
    EVIDENCE,
    files,
    label,
    pack,
    real_evidence,
    without,
)
from tests.unit.grading.zipping import damaged, flagged, overlapping, with_entry, zipped


@dataclass(frozen=True)
class Case:
    """A file that is refused, and the key of the reason."""

    sentence: str
    name: str
    data: bytes
    key: str


def pack_with(name: str, content: bytes) -> bytes:
    """A pack with one file in the place of another."""
    return zipped(files("els") | {name: content})


def said(**other: object) -> bytes:
    """A pack whose label says something else."""
    return zipped(files("els", **other))  # type: ignore[arg-type]


def entry(name: str, mode: int = 0) -> bytes:
    """A pack with one more entry, of a strange name or kind."""
    return with_entry(name, b"x", files("els"), mode)


LABEL = "handed-in.json"
CASES = [
    Case("no label that is JSON", "a.zip", pack_with(LABEL, b"{"), "import.bad-label"),
    Case("a label of numbers", "a.zip", pack_with(LABEL, b"[1]"), "import.bad-label"),
    Case("a label with more", "a.zip", said(admin=True), "import.bad-label"),
    Case("a time that is none", "a.zip", said(time="now"), "import.bad-label"),
    Case("a time without end", "a.zip",
         pack_with(LABEL, label("els").replace(b"1795176000.0", b"1e999")), "import.bad-label"),
    Case("a time before all times", "a.zip", said(time=-1e9), "import.bad-label"),
    Case("a deep label", "a.zip", pack_with(LABEL, b"[" * 50_000), "import.bad-label"),
    Case("a label in another tongue", "a.zip", pack_with(LABEL, b"\xff\xfe{}"), "import.bad-label"),
    Case("a huge label", "a.zip",
         pack_with(LABEL, label("els") + b" " * 70_000), "import.too-large"),
    Case("another format", "a.zip", said(format=2), "import.label-format"),
    Case("another course", "a.zip", said(course="other"), "import.other-course"),
    Case("no course", "a.zip", said(course=""), "import.other-course"),
    Case("an unknown learner", "a.zip", pack("jan"), "import.unknown-learner"),
    Case("a learner of everybody", "a.zip", pack("*"), "import.unknown-learner"),
    Case("a learner above", "a.zip", pack("../../els"), "import.unknown-learner"),
    Case("a learner of colours", "a.zip", pack("\x1b[31mels"), "import.unknown-learner"),
    Case("an unknown assignment", "a.zip", pack("els", "week-9"), "import.unknown-assignment"),
    Case("an assignment above", "a.zip",
         pack_with(LABEL, label("els", "../week-1")), "import.unknown-assignment"),
    Case("no assignment", "a.zip", pack_with(LABEL, label("els", "")), "import.practice"),
    Case("a second chance of others", "a.zip", pack("els", "week-1-2"), "import.no-second-chance"),
    Case("two pieces of evidence", "a.zip",
         zipped(without(files("els"), EVIDENCE) | {
             f"evidence/{n}.breakfix.tar.zst": b"" for n in "ab"}), "import.two-evidence"),
    Case("a file that goes up", "a.zip", entry("../../../up"), "import.bad-name"),
    Case("an absolute file", "a.zip", entry("/tmp/up"), "import.bad-name"),  # noqa: S108 (never written)
    Case("a link", "a.zip", entry("link", stat.S_IFLNK | 0o777), "import.link"),
    Case("a device", "a.zip", entry("evidence/null", stat.S_IFCHR | 0o666), "import.link"),
    Case("a password", "a.zip", flagged(files("els"), 0x1), "import.encrypted"),
    Case("a bomb", "a.zip",
         pack_with(EVIDENCE, b"\0" * (20 << 20)), "import.bomb"),
    Case("evidence over the bound", "a.zip",
         zipped(files("els") | {EVIDENCE: b"\0" * (51 << 20)}, 0), "import.too-large"),
    Case("damage", "a.zip", damaged(files("els")), "import.damaged"),
    Case("shared bytes", "a.zip", overlapping(50), "import.overlap"),
    Case("no zip", "a.zip", b"not a zip", "import.damaged"),
    Case("half a zip", "a.zip", pack("els")[:-40], "import.damaged"),
    Case("another archive", "els.7z", b"7z\xbc\xaf", "import.other-archive"),
    Case("a zip in a zip in a zip", "a.zip",
         zipped({"b.zip": zipped({"c.zip": pack("els")})}), "import.too-deep"),
    Case("evidence that is rubbish", "e.breakfix.tar.zst", b"rubbish", "evidence.damaged"),
    Case("evidence of free practice", "e.breakfix.tar.zst",
         real_evidence("", ""), "import.practice"),
    Case("evidence of another course", "e.breakfix.tar.zst",
         real_evidence("els", "other/week-1"), "import.other-course"),
    Case("evidence of another lab", "e.breakfix.tar.zst",
         real_evidence("els", lab="no-internet"), "import.other-lab"),
    Case("evidence of a stranger", "e.breakfix.tar.zst",
         real_evidence("jan"), "import.unknown-learner"),
]  # fmt: skip


@pytest.fixture
def course(folder: CourseFolder) -> CourseFolder:
    """The course, with a second chance of week-1 for noe alone."""

    def granted(old: object) -> object:
        first = folder.planned("week-1")
        again = replace(
            first,
            assignment=replace(first.assignment, id="net/week-1-2"),
            second_chance=SecondChance("week-1", ("noe",), Counting.BEST),
        )
        return replace(old, assignments={**folder.read().assignments, "week-1-2": again})  # type: ignore[type-var]

    folder.change(granted)  # type: ignore[arg-type]
    return folder


def brought(
    course: CourseFolder, content: Mapping[str, bytes], wanted: Wanted | None = None
) -> ImportReport:
    """The import of a folder with these files."""
    return import_submissions(course, laid(course.root.parent / "in", content), wanted or Wanted())


def everything(root: Path) -> dict[str, bytes]:
    """All files below a folder, but for the lock and what was read of the gradebook."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def sentence_of(key: str) -> re.Pattern[str]:
    """A sentence with anything in its places."""
    parts = re.split(r"\\{\w+\\}", re.escape(catalogue(Language.NL)[key]))
    return re.compile(".*".join(parts))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence)
def test_one_that_is_refused_stops_no_other(case: Case, course: CourseFolder) -> None:
    """What can't be taken says why in both languages and changes nothing; what lies beside it is
    taken."""
    before = everything(course.root)
    report = brought(course, {f"x/{case.name}": case.data, "y/noe.zip": pack("noe")})

    refused = [row for row in report.rows if row.arrival is Arrival.REFUSED]
    assert [row.learner for row in report.rows if row not in refused] == ["noe"]
    assert report.refused
    assert len(refused) == 1
    assert refused[0].reason is not None
    assert sentence_of(case.key).fullmatch(refused[0].reason.nl)
    assert refused[0].reason.nl.isprintable()
    assert refused[0].reason.en.isprintable()
    assert refused[0].where.startswith(f"x/{case.name}")
    changed = set(everything(course.root).items()) ^ set(before.items())
    assert {Path(name).parts[:2] for name, _ in changed} == {("submitted", "noe")}
    assert not (course.root.parent / "up").exists()


def test_a_hand_in_for_another_assignment_is_refused(course: CourseFolder) -> None:
    """When one assignment is asked for, work for another is refused."""
    given = {"1.zip": pack("els"), "2.zip": pack("noe", "exam")}
    report = brought(course, given, Wanted("exam"))
    assert [(row.arrival, row.learner) for row in report.rows] == [
        (Arrival.REFUSED, "els"),
        (Arrival.NEW, "noe"),
    ]


def test_a_granted_second_chance_is_taken(course: CourseFolder) -> None:
    """Whoever was given the second chance may hand it in."""
    report = brought(course, {"1.zip": pack("noe", "week-1-2")})
    assert [(row.arrival, row.assignment) for row in report.rows] == [(Arrival.NEW, "week-1-2")]


def test_a_link_on_the_stick_is_told_and_not_followed(course: CourseFolder, tmp_path: Path) -> None:
    """A link to a teacher's file, or a folder of them, is nobody's work; a pipe is not waited
    for."""
    secret = tmp_path / "secret"
    secret.write_text("for the teacher alone")
    stick = laid(tmp_path / "stick", {f"els/{n}": d for n, d in files("els").items()})
    (stick / "els" / "evidence" / "x.breakfix.tar.zst").symlink_to(secret)
    (stick / "others").symlink_to(tmp_path)
    (stick / "twin.zip").hardlink_to(secret)
    os.mkfifo(stick / "pipe.zip")

    report = import_submissions(course, stick, Wanted())

    assert {row.arrival for row in report.rows} == {Arrival.REFUSED}
    assert sorted(row.where for row in report.rows) == ["els", "others", "pipe.zip", "twin.zip"]
    assert not (course.root / "submitted").exists()


def test_a_pack_at_the_top_of_a_stick_takes_nobody_along(course: CourseFolder) -> None:
    """A pack that was unpacked at the top of a folder does not make the others part of it."""
    given = files("els") | {"noe/noe.zip": pack("noe")}
    report = brought(course, given)
    assert sorted(row.learner for row in report.rows) == ["els", "noe"]
    assert not report.refused


def test_a_learner_can_spoil_a_pack_of_their_own_only(course: CourseFolder, tmp_path: Path) -> None:
    """In a platform's zip an entry with a bad name is refused by itself."""
    source = tmp_path / "all.zip"
    source.write_bytes(with_entry("../up.zip", pack("els"), {"noe/noe.zip": pack("noe")}))
    report = import_submissions(course, source, Wanted())
    assert [(row.arrival, row.learner) for row in report.rows] == [
        (Arrival.NEW, "noe"),
        (Arrival.REFUSED, ""),
    ]


def test_the_course_itself_is_nothing_to_import(course: CourseFolder) -> None:
    """The folder of the course, or one around it, is told before anything is looked at."""
    for source in (course.root, course.root.parent):
        with pytest.raises(CourseError) as raised:
            import_submissions(course, source, Wanted())
        assert raised.value.key == "import.course"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"no zip"),
        lambda path: path.write_bytes(overlapping(3)),
        lambda path: path.symlink_to("/etc/passwd"),
    ],
)
def test_a_source_that_can_not_be_read_is_told(
    make: Callable[[Path], object], course: CourseFolder, tmp_path: Path
) -> None:
    """When the zip itself is bad there is nothing to go on with."""
    source = tmp_path / "all.zip"
    make(source)
    with pytest.raises(CourseError) as raised:
        import_submissions(course, source, Wanted())
    assert raised.value.key == "import.no-source"
    assert say("import.no-source", Language.EN, **raised.value.values)


def test_a_label_is_not_read_for_what_is_only_like_it(course: CourseFolder) -> None:
    """Names that are like those of a pack are files of no meaning."""
    own = files("els") | {
        "evidence/notes.txt": b"",
        "sub/week-1.ipynb": b"",
        "Handed-In.json.bak": json.dumps({}).encode(),
        "sitecustomize.py": b"raise SystemExit",
    }
    report = brought(course, {"a.zip": zipped(own)})
    assert [row.arrival for row in report.rows] == [Arrival.NEW]
    assert len(report.unused) == 4
    assert names(course.submitted("els", "week-1")) == [
        "evidence", "submission_secret.txt", "timestamp.txt", "week-1.ipynb",
    ]  # fmt: skip
