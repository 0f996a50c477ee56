"""The lint rules: each is a function marked with `rule`, found by looking through this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from breakfix.content.rules.rule import Rule, marked

__all__ = ["Rule", "all_rules"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id. A new module in this package is found by itself."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    return tuple(sorted(marked(), key=lambda one: one.id))
