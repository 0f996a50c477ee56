"""From a ticket to work that was handed in, on real machines."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.engine.browsing import keep_picture
from tests.engine.journeys.home import FAULT, LEARNER, NO_INTERNET, REPAIR, TILL, Home
from tests.engine.journeys.panel import LONG

pytestmark = [pytest.mark.engine, pytest.mark.browser]


def test_from_a_wrong_check_to_handed_in(home: Home) -> None:
    """Check too early, take a hint, diagnose, repair, check, look after a restart and hand in: the
    replay for the grade gives full points, but for a diagnosis that came after a check."""
    panel = home.open(home.assignment())
    panel.start()
    keep_picture(home.page, "ticket")
    panel.check("antwoordt nog niet")
    keep_picture(home.page, "failed-check")
    panel.turn_to("Tips")
    panel.press("Eerste tip tonen")
    panel.says("Tip 1 van")
    keep_picture(home.page, "hint")

    panel.type("systemctl is-enabled kassa")
    panel.turn_to("Diagnose")
    form = panel.form("Diagnose bewaren")
    form.get_by_label("De dienst (hoe systemd de kassa start)").check()
    form.get_by_label("De dienst start niet mee bij de start van de pc").check()
    form.get_by_label("Start de dienst mee met de pc?").select_option("disabled")
    keep_picture(home.page, "diagnosis")
    panel.press("Diagnose bewaren")
    panel.says("Je diagnose")

    panel.type(REPAIR)
    keep_picture(home.page, "terminal-at-work")
    panel.check("Alles is in orde.")
    keep_picture(home.page, "passed-check")
    panel.press("Nakijken na herstart")
    panel.says("Ook na een herstart is alles in orde.")
    keep_picture(home.page, "after-restart")
    panel.press("Dit indienen")
    panel.says("Ingediend op")
    keep_picture(home.page, "handed-in")

    shown = home.told("evidence", "show", str(home.evidence))
    assert shown["manifest"]["learner"] == LEARNER
    assert any("kassa.service" in one["path"] for one in shown["machines"]["till"])
    grade = home.grade()
    score = grade["score"]
    for part in ("repair", "diagnosis"):
        assert score[part] == score[f"{part}_of"] > 0, part
    # The first check came before the diagnosis.
    assert score["first_diagnosis"] == 0 < score["first_diagnosis_of"]
    assert {line["result"] for line in grade["lines"]} == {"pass"}
    assert (grade["fault"], grade["history"]["hints"]) == (FAULT, 1)
    named = grade["history"]["diagnoses"]
    assert (named["first"], named["last"]["cause"]) == (None, "service-not-enabled")


def test_what_is_gone_after_a_restart_is_told_before_handing_in(home: Home) -> None:
    """A repair that holds until the next start looks right, and the panel says that it is not."""
    panel = home.open(home.assignment())
    panel.start()
    panel.type("sudo systemctl start kassa")
    panel.check("in orde.")
    panel.turn_to("Indienen")
    panel.press("Nakijken na herstart")
    panel.says("werkt nu, maar niet na een herstart")
    keep_picture(home.page, "not-after-restart")
    report = home.told("lab", "check", TILL)
    assert {line["aspect"] for line in report["lines"] if line["result"] == "fail"} == {"cause"}


def test_two_labs_side_by_side(home: Home) -> None:
    """Two labs in two tabs know nothing of each other: each has its own machines and results."""
    first, second = home.practice(TILL), home.practice(NO_INTERNET)
    till = home.open(first)
    till.start()
    till.type("echo mine >/tmp/only-here")
    # The same page: JupyterLab's file browser opens the other one beside it.
    home.page.get_by_role("listitem", name=re.compile(second)).dblclick()
    shop = home.panel(NO_INTERNET)
    shop.start()
    shop.type("ls /tmp/only-here || echo not-$((0+0))-here")
    expect(shop.rows).to_contain_text("not-0-here")
    keep_picture(home.page, "two-labs")
    shop.check("in orde.")
    home.page.locator(".lm-TabBar-tab", has_text=first).click()
    expect(till.root.get_by_text("Nog niets gecontroleerd")).to_have_count(1)
    till.type("cat /tmp/only-here")
    running = {one["slug"] for one in home.told("lab", "list") if one["state"] == "running"}
    assert running == {TILL, NO_INTERNET}


def test_a_cable_is_pulled_and_plugged(home: Home) -> None:
    """A cable that is pulled in the picture is out on the machine, and the picture shows it."""
    home.run("lab", "start", NO_INTERNET, "--fault", "forwarding-off", "--seed", "7")
    shop = home.open(home.practice(NO_INTERNET), NO_INTERNET)
    shop.prompted()
    (name,) = (one["hostname"] for one in home.machines(NO_INTERNET) if one["name"] == "pc")
    cable = f"Kabel in ens3 van {name}"
    shop.root.get_by_role("button", name=f"{cable}: ingeplugd. Uittrekken").click()
    out = shop.root.get_by_role("button", name=f"{cable}: uitgetrokken. Insteken")
    expect(out).to_be_visible(timeout=LONG)
    keep_picture(home.page, "pulled-cable")
    assert pulled(home) == [("pc", "ens3")]
    shop.type("echo carrier-$(cat /sys/class/net/ens3/carrier)")
    expect(shop.rows).to_contain_text("carrier-0")
    out.click()
    expect(out).to_have_count(0, timeout=LONG)
    assert pulled(home) == []
    shop.type("echo carrier-$(cat /sys/class/net/ens3/carrier)")
    expect(shop.rows).to_contain_text("carrier-1")


def pulled(home: Home) -> list[tuple[str, str]]:
    """The cables that are out, as the session knows them."""
    cables = (cable for one in home.machines(NO_INTERNET) for cable in one["cables"])
    return [(one["machine"], one["nic"]) for one in cables if not one["connected"]]
