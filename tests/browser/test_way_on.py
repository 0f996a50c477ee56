"""From each state there is a way on, and what is said of it is true."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.desk import Fake
from tests.browser.waiting import soon

pytestmark = pytest.mark.browser


def test_an_attempt_is_given_up_after_one_question(show: Open, fake: Fake) -> None:
    """In an evaluation without anything handed in, what is at stake is told, and a yes ends it; the
    panel then says that it is over, in sight and aloud, and offers to begin."""
    page = show("evaluation")
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="Labo afsluiten").click()
    expect(page.get_by_role("dialog")).to_contain_text("je hebt nog niets ingediend")
    page.get_by_role("button", name="Ja, sluit af").click()
    expect(page.get_by_text("Goed gewerkt!")).to_be_visible()
    expect(page.locator(".bf-facts")).to_contain_text("afgesloten")
    expect(page.locator(".bf-aloud")).to_have_text("afgesloten")
    assert [(asked["do"], asked["sure"]) for asked in fake.story.asked] == [("finish", True)]


def test_an_evaluation_promises_no_more_than_was_looked_at(show: Open) -> None:
    """Where only what the customer notices was checked, no sentence says that all is in order, nor
    that a teacher sees no more than that."""
    page = show("to-hand-in")
    papers = page.locator(".bf-papers")
    page.get_by_role("tab", name="Resultaat").click()
    expect(papers).to_contain_text("De klant zou niets meer merken.")
    expect(papers).to_contain_text("Wat je werk waard is, blijkt pas nadat je het hebt ingediend.")
    page.get_by_role("tab", name="Indienen").click()
    expect(papers).to_contain_text("Ook na een herstart zou de klant niets meer merken.")
    words = papers.inner_text()
    assert "in orde." not in words
    assert "Dit ziet je leerkracht" not in words


def test_an_exercise_shows_what_the_teacher_sees(show: Open) -> None:
    """In an assignment to practise, the list after a restart is that of the teacher."""
    page = show("exercise")
    page.get_by_role("tab", name="Indienen").click()
    expect(page.get_by_text("Dit ziet je leerkracht")).to_be_visible()


@pytest.mark.parametrize(
    ("state", "aloud"),
    [
        ("to-hand-in", "Ook na een herstart zou de klant niets meer merken."),
        ("not-after-restart", "Nu werkt het, maar na een herstart niet alles meer."),
    ],
)
def test_what_lasts_is_said_aloud(show: Open, fake: Fake, state: str, aloud: str) -> None:
    """After a look after a restart a screen reader hears what lasts, and not what works now."""
    page = show("passed-check")
    page.locator(".bf-head").wait_for()
    fake.story.at = state
    fake.tell()
    expect(page.locator(".bf-aloud")).to_have_text(aloud)


def test_the_next_step_leads_into_the_diagnosis(show: Open, fake: Fake) -> None:
    """Whoever repaired without a diagnosis is asked for it at the end, and the button goes to its
    first field, also where that paper is in front already."""
    page = show("unnamed")
    for _ in range(2):
        page.locator(".bf-head .bf-primary").click()
        expect(page.locator(".bf-naming input").first).to_be_focused()
        page.locator(".bf-head .bf-primary").focus()
    assert fake.story.asked == []


@pytest.mark.parametrize("state", ["started", "diagnosed"])
def test_a_saved_diagnosis_keeps_the_focus(show: Open, state: str) -> None:
    """Whoever saves a diagnosis by keyboard goes on where it stands now."""
    page = show(state)
    page.get_by_role("tab", name="Diagnose").click()
    if state == "diagnosed":
        page.get_by_role("button", name="Diagnose aanpassen").press("Enter")
    else:
        page.get_by_label("De router", exact=True).first.check()
    page.get_by_role("button", name="Diagnose bewaren").press("Enter")
    expect(page.get_by_role("button", name="Diagnose aanpassen")).to_be_focused()


def test_a_diagnosis_that_was_not_saved_stays_in_the_form(show: Open, fake: Fake) -> None:
    """A change that the server refuses is still there, to be saved again."""
    page = show("diagnosed")
    page.get_by_role("tab", name="Diagnose").click()
    page.get_by_role("button", name="Diagnose aanpassen").click()
    page.get_by_label("De kabel").first.check()
    fake.story.refuses = True
    page.get_by_role("button", name="Diagnose bewaren").click()
    expect(page.locator(".bf-notices")).to_contain_text("Docker")
    expect(page.get_by_label("De kabel").first).to_be_checked()


def test_a_machine_that_is_gone_can_be_made_again(show: Open, fake: Fake) -> None:
    """Where a machine is missing there is a button to begin again, which asks first."""
    page = show("missing")
    page.locator(".bf-bench").get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Ja, begin opnieuw").click()
    soon(page, lambda: [asked["do"] for asked in fake.story.asked] == ["reset"])


def test_a_terminal_that_does_not_come_is_told(show: Open, fake: Fake) -> None:
    """A machine that hangs gives no terminal: after a while that is said, with a way on."""
    fake.hangs = True
    page = show("started", clock=True)
    expect(page.get_by_text("Terminal openen …")).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.get_by_text("antwoordt nog niet")).to_be_visible()
    page.locator(".bf-bench").get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_picture_can_be_heard(show: Open) -> None:
    """A plug says to which network its cable leads."""
    page = show("started")
    plug = page.get_by_role("button", name="Kabel in ens3 van kassa-1")
    expect(plug).to_contain_text("Netwerk: ")


def test_a_lab_that_is_gone_is_asked_for_again(show: Open, fake: Fake) -> None:
    """Over a line that is up, trying now asks anew, and a lab that came back is there."""
    page = show("gone")
    expect(page.get_by_text("Dit labo is er niet meer.")).to_be_visible()
    fake.story.at = "started"
    page.get_by_role("button", name="Nu proberen").click()
    expect(page.get_by_role("heading", name="De bestelsite gaat niet open")).to_be_visible()
