"""Files of a learner copied by an allow-list: never through a link, never anything but an ordinary
file, never more than a bound.

The folder belongs to somebody else, who may change it meanwhile: everything is asked of what was
opened, not of names.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

from breakfix.content.text import sentence
from breakfix.evidence.refusal import visible
from breakfix.model.value import Text
from breakfix.ports.saving import SUFFIX

MIB = 1 << 20
TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105 (the name of nbgrader's file)
#: What a learner's browser may call a copy; nothing that means something to a shell or a page.
_NAME = re.compile(r"\w[\w .()+,=@-]{0,119}")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_MOST_LISTED = 2_000
_MOST_SMALL = 1024
_CHUNK = MIB


@dataclass(frozen=True)
class Wanted:
    """Files that may come along: in which folder of a submission, by which pattern, how large
    each, and how many."""

    folder: str
    pattern: str
    most: int
    count: int = 1


NOTEBOOK = Wanted("", "*.ipynb", 2 * MIB, 8)
EVIDENCE = Wanted("evidence", f"*{SUFFIX}", 50 * MIB, 3)
WANTED = (NOTEBOOK, EVIDENCE, Wanted("", TIMESTAMP, _MOST_SMALL), Wanted("", SECRET, _MOST_SMALL))


@dataclass
class Taken:
    """What came along, by path with its SHA-256, and what could not: path and the reason's key."""

    files: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def count(self, wanted: Wanted) -> int:
        """How many files of one kind came along."""
        return sum(_wanted(*_split(path)) is wanted for path in self.files)


class _Refused(Exception):
    """A file can't be taken; its text is the key of the reason."""


def take(source: Path, target: Path, first: str = "") -> Taken:
    """Copy what is wanted of `source` into the new folder `target`, the file `first` before others
    of its kind. Names that nobody asked for are left out silently; one that is almost what was
    asked for is refused. Raises OSError where `target`
    can't be written."""
    taken = Taken()
    target.mkdir(parents=True)
    with _folder(source, None, ".", taken) as root:
        if root is not None:
            _take_folder(root, "", target, taken, first)
            if EVIDENCE.folder in _names(root):
                with _folder(EVIDENCE.folder, root, EVIDENCE.folder, taken) as inner:
                    if inner is not None:
                        _take_folder(inner, EVIDENCE.folder, target, taken)
    return taken


def why(path: str, reason: str) -> Text:
    """Why a file could not be taken."""
    sizes = {"notebook": NOTEBOOK.most // MIB, "evidence": EVIDENCE.most // MIB}
    return sentence(reason, file=visible(path), **sizes)


@contextmanager
def _folder(name: Path | str, root: int | None, path: str, taken: Taken) -> Iterator[int | None]:
    """A folder, opened; None where it is none."""
    try:
        opened = os.open(name, _FOLDER, dir_fd=root)
    except OSError:
        taken.refused[path] = "taking.no-folder"
        yield None
        return
    try:
        yield opened
    finally:
        os.close(opened)


def _take_folder(root: int, folder: str, target: Path, taken: Taken, first: str = "") -> None:
    names = _names(root)
    if len(names) > _MOST_LISTED:
        taken.refused[folder or "."] = "taking.too-many"
    for name in sorted(names[:_MOST_LISTED], key=lambda name: (name != first, name)):
        wanted = _wanted(folder, name)
        if wanted is None:
            continue
        path = f"{folder}/{name}" if folder else name
        try:
            taken.files[path] = _take_file(root, name, target / path, wanted, taken)
        except _Refused as reason:
            taken.refused[path] = str(reason)


def _split(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _wanted(folder: str, name: str) -> Wanted | None:
    """What a file is, by its name, however its letters are; a hidden one was put there by a
    program."""
    told = "" if name.startswith(".") else name.casefold()
    fitting = (w for w in WANTED if w.folder == folder and fnmatchcase(told, w.pattern))
    return next(fitting, None)


def _take_file(root: int, name: str, target: Path, wanted: Wanted, taken: Taken) -> str:
    if not (_NAME.fullmatch(name) and fnmatchcase(name, wanted.pattern)):
        raise _Refused("taking.bad-name")
    if taken.count(wanted) >= wanted.count:
        raise _Refused("taking.too-many")
    with _ordinary(root, name, wanted.most) as opened:
        target.parent.mkdir(exist_ok=True)
        return _copy(opened, target, wanted.most)


@contextmanager
def _ordinary(root: int, name: str, most: int) -> Iterator[int]:
    """An ordinary file, opened. Opening alone can do something to a device, so the name is looked
    at first, and then what was opened: they need not be the same."""
    try:
        _need_ordinary(os.stat(name, dir_fd=root, follow_symlinks=False), most)
        opened = os.open(name, _FILE, dir_fd=root)
    except OSError as error:
        raise _Refused("taking.unreadable") from error
    try:
        _need_ordinary(os.fstat(opened), most)
        yield opened
    finally:
        os.close(opened)


def _need_ordinary(found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _Refused("taking.no-file")
    if found.st_nlink != 1:
        raise _Refused("taking.other-names")
    if found.st_size > most:
        raise _Refused("taking.too-large")


def _copy(opened: int, target: Path, most: int) -> str:
    """Copy what was opened; a file that grows meanwhile is too large too."""
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as stream:
        while size <= most and (chunk := _read(opened)):
            size += len(chunk)
            digest.update(chunk)
            stream.write(chunk)
    if size > most:
        target.unlink()
        raise _Refused("taking.too-large")
    return digest.hexdigest()


def _read(opened: int) -> bytes:
    try:
        return os.read(opened, _CHUNK)
    except OSError as error:
        raise _Refused("taking.unreadable") from error


def _names(root: int) -> list[str]:
    """Names in a folder; one more than the bound where there is no end."""
    with os.scandir(root) as entries:
        return [entry.name for entry in islice(entries, _MOST_LISTED + 1)]


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_small(source: Path, name: str) -> str:
    """The text of a small file in somebody else's folder; nothing where it is not ordinary."""
    try:
        with _folder(source, None, ".", Taken()) as root:
            if root is None:
                return ""
            with _ordinary(root, name, _MOST_SMALL) as opened:
                return _read(opened).decode("ascii")
    except (ValueError, _Refused):
        return ""
