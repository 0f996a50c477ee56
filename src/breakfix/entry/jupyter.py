"""What Jupyter Server loads by name, in every server of this environment."""

from __future__ import annotations

from typing import Any

from breakfix.entry.panel import makings
from breakfix.server import routes


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "breakfix.entry.jupyter"}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 (no types there)
    """Serve the learner's panel, and make formgrader's buttons ours, where nbgrader is installed.

    Neither needs an engine to load: a panel is told when there is none, and looks again.
    """
    routes.load(server, makings)
    try:
        from breakfix.grading import formgrader  # noqa: PLC0415 (nbgrader is for teachers only)
    except ModuleNotFoundError:
        return
    formgrader.load(server)
