"""The watcher and the commands take turns on a session."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from filelock import FileLock
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

from breakfix.errors import SessionBusy
from breakfix.ports.runtime import MachineKey
from breakfix.session.service import LocalLabService
from breakfix.session.store import SessionStore
from breakfix.session.watcher import watch

LAB = "tiny"


@dataclass
class Labs:
    """Sessions that do not run; each look of a watcher is remembered."""

    looks: list[str] = field(default_factory=list)
    replayer: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(tidy=lambda: None))
    store: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(slugs=lambda: (LAB,)))

    def tend(self, slug: str, _most: int) -> bool:
        """Look, and find that it does not run."""
        self.looks.append(slug)
        return False


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """Sessions of one installation."""
    return SessionStore(tmp_path)


def test_a_command_waits_for_a_machine_that_boots(store: SessionStore) -> None:
    """A command that gives others no time waits while the watcher mends, and then has its turn."""
    mending, mended = threading.Event(), threading.Event()

    def mend() -> None:
        with store.mending(LAB):
            mending.set()
            time.sleep(0.3)
            mended.set()

    watcher = threading.Thread(target=mend)
    watcher.start()
    mending.wait()
    with store.locked(LAB, seconds=0):
        assert mended.is_set()
    watcher.join()


def test_a_command_waits_for_a_watcher_no_longer_than_it_says(store: SessionStore) -> None:
    """A look that must be quick is told that the session is busy."""
    with store.mending(LAB), pytest.raises(SessionBusy), store.locked(LAB, mending=0):
        pass


def test_the_watcher_waits_for_nobody(store: SessionStore) -> None:
    """While a command works the watcher goes on to the next session, and holds nobody up."""
    with store.locked(LAB), pytest.raises(SessionBusy), store.mending(LAB):
        pass
    with store.locked(LAB, seconds=0, mending=0):
        pass


def test_a_session_that_was_stopped_meanwhile_stays_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop that ends just before the watcher has its turn is not undone."""
    runtime = FakeRuntime()
    labs = fake_labs(tmp_path, runtime)
    labs.start(LAB)
    turn = labs.store.mending

    def after_a_stop(slug: str) -> object:
        labs.stop(slug)
        return turn(slug)

    monkeypatch.setattr(labs.store, "mending", after_a_stop)

    assert not labs.tend(LAB, 1 << 30)
    assert runtime.machine(MachineKey(LAB, "pc")).power.value == "off"


def test_a_watcher_takes_over_from_one_that_is_about_to_end(tmp_path: Path) -> None:
    """The watcher of a session that just began does not leave because of one that did not see it;
    one with nothing to do looks a few times and ends."""
    lock, labs = tmp_path / "watcher.lock", Labs()
    held = FileLock(lock, thread_local=False)
    held.acquire()
    leaving = threading.Timer(0.1, held.release)
    leaving.start()

    watch(cast("LocalLabService", labs), lock, 1 << 30, pause=0.3)

    leaving.join()
    assert labs.looks == [LAB] * 5


def test_a_second_watcher_leaves_the_sessions_to_the_first(tmp_path: Path) -> None:
    """Where a watcher stays, another one ends without a look."""
    lock, labs = tmp_path / "watcher.lock", Labs()
    with FileLock(lock):
        watch(cast("LocalLabService", labs), lock, 1 << 30, pause=0.1)

    assert labs.looks == []
