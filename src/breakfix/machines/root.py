"""Doing what only root may do: as root, or through sudo, which asks for the password itself."""

from __future__ import annotations

import os
import shutil
import subprocess

from breakfix.errors import EngineAbsent, EngineError

#: A user's PATH on Debian leaves these out.
_SYSTEM = "/usr/local/sbin:/usr/sbin:/sbin"


def has(program: str) -> bool:
    """Whether root would find this program."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{_SYSTEM}") is not None


def prefix() -> list[str]:
    """What to put before a command so that root runs it. Raises EngineAbsent where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise EngineAbsent("engine.install-yourself")
    return ["sudo"]


def run(command: list[str]) -> bytes:
    """Run a command as root; what it printed. Raises EngineError with the last words of it."""
    result = subprocess.run([*prefix(), *command], check=False, capture_output=True)
    if result.returncode:
        reason = (result.stderr or result.stdout).decode(errors="replace")[-800:]
        raise EngineError("engine.install-failed", command=" ".join(command), reason=reason)
    return result.stdout
