"""How a child process of ours is started."""

from __future__ import annotations

import sys


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module in this environment.

    `-P`: Python would look in the current folder first, and that may be a submission, in which a
    learner's `pathlib.py` lies.
    """
    return [sys.executable, "-P", "-m", module, *arguments]
