"""The learner's workspace: a start notebook, and one notebook for each lab."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from breakfix.content.loaded import LoadedLab
from breakfix.content.notebook import notebook
from breakfix.messages import Language, say

START = "start.ipynb"


def lab_notebook(
    folder: Path, loaded: LoadedLab, language: Language, values: Mapping[str, str]
) -> Path:
    """The lab's notebook in the workspace; one that is there already is the learner's own."""
    target = folder / f"{loaded.slug}.ipynb"
    if not target.exists():
        _write(target, notebook(loaded, language, values))
    return target


def start_notebook(folder: Path, labs: Mapping[str, LoadedLab], language: Language) -> Path:
    """The start notebook, with a link to each lab's (by its file name); written anew each time."""
    lines = [say("start.heading", language), ""]
    for name, loaded in labs.items():
        lab = loaded.lab
        lines.append(
            f"- [{lab.title.in_(language)}]({name}): {lab.summary.in_(language)}"
            f" ({lab.minutes} min)"
        )
    lines += ["", say("start.footer", language)]
    cell = {"cell_type": "markdown", "id": "start-1", "metadata": {}, "source": "\n".join(lines)}
    _write(folder / START, {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return folder / START


def _write(target: Path, data: Mapping[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(target)
