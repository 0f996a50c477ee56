"""Which names may stand in what comes in."""

from __future__ import annotations

from pathlib import PurePosixPath

from breakfix.grading.incoming.limits import INCOMING

#: What operating systems leave everywhere by themselves.
_LITTER = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}


def is_plain(name: str) -> bool:
    """Whether `name` is a relative path, with `/` between its parts, that means the same to every
    system and can be printed."""
    parts = name.split("/")
    return (
        len(name) <= INCOMING.path_chars
        and len(parts) <= INCOMING.depth
        and name.isprintable()
        and "\\" not in name
        and ":" not in parts[0][1:2]
        and all(part not in ("", ".", "..") for part in parts)
        and all(len(part.encode(errors="replace")) <= INCOMING.name_chars for part in parts)
    )


def is_litter(name: str) -> bool:
    """Whether an operating system left this there, for nobody to read."""
    parts = PurePosixPath(name).parts
    return any(part.casefold() in _LITTER or part.startswith("._") for part in parts)
