"""What is expected is worked out only where it could matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakfix.evidence.integrity import compare, worth_comparing
from breakfix.model.evidence import Baseline, Comparison, FileIndex, Member, MemberKind
from tests.unit.evidence.machines import at, part

WANTS = "/etc/systemd/system/multi-user.target.wants"
PATHS = (
    "/etc", "/etc/hosts", "/etc/systemd", "/etc/systemd/system", WANTS, f"{WANTS}/cron.service",
    "/etc/systemd/system/mine.service", "/etc/crontab", "/usr", "/usr/share", "/usr/share/python3",
    "/usr/share/python3/one.py", "/usr/bin", "/usr/bin/ss", "/usr/local", "/usr/local/bin",
    "/usr/local/bin/ss", "/opt/tool", "/var/spool/cron",
)  # fmt: skip
CONTENTS = ("", "mine", "/dev/null", "/lib/systemd/system/cron.service", "/opt/tool", "/etc/hosts")


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Anything at one of those paths."""
    return at(
        draw(st.sampled_from(PATHS)),
        draw(st.sampled_from(list(MemberKind))),
        draw(st.sampled_from(CONTENTS)),
        draw(st.sampled_from((0o644, 0o755, 0o4755, 0o2755, 0o777))),
        capability=draw(st.booleans()),
    )


def indexes() -> st.SearchStrategy[FileIndex]:
    """What image or baseline may have."""
    return st.lists(members(), max_size=6).map(
        lambda found: FileIndex({one.path: one for one in found})
    )


paths = st.lists(st.sampled_from(PATHS), max_size=3, unique=True)


@given(st.lists(members(), max_size=4, unique_by=lambda one: one.path), paths, indexes(),
       indexes(), paths)  # fmt: skip
def test_what_is_not_worth_comparing_says_nothing(
    found: list[Member], deleted: list[str], image: FileIndex, expected: FileIndex, gone: list[str]
) -> None:
    """Where the comparison is spared, it would have put nothing back and told nothing, whatever
    image and baseline are."""
    mine = part(found, *deleted)
    compared = compare(mine, image, Baseline(expected, tuple(gone)))

    assert worth_comparing(mine) or compared == Comparison()


@pytest.mark.parametrize(
    ("member", "worth"),
    [
        (at("/etc/hosts"), False),
        (at("/etc/systemd/system", MemberKind.FOLDER), False),
        (at(f"{WANTS}/cron.service", MemberKind.LINK, "/lib/systemd/system/cron.service"), False),
        (at(f"{WANTS}/cron.service", MemberKind.LINK, "/opt/mine.service"), True),
        (at("/etc/systemd/system/mine.service"), True),
        (at("/opt/tool", mode=0o4755), True),
        (at("/opt/tool", capability=True), True),
        (at("/usr/bin/ss"), True),
    ],
)
def test_configuration_needs_no_comparison(member: Member, worth: bool) -> None:  # noqa: FBT001
    """Ordinary work, and switching units of the system, is not worth it; rights, programs and
    sensitive places are."""
    assert worth_comparing(part([member])) is worth


@pytest.mark.parametrize(
    ("path", "worth"),
    [
        ("/etc/hosts", False),
        (f"{WANTS}/cron.service", False),
        ("/etc/crontab", True),
        ("/usr/bin/ss", True),
        ("/usr/share", True),
        ("/usr", True),
    ],
)
def test_what_was_deleted_counts(path: str, worth: bool) -> None:  # noqa: FBT001
    """A program, or a folder above programs, that is gone is worth it."""
    assert worth_comparing(part([], path)) is worth
