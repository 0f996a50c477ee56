"""breakfix: break/fix labs for IT support.

In a notebook: `lab = breakfix.lab("no-internet")`, then `lab.start()`, `lab.check()`, …;
or all of it to look at and to click: `breakfix.panel("no-internet")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breakfix.notebook.assignment import AssignmentHandle
    from breakfix.notebook.handle import LabHandle
    from breakfix.notebook.panel import PanelWidget

__version__ = "0.1.0"
__all__ = ["__version__", "assignment", "lab", "panel"]


def lab(slug: str) -> LabHandle:
    """The lab called `slug`, to work on in a notebook."""
    # Late: nobody who only wants the version should wait for the engine's libraries.
    from breakfix.entry.lab import open_lab  # noqa: PLC0415

    return open_lab(slug)


def assignment(file: str = "assignment.json") -> AssignmentHandle:
    """The assignment in `file`, to work on in its notebook."""
    from breakfix.entry.assignment import open_assignment  # noqa: PLC0415 (as above)

    return open_assignment(file)


def panel(slug: str) -> PanelWidget:
    """The panel of the lab `slug`: ticket, terminals, checks; for JupyterLab, Notebook, Voila."""
    from breakfix.entry.lab import open_panel  # noqa: PLC0415 (as above)

    return open_panel(slug)
