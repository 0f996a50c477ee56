"""Looking for hand-ins in a folder or a zip, whatever a platform put around them."""

from __future__ import annotations

import tempfile
from collections.abc import Container, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from breakfix.errors import CourseError, SubmissionRefused
from breakfix.evidence.refusal import visible
from breakfix.grading.incoming.limits import INCOMING
from breakfix.grading.incoming.trees import FolderTree, SubTree, Tree, copy_out
from breakfix.grading.incoming.zips import open_zip
from breakfix.grading.telling import Late
from breakfix.ports.saving import SUFFIX

#: The file that makes a folder or zip a pack: who handed in what, and when.
LABEL = "handed-in.json"
#: nbgrader's own two files of a submission.
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
NOTEBOOK = ".ipynb"
EVIDENCE = "evidence/"
_ZIP = ".zip"
#: How deep zips may lie in zips.
_LEVELS = 2
#: Somebody may have handed these in by mistake: they are told, never read.
_OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")


@dataclass(frozen=True)
class Pack:
    """What `breakfix assignment pack` made, still a zip or not; `tree` holds just that."""

    tree: Tree
    where: str


@dataclass(frozen=True)
class Bare:
    """Evidence without a pack around it; `name` is its name in `tree`."""

    tree: Tree
    name: str
    where: str


@dataclass(frozen=True)
class Turned:
    """Something that can't be read, and why."""

    where: str
    error: SubmissionRefused


Found = Pack | Bare | Turned


@dataclass
class Search:
    """One search; `scratch` is an empty folder for zips that lie in zips. `unused` names what was
    passed by, once the search is over."""

    scratch: Path
    unused: list[str] = field(default_factory=list)

    def all(self, source: Path) -> Generator[Found]:
        """Everything in `source`, which is a folder or a zip. Raises CourseError.

        What is found can be read only until the next is asked for.
        """
        try:
            if source.is_dir():
                yield from self._tree(FolderTree(source), "", 0)
            else:
                with open_zip(source) as tree:
                    yield from self._tree(tree, source.name, 1)
        except SubmissionRefused as error:
            reason = Late(error)
            raise CourseError("import.no-source", source=source, reason=reason) from error

    def _tree(self, tree: Tree, where: str, level: int) -> Iterator[Found]:
        packs: dict[str, set[str]] = {prefix: set() for prefix in _packs(tree)}
        alone = []
        for name in (*tree.files, *tree.refused):
            prefix = _pack_of(name, packs) if name in tree.files else _spoilt(name, packs, level)
            if prefix is None:
                alone.append(name)
            else:
                packs[prefix].add(name)
        for prefix, names in packs.items():
            yield Pack(SubTree(tree, prefix, names), _in(where, prefix.rstrip("/")))
        for name in alone:
            if name in tree.files:
                yield from self._file(tree, name, where, level)
            else:
                yield Turned(_in(where, name), tree.refused[name])

    def _file(self, tree: Tree, name: str, where: str, level: int) -> Iterator[Found]:
        told = _in(where, name)
        if is_evidence(name):
            yield Bare(tree, name, told)
        elif name.casefold().endswith(_ZIP):
            yield from self._zip(tree, name, told, level)
        elif name.casefold().endswith(_OTHER_ARCHIVES):
            yield Turned(told, SubmissionRefused("import.other-archive", name=visible(name)))
        else:
            self.unused.append(told)

    def _zip(self, tree: Tree, name: str, told: str, level: int) -> Iterator[Found]:
        if level == _LEVELS:
            yield Turned(told, SubmissionRefused("import.too-deep", name=visible(name)))
            return
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            inner = Path(folder, "inner.zip")
            try:
                copy_out(tree, name, inner, INCOMING.zip_in_zip)
                with open_zip(inner) as opened:
                    yield from self._tree(opened, told, level + 1)
            except SubmissionRefused as error:
                yield Turned(told, error)


def is_evidence(name: str) -> bool:
    """Whether a file is called as evidence is; some systems change the capitals of a name."""
    return name.casefold().endswith(SUFFIX)


def _packs(tree: Tree) -> tuple[str, ...]:
    """The folders that are packs, each with its slash (empty for the whole tree)."""
    named = [name for name in tree.files if name == LABEL or name.endswith("/" + LABEL)]
    return tuple(sorted(name.removesuffix(LABEL) for name in named))


def _pack_of(name: str, packs: Container[str]) -> str | None:
    """The folder of the pack that a file belongs to, if any."""
    folder, _, last = name.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    if last in (LABEL, TIMESTAMP, SECRET) or last.endswith(NOTEBOOK):
        return prefix if prefix in packs else None
    if is_evidence(last) and (prefix == EVIDENCE or prefix.endswith("/" + EVIDENCE)):
        prefix = prefix.removesuffix(EVIDENCE)
        return prefix if prefix in packs else None
    return None


def _spoilt(name: str, packs: Container[str], level: int) -> str | None:
    """The folder of the pack that something unreadable spoils, if any: whoever made a pack put it
    there. A folder on a disk is nobody's pack as a whole, so there it spoils only what it lies
    beside."""
    folder = name
    while folder:
        folder = folder.rpartition("/")[0]
        prefix = f"{folder}/" if folder else ""
        if prefix in packs and (prefix or level or "/" not in name):
            return prefix
    return None


def _in(where: str, name: str) -> str:
    shown = visible(name, 200)
    return f"{where}: {shown}" if where and shown else where or shown
