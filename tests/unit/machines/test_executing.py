"""A command's exit status is what the engine knows once the command ended, not a moment before."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import docker
import pytest
from docker.errors import APIError, NotFound

from breakfix.errors import EngineTimeout
from breakfix.machines import executing
from breakfix.machines.engine import gone_is_gone


@dataclass
class Engine:
    """An engine that knows how a command ended only when it is asked again."""

    statuses: list[int | None]
    asked: list[dict[str, object]] = field(default_factory=list)

    def exec_create(self, _container: str, command: list[str], **how: object) -> dict[str, str]:
        """Remember the command and its environment."""
        self.asked.append({"command": command, **how})
        return {"Id": "1"}

    def exec_start(self, _id: str, **_: object) -> tuple[bytes | None, bytes | None]:
        """All it printed."""
        return None, b"caf\xe9\n"

    def exec_inspect(self, _id: str) -> dict[str, int | None]:
        """The next answer; the last one for ever."""
        known = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return {"ExitCode": known}


def client(engine: Engine) -> docker.DockerClient:
    """A client of that engine."""
    return cast("docker.DockerClient", SimpleNamespace(api=engine))


def test_a_failure_that_is_told_late_is_a_failure() -> None:
    """The status is asked again until the engine knows it."""
    engine = Engine([None, None, 7])
    found = executing.execute(client(engine), "pc", ["false"], {"LANG": "nl_BE.UTF-8"})
    assert (found.status, found.output, found.errors) == (7, "", "caf\ufffd\n")
    assert engine.asked == [{"command": ["false"], "environment": {"LANG": "nl_BE.UTF-8"}}]


def test_a_status_that_never_comes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that never tells how the command ended is not taken for success."""
    monkeypatch.setattr(executing, "_SURE_SECONDS", 0.1)
    with pytest.raises(EngineTimeout):
        executing.execute(client(Engine([None])), "pc", ["true"])


@pytest.mark.parametrize(
    "gone",
    [
        NotFound("No such container: 1"),
        APIError("409: removal of container 1 is already in progress"),
    ],
)
def test_what_somebody_else_removes_is_removed(gone: APIError) -> None:
    """Two processes that remove the same thing at the same moment both succeed."""
    with gone_is_gone():
        raise gone


def test_a_removal_that_is_refused_is_told() -> None:
    """Any other refusal is an error still."""
    with pytest.raises(APIError, match="unable to remove"), gone_is_gone():
        raise APIError("500: unable to remove filesystem")
