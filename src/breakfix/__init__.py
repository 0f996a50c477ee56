"""breakfix: break/fix labs for IT support.

In a notebook: `lab = breakfix.lab("no-internet")`, then `lab.start()`, `lab.check()`, …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breakfix.notebook.handle import LabHandle

__version__ = "0.1.0"
__all__ = ["__version__", "lab"]


def lab(slug: str) -> LabHandle:
    """The lab called `slug`, to work on in a notebook."""
    # Late: nobody who only wants the version should wait for the engine's libraries.
    from breakfix.entry.lab import open_lab  # noqa: PLC0415

    return open_lab(slug)
