from __future__ import annotations

import pytest
from playwright.sync_api import expect

from breakfix.messages import Language
from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.states import ABSENT, FULL, RECORDINGS, STATES

pytestmark = pytest.mark.browser
#: What sticks out of its box, and which names of the picture lie over a machine.
SPILT = """() => {
  const page = document.documentElement;
  const found = page.scrollWidth > page.clientWidth ? ['the page'] : [];
  for (const one of document.querySelectorAll('.bf-root :is(button, p, li, dd, h2, h3)'))
    if (one.offsetParent && !one.matches('.bf-plug') && one.scrollWidth > one.clientWidth + 1)
      found.push(one.className + ': ' + one.textContent);
  const boxes = [...document.querySelectorAll('.bf-machine')].map(
    box => box.getBoundingClientRect());
  for (const name of document.querySelectorAll('.bf-nic, .bf-hub-name')) {
    const at = name.getBoundingClientRect();
    if (boxes.some(box => at.left < box.right - 1 && at.right > box.left + 1
        && at.top < box.bottom - 1 && at.bottom > box.top + 1))
      found.push('over a machine: ' + name.textContent);
  }
  return found;
}"""


@pytest.mark.parametrize(("theme", "language"), [("light", Language.NL), ("dark", Language.EN)])
def test_every_state_of_the_panel_is_accessible(
    show: Open, fake: Fake, theme: str, language: Language
) -> None:
    """In each state, with all papers open, axe finds nothing inside the panel."""
    fake.language, fake.recordings = language, RECORDINGS
    wrong = {}
    for name in STATES:
        page = show(name, theme=theme)
        page.locator(".bf-head, .bf-unreachable").wait_for()
        if page.locator(".bf-papers").count():
            # The last paper asks for the recordings when it is chosen.
            page.locator(".bf-papers [role=tab]").last.click()
        page.evaluate("document.querySelectorAll('.bf-paper').forEach(one => one.hidden = false)")
        if found := violations(page):
            wrong[name] = found
        page.close()
    assert wrong == {}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["home", "side"])
def test_the_labs_are_accessible(
    show: Open, fake: Fake, screen: str, theme: str, language: Language
) -> None:
    """Axe finds nothing on the landing page and in the side panel, empty or searched."""
    fake.language = language
    page = show(screen=screen, theme=theme)
    page.locator(".bf-card").first.wait_for()
    found = violations(page)
    page.get_by_role("searchbox").fill("xyzzy")
    page.locator(".bf-empty").wait_for()
    assert found + violations(page) == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["home", "side", "progress", "logbook"])
def test_troubles_of_the_pages_are_accessible(
    show: Open, fake: Fake, screen: str, theme: str, language: Language
) -> None:
    """Axe finds nothing where no engine answers, and where a page is refused with a sentence."""
    fake.language, fake.engine = language, ABSENT
    page = show(screen=screen, theme=theme)
    page.locator(".bf-engine, h1").first.wait_for()
    found = violations(page)
    fake.refuses = FULL
    page.reload()
    page.locator(".bf-unreachable code").wait_for()
    assert found + violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_menus_and_questions_are_accessible(show: Open, theme: str) -> None:
    """Axe finds nothing with the menu open, in a filled-in form, and in a question."""
    page = show("evaluation", theme=theme)
    page.get_by_role("button", name="Meer").click()
    found = violations(page)
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(page)
    page.get_by_role("button", name="Annuleren").click()
    page.get_by_role("tab", name="Diagnose").click()
    page.get_by_role("button", name="Diagnose aanpassen").click()
    found += violations(page)
    page.get_by_role("tab", name="Tips").click()
    page.get_by_role("button", name="Volgende tip").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert found + violations(page) == []


@pytest.mark.parametrize("width", [420, 640, 1280, 3840])
def test_nothing_is_cut_off(show: Open, width: int) -> None:
    """From a narrow window to 4K nothing sticks out of its box, and no name hides a machine."""
    for name in ("started", "cable-out", "evaluation", "not-after-restart"):
        page = show(name, width=width)
        page.locator(".bf-head").wait_for()
        for paper in page.locator(".bf-papers [role=tab]").all():
            paper.click()
            assert page.evaluate(SPILT) == [], (name, width)
        page.close()


def test_the_page_at_200_per_cent_has_one_column(show: Open) -> None:
    """A window of 1280 at 200 % has the terminal below the papers, both whole."""
    page = show("started", width=640)
    papers, screen = page.locator(".bf-papers"), page.locator(".bf-screen").first
    screen.locator(".xterm-rows").wait_for()
    above, below = papers.bounding_box(), screen.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert below["height"] >= 280


@pytest.mark.parametrize("width", [420, 640, 1280])
def test_a_panel_opens_at_its_beginning(show: Open, width: int) -> None:
    """Whatever comes into the panel while it opens, the page stays where it was."""
    page = show("started", width=width)
    page.locator(".bf-screen .xterm-rows").first.wait_for()
    # Out of sight a terminal draws nothing, so its text tells not that it is there.
    expect(page.locator(".bf-over")).to_have_count(0)
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("width", [300, 420, 640, 1280])
@pytest.mark.parametrize("screen", ["home", "side", "progress", "logbook"])
def test_no_page_sticks_out(show: Open, fake: Fake, screen: str, width: int) -> None:
    """Pages and their troubles fit a narrow side panel as well as a window at 200 %."""
    fake.engine = ABSENT
    page = show(screen=screen, width=width)
    page.locator(".bf-engine, h1").first.wait_for()
    assert page.evaluate(SPILT) == []
    fake.refuses = FULL
    page.reload()
    page.locator(".bf-unreachable code").wait_for()
    assert page.evaluate(SPILT) == []
