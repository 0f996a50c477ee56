"""The composition root: the only module that picks adapters."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from breakfix.content.catalog import Catalog, is_author
from breakfix.content.digest import digest
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import Proven, Standing, proven_now, standing
from breakfix.evidence.opened import Evidence
from breakfix.evidence.process import open_evidence
from breakfix.machines import engine
from breakfix.machines.observers import observer_of
from breakfix.machines.recipes import recipe
from breakfix.machines.runtime import DockerRuntime
from breakfix.machines.terminal import LEARNER, ExecTerminal
from breakfix.messages import Language, language_of_environment
from breakfix.model.check import Check
from breakfix.model.outcome import Outcome
from breakfix.observe.process import CheckProcess
from breakfix.observe.request import CheckRequest
from breakfix.ports.lab_service import Terminal
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import Observer
from breakfix.proof.identity import prover_digest
from breakfix.replay.expected import Expectations
from breakfix.replay.replayer import Replayer
from breakfix.replay.scratch import Scratch
from breakfix.session.examining import Examiner
from breakfix.session.service import LocalLabService
from breakfix.session.store import SessionStore

_kept = threading.local()
_LOCALES = {Language.NL: "nl_BE.UTF-8", Language.EN: "en_GB.UTF-8"}


def checkout() -> Path:
    """The folder of this installation: where `labs/` and `images/` are."""
    return Path(__file__).resolve().parents[2]


def images_folder() -> Path:
    """Where the image recipes are."""
    return checkout() / "images"


@cache
def installation() -> str:
    """This installation's id: decided by its folder, so that a second clone is another one and a
    new clone in the same place can clean up after the old one."""
    chosen = os.environ.get("BREAKFIX_INSTALLATION")
    return chosen or hashlib.sha256(str(checkout()).encode()).hexdigest()[:8]


def state_folder() -> Path:
    """Where this installation keeps its sessions."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "breakfix" / installation()


def image_tag(name: str) -> str:
    """The full name of one of our images."""
    return recipe(images_folder(), name).tag


def runtime() -> DockerRuntime:
    """The machines of this installation. Raises EngineAbsent."""
    return DockerRuntime(engine.connect(), installation(), image_tag)


def catalog() -> Catalog:
    """Every lab that this installation knows."""
    return Catalog.of_environment()


def proven_content(loaded: LoadedLab) -> Proven:
    """What a proof of this lab would stand on now."""
    names = {machine.image for machine in loaded.lab.machines.values()} | {"observer", "wire"}
    return proven_now(loaded, map(image_tag, names), prover_digest())


def lab_standing(loaded: LoadedLab) -> Standing:
    """Whether the lab was proven as it is now."""
    return standing(loaded, proven_content(loaded))


def shown_labs() -> list[LoadedLab]:
    """The labs to show: those that are proven; all that can be read to their author."""
    return [
        lab
        for lab in catalog().usable()
        if is_author() or lab_standing(lab) is not Standing.UNPROVEN
    ]


def check_seconds() -> float:
    """How many seconds one check may take."""
    return float(os.environ.get("BREAKFIX_CHECK_SECONDS") or 20)


def check_process() -> CheckProcess:
    """The kept child process that looks at machines; one for each thread that asks."""
    if not hasattr(_kept, "process"):
        _kept.process = CheckProcess([sys.executable, "-m", "breakfix.entry.check_process"])
    found: CheckProcess = _kept.process
    return found


def look(
    loaded: LoadedLab,
    checks: Sequence[Check],
    observers: Mapping[str, str],
    values: Mapping[str, str],
) -> Iterable[Outcome]:
    """Run checks in the kept child; see `breakfix.replay.checking.Looker`."""
    request = CheckRequest(
        str(loaded.checks_file),
        {check.id: check.function for check in checks},
        observers,
        values,
    )
    return check_process().run(request, check_seconds())


def observer_factory() -> Callable[[str], Observer]:
    """In the child: the observer with a container id."""
    client = engine.connect()
    return lambda container: observer_of(client, container)


def watcher_lock() -> Path:
    """The file that says whether a watcher is there."""
    return state_folder() / "watcher.lock"


def most_disk() -> int:
    """How many bytes one machine may write to its disk before it is paused."""
    return int(os.environ.get("BREAKFIX_MOST_DISK") or 2 << 30)


def start_watcher() -> None:
    """Start the watcher as a process of its own; it ends at once when one is there already."""
    state_folder().mkdir(parents=True, exist_ok=True)
    subprocess.Popen(
        [sys.executable, "-m", "breakfix.entry.watcher"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def read_evidence(file: Path, folder: Path) -> Evidence:
    """The evidence in `file`, read by a child process; its clean parts go into `folder`."""
    return open_evidence(file, folder, [sys.executable, "-m", "breakfix.entry.evidence_process"])


def replayer(machines: DockerRuntime) -> Replayer:
    """Replays on this computer's engine."""
    scratch = Scratch(state_folder() / "scratch")
    return Replayer(
        machines,
        machines.observer_id,
        look,
        read_evidence,
        Expectations(machines, state_folder() / "expected", scratch),
        lambda loaded: digest(loaded.root),
        scratch,
    )


def examiner() -> Examiner:
    """What a teacher does with files that were handed in."""
    return Examiner(catalog(), replayer(runtime()))


def kept_terminal(session: str, machine: str, command: Sequence[str]) -> Terminal:
    """A terminal, as root, on a machine that a replay left open. Raises MachineError."""
    key = MachineKey(session, machine)
    return _terminal(runtime(), key, command, user="root")


def _terminal(
    machines: DockerRuntime, key: MachineKey, command: Sequence[str], user: str
) -> Terminal:
    return ExecTerminal(
        engine.connect(),
        machines.container_id(key),
        command,
        _LOCALES[language_of_environment()],
        tty=not command,
        user=user,
    )


def lab_service(folder: Path | None = None) -> LocalLabService:
    """The labs of this computer; `folder` for the sessions of a proof instead of a learner's."""
    machines = runtime()

    def open_terminal(key: MachineKey, command: Sequence[str]) -> Terminal:
        return _terminal(machines, key, command, user=LEARNER)

    return LocalLabService(
        catalog(),
        SessionStore(folder or state_folder() / "sessions"),
        machines,
        machines.observer_id,
        look,
        open_terminal,
        image_tag,
        replayer(machines),
        # A proof tends its own machines.
        watch=start_watcher if folder is None else lambda: None,
        proven=lambda loaded: lab_standing(loaded) is not Standing.UNPROVEN,
        author=is_author() or folder is not None,
    )
