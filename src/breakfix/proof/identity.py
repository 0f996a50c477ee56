"""Which prover this is: the hash of the code that decides a verdict."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[1]
#: The stages, how checks look, and how evidence becomes machines and points.
_DECIDES = ("proof", "observe", "evidence", "replay", "model/score.py", "model/outcome.py")


@cache
def prover_digest() -> str:
    """The hash of the prover; comments and blank lines decide nothing."""
    return digest_of(_SOURCE)


def digest_of(source: Path) -> str:
    """The hash of the prover whose package is in the folder `source`."""
    found = sha256()
    for name in _DECIDES:
        top = source / name
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            found.update(f"{path.relative_to(source)}\0".encode())
            found.update("\n".join(_code(path)).encode() + b"\0")
    return found.hexdigest()


def _code(path: Path) -> list[str]:
    lines = (line.rstrip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.lstrip().startswith("#")]
