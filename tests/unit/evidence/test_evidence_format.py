"""docs/evidence-format.md is the specification: it fails here when it lies."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from breakfix.evidence.limits import LIMITS
from breakfix.evidence.names import BASE_LINKS
from breakfix.evidence.places import SYSTEM_FOLDERS
from breakfix.evidence.reader import KINDS
from breakfix.evidence.refusal import Reason
from breakfix.model.evidence import Concern, ImageIdentity, Manifest, PartEntry, RecordingEntry
from breakfix.model.topology import Cable

PAGE = (Path(__file__).parents[3] / "docs" / "evidence-format.md").read_text("utf-8")
LIMIT_ROWS = {
    row.split("|")[1].strip(" `"): row.split("|")[2].strip()
    for row in PAGE.partition("## Limits")[2].partition("## What")[0].splitlines()
    if row.startswith("| `")
}


def test_the_limits_are_those_of_the_code() -> None:
    """Every limit stands on the page with its value, and none that does not exist."""
    assert {key: str(value) for key, value in dataclasses.asdict(LIMITS).items()} == LIMIT_ROWS


@pytest.mark.parametrize("kind", [Manifest, PartEntry, RecordingEntry, ImageIdentity, Cable])
def test_every_key_of_the_manifest_is_documented(kind: type) -> None:
    """A key that the manifest may have stands on the page."""
    missing = [one.name for one in dataclasses.fields(kind) if f"`{one.name}`" not in PAGE]
    assert missing == []


def test_every_reason_and_concern_is_documented() -> None:
    """What a teacher may read in brackets, and each concern, is explained."""
    assert [one for one in [*Reason, *Concern] if f"`{one.value}`" not in PAGE] == []


def test_places_and_kinds_are_documented() -> None:
    """The system's folders, the base links and the kinds of parts are those of the code."""
    system = PAGE.partition("System folders:")[2].partition("\n\n")[0]
    for folder in SYSTEM_FOLDERS:
        name = folder.removeprefix("/usr/share/")
        assert f"`{name}`" in system
    assert [link for link in BASE_LINKS if f"`{link}`" not in PAGE] == []
    assert [kind for kind in KINDS if f"### `{kind}`" not in PAGE] == []
