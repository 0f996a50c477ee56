"""Evidence: what a learner changed on the machines, and what is said about it.

The file format is specified in `docs/evidence-format.md`; this module holds its values and the
rules that capture (on the learner's side) and the reader (on the teacher's side) share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.session import Mode
from breakfix.model.topology import Cable
from breakfix.model.value import Value

FORMAT = 1

#: What evidence never holds: other file systems, caches, what a machine writes by itself, and what
#: is the machine's own secret. A path is left out when it is one of these or lies below one.
_LEFT_OUT = (
    "/proc", "/sys", "/dev", "/run", "/tmp", "/var/tmp", "/.lab", "/.dockerenv", "/lost+found",  # noqa: S108 (names on a machine)
    "/etc/hostname", "/etc/mtab", "/var/log/journal", "/var/cache", "/var/lib/apt/lists",
    "/var/lib/systemd/timers", "/var/lib/systemd/coredump", "/var/lib/systemd/random-seed",
    "/var/log/wtmp", "/var/log/btmp", "/var/log/lastlog", "/root/.cache", "/var/lib/private",
)  # fmt: skip
#: Keys that never leave the learner's computer; a replay makes its own.
_SECRET = ("/etc/ssh/ssh_host_",)


def left_out(path: str) -> bool:
    """Whether evidence never holds `path` (absolute, without a slash at its end)."""
    return path.startswith(_SECRET) or any(
        path == known or path.startswith(f"{known}/") for known in _LEFT_OUT
    )


class MemberKind(StrEnum):
    """What stands at a path of a machine's disk."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    HARD_LINK = "hard-link"
    PIPE = "pipe"


@dataclass(frozen=True)
class ImageIdentity(Value):
    """The published image that a machine was made of.

    `name` is the image's name (`pc`), `recipe` the hash of its recipe (12 hexadecimal digits),
    `layers` the SHA-256 of its file system layers' digests, `packages` the SHA-256 of its sorted
    `name version architecture` lines. Two images are alike when the layers are the same, or recipe
    and packages are.
    """

    name: str
    recipe: str
    layers: str
    packages: str

    def alike(self, other: ImageIdentity) -> bool:
        """Whether evidence of a machine of one may be replayed on the other."""
        if self.name != other.name:
            return False
        same = (self.recipe, self.packages) == (other.recipe, other.packages)
        return same or self.layers == other.layers


@dataclass(frozen=True)
class PartEntry(Value):
    """One thing that was worked on, as the manifest names it.

    `size` (bytes) and `sha256` are those of the part's archive; `deleted` are absolute paths that
    the image has and the machine has not.
    """

    kind: str
    name: str
    size: int
    sha256: str
    image: ImageIdentity
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordingEntry(Value):
    """One recording of a terminal, as the manifest names it: `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest(Value):
    """What evidence says about itself. Times are seconds since 1970 (UTC).

    `lab_digest` is the hash of the lab's content; `fault` and `seed` are the variant that was
    worked on; `learner` and `assignment` are empty and `attempt` is 0 in free practice.
    """

    format: int
    lab: str
    lab_version: str
    lab_digest: str
    learner: str
    assignment: str
    attempt: int
    mode: Mode
    fault: str
    seed: str
    started: float
    captured: float
    journal_sha256: str
    cables: tuple[Cable, ...]
    parts: tuple[PartEntry, ...]
    recordings: tuple[RecordingEntry, ...] = ()


@dataclass(frozen=True)
class Member(Value):
    """One path of a part. `content` is the SHA-256 of a file, or where a link points.

    `capability` says that the file carries Linux capabilities.
    """

    path: str
    kind: MemberKind
    mode: int
    uid: int
    gid: int
    size: int = 0
    content: str = ""
    capability: bool = False


class Concern(StrEnum):
    """Why the integrity comparison speaks of a path."""

    PUT_BACK = "put-back"
    NEW_PROGRAM = "new-program"
    SENSITIVE = "sensitive"
    PRIVILEGED = "privileged"
    DECLARED = "declared"


@dataclass(frozen=True)
class IntegrityFinding(Value):
    """Something about a machine's files that a teacher should know.

    `put-back`: a system file was changed or removed, and the replay used the expected one;
    `new-program`: a file was added among the system's programs; `sensitive`: a place was changed
    from which programs can be fooled; `privileged`: a file gives more rights (setuid, setgid,
    capabilities); `declared`: a system file changed that the lab says may change.
    """

    machine: str
    path: str
    concern: Concern


@dataclass(frozen=True)
class FileIndex(Value):
    """What stands where, by absolute path; folders are members too."""

    members: Mapping[str, Member] = field(default_factory=dict)


@dataclass(frozen=True)
class Baseline(Value):
    """The expected broken machine (image, health and fault): its differences from the image."""

    index: FileIndex = field(default_factory=FileIndex)
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison(Value):
    """What the integrity comparison says of one machine.

    `put_back` are paths of the evidence that are not restored (members, and deletions that are
    not done again). The image's file then stands there, except for the paths in `from_baseline`:
    those are restored from the baseline (its members), or deleted (its deletions).
    """

    put_back: frozenset[str] = frozenset()
    from_baseline: frozenset[str] = frozenset()
    findings: tuple[IntegrityFinding, ...] = ()


class ChangeKind(StrEnum):
    """What a learner did with a path, seen against the image."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Change(Value):
    """One difference between evidence and the image, to be read by a teacher.

    `diff` are lines that begin with `-`, `+`, a space or `@@`; empty where nothing readable
    changed (permissions only, or no text).
    """

    path: str
    kind: ChangeKind
    before: Member | None
    after: Member | None
    diff: tuple[str, ...] = ()


def combined(
    first: Mapping[str, ChangeKind], second: Mapping[str, ChangeKind]
) -> dict[str, ChangeKind]:
    """What two steps of change amount to: `first` from image to snapshot, `second` from there on.

    A folder that is deleted is named alone, without what was in it.
    """
    found = {path: kind for path, kind in first.items() if not _gone(path, second)}
    for path, kind in second.items():
        before = first.get(path)
        if kind is ChangeKind.DELETED and before is ChangeKind.ADDED:
            found.pop(path, None)
        elif kind is ChangeKind.ADDED and before is ChangeKind.DELETED:
            found[path] = ChangeKind.CHANGED
        elif kind is ChangeKind.CHANGED and before is ChangeKind.ADDED:
            found[path] = ChangeKind.ADDED
        else:
            found[path] = kind
    return found


def _gone(path: str, changes: Mapping[str, ChangeKind]) -> bool:
    """Whether a folder above `path` was deleted."""
    parts = path.split("/")
    above = ("/".join(parts[:count]) for count in range(2, len(parts)))
    return any(changes.get(folder) is ChangeKind.DELETED for folder in above)
