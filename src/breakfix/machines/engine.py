"""The connection to the container engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import docker
import requests
from docker.errors import APIError, DockerException

from breakfix.errors import DiskFull, EngineAbsent, EngineError, EngineTimeout

#: Seconds that one engine call may take: an engine under load can block for ever
#: (findings: an exec that never returned), and a learner must get an answer.
CALL_SECONDS = 120


@cache
def connect() -> docker.DockerClient:
    """The engine of this computer: DOCKER_HOST, else the usual socket. Raises EngineAbsent."""
    try:
        client = docker.from_env(timeout=CALL_SECONDS, max_pool_size=32)
        client.ping()
    except (DockerException, requests.exceptions.RequestException) as error:
        raise EngineAbsent("engine.absent", reason=str(error)) from error
    return client


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine's client raises into errors of our tree."""
    try:
        yield
    except requests.exceptions.ReadTimeout as error:
        raise EngineTimeout("engine.timeout", seconds=CALL_SECONDS) from error
    except requests.exceptions.ConnectionError as error:
        raise EngineAbsent("engine.absent", reason=str(error)) from error
    except APIError as error:
        if "no space left" in str(error).lower():
            raise DiskFull("engine.disk-full") from error
        raise EngineError("engine.refused", reason=str(error)) from error
