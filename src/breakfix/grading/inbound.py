"""What lies in nbgrader's inbound folder: names that anybody in the class may have written."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from breakfix.grading.incoming.limits import AHEAD
from breakfix.grading.taking import TIMESTAMP, read_small
from breakfix.model.roster import is_learner_id


@dataclass(frozen=True)
class Inbound:
    """One hand-in by nbgrader's exchange. `time` is UTC without a zone, as nbgrader has it;
    `ahead`: the learner's clock said a time that is still to come, so another one counts."""

    path: Path
    learner: str
    time: datetime
    ahead: bool = False


def inbound_of(folder: Path, name: str) -> dict[str, list[Inbound]]:
    """The hand-ins of the assignment `name` by learner, newest first.

    What has no right name, is no folder, or has no `timestamp.txt` (so its copying did not end)
    is none.
    """
    found: dict[str, list[Inbound]] = {}
    for path in folder.iterdir():
        one = _inbound(path, name)
        if one is not None:
            found.setdefault(one.learner, []).append(one)
    return {
        learner: sorted(ones, key=lambda one: (one.time, one.path.name), reverse=True)
        for learner, ones in found.items()
    }


def before(ones: Iterable[Inbound], due: datetime | None) -> list[Inbound]:
    """The hand-ins until `due`; all of them when there are none."""
    every = list(ones)
    return [one for one in every if due is None or one.time <= due] or every


def time_in(text: str) -> datetime | None:
    """A time as nbgrader writes it."""
    try:
        found = parse_utc(text.strip())
    except (ValueError, OverflowError, TypeError):
        return None
    return found if isinstance(found, datetime) else None


def is_ahead(moment: datetime) -> bool:
    """Whether a time is still to come by this computer's clock: nothing could ever be newer."""
    return moment > _utc(time.time() + AHEAD)


def as_nbgrader(moment: datetime) -> str:
    """A time as nbgrader writes it."""
    return moment.replace(tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.%f %Z")


def _inbound(path: Path, name: str) -> Inbound | None:
    """A name is `learner+assignment+time+anything`."""
    parts = path.name.split("+", 3)
    if len(parts) < 3 or parts[1] != name or not is_learner_id(parts[0]):  # noqa: PLR2004
        return None
    named, told = time_in(parts[2]), time_in(read_small(path, TIMESTAMP))
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode) or named is None or told is None:
        return None
    # Both can be changed by the learner; the later one counts.
    latest = max(named, told)
    if not is_ahead(latest):
        return Inbound(path, parts[0], latest)
    # When the folder last changed, no learner can put ahead; and it is the same each time.
    return Inbound(path, parts[0], _utc(found.st_ctime), ahead=True)


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
