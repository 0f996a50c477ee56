"""The learner's workspace: one notebook for each lab."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from breakfix.content.loaded import LoadedLab
from breakfix.content.notebook import notebook
from breakfix.messages import Language


def lab_notebook(
    folder: Path, loaded: LoadedLab, language: Language, values: Mapping[str, str]
) -> Path:
    """The lab's notebook in the workspace; one that is there already is the learner's own."""
    target = folder / f"{loaded.slug}.ipynb"
    if not target.exists():
        made = notebook(loaded, language, values)
        # A notebook that names another Python than its kernel's is changed as soon as it is opened.
        made["metadata"]["language_info"]["version"] = platform.python_version()
        _write(target, made)
    return target


def _write(target: Path, data: Mapping[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(target)
