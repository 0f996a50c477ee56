"""What files are read from: a folder or a zip, seen alike."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, Protocol, TypeVar

from breakfix.errors import SubmissionRefused, disk_errors
from breakfix.evidence.refusal import visible
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.names import is_litter, is_plain
from breakfix.ports.saving import readable

_CHUNK = 1 << 20
T = TypeVar("T")


class Tree(Protocol):
    """Files by name, with `/` between the parts."""

    @property
    def files(self) -> Mapping[str, int]:
        """The size of each file that can be read, by its name."""
        ...

    @property
    def refused(self) -> Mapping[str, SubmissionRefused]:
        """What can't be read, by its name, and why."""
        ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one of the `files`. Raises SubmissionRefused."""
        ...


class FolderTree:
    """The files below a folder; links are never followed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: dict[str, int] = {}
        self.refused: dict[str, SubmissionRefused] = {}
        for count, path in enumerate(_walk(root)):
            if count >= INCOMING.files:
                raise SubmissionRefused("import.too-many-files", most=INCOMING.files)
            self._add(path)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file."""
        with open_regular(self._root / name) as stream:
            yield from _chunks(stream)

    def _add(self, path: Path) -> None:
        name, found = path.relative_to(self._root).as_posix(), path.lstat()
        if is_litter(name):
            return
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            self.refused[name] = SubmissionRefused("import.link", name=visible(name))
        elif not is_plain(name):
            self.refused[name] = SubmissionRefused("import.bad-name", name=visible(name))
        else:
            self.files[name] = found.st_size


class SubTree:
    """Some files of a tree, below one folder; `prefix` ends with a slash, or is empty."""

    def __init__(self, tree: Tree, prefix: str, names: AbstractSet[str]) -> None:
        self._tree, self._prefix = tree, prefix
        self.files = _below(tree.files, prefix, names)
        self.refused = _below(tree.refused, prefix, names)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file."""
        return self._tree.chunks(self._prefix + name)


def read_small(tree: Tree, name: str) -> bytes:
    """A short file whole. Raises SubmissionRefused."""
    need_size(tree, name, INCOMING.note)
    return b"".join(tree.chunks(name))


def copy_out(tree: Tree, name: str, target: Path, most: int) -> None:
    """Copy a file of a tree to `target`, which is on the disk when this returns.

    Raises SubmissionRefused, and DiskFull.
    """
    need_size(tree, name, most)
    with disk_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            left = most
            for chunk in tree.chunks(name):
                left -= len(chunk)
                if left < 0:
                    raise _too_large(name, most)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())


def need_size(tree: Tree, name: str, most: int) -> None:
    """Refuse a file that is larger than it may be."""
    if tree.files[name] > most:
        raise _too_large(name, most)


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """A file for reading, when it is one: never what a link points to, nor a pipe that waits.

    Raises SubmissionRefused.
    """
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        name, reason = visible(path.name), error.strerror
        raise SubmissionRefused("import.unreadable", name=name, reason=reason) from error
    with os.fdopen(number, "rb") as stream:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise SubmissionRefused("import.link", name=visible(path.name))
        yield stream


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root, onerror=_unreadable):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in sorted([*files, *links]))


def _unreadable(error: OSError) -> NoReturn:
    name = visible(Path(error.filename).name)
    raise SubmissionRefused("import.unreadable", name=name, reason=error.strerror) from error


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _below(named: Mapping[str, T], prefix: str, names: AbstractSet[str]) -> dict[str, T]:
    return {name.removeprefix(prefix): value for name, value in named.items() if name in names}


def _too_large(name: str, most: int) -> SubmissionRefused:
    return SubmissionRefused("import.too-large", name=visible(name), most=readable(most))
