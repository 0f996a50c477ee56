from __future__ import annotations

import re
from importlib.resources import files

import pytest

from breakfix.grading.paper import markdown
from breakfix.messages import Language, catalogue

PAGES = files("breakfix.grading").joinpath("pages")
STYLE = PAGES.joinpath("style.css").read_text("utf-8")
#: What is written on what; the last three only with a sign or as a line.
PAIRS = [(ink, paper) for ink in ("ink", "soft", "accent", "pass", "fail", "half", "none")
         for paper in ("paper", "card")]  # fmt: skip
SOURCE = files("breakfix")
SECTIONS = ("feedback.", "dossier.", "graded.")


def palettes() -> dict[str, dict[str, str]]:
    """The colours of light, dark and print."""
    found = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in found]
    return dict(zip(("light", "dark", "print"), colours, strict=True))


def luminance(colour: str) -> float:
    """WCAG's relative luminance of a colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_text_can_be_read(scheme: str) -> None:
    """In light, dark and on paper each colour of text stands out (WCAG AA, 4.5 to 1)."""
    colours = palettes()[scheme]
    weak = {pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    assert weak == set()


def test_the_measure_of_contrast_is_wcags() -> None:
    """Black on white is 21 to 1, and the grey that just passes is known."""
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#767676", "#ffffff") > 4.5 > contrast("#777777", "#ffffff")


def test_markdown_of_a_lab_loads_nothing() -> None:
    """Pictures and links become words, HTML is shown, headings are lines."""
    text = "# Kop\n\n![plaatje](https://x.example/a.png) [hier](https://x.example) <b>vet</b> **x**"
    made = markdown(text)
    assert "<img" not in made
    assert "href" not in made
    assert "hier (https://x.example)" in made
    assert "&lt;b&gt;" in made
    assert "<strong>x</strong>" in made
    assert "<h1" not in made
    assert "<script" not in markdown("<script>alert(1)</script>\n\n`<script>`")


def used_keys() -> set[str]:
    """Every key that source or templates name, with `*` where a part is filled in."""
    texts = [one.read_text("utf-8") for one in PAGES.iterdir() if one.name.endswith(".jinja")]
    texts += [one.read_text("utf-8") for folder in ("grading", "cli")
              for one in SOURCE.joinpath(folder).iterdir() if one.name.endswith(".py")]  # fmt: skip
    literal = re.findall(r'"((?:feedback|dossier|graded)\.[a-z.-]+)', "\n".join(texts))
    pieces = re.findall(r'f"((?:feedback|dossier)\.[a-z.]+\.)\{', "\n".join(texts))
    facts = re.findall(r'_fact\(\s*words, "([a-z0-9-]+)"', "\n".join(texts))
    found = {*literal, *(f"{piece}*" for piece in pieces)} - {"dossier.fact.*"}
    return {key for key in found if not key.endswith("jinja")} | {
        f"dossier.fact.{name}" for name in facts
    }


def test_every_sentence_of_the_pages_is_used() -> None:
    """No sentence of ours stands there for nothing, and none that a template names is missing."""
    known = {key for key in catalogue(Language.NL) if key.startswith(SECTIONS)}
    used = used_keys()
    starts = tuple(key.rstrip("*") for key in used if key.endswith(("*", ".")))
    assert {key for key in known - used if not key.startswith(starts)} == set()
    assert {key for key in used - known if not key.endswith(("*", "."))} == set()
