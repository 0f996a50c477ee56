"""The connection to the container engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

import docker
import requests
from docker.constants import DEFAULT_DOCKER_API_VERSION
from docker.errors import APIError, DockerException, NotFound
from urllib3.exceptions import HTTPError, ReadTimeoutError

from breakfix.errors import DiskFull, EngineAbsent, EngineError, EngineForbidden, EngineTimeout

#: Seconds that one engine call may take: an engine under load can block for ever
#: (findings: an exec that never returned), and a learner must get an answer.
CALL_SECONDS = 120


#: Seconds that somebody who only wants to know whether it answers waits.
ASK_SECONDS = 5


@cache
def connect() -> docker.DockerClient:
    """The engine of this computer: DOCKER_HOST, else the usual socket. Raises EngineAbsent."""
    with _connecting():
        client = docker.from_env(timeout=CALL_SECONDS, max_pool_size=32)
        client.ping()
    return client


def need_answer() -> None:
    """Look whether the engine answers now. Raises EngineAbsent and EngineForbidden."""
    # With a version it asks nothing until it is told to, so that it is always closed.
    with _connecting(), closing(docker.from_env(version=DEFAULT_DOCKER_API_VERSION)) as client:
        # Asked without that version, so that every engine answers.
        asked = f"{client.api.base_url}/_ping"
        client.api.get(asked, timeout=ASK_SECONDS).raise_for_status()


@contextmanager
def _connecting() -> Iterator[None]:
    """Tell in an error of ours that the engine does not answer, or not to this user."""
    try:
        yield
    except (DockerException, requests.exceptions.RequestException) as error:
        if _refused_by_permission(error):
            raise EngineForbidden("engine.forbidden", address=address()) from error
        raise EngineAbsent("engine.absent", address=address()) from error


def address() -> str:
    """Where the engine of this computer should answer."""
    return os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine's client raises into errors of our tree."""
    try:
        yield
    except DockerException as error:
        raise _told(str(error)) from error
    except (requests.exceptions.Timeout, ReadTimeoutError) as error:
        raise EngineTimeout("engine.timeout", seconds=CALL_SECONDS) from error
    except (requests.exceptions.RequestException, HTTPError, ConnectionError) as error:
        raise EngineAbsent("engine.gone", address=address()) from error


@contextmanager
def gone_is_gone() -> Iterator[None]:
    """Removing what another process removed, or is busy removing, at the same time is no error."""
    try:
        yield
    except APIError as error:
        if not isinstance(error, NotFound) and "is already in progress" not in str(error):
            raise


def _told(reason: str) -> EngineError:
    lower = reason.lower()
    if "no space left" in lower:
        return DiskFull("engine.disk-full")
    # An engine that goes down ends its calls with these, before it closes the door.
    if "context canceled" in lower or "connection refused" in lower or "connection closed" in lower:
        return EngineAbsent("engine.gone", address=address())
    return EngineError("engine.refused", reason=reason)


def _refused_by_permission(error: BaseException | None) -> bool:
    """Whether the operating system refused the socket, anywhere in the chain of causes."""
    while error is not None:
        if isinstance(error, PermissionError) or "Permission denied" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
