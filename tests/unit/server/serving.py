"""A real Jupyter server with the panel in it, on labs whose machines are in memory."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Awaitable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jupyter_server.serverapp import ServerApp
from traitlets.config import Config

from breakfix.content.assignments import FILE, read_assignment
from breakfix.errors import BreakfixError
from breakfix.messages import Language
from breakfix.model.assignment import Assignment
from breakfix.ports.lab_service import LabService, Terminal
from breakfix.ports.runtime import MachineKey
from breakfix.server import routes
from breakfix.server.desk import Desk
from breakfix.server.makings import Makings
from breakfix.server.opening import Opening
from breakfix.session.service import LocalLabService
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime
from tests.panel_browser import SECONDS, TOKEN, Browser

T = TypeVar("T")
LAB = "tiny"


@dataclass
class LoudTerminal:
    """A shell in memory: says back what is typed, until somebody hangs up or it ends."""

    said: queue.SimpleQueue[bytes] = field(default_factory=queue.SimpleQueue)
    typed: list[bytes] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    status: int = 0
    closed: bool = False
    stuck: threading.Event = field(default_factory=threading.Event)
    read_bytes: int = 0

    def __post_init__(self) -> None:
        self.stuck.set()

    def read(self) -> bytes:
        """What the machine printed; one that nobody hears from for long has ended."""
        try:
            data = self.said.get(timeout=60)
        except queue.Empty:
            return b""
        self.read_bytes += len(data)
        return data

    def write(self, data: bytes) -> None:
        """Type, once the machine takes it; `exit` ends the shell."""
        self.stuck.wait(60)
        self.typed.append(data)
        self.said.put(b"" if data == b"exit\n" else data)

    def resize(self, rows: int, columns: int) -> None:
        """Remember how large the screen is."""
        self.size = (rows, columns)

    def close(self) -> int:
        """Hang up."""
        self.closed = True
        self.said.put(b"")
        return self.status


@dataclass
class Serving(Browser):
    """One server: its address, and what is behind it."""

    app: ServerApp
    loop: asyncio.AbstractEventLoop
    opening: Opening
    root: Path
    runtime: FakeRuntime
    inner: LocalLabService
    terminals: list[LoudTerminal]
    trouble: list[BreakfixError]
    running: tuple[threading.Thread, asyncio.Event]

    def stop(self) -> None:
        """End the server."""
        thread, ended = self.running
        self.loop.call_soon_threadsafe(ended.set)
        thread.join(SECONDS)
        assert not thread.is_alive()

    def __post_init__(self) -> None:
        self.port = self.app.port

    @property
    def desk(self) -> Desk:
        """What its panels share."""
        return self.on_loop(self.opening.desk())

    def on_loop(self, work: Awaitable[T]) -> T:
        """Do something on the server's own loop."""

        async def done() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(SECONDS)


def serve(root: Path, state: Path) -> Serving:
    """Start a server on the labs of the tests' data."""
    runtime, terminals, trouble = FakeRuntime(), list[LoudTerminal](), list[BreakfixError]()
    inner = fake_labs(state / "sessions", runtime)

    def open_terminal(_key: MachineKey, _command: Sequence[str]) -> Terminal:
        terminals.append(LoudTerminal())
        return terminals[-1]

    def need_engine() -> None:
        if trouble:
            raise trouble[0]

    def open_labs() -> LabService:
        need_engine()
        return inner

    inner.open_terminal = open_terminal
    makings = Makings(
        open_labs, inner, need_engine, _make_notebook, _assignment_in, state, root, author=True
    )
    started: Future[tuple[ServerApp, asyncio.AbstractEventLoop, Opening]] = Future()
    ended = asyncio.Event()
    thread = threading.Thread(target=_run, args=(root, makings, started, ended), daemon=True)
    thread.start()
    app, loop, opening = started.result(60)
    return Serving(app, loop, opening, root, runtime, inner, terminals, trouble, (thread, ended))


def _run(
    root: Path,
    makings: Makings,
    started: Future[tuple[ServerApp, asyncio.AbstractEventLoop, Opening]],
    ended: asyncio.Event,
) -> None:
    async def until_ended() -> None:
        config = Config({"IdentityProvider": {"token": TOKEN}})
        app = ServerApp(
            config=config, root_dir=str(root), port=0, ip="127.0.0.1", open_browser=False,
            allow_root=True, log_level="ERROR",
        )  # fmt: skip
        app.init_signal = lambda: None  # type: ignore[method-assign]  # main threads only
        app.initialize(argv=[], find_extensions=False)
        opening = routes.load(app, lambda: makings)
        while not app.http_server._sockets:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0.01)
        started.set_result((app, asyncio.get_running_loop(), opening))
        await ended.wait()
        app.http_server.stop()
        await app.http_server.close_all_connections()

    try:
        asyncio.run(until_ended())
    except BaseException as error:
        if not started.done():
            started.set_exception(error)
        raise


def _make_notebook(folder: Path, slug: str, language: Language) -> Path:
    file = folder / f"{slug}.ipynb"
    file.write_text(json.dumps({"language": language.value}), "utf-8")
    return file


def _assignment_in(folder: Path, slug: str) -> Assignment | None:
    file = folder / FILE
    return read_assignment(file, slug) if file.exists() else None
