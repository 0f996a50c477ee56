"""All of it without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.engine.journeys.home import FAULT, REPAIR, Home
from tests.engine.journeys.keys import Keys
from tests.engine.journeys.panel import LONG, Panel

pytestmark = [pytest.mark.engine, pytest.mark.browser]


def test_from_page_load_to_handed_in_by_keys_alone(home: Home) -> None:
    """Start, read, diagnose, repair, check, look after a restart and hand in, with Tab, arrows,
    Enter, Space and F6; what was handed in is all right."""
    keys = Keys(home.page)
    panel = home.open(home.assignment())
    keys.use(panel.button("Labo starten"))
    panel.prompted()
    within(panel)
    diagnose(panel, keys)
    repair(panel, keys)
    keys.use(panel.head("Controleren"), "Shift+Tab")
    panel.says("Alles is in orde.")
    within(panel)
    keys.use(panel.head("Nakijken na herstart"))
    panel.says("Ook na een herstart is alles in orde.")
    within(panel)
    keys.use(panel.head("Dit indienen"))
    panel.says("Ingediend op")
    within(panel)
    assert keys.mouse == 0
    grade = home.grade()
    assert {line["result"] for line in grade["lines"]} == {"pass"}
    assert grade["fault"] == FAULT
    score = grade["score"]
    for part in ("repair", "diagnosis", "first_diagnosis"):
        assert score[part] == score[f"{part}_of"] > 0, part


def within(panel: Panel) -> None:
    """Whatever changed on the screen, the focus is still in the panel."""
    expect(panel.root.locator(":focus")).to_have_count(1)


def diagnose(panel: Panel, keys: Keys) -> None:
    """From the ticket to the paper beside it; the fields by Tab, arrows and Space."""
    keys.to(panel.paper("Ticket"))
    keys.press("ArrowRight")
    expect(panel.paper("Diagnose")).to_have_attribute("aria-selected", "true")
    form = panel.form("Diagnose bewaren")
    keys.to(form.get_by_label("De dienst (hoe systemd de kassa start)"))
    keys.press("ArrowDown", "ArrowUp")
    expect(form.get_by_label("De dienst (hoe systemd de kassa start)")).to_be_checked()
    # From "I do not know yet", the last one, to the first.
    keys.press("Tab", "ArrowDown")
    expect(form.get_by_label("De dienst start niet mee bij de start van de pc")).to_be_checked()
    test = form.get_by_label("Start de dienst mee met de pc?")
    keys.to(test)
    keys.press("ArrowDown", "ArrowDown")
    expect(test).to_have_value("disabled")
    keys.use(form.get_by_role("button", name="Diagnose bewaren"))
    expect(panel.root.get_by_role("region", name="Je diagnose")).to_be_visible(timeout=LONG)
    within(panel)


def repair(panel: Panel, keys: Keys) -> None:
    """Into the terminal by its tab, type, and out of it again."""
    # The tabs go on with the customer's screen.
    tab = panel.root.get_by_role("tablist", name="Terminals").get_by_role("tab").first
    keys.use(tab)
    panel.typed(REPAIR)
    keys.press("F6")
    expect(tab).to_be_focused()
