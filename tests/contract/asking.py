"""The small lab with a question that is answered in words."""

from __future__ import annotations

import shutil
from pathlib import Path

from breakfix.content.catalog import Catalog
from tests.contract.fake_labs import LABS
from tests.contract.front import LAB

QUESTION = "reply"
_QUESTION = f"""
[[questions]]
id = "{QUESTION}"
points = 1

[questions.text]
nl = "Schrijf aan de klant over code $CODE."
en = "Write to the customer about code $CODE."
"""
_RUBRIC = """+++ {"tags": ["lang-nl"]}

- 1 punt: beleefd.

> Dag, uw nota staat er weer.

+++ {"tags": ["lang-en"]}

- 1 point: polite.

> Hello, your note is there again.
"""


def asking(root: Path) -> Catalog:
    """The catalogue of the tests, with that lab from the folder `root`."""
    lab = root / "m021-network" / LAB
    shutil.copytree(LABS / "m021-network" / LAB, lab)
    with (lab / "lab.toml").open("a", encoding="utf-8") as stream:
        stream.write(_QUESTION)
    (lab / "staff" / "answers").mkdir()
    (lab / "staff" / "answers" / f"{QUESTION}.md").write_text(_RUBRIC, "utf-8")
    return Catalog((root, LABS))
