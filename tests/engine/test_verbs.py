"""The smaller verbs of a session, and the commands about this computer, as people see them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Run

pytestmark = pytest.mark.engine
LAB = "no-internet"
#: A fault at the customer's, which is not to be handed over.
FAULT = "hosts-entry"


@pytest.fixture(scope="module")
def session(breakfix: Run) -> Iterator[Run]:
    """A session of a lab with three machines and cables, shared by tests that change no machine."""
    started = breakfix("lab", "start", LAB, "--fault", FAULT)
    assert started.returncode == 0, started.stderr
    yield breakfix
    breakfix("lab", "finish", LAB)


def test_hints_come_in_order(session: Run) -> None:
    """Each hint is the next one, with its number; the last one stays."""
    first = session("lab", "hint", LAB)
    second = json.loads(session("lab", "hint", LAB, "--json").stdout)
    numbers = [second["number"]]
    while numbers[-1] < second["of"]:
        numbers.append(json.loads(session("lab", "hint", LAB, "--json").stdout)["number"])

    assert first.stdout.startswith(f"Hint 1 of {second['of']}\n")
    assert numbers == list(range(2, second["of"] + 1))
    assert json.loads(session("lab", "hint", LAB, "--json").stdout)["number"] == second["of"]


def test_diagnose_shows_the_choices(session: Run) -> None:
    """Without arguments every place, cause and test is shown, and nothing is kept."""
    form = json.loads(session("lab", "diagnose", LAB, "--json").stdout)
    shown = session("lab", "diagnose", LAB).stdout

    for place in form["places"]:
        assert place["id"] in shown
        assert all(cause["id"] in shown for cause in place["causes"])
    assert all(test["id"] in shown for test in form["tests"])
    assert json.loads(session("lab", "status", LAB, "--json").stdout)["diagnosis"] is None


def test_diagnosis_is_kept(session: Run) -> None:
    """A place and a cause are kept; an unknown one is refused with the known names."""
    place = json.loads(session("lab", "diagnose", LAB, "--json").stdout)["places"][0]
    cause = place["causes"][0]["id"]

    kept = session("lab", "diagnose", LAB, place["id"], cause)
    wrong = session("lab", "diagnose", LAB, "the-moon")

    assert kept.stdout == "Your diagnosis is kept. You may still change it.\n"
    assert wrong.returncode == 2
    assert place["id"] in wrong.stderr
    diagnosis = json.loads(session("lab", "status", LAB, "--json").stdout)["diagnosis"]
    assert (diagnosis["place"], diagnosis["cause"]) == (place["id"], cause)


def test_handing_over_what_is_ours(session: Run) -> None:
    """The second line sends back what is to be repaired at the customer's, with status 1."""
    test = json.loads(session("lab", "diagnose", LAB, "--json").stdout)["tests"][0]
    proof = f"{test['id']}={test['results'][0]['id']}"

    sent_back = session("lab", "hand-over", LAB, "provider", "--test", proof)
    unknown = session("lab", "hand-over", LAB, "provider", "--test", "horoscope=good")

    assert (sent_back.returncode, unknown.returncode) == (1, 2)
    assert sent_back.stdout.startswith("The second line:")
    assert test["id"] in unknown.stderr


def test_cable_is_pulled_and_plugged(session: Run) -> None:
    """A cable that is pulled takes the link away, and the status shows it; plugged it is back."""
    view = json.loads(session("lab", "status", LAB, "--json").stdout)
    nic = next(one for one in view["machines"] if one["name"] == "pc")["cables"][0]["nic"]
    carrier = ("lab", "shell", LAB, "pc", "--", f"cat /sys/class/net/{nic}/carrier")

    pulled = session("lab", "cable", LAB, "pc", nic, "out")
    without = session(*carrier).stdout.strip()
    session("lab", "cable", LAB, "pc", nic, "in")
    link = session(*carrier).stdout.strip()
    unknown = session("lab", "cable", LAB, "pc", "ens99", "out")

    assert f"{nic}: pulled out" in pulled.stdout
    assert (without, link) == ("0", "1")
    assert f"{nic}: plugged in" in session("lab", "status", LAB).stdout
    assert unknown.returncode == 2
    assert "ens99" in unknown.stderr


def test_doctor_tells_all(breakfix: Run) -> None:
    """The doctor says of each part whether it is good, for people and for programs."""
    found = breakfix("doctor", "--json")
    parts = {item["part"]: item for item in json.loads(found.stdout)}

    assert found.returncode == 0
    assert {"engine", "cgroup", "disk", "memory", "images", "netem", "vlan"} <= set(parts)
    assert parts["engine"]["good"]
    assert "container engine" in breakfix("doctor").stdout


def test_images_are_listed(breakfix: Run) -> None:
    """Every image is listed with its full name, and whether it was built."""
    found = json.loads(breakfix("image", "list", "--json").stdout)

    assert found[0]["image"] == "base"
    assert {"pc", "router", "server", "observer", "wire"} <= {item["image"] for item in found}
    assert all(item["built"] for item in found)


def test_pack_is_loaded(breakfix: Run, pack: Path) -> None:
    """A pack holds every image, and loading what is there already does no harm."""
    count = len(json.loads(breakfix("image", "list", "--json").stdout))

    loaded = breakfix("image", "load", str(pack))

    assert loaded.stdout == f"{count} images loaded.\n"


def test_no_pack_is_refused(breakfix: Run, tmp_path: Path) -> None:
    """A file that is no pack is refused in one sentence."""
    (tmp_path / "images.tar").write_text("no archive")

    refused = breakfix("image", "load", str(tmp_path / "images.tar"))

    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""
