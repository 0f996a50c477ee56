"""The pages' pictures: all there, all used, in both themes, and told to whoever can't see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, pages

FOLDER = DOCS / "pictures"
MOST_BYTES = 150_000
_PICTURE = re.compile(r"<picture>(.*?)</picture>", re.DOTALL)
_DARK = re.compile(r'<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">')
_LIGHT = re.compile(r'<img src="([^"]+)" alt="([^"]*)">')


@dataclass(frozen=True)
class Shown:
    """A picture on a page: its two files, and its words."""

    page: Path
    dark: Path
    light: Path
    words: str


def shown_on(page: Path) -> list[Shown]:
    """The pictures of a page, in order."""
    found = []
    for inside in _PICTURE.findall(page.read_text("utf-8")):
        dark, light = _DARK.search(inside), _LIGHT.search(inside)
        assert dark, f"{page}: no dark one in {inside}"
        assert light, f"{page}: no light one in {inside}"
        files = [(page.parent / name).resolve() for name in (dark[1], light[1])]
        found.append(Shown(page, files[0], files[1], unescape(light[2])))
    return found


SHOWN = [one for page in pages() for one in shown_on(page)]


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: f"{one.page.name}-{one.light.stem}")
def test_a_picture_is_there_in_both_themes_and_has_words(one: Shown) -> None:
    """Both files are there, are of the same thing, and the words say what is on it."""
    assert one.dark.is_file()
    assert one.light.is_file()
    names = (one.dark.stem.removesuffix("-dark"), one.light.stem.removesuffix("-light"))
    assert names[0] == names[1]
    assert len(one.words.split()) >= 5
    assert one.words.endswith(".")


def test_every_picture_is_used() -> None:
    """No file in the folder of pictures is shown nowhere, and each is small."""
    used = {file for one in SHOWN for file in (one.dark, one.light)}
    files = set(FOLDER.iterdir())
    assert files == {file for file in used if file.parent == FOLDER}
    assert [file.name for file in files if file.stat().st_size > MOST_BYTES] == []


def test_every_picture_of_a_page_is_seen_by_these_tests() -> None:
    """A page shows no picture in another way than the one that these tests read."""
    for page in pages():
        written = re.findall(r"<img\b", page.read_text("utf-8"))
        assert len(written) == len(shown_on(page)), page.relative_to(ROOT)
