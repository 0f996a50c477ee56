"""How replayed machines come up. Only our own programs ask: nothing of a machine may hang us."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from breakfix.errors import NotObservable
from breakfix.model.replay import Boot
from breakfix.ports.runtime import MachineKey, Runtime
from breakfix.ports.shell import Shell

#: Seconds for a replay's machines to come up.
BOOT_SECONDS = 60.0
#: Seconds that one question may take. An engine does not always tell that what was asked went away
#: with its machine, and whoever is interrupted waits until the question is over.
_LOOK = 3
#: Between two questions while a machine's systemd does not answer yet.
_PAUSE = 0.1
_ASK = "systemctl is-system-running"
#: How many seconds are left to wait.
Left = Callable[[], float]
_WORDS = {"running": Boot.RUNNING, "degraded": Boot.DEGRADED}


@dataclass(frozen=True)
class Booting:
    """The machines of one replay, from power on."""

    runtime: Runtime
    session: str

    def wait(self, names: Sequence[str], seconds: float = BOOT_SECONDS) -> dict[str, Boot]:
        """Wait until each machine is up or off, for at most `seconds`; how each came up."""
        end, over = time.monotonic() + seconds, threading.Event()

        def left() -> float:
            return 0.0 if over.is_set() else end - time.monotonic()

        pool = ThreadPoolExecutor(len(names))
        try:
            found = pool.map(lambda name: self._up(name, left), names)
            return dict(zip(names, found, strict=True))
        except BaseException:
            # Whoever waits for a machine that is gone ends at once.
            over.set()
            self.runtime.remove(self.session)
            raise
        finally:
            pool.shutdown()

    def now(self, names: Sequence[str]) -> dict[str, Boot]:
        """What each machine is at this moment."""
        return {name: self._state(name, lambda: 0.0) for name in names}

    def _up(self, name: str, left: Left) -> Boot:
        while True:
            state = self._state(name, left)
            if state is not Boot.STARTING or left() <= 0:
                return state
            time.sleep(_PAUSE)

    def _state(self, name: str, left: Left) -> Boot:
        try:
            observer = self.runtime.observer(MachineKey(self.session, name))
            try:
                return _settled(observer.tools, left)
            finally:
                observer.tools.close()
        except NotObservable as error:
            return Boot.OFF if error.key == "observe.machine-off" else Boot.STARTING


def _settled(shell: Shell, left: Left) -> Boot:
    """What systemd says, once it is up or the time is over. One shell asks for all of a boot:
    opening a new one for each question would cost more than the boot does."""
    while True:
        last = left() <= 0
        asked = _ASK if last else f"timeout {_LOOK} {_ASK} --wait"
        state = _WORDS.get(shell.run(asked, 2 * _LOOK).output.strip(), Boot.STARTING)
        if state is not Boot.STARTING or last:
            return state
        time.sleep(_PAUSE)
