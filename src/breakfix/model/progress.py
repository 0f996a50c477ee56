"""Competences of the training profile, and on which occasions a learner showed them."""

from __future__ import annotations

from dataclasses import dataclass

from breakfix.model.session import Mode
from breakfix.model.value import Text, Value


@dataclass(frozen=True)
class Competence(Value):
    """One competence; `id` is the official number: module, activity, place (021.7.4)."""

    id: str
    text: Text


@dataclass(frozen=True)
class Activity(Value):
    """An activity of the profile, with its competences in the profile's order."""

    id: str
    title: Text
    competences: tuple[Competence, ...]


@dataclass(frozen=True)
class ProfileModule(Value):
    """A module of the profile; `id` is its official number (021)."""

    id: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Profile(Value):
    """The whole training profile."""

    modules: tuple[ProfileModule, ...]


@dataclass(frozen=True)
class Occasion(Value):
    """One attempt in which a lab's competences were shown: everything that was looked at held, also
    after a restart; in an evaluation, what was handed in did.

    `when` is in seconds since 1970 (UTC).
    """

    lab: str
    title: Text
    competences: tuple[str, ...]
    mode: Mode
    when: float


@dataclass(frozen=True)
class Progress(Value):
    """The modules of the profile, and every occasion on this computer, oldest first."""

    modules: tuple[ProfileModule, ...]
    occasions: tuple[Occasion, ...]
