from __future__ import annotations

import os
from pathlib import Path

import pytest

from breakfix.content import Catalog, create
from breakfix.content.catalog import lab_roots
from breakfix.errors import NotFound


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Two roots that both have a lab of the same name."""
    create(tmp_path / "a", "m021-network", "no-internet")
    create(tmp_path / "b", "m021-network", "no-internet")
    create(tmp_path / "b", "m021-network", "slow-wifi")
    return Catalog((tmp_path / "a", tmp_path / "b", tmp_path / "absent"))


def test_the_first_root_wins(catalog: Catalog) -> None:
    """An author's copy hides the checkout's lab of the same name."""
    assert catalog.folder("no-internet").parents[1].name == "a"
    assert list(catalog.folders()) == ["no-internet", "slow-wifi"]


def test_a_lab_is_loaded_by_name(catalog: Catalog) -> None:
    """The slug is all that a learner types."""
    assert catalog.load("slow-wifi").slug == "slow-wifi"


def test_a_wrong_name_gets_the_nearest(catalog: Catalog) -> None:
    """A typing mistake is answered with the names that look like it."""
    with pytest.raises(NotFound) as caught:
        catalog.load("no-internt")
    assert caught.value.key == "content.lab-not-found"
    assert caught.value.values == {"slug": "no-internt", "nearest": "no-internet"}


def test_the_environment_comes_before_the_checkout() -> None:
    """BREAKFIX_LABS may name several folders."""
    roots = lab_roots({"BREAKFIX_LABS": os.pathsep.join(["/x", "/y"])})
    assert roots[:2] == (Path("/x"), Path("/y"))
    assert roots[2].name == "labs"
