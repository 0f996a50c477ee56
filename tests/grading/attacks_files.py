"""Folders and files that mean harm (classes C, F, G and H)."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.grading.school import EVIDENCE, NAME, School
from tests.grading.verdicts import HALF, evidence

Make = Callable[[School, str], None]
_NOTEBOOK = f"{NAME}.ipynb"
_SECRET = "geheim van de leerkracht"
#: Names that Python, Jupyter, nbgrader or pytest would read if they found them.
_READ = (
    "nbgrader_config.py", "jupyter_config.py", "jupyter_server_config.py", "ipython_config.py",
    "jupyter_nbgrader_config.json", "sitecustomize.py", "usercustomize.py", "conftest.py",
    "pathlib.py", "json.py", "nbformat.py", "nbgrader.py", "breakfix.py", "evil.pth", "setup.cfg",
    "pytest.ini", "autotests.yml", "course.json", "assignment.json", "gradebook.db",
    "breakfix-notes.json", "breakfix/__init__.py", "evidence/pathlib.py", ".jupyter/x.py",
    "__pycache__/pathlib.cpython-311.pyc", "profile_default/startup/00-evil.py",
)  # fmt: skip


def file_attacks(trap: Callable[[str], str]) -> Iterator[tuple[str, Make, str]]:
    """Every attack by files: its name, how it is made, and what of it is taken: `all`, the
    `notebook` alone, or `none`."""
    code = trap("c-files").encode()
    yield "c-files", _files(dict.fromkeys(_READ, code)), "all"
    yield "c-bomb", _files({f"deep/{'d/' * 60}x.py": code, "big.bin": b"x" * 1000}), "all"
    yield from _of_notebooks()
    yield from _of_evidence()
    yield from _of_folders()
    yield from _of_times()


def _of_notebooks() -> Iterator[tuple[str, Make, str]]:
    yield "f-renamed", _then(lambda at: (at / _NOTEBOOK).rename(at / "Mijn nota (1).ipynb")), "all"
    yield "f-missing", _then(lambda at: (at / _NOTEBOOK).unlink()), "all"
    yield "f-folder", _instead(_NOTEBOOK, lambda path: path.mkdir()), "all"
    yield "f-huge", _instead(_NOTEBOOK, lambda path: _sparse(path, 100 << 20)), "all"
    yield "f-unreadable", _then(lambda at: (at / _NOTEBOOK).chmod(0)), "all"
    yield (
        "g-notebook-link",
        _instead(_NOTEBOOK, lambda path: path.symlink_to(_teachers(path))),
        "all",
    )
    yield (
        "g-notebook-hard-link",
        _instead(_NOTEBOOK, lambda path: os.link(_teachers(path), path)),
        "all",
    )
    yield "g-notebook-pipe", _instead(_NOTEBOOK, os.mkfifo), "all"
    yield "g-notebook-socket", _instead(_NOTEBOOK, _socket), "all"
    yield "h-many-notebooks", _files({f"a{n}.ipynb": b"{}" for n in range(40)}), "all"
    yield (
        "e-file-names",
        _files({"<img src=x onerror=alert(1)>.ipynb": b"{}", "a\nb.ipynb": b"{}"}),
        "all",
    )
    yield (
        "e-odd-names",
        _files({"-rf.ipynb": b"{}", "\u202eipynb.exe.ipynb": b"{}", "..ipynb": b"{}"}),
        "all",
    )


def _of_evidence() -> Iterator[tuple[str, Make, str]]:
    yield (
        "g-evidence-link",
        _instead(EVIDENCE, lambda path: path.symlink_to(_teachers(path))),
        "notebook",
    )
    yield (
        "g-evidence-hard-link",
        _instead(EVIDENCE, lambda path: os.link(_teachers(path), path)),
        "notebook",
    )
    yield "g-evidence-pipe", _instead(EVIDENCE, os.mkfifo), "notebook"
    yield "g-evidence-socket", _instead(EVIDENCE, _socket), "notebook"
    yield "g-evidence-folder", _instead(EVIDENCE, lambda path: path.mkdir()), "notebook"
    yield (
        "g-folder-link",
        _instead("evidence", lambda path: path.symlink_to(_elsewhere(path))),
        "notebook",
    )
    yield "g-folder-is-file", _instead("evidence", lambda path: path.write_text("x")), "notebook"
    yield "h-evidence-huge", _instead(EVIDENCE, lambda path: _sparse(path, 51 << 20)), "notebook"
    yield "h-many-files", _files({f"evidence/{n}.txt": b"" for n in range(3000)}), "all"
    yield "h-deep", _files({f"evidence/{'d/' * 200}x": b""}), "all"
    if os.geteuid() == 0:
        null = os.makedev(1, 5)
        yield (
            "g-device",
            _instead(EVIDENCE, lambda path: os.mknod(path, stat.S_IFCHR | 0o666, null)),
            "notebook",
        )


def _of_folders() -> Iterator[tuple[str, Make, str]]:
    yield "g-all-is-link", _linked, "none"
    yield "g-all-is-file", _as_file, "none"
    for name in _LEARNERS:
        yield name, _named, "none"


def _of_times() -> Iterator[tuple[str, Make, str]]:
    timestamp = "timestamp.txt"
    yield "g-half-way", _then(lambda at: (at / timestamp).unlink()), "none"
    for name, data in _TIMES:
        yield f"g-time-{name}", _then(_written(timestamp, data)), "none"
    yield "g-time-link", _instead(timestamp, lambda path: path.symlink_to("/etc/hostname")), "none"
    yield "g-time-pipe", _instead(timestamp, os.mkfifo), "none"
    secret = "submission_secret.txt"
    yield "g-secret-binary", _then(lambda at: (at / secret).write_bytes(b"\xff\xfe\n")), "all"
    yield "g-secret-path", _then(lambda at: (at / secret).write_text("../../evil")), "all"
    yield "g-secret-gone", _then(lambda at: (at / secret).unlink()), "all"
    yield "g-secret-link", _instead(secret, lambda path: path.symlink_to(_teachers(path))), "all"


_TIMES = (
    ("empty", b""), ("rubbish", b"gisteren"), ("binary", b"\xff\x00"), ("huge", b"2" * 5000),
    ("year", b"99999999-01-01 00:00:00 UTC"), ("html", b"<script>"),
)  # fmt: skip
#: Names that are no learner's.
_LEARNERS = (
    "..", ".", "", "a\nb", "a b", "-rf", "zo\u00eb", "\u0430nna", "*", "a" * 100, "$(id)", "<b>",
    "a'b", "{learner}", "%s",
)  # fmt: skip


def _files(files: dict[str, bytes]) -> Make:
    def make(school: School, learner: str) -> None:
        school.hand_in(learner, files=files)

    return make


def _then(change: Callable[[Path], object]) -> Make:
    def make(school: School, learner: str) -> None:
        change(school.hand_in(learner))

    return make


def _written(path: str, data: bytes) -> Callable[[Path], object]:
    return lambda at: (at / path).write_bytes(data)


def _instead(path: str, put: Callable[[Path], object]) -> Make:
    def change(place: Path) -> None:
        found = place / path
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink()
        put(found)

    return _then(change)


def _teachers(path: Path) -> Path:
    """A file of the teacher that looks like full marks, on the same disk, outside the hand-in."""
    found = _root(path) / f"teachers-{path.parent.name[:20]}-{path.suffix}"
    found.write_bytes(evidence(HALF) if path.suffix == ".zst" else _SECRET.encode())
    return found


def _elsewhere(path: Path) -> Path:
    found = _root(path) / "teachers-evidence"
    found.mkdir(exist_ok=True)
    (found / Path(EVIDENCE).name).write_bytes(evidence(HALF))
    return found


def _root(path: Path) -> Path:
    """The folder that holds exchange and course."""
    return next(parent for parent in path.parents if (parent / "exchange").is_dir())


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)


def _socket(path: Path) -> None:
    """A socket; its name may be longer than bind allows."""
    found = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        found.bind(path.name)
    finally:
        os.chdir(before)
        found.close()


def _linked(school: School, learner: str) -> None:
    real = school.hand_in(learner)
    moved = real.rename(school.root / "moved")
    real.symlink_to(moved)


def _as_file(school: School, learner: str) -> None:
    real = school.hand_in(learner)
    shutil.rmtree(real)
    real.write_text("x")


def _named(school: School, learner: str) -> None:
    school.hand_in(learner)
