"""What evidence leaves out, which images are alike, and what two steps of change amount to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from breakfix.model.evidence import ChangeKind, ImageIdentity, combined, left_out

ADDED, CHANGED, DELETED = ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.DELETED
PC = ImageIdentity("pc", "recipe", "layers", "packages")


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("/etc/ssh/ssh_host_ed25519_key", True),
        ("/etc/ssh/sshd_config", False),
        ("/run/nologin", True),
        ("/running", False),
        ("/.lab/gate", True),
        ("/var/cache", True),
        ("/var/lib/misc/dnsmasq.leases", False),
    ],
)
def test_left_out(path: str, *, out: bool) -> None:
    """Secrets, caches and other file systems stay out; their neighbours do not."""
    assert left_out(path) is out


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (PC, True),
        (replace(PC, recipe="new", packages="new"), True),
        (replace(PC, layers="new"), True),
        (replace(PC, layers="new", packages="new"), False),
        (replace(PC, layers="new", recipe="new"), False),
        (replace(PC, name="router"), False),
    ],
)
def test_images_alike(other: ImageIdentity, *, alike: bool) -> None:
    """The same layers, or the same recipe with the same packages, of the same image."""
    assert PC.alike(other) is alike


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"/a": ADDED}, {"/a": CHANGED}, {"/a": ADDED}),
        ({"/a": ADDED}, {"/a": DELETED}, {}),
        ({"/a": DELETED}, {"/a": ADDED}, {"/a": CHANGED}),
        ({"/a": CHANGED}, {"/a": DELETED}, {"/a": DELETED}),
        ({"/a": ADDED, "/a/b": ADDED}, {"/a": DELETED}, {}),
        ({"/a/b": CHANGED}, {"/a": DELETED}, {"/a": DELETED}),
        ({"/ab": ADDED}, {"/a": DELETED}, {"/ab": ADDED, "/a": DELETED}),
        ({"/a": DELETED}, {}, {"/a": DELETED}),
    ],
)
def test_two_steps_of_change(
    first: dict[str, ChangeKind], second: dict[str, ChangeKind], both: dict[str, ChangeKind]
) -> None:
    """From image to snapshot to machine is told as one step from the image."""
    assert combined(first, second) == both
