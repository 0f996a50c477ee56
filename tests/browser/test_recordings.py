"""Recordings of terminals: told first, switched, watched, read and left out."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.states import RECORDINGS
from tests.browser.waiting import soon

pytestmark = pytest.mark.browser


def cast(*events: tuple[float, str, str], columns: int = 80) -> str:
    """A recording with these events."""
    lines: list[object] = [{"version": 2, "width": columns, "height": 24}, *events]
    return "\n".join(map(json.dumps, lines)) + "\n"


CAST = cast(
    (0.5, "o", "support@pc:~$ ip route\r\n"),
    (1.0, "o", "default via 10.0.0.1\r\n"),
    (60.0, "o", "support@pc:~$ \x1b[31mlast words\x1b[0m"),
    (61.0, "r", "100x30"),
)


def watching(page: Page, fake: Fake, text: str = CAST) -> None:
    """Open the player on the first recording."""
    fake.recordings, fake.cast = RECORDINGS, text
    page.get_by_role("tab", name="Indienen").click()
    page.get_by_role("button", name="Opname 1 van").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_recording_is_told_before_the_first_terminal(show: Open, fake: Fake) -> None:
    """In an evaluation that records there is no terminal before the learner knows; then there is,
    and what to do about it stands beside it."""
    page = show("unannounced")
    expect(page.get_by_role("heading", name="Voor je een terminal opent")).to_be_visible()
    expect(page.locator(".bf-bench")).to_contain_text("Typ toch geen wachtwoorden van jezelf.")
    expect(page.locator(".xterm")).to_have_count(0)
    assert fake.terminals == {}

    page.get_by_role("button", name="Begrepen, ga verder").click()

    expect(page.locator(".xterm-rows").first).to_contain_text("support@pc")
    expect(page.locator(".bf-bar .bf-recording")).to_contain_text("Opname staat aan")
    assert [(one["do"], one["on"]) for one in fake.story.asked] == [("record", True)]


def test_a_learner_may_refuse(show: Open, fake: Fake) -> None:
    """Who does not want it works in terminals that are not recorded, and can still change that."""
    page = show("unannounced")
    page.get_by_role("button", name="Niet opnemen").click()
    bar = page.locator(".bf-bar .bf-recording")
    expect(bar).to_contain_text("Opname staat uit")
    bar.get_by_role("button", name="Opnemen").click()
    expect(bar).to_contain_text("Opname staat aan")
    expect(page.locator(".bf-aloud")).to_have_text("Opname staat aan")
    bar.get_by_role("button", name="Opnemen stoppen").click()
    expect(bar).to_contain_text("Opname staat uit")
    assert [one["on"] for one in fake.story.asked] == [False, True, False]


def test_practice_is_left_alone(show: Open) -> None:
    """In practice nothing is told beside the terminals; the switch is with the papers."""
    page = show("started")
    expect(page.locator(".xterm-rows").first).to_contain_text("support@pc")
    expect(page.locator(".bf-bar .bf-recording")).to_have_count(0)
    page.get_by_role("tab", name="Afronden").click()
    page.get_by_text("Opnames van terminals").click()
    expect(page.locator(".bf-recordings")).to_contain_text("Er zijn nog geen opnames.")
    page.locator(".bf-recordings").get_by_role("button", name="Opnemen").click()
    expect(page.locator(".bf-bar .bf-recording")).to_contain_text("Opname staat aan")


def test_a_recording_is_watched_by_keyboard(show: Open, fake: Fake) -> None:
    """The player opens with the keyboard, goes anywhere with the arrows, says where it is, and
    gives the focus back."""
    page = show("recorded")
    watching(page, fake)
    slider = page.get_by_role("slider", name="Plaats in de opname")
    # Silence is skipped: 61 seconds became 3.
    expect(slider).to_have_attribute("aria-valuetext", "0:00 van 0:03")
    slider.focus()
    page.keyboard.press("ArrowRight")
    rows = page.locator(".bf-cast-screen .xterm-rows")
    expect(rows).to_contain_text("default via 10.0.0.1")
    expect(rows).not_to_contain_text("last words")
    page.keyboard.press("PageUp")
    expect(rows).to_contain_text("last words")
    page.keyboard.press("PageDown")
    expect(rows).not_to_contain_text("default")
    page.get_by_label("Stilte overslaan").uncheck()
    expect(slider).to_have_attribute("aria-valuetext", "0:00 van 1:01")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Opname 1 van").first).to_be_focused()
    assert fake.asked_for[-1] == "no-internet/01-pc"


def test_a_recording_plays_and_pauses(show: Open, fake: Fake) -> None:
    """It plays to its end at the speed that was chosen, and from the beginning again."""
    page = show("recorded")
    watching(page, fake)
    page.get_by_label("Snelheid").select_option("8")
    page.get_by_role("button", name="Afspelen").click()
    expect(page.locator(".bf-cast-screen .xterm-rows")).to_contain_text("last words")
    slider = page.get_by_role("slider", name="Plaats in de opname")
    expect(slider).to_have_attribute("aria-valuetext", "0:03 van 0:03")
    page.get_by_label("Stilte overslaan").uncheck()
    page.get_by_label("Snelheid").select_option("1")
    page.get_by_role("button", name="Afspelen").click()
    page.get_by_role("button", name="Pauzeren").click()
    expect(page.get_by_role("button", name="Afspelen")).to_be_visible()
    expect(page.locator(".bf-cast-screen .xterm-rows")).not_to_contain_text("last words")


def test_a_recording_is_read_as_text(show: Open, fake: Fake) -> None:
    """All that was on the screen stands there as plain text, without colours."""
    page = show("recorded")
    watching(page, fake)
    page.get_by_text("Als tekst lezen").click()
    expect(page.locator(".bf-transcript")).to_have_text(
        "support@pc:~$ ip route\ndefault via 10.0.0.1\nsupport@pc:~$ last words"
    )


def test_a_recording_is_text_and_touches_nothing(show: Open, fake: Fake) -> None:
    """Titles, the clipboard, questions and markup in a recording do nothing to the page."""
    page = show("recorded")
    page.evaluate("navigator.clipboard.writeText('mine')")
    title = page.title()
    evil = "\x1b]2;evil\x07\x1b]52;c;ZXZpbA==\x07\x1b[6n\x1b[c<img src=x onerror=alert(1)>end"
    watching(page, fake, cast((0.1, "o", evil), (0.2, "x", "?"), (0.3, "r", "99999x1")))
    page.get_by_role("slider").press("PageUp")
    expect(page.locator(".bf-cast-screen .xterm-rows")).to_contain_text("onerror=alert(1)>end")
    page.get_by_text("Als tekst lezen").click()
    expect(page.locator(".bf-transcript")).to_contain_text("<img src=x")
    assert page.locator(".bf-player img").count() == 0
    assert (page.title(), page.evaluate("navigator.clipboard.readText()")) == (title, "mine")
    assert [text for text in fake.typed if "\x1b" in text] == []


def test_a_damaged_recording_is_told(show: Open, fake: Fake) -> None:
    """What is no recording gives a sentence, and the rest goes on."""
    page = show("recorded")
    watching(page, fake, "rubbish")
    expect(page.get_by_role("dialog")).to_contain_text("Deze opname kan niet worden getoond.")
    page.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_leaving_a_recording_out_asks_first(show: Open, fake: Fake) -> None:
    """It is told what that means; then the recording is gone from the list."""
    page = show("recorded")
    fake.recordings = RECORDINGS
    page.get_by_role("tab", name="Indienen").click()
    casts = page.locator(".bf-casts li")
    expect(casts).to_have_count(2)
    expect(casts.last).to_contain_text("Gestopt, want de opname werd te groot.")
    page.get_by_role("button", name="Opname 1 van").last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Het kost geen punten.")
    dialog.get_by_role("button", name="Annuleren").click()
    expect(casts).to_have_count(2)
    page.get_by_role("button", name="Opname 1 van").last.click()
    dialog.get_by_role("button", name="Ja, laat weg").click()
    expect(casts).to_have_count(1)
    assert fake.story.asked[-1]["recording"] == "01-pc"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_player_is_accessible(show: Open, fake: Fake, theme: str) -> None:
    """Axe finds nothing in the player, with the text open."""
    page = show("recorded", theme=theme)
    watching(page, fake)
    page.get_by_text("Als tekst lezen").click()
    expect(page.locator(".bf-transcript")).to_contain_text("last words")
    assert violations(page) == []


@pytest.mark.parametrize("width", [420, 1280])
def test_a_wide_recording_fits(show: Open, fake: Fake, width: int) -> None:
    """The letters become smaller until all columns are in sight."""
    page = show("recorded", width=width)
    watching(page, fake, cast((0.1, "o", "x" * 120), columns=120))
    page.get_by_role("slider").press("PageUp")

    def fits() -> bool:
        frame = page.locator(".bf-cast-frame").bounding_box()
        screen = page.locator(".bf-cast-screen .xterm-screen").bounding_box()
        return bool(frame and screen and screen["width"] <= frame["width"])

    soon(page, lambda: width < 640 or fits())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
