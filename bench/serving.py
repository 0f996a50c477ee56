"""A Jupyter server for a measure, with the labs of the tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engine.jupyter import Jupyter

LABS = Path(__file__).parents[1] / "tests" / "data" / "labs"


@contextmanager
def server(module: str = "jupyter_server", *options: str) -> Iterator[Jupyter]:
    """One that has a folder and sessions of its own."""
    with tempfile.TemporaryDirectory(prefix="breakfix-bench-") as folder:
        own = {
            "XDG_STATE_HOME": folder,
            "BREAKFIX_LABS": str(LABS),
            "JUPYTER_CONFIG_DIR": f"{folder}/jupyter",
        }
        root = Path(folder) / "desk"
        root.mkdir()
        made = Jupyter(root, Path(folder) / "log", os.environ | own, module, options=options)
        made.start()
        try:
            yield made
        finally:
            made.stop()
