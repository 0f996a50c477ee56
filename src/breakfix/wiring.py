"""The composition root: the only module that picks adapters."""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from breakfix.content.assignments import FILE, read_assignment
from breakfix.content.catalog import Catalog, is_author
from breakfix.content.desk import lab_notebook
from breakfix.content.loaded import LoadedLab
from breakfix.content.proven import Proven, Standing, proven_now, standing
from breakfix.errors import ContentError
from breakfix.evidence.opened import Evidence
from breakfix.evidence.process import open_evidence
from breakfix.machines import engine
from breakfix.machines.observers import observer_of
from breakfix.machines.recipes import recipe
from breakfix.machines.runtime import DockerRuntime
from breakfix.machines.ssh import ssh_terminal
from breakfix.machines.terminal import LEARNER, console
from breakfix.messages import Language, language_of_environment
from breakfix.model.assignment import Assignment
from breakfix.model.check import Check
from breakfix.model.evidence import Manifest
from breakfix.model.outcome import Outcome
from breakfix.model.parameter import draw_all
from breakfix.observe.process import CheckProcess
from breakfix.observe.request import CheckRequest
from breakfix.ports.children import python
from breakfix.ports.kept import Kept
from breakfix.ports.lab_service import Terminal
from breakfix.ports.runtime import MachineKey
from breakfix.ports.shell import Observer
from breakfix.ports.ssh import SshWay
from breakfix.proof.identity import prover_digest
from breakfix.replay.expected import Expectations
from breakfix.replay.own_work import own_work
from breakfix.replay.replayer import Replayer
from breakfix.replay.scratch import Scratch
from breakfix.screens.drawing import drawer
from breakfix.screens.looking import ObserverEyes
from breakfix.session.examining import Examiner
from breakfix.session.overview import LocalOverview
from breakfix.session.service import LocalLabService
from breakfix.session.store import SessionStore

_kept = threading.local()
#: Of a folder of image recipes, the full name of the image of each.
_TAGS = Kept(lambda folder: cache(lambda name: recipe(folder, name).tag))
_LOCALES = {Language.NL: "nl_BE.UTF-8", Language.EN: "en_GB.UTF-8"}


def checkout() -> Path:
    """The folder of this installation: where `labs/` and `images/` are."""
    return Path(__file__).resolve().parents[2]


def images_folder() -> Path:
    """Where the image recipes are."""
    chosen = os.environ.get("BREAKFIX_IMAGES")
    return Path(chosen) if chosen else checkout() / "images"


@cache
def installation() -> str:
    """This installation's id: decided by its folder and by the user, so that a second clone is
    another one, users who share a clone (and an engine) stay apart, and a new clone in the same
    place can clean up after the old one."""
    chosen = os.environ.get("BREAKFIX_INSTALLATION")
    own = f"{checkout()}\0{os.getuid()}"
    return chosen or hashlib.sha256(own.encode()).hexdigest()[:8]


def state_folder() -> Path:
    """Where this installation keeps its sessions."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "breakfix" / installation()


def image_tag(name: str) -> str:
    """The full name of one of our images; a recipe that the chosen folder has not is our own."""
    folder = images_folder()
    return _TAGS.of(folder if (folder / name).is_dir() else checkout() / "images")(name)


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


def is_proven(loaded: LoadedLab) -> bool:
    """Whether a learner may start the lab as it is now."""
    return lab_standing(loaded) is not Standing.UNPROVEN


def lab_to_teach(slug: str) -> LoadedLab:
    """A lab for a course. Raises NotFound, LabInvalid, and ContentError when it is not proven."""
    loaded = catalog().load(slug)
    if not (is_proven(loaded) or is_author()):
        raise ContentError("lab.not-proven", lab=slug)
    return loaded


def pinned_tags(loaded: LoadedLab, images: Path) -> dict[str, str]:
    """The full names of a lab's images, by image, with the recipes in `images`."""
    names = {machine.image for machine in loaded.lab.machines.values()}
    return {name: recipe(images, name).tag for name in sorted(names)}


def check_seconds() -> float:
    """How many seconds one check may take."""
    return float(os.environ.get("BREAKFIX_CHECK_SECONDS") or 20)


def check_process() -> CheckProcess:
    """The kept child process that looks at machines; one for each thread that asks."""
    if not hasattr(_kept, "process"):
        _kept.process = CheckProcess(python("breakfix.entry.check_process"))
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
        python("breakfix.entry.watcher"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def read_evidence(file: Path, folder: Path) -> Evidence:
    """The evidence in `file`, read by a child process; its clean parts go into `folder`."""
    return open_evidence(file, folder, python("breakfix.entry.evidence_process"))


def inspect_work(file: Path, assignment: Assignment, learner: str) -> Manifest:
    """What the evidence in `file` says of itself. Raises EvidenceError when it can't be read, or is
    not an attempt that `assignment` granted to `learner`."""
    return own_work(file, assignment, learner, read_evidence, Scratch(state_folder() / "scratch"))


@contextmanager
def read_handed_in(file: Path) -> Iterator[Evidence]:
    """A file that was handed in, for as long as it is looked at. Raises EvidenceError."""
    with Scratch(state_folder() / "scratch").use() as folder:
        yield read_evidence(file, folder)


def kept_sessions(slug: str) -> SessionStore:
    """Where the sessions of this computer are; no engine is needed to read them. Raises NotFound
    when there is no lab `slug`."""
    catalog().folder(slug)
    return SessionStore(state_folder() / "sessions")


def workspace() -> Path:
    """Where the learner's notebooks are, unless another folder is served."""
    chosen = os.environ.get("BREAKFIX_WORKSPACE")
    return Path(chosen) if chosen else checkout() / "workspace"


def lab_page(folder: Path, slug: str, language: Language) -> Path:
    """The notebook of a lab in `folder`, made where there is none. Raises NotFound and
    ContentError."""
    loaded = catalog().load_usable(slug)
    seed = SessionStore(state_folder() / "sessions").seed(slug)
    return lab_notebook(folder, loaded, language, draw_all(loaded.lab.parameters, seed))


def assignment_in(folder: Path, slug: str) -> Assignment | None:
    """The assignment of the notebooks in `folder`, if they are of one. Raises ContentError when
    that can't be read, or is not of the lab `slug`."""
    file = folder / FILE
    return read_assignment(file, slug) if file.exists() else None


def replayer(machines: DockerRuntime) -> Replayer:
    """Replays on this computer's engine."""
    scratch = Scratch(state_folder() / "scratch")
    return Replayer(
        machines,
        machines.observer_id,
        look,
        read_evidence,
        Expectations(machines, state_folder() / "expected", scratch),
        lambda loaded: loaded.digest,
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
    return console(
        engine.connect(),
        machines.container_id(key),
        command,
        _LOCALES[language_of_environment()],
        tty=not command,
        user=user,
    )


def lab_overview() -> LocalOverview:
    """What is known of the labs of this computer; no engine is needed to read that."""
    return LocalOverview(catalog(), SessionStore(state_folder() / "sessions"), is_proven)


def need_engine() -> None:
    """Look whether the engine answers now, without waiting long. Raises EngineError."""
    engine.need_answer()


def lab_service(folder: Path | None = None) -> LocalLabService:
    """The labs of this computer; `folder` for the sessions of a proof instead of a learner's."""
    machines = runtime()

    def open_terminal(key: MachineKey, command: Sequence[str]) -> Terminal:
        return _terminal(machines, key, command, user=LEARNER)

    def open_ssh(way: SshWay, command: Sequence[str]) -> Terminal:
        observers = machines.observer_id(way.origin), machines.observer_id(way.target)
        language = _LOCALES[language_of_environment()]
        return ssh_terminal(engine.connect(), way, observers, command, language)

    return LocalLabService(
        catalog(),
        SessionStore(folder or state_folder() / "sessions"),
        machines,
        machines.observer_id,
        look,
        open_terminal,
        open_ssh,
        image_tag,
        replayer(machines),
        ObserverEyes(drawer(python("breakfix.entry.page_process"))),
        # A proof tends its own machines.
        watch=start_watcher if folder is None else lambda: None,
        proven=is_proven,
        author=is_author() or folder is not None,
    )
