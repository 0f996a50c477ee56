"""What a Jupyter server holds: sockets, files, threads, processes, and shells in machines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docker.errors import NotFound

from breakfix.machines import engine, labels

#: Looks in a row that must see the same.
_SAME = 10
_REST_SECONDS = 120


@dataclass(frozen=True)
class Counts:
    """How many of each. `sockets` are those of browsers, `execs` are commands that run in the
    installation's containers, and `listeners` those who listen to the engine's events.

    `ended` are children that ended, which Python clears away when it starts the next one. `engine`
    are the lines to the engine: they are kept and used again, and how many there are depends on
    what happened at the same time. So two counts are equal whatever these say.
    """

    sockets: int
    files: int
    threads: int
    children: int
    execs: int
    listeners: int
    engine: int = field(compare=False)
    ended: int = field(compare=False)


def counted(process: int, installation: str) -> Counts:
    """What the server with this process id holds now."""
    names = list(_open_ones(process))
    numbers = {name[len("socket:[") : -1] for name in names if name.startswith("socket:")}
    ours = len(numbers - _inodes(process, "unix"))
    tasks = list(Path(f"/proc/{process}/task").iterdir())
    children = [child for task in tasks for child in _children(task)]
    ended = sum(_has_ended(child) for child in children)
    return Counts(
        sockets=ours,
        files=len(names) - len(numbers),
        threads=len(tasks),
        children=len(children) - ended,
        execs=_execs(installation),
        listeners=int(engine.connect().info()["NEventsListener"]),
        engine=len(numbers) - ours,
        ended=ended,
    )


def at_rest(process: int, installation: str) -> Counts:
    """What it holds once that stays the same for a while."""
    found, same = counted(process, installation), 0
    end = time.monotonic() + _REST_SECONDS
    while same < _SAME:
        assert time.monotonic() < end, "it does not come to rest"
        time.sleep(0.2)
        before, found = found, counted(process, installation)
        same = same + 1 if found == before else 0
    return found


def back_to(wanted: Counts, process: int, installation: str, seconds: float = 60.0) -> Counts:
    """What it holds as soon as that is `wanted` again, or after so many seconds: what was closed
    ends a moment later."""
    end = time.monotonic() + seconds
    while (found := counted(process, installation)) != wanted and time.monotonic() < end:
        time.sleep(0.2)
    return found


def private_bytes(process: int) -> int:
    """Memory that only this process uses."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def _open_ones(process: int) -> Iterator[str]:
    for path in Path(f"/proc/{process}/fd").iterdir():
        try:
            yield str(path.readlink())
        except FileNotFoundError:
            continue  # it was closed meanwhile


def _inodes(process: int, kind: str) -> set[str]:
    """The numbers of all sockets of one kind."""
    lines = Path(f"/proc/{process}/net/{kind}").read_text("utf-8").splitlines()[1:]
    return {line.split()[6] for line in lines}


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []  # the thread ended meanwhile


def _has_ended(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def _execs(installation: str) -> int:
    found = engine.connect().api.containers(filters=labels.filters(installation))
    return sum(_execs_in(one["Id"]) for one in found)


def _execs_in(container: str) -> int:
    try:
        return len(engine.connect().api.inspect_container(container)["ExecIDs"] or [])
    except NotFound:
        return 0  # it was removed meanwhile
