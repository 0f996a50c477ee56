"""The panel's makings on this computer."""

from __future__ import annotations

from breakfix.server.makings import Makings


def makings() -> Makings:
    """What the panel gets. Slow the first time: it loads the engine's libraries."""
    # Late: a Jupyter server is not to wait for them when it starts.
    from breakfix import wiring  # noqa: PLC0415
    from breakfix.content.catalog import is_author  # noqa: PLC0415

    return Makings(
        wiring.lab_service,
        wiring.lab_overview(),
        wiring.need_engine,
        wiring.lab_page,
        wiring.assignment_in,
        wiring.state_folder(),
        wiring.workspace().resolve(),
        is_author(),
    )
