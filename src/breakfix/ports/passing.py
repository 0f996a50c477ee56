"""Names of what lives no longer than its maker: machines of a proof or a replay, scratch files.

A process may be killed at any moment. By the name the next one sees that nobody needs the thing any
more: it holds the maker's number and when the maker began (numbers are used again).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KINDS = ("proof", "replay", "expected", "reading", "scratch")
_WORDS = 4


def passing(kind: str) -> str:
    """A new name of one of the `KINDS`, with this process as its maker."""
    process = os.getpid()
    return f"{kind}-{process}-{born(process)}-{secrets.token_hex(4)}"


def own(name: str) -> bool:
    """Whether `name` was made by `passing` in this process."""
    process = os.getpid()
    words = name.split("-")
    return (
        len(words) == _WORDS
        and words[0] in KINDS
        and words[1:3]
        == [
            str(process),
            born(process),
        ]
    )


def orphaned(name: str) -> bool:
    """Whether `name` was made by `passing`, in a process that has ended."""
    words = name.split("-")
    if len(words) != _WORDS or words[0] not in KINDS or not words[1].isdigit():
        return False
    return born(int(words[1])) != words[2]


def born(process: int) -> str:
    """When a process began, in the kernel's own count; empty when it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    # A process that ended and waits for its parent to notice is no trouble to anyone.
    return "" if fields[0] == "Z" else fields[19]
