"""Who may speak to the engine, and how a command gets the group that was given just now."""

from __future__ import annotations

import grp
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.machines import membership


@pytest.fixture
def members(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The members of the group that owns the engine's socket, which this login does not have."""
    found: list[str] = []
    path = tmp_path_factory.mktemp("s") / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
        monkeypatch.delenv("BREAKFIX_GROUP", raising=False)
        monkeypatch.setattr(
            grp, "getgrgid", lambda number: grp.struct_group(("docker", "x", number, found))
        )
        monkeypatch.setattr(os, "getgroups", list)
        yield found


def test_stranger_may_join(members: list[str]) -> None:
    """A user who is not in Docker's group may join it, and has nothing pending."""
    assert members == []
    assert membership.may_join()
    assert membership.pending() is None


def test_new_member_has_it_pending(members: list[str]) -> None:
    """A user who was added, but has not logged in since, gets the group through `sg`."""
    members.append(membership.user())

    assert not membership.may_join()
    assert membership.pending() == "docker"


def test_only_once(members: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that already ran itself again does not do so for ever."""
    members.append(membership.user())
    monkeypatch.setenv("BREAKFIX_GROUP", "docker")

    assert membership.pending() is None


def test_other_owners_are_left_alone(members: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is added to a group that is not Docker's, such as root's."""
    monkeypatch.setattr(
        grp, "getgrgid", lambda number: grp.struct_group(("root", "x", number, members))
    )

    assert not membership.may_join()


def test_no_socket_no_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the engine answers elsewhere, or nothing is there, groups play no part."""
    for host in ("tcp://127.0.0.1:1", f"unix://{tmp_path}/none"):
        monkeypatch.setenv("DOCKER_HOST", host)

        assert not membership.may_join()
        assert membership.pending() is None


def test_command_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that runs again has the same words, also those with spaces and quotes."""
    ran: list[list[str]] = []
    monkeypatch.setattr(os, "execvp", lambda _, words: ran.append(words))
    monkeypatch.setenv("BREAKFIX_GROUP", "")

    membership.again("docker", ["printf", "%s\n", "it's here", "$HOME"])

    assert ran[0][:3] == ["sg", "docker", "-c"]
    said = subprocess.run(["sh", "-c", ran[0][3]], capture_output=True, text=True, check=True)
    assert said.stdout == "it's here\n$HOME\n"
