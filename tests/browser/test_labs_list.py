from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from breakfix.model.session import State
from breakfix.model.value import Text
from tests.browser.conftest import Open
from tests.browser.desk import Fake, some_labs

pytestmark = pytest.mark.browser


def test_the_landing_page_goes_on_where_you_were(show: Open) -> None:
    """A lab that was begun stands first, and opens its notebook."""
    page = show(screen="home")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welkom op de werktafel")
    recent = page.get_by_role("region", name="Ga verder waar je was")
    recent.get_by_role("button", name="Verdergaan").click()
    page.wait_for_function("window.opened.length > 0")
    assert page.evaluate("window.opened") == ["no-internet.ipynb"]


def test_the_last_lab_stands_first(show: Open, fake: Fake) -> None:
    """Of the labs that were begun the last one used is first, with its moment and the big button;
    the side panel shows the same."""
    till, site, slow = some_labs()
    fake.labs = (
        till,
        replace(site, used=1_790_000_000.0),
        replace(slow, state=State.RUNNING, used=1_790_090_000.0),
    )
    for screen in ("home", "side"):
        page = show(screen=screen)
        recent = page.get_by_role("region", name="Ga verder waar je was")
        expect(recent.get_by_role("heading", level=3)).to_have_text(
            ["Het net is zo traag", "De bestelsite gaat niet open"]
        )
        expect(recent.locator(".bf-primary")).to_have_count(1)
        first = recent.get_by_role("article").first
        expect(first.get_by_text("laatst op 22/09/2026")).to_have_count(1)
        first.get_by_role("button", name="Verdergaan").click()
        page.wait_for_function("window.opened.length > 0")
        assert page.evaluate("window.opened") == ["slow.ipynb"]


def test_whoever_is_new_is_offered_the_first_steps(show: Open, fake: Fake) -> None:
    """Until something was begun, the first steps stand on top, once, and one click opens them."""
    _, site, slow = some_labs()
    first = replace(
        slow, slug="first-steps", module="m000-start", title=Text("Eerste stappen", "First steps")
    )
    fake.labs = (first, replace(site, state=None))
    for screen in ("home", "side"):
        page = show(screen=screen)
        offered = page.get_by_role("region", name="Nieuw hier? Begin met de eerste stappen")
        expect(page.get_by_role("article", name="Eerste stappen")).to_have_count(1)
        offered.get_by_role("button", name="Openen").click()
        page.wait_for_function("window.opened.length > 0")
        assert page.evaluate("window.opened") == ["first-steps.ipynb"]
        page.close()
    fake.labs = (first, site)
    page = show(screen="home")
    begin = page.get_by_role("region", name="Om te beginnen")
    expect(begin.get_by_role("article", name="Eerste stappen")).to_be_visible()
    expect(page.get_by_role("region", name="Nieuw hier?")).to_have_count(0)


def test_labs_are_found_by_any_word(show: Open) -> None:
    """Searching takes words of the title in either language, without accents or capitals."""
    page = show(screen="home")
    box = page.get_by_role("searchbox", name="Zoek een labo")
    box.fill("TILL")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 labo")
    box.fill("xyzzy")
    expect(page.get_by_text("Geen labo gevonden voor “xyzzy”.")).to_be_visible()
    page.get_by_role("button", name="Alles tonen").click()
    expect(page.locator(".bf-module")).to_have_count(2)


def test_the_list_says_how_each_lab_stands(show: Open) -> None:
    """State, level and time are words; one that is not proven says so."""
    page = show(screen="side")
    slow = page.get_by_role("article", name="Het net is zo traag")
    for words in ("nog niet begonnen", "gevorderd", "35 min", "niet bewezen"):
        expect(slow.get_by_text(words)).to_be_visible()
    expect(
        page.get_by_role("article", name="De kassa start").get_by_text("afgesloten")
    ).to_be_visible()


def test_the_list_changes_language(show: Open) -> None:
    """The landing page speaks English after one click."""
    page = show(screen="home")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to your desk")


def test_an_empty_list_and_no_answer_are_told(show: Open, fake: Fake) -> None:
    """No labs, and no server, each have their own sentence."""
    fake.labs = ()
    expect(show(screen="home").get_by_text("Er zijn nog geen labo's.")).to_be_visible()
    fake.answers = False
    expect(
        show(screen="home").get_by_text("breakfix op deze computer antwoordt niet")
    ).to_be_visible()


@pytest.mark.parametrize("screen", ["home", "side"])
def test_the_other_pages_are_one_click_away(show: Open, screen: str) -> None:
    """My progress and my logbook are reached from the landing page and from the side panel."""
    page = show(screen=screen)
    for name in ("Mijn voortgang", "Mijn logboek"):
        page.get_by_role("navigation").get_by_role("button", name=name).click()
    assert page.evaluate("window.opened") == ["progress", "logbook"]
