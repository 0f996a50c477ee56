"""What the panel gets from outside: the labs, the maker of notebooks, and where things are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from breakfix.messages import Language
from breakfix.model.assignment import Assignment
from breakfix.ports.lab_service import LabOverview, LabService


@dataclass(frozen=True)
class Makings:
    """`open_labs` opens the labs, which takes an engine and raises EngineAbsent without one; each
    panel's lab has a service of its own, so that its events are known from others'. `overview` is
    what may be read without one, and `need_engine` raises EngineError while none answers.

    `make_notebook` makes a lab's notebook in a folder, unless it is there, and `workspace` is the
    folder where those of this computer are. `assignment_in` is the assignment that a notebook in a
    folder belongs to; it raises ContentError when that is not of this lab. An `author` also sees
    labs that are not proven.
    """

    open_labs: Callable[[], LabService]
    overview: LabOverview
    need_engine: Callable[[], None]
    make_notebook: Callable[[Path, str, Language], Path]
    assignment_in: Callable[[Path, str], Assignment | None]
    state: Path
    workspace: Path
    author: bool = False
