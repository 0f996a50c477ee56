"""The panel's scripts, as the package brings them along (`ui/build.mjs` makes them)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_STATIC = Path(__file__).parents[1] / "ui" / "breakfix" / "static"


@cache
def panel_script() -> Path:
    """The whole panel: what JupyterLab loads, and any page of the Jupyter server may."""
    return next(_STATIC.glob("breakfix.*.js"))


def panel_version() -> str:
    """Which panel it is: the part of its name that changes with it."""
    return panel_script().name.split(".")[1]


def widget_loader() -> Path:
    """The small script that fetches it, for front ends that load no extensions of JupyterLab."""
    return _STATIC / "widget" / "loader.js"
