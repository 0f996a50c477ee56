"""One server for all tests of a module; each test leaves no session behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from breakfix.errors import SessionMissing
from breakfix.messages import Language
from tests.unit.server.serving import LAB, Serving, serve


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with the panel."""
    serving = serve(tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("state"))
    yield serving
    serving.stop()


@pytest.fixture
def served(server: Serving) -> Iterator[Serving]:
    """The server, speaking English, before anything was started."""
    server.on_loop(server.desk.choose(Language.EN))
    yield server
    server.trouble.clear()
    server.inner.proven = lambda _: True
    for lab in (LAB, "page-gone"):
        with suppress(SessionMissing):
            server.inner.finish(lab)
    server.on_loop(_end_shells(server))
    server.terminals.clear()
    for file in server.root.iterdir():
        _remove(file)


@pytest.fixture
def started(served: Serving) -> Serving:
    """The same with a lab that runs."""
    served.inner.start(LAB)
    return served


async def _end_shells(server: Serving) -> None:
    desk = await server.opening.desk()
    for lab in list(desk.labs.values()):
        desk.shells.end_lab(lab, "panel.lab-finished")


def _remove(path: Path) -> None:
    if path.is_dir():
        for inside in path.iterdir():
            _remove(inside)
        path.rmdir()
    else:
        path.unlink()
