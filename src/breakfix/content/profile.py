"""The training profile, from `competences.toml`."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources

from breakfix.codec import from_json
from breakfix.model.progress import Competence, Profile


@cache
def profile() -> Profile:
    """The 11 modules and 133 competences of BO IT 002, in the profile's order."""
    text = resources.files("breakfix.content").joinpath("competences.toml").read_text("utf-8")
    return from_json(Profile, json.dumps(tomllib.loads(text)))


@cache
def competences() -> dict[str, Competence]:
    """Every competence, by its number."""
    return {
        one.id: one
        for module in profile().modules
        for activity in module.activities
        for one in activity.competences
    }
