"""The people of a course: pure values and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from breakfix.model.value import Value

#: An id becomes the name of a folder, a part of file names, and nbgrader's student id (which may
#: not hold `*` or `+`). It never looks like an option of a command or like a hidden file.
_ID = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9._@-]{0,63}", re.ASCII)


def is_learner_id(text: str) -> bool:
    """Whether `text` can be the id of a learner."""
    return _ID.fullmatch(text) is not None


@dataclass(frozen=True)
class Learner(Value):
    """Somebody who learns in a course; `id` is nbgrader's student id. What is not known of them
    is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The name as people say it, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts learners as a class list does."""
        return (self.last_name.casefold(), self.first_name.casefold(), self.id)


@dataclass(frozen=True)
class RosterChange(Value):
    """What a class list changes in a course; `absent` are in the course and not in the list, and
    stay."""

    new: tuple[Learner, ...]
    changed: tuple[Learner, ...]
    unchanged: tuple[Learner, ...]
    absent: tuple[Learner, ...]


def change(known: Mapping[str, Learner], listed: Mapping[str, Learner]) -> RosterChange:
    """What `listed` changes in a course where `known` are, both by id."""
    return RosterChange(
        tuple(one for one in listed.values() if one.id not in known),
        tuple(one for one in listed.values() if one.id in known and one != known[one.id]),
        tuple(one for one in listed.values() if known.get(one.id) == one),
        tuple(sorted((o for o in known.values() if o.id not in listed), key=lambda o: o.order)),
    )


def unlisted(known: Mapping[str, Learner], ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` whom no class list named: nbgrader takes in whoever hands in, without a name.
    Where nobody has a name there is no class list, so nobody is missed in it."""
    named = {one.id for one in known.values() if one.first_name or one.last_name}
    return tuple(sorted(set(ids) - named)) if named else ()
