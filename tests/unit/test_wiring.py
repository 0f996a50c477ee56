"""Which adapters and settings are chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from breakfix.errors import NotFound
from breakfix.wiring import checkout, image_tag, images_folder


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's own recipes: the base and one machine, an older one than the checkout's."""
    for name in ("base", "pc"):
        shutil.copytree(checkout() / "images" / name, tmp_path / name)
    recipe = tmp_path / "pc" / "Dockerfile"
    recipe.write_text(recipe.read_text("utf-8") + "RUN true\n", "utf-8")
    monkeypatch.setenv("BREAKFIX_IMAGES", str(tmp_path))
    return tmp_path


def test_recipes_are_the_checkouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting the recipes of the checkout are used."""
    monkeypatch.delenv("BREAKFIX_IMAGES", raising=False)
    assert images_folder() == checkout() / "images"


def test_pinned_recipes_decide(pinned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recipe that a course has pinned is used in the place of the checkout's."""
    assert images_folder() == pinned
    older = image_tag("pc")
    monkeypatch.delenv("BREAKFIX_IMAGES")
    assert image_tag("pc") != older


@pytest.mark.usefixtures("pinned")
def test_our_own_images_are_never_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks and wires is that of the breakfix that runs, also in a course."""
    there = {name: image_tag(name) for name in ("observer", "wire")}
    monkeypatch.delenv("BREAKFIX_IMAGES")
    assert {name: image_tag(name) for name in there} == there


@pytest.mark.usefixtures("pinned")
def test_an_unknown_image_is_told() -> None:
    """An image that nobody has a recipe of is an error."""
    with pytest.raises(NotFound):
        image_tag("abacus")
