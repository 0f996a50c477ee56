"""Which trees a capture reads."""

from __future__ import annotations

import pytest

from breakfix.machines.capture import trees
from breakfix.machines.changes import packed, unpacked
from breakfix.model.evidence import ChangeKind

C, D = ChangeKind.CHANGED, ChangeKind.DELETED


@pytest.mark.parametrize(
    ("paths", "whole", "heads"),
    [
        (["/etc", "/etc/hosts"], {"/etc"}, set()),
        (["/home/support/a"], {"/home"}, set()),
        (["/usr", "/usr/local", "/usr/local/bin/x"], {"/usr/local"}, {"/usr"}),
        (["/var", "/var/lib", "/var/lib/misc/leases"], {"/var/lib/misc"}, {"/var", "/var/lib"}),
        (["/var/spool/cron/x"], {"/var/spool"}, set()),
    ],
)
def test_few_trees(paths: list[str], whole: set[str], heads: set[str]) -> None:
    """Configuration work is read as a few whole trees, and headers of what is too large."""
    assert trees(dict.fromkeys(paths, C)) == (whole, heads)


@pytest.mark.parametrize("path", ["/usr/bin/ss", "/var/lib/dpkg/status"])
def test_packages_are_exported(path: str) -> None:
    """Where packages changed, one export is cheaper than many reads."""
    assert trees({path: C}) is None


def test_deletions_need_no_read() -> None:
    """A path that is gone has no tree to read."""
    assert trees({"/usr/bin/ss": D}) == (set(), set())


def test_changes_travel_as_a_label() -> None:
    """What a snapshot changed comes back from its label as it went in."""
    changes = {"/etc/hosts": C, "/etc/motd": D, "/srv/ë": ChangeKind.ADDED}

    assert unpacked(packed(changes)) == changes
