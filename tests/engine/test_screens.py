"""The customer's screen on real machines: the trouble first, and after the repair what works."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.conftest import Environment, Run
from tests.engine.jupyter import Jupyter
from tests.panel_browser import Socket

pytestmark = pytest.mark.engine
SITE, TILL = "no-internet", "till-does-not-start"
# Not what checks and looks themselves start, nor what counts here.
SHELLS = "ps -eo args | grep -cE '^(sh|busybox sh|/lab/look)( |$)'; true"


@pytest.fixture
def jupyter(breakfix: Run, environment: Environment, tmp_path: Path) -> Iterator[Jupyter]:
    """A server with the panel; no lab is left at the end."""
    server = Jupyter(tmp_path, tmp_path / "jupyter.log", environment)
    server.start()
    yield server
    server.stop()
    for lab in (SITE, TILL):
        breakfix("lab", "finish", lab)


def start(breakfix: Run, lab: str, fault: str) -> None:
    """Start a lab with this fault."""
    done = breakfix("lab", "start", lab, "--fault", fault, "--seed", "screens", "--json")
    assert done.returncode == 0, done.stderr


def on_machine(breakfix: Run, lab: str, machine: str, command: str) -> str:
    """What a command on a machine says."""
    done = breakfix("lab", "shell", lab, machine, "--", command)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def looked(panel: Socket, screen: str) -> Any:  # noqa: ANN401 (JSON)
    """What a screen shows."""
    found = await _looked(panel, screen)
    while found.get("key") == "session.busy":
        # The watcher holds each session for a moment.
        found = await _looked(panel, screen)
    assert found["kind"] == "look", found
    return found["look"]


async def _looked(panel: Socket, screen: str) -> Any:  # noqa: ANN401 (JSON)
    await panel.send(id=1, look_at=screen)
    return await panel.until(lambda one: one["kind"] in {"look", "unseen"})


async def looked_until(panel: Socket, screen: str, trouble: str | None) -> Any:  # noqa: ANN401 (JSON)
    """What a screen shows as soon as it has this trouble, or none."""
    for _ in range(40):
        look = await looked(panel, screen)
        if look["trouble"] == trouble:
            return look
        await asyncio.sleep(0.5)
    raise AssertionError(look)


def test_a_browser_shows_the_trouble_and_then_the_page(jupyter: Jupyter, breakfix: Run) -> None:
    """With the cable out the site is not found; plugged in again, its page is there; and what
    stops the site later shows as a browser would call it. No shell stays behind."""
    start(breakfix, SITE, "cable-out")

    async def work() -> None:
        async with jupyter.socket(f"panel/{SITE}") as panel:
            state = await panel.state(lambda one: one["view"])
            (screen,) = state["view"]["screens"]
            broken = await looked(panel, screen["id"])
            assert (broken["trouble"], broken["shown"]) == ("name", None)
            assert broken["address"] == screen["address"]
            for machine in state["view"]["machines"]:
                for cable in machine["cables"]:
                    if not cable["connected"]:
                        await panel.do("cable", cable=cable | {"connected": True})
            shown = (await looked_until(panel, screen["id"], None))["shown"]
            assert shown["page"]["title"] in screen["address"]
            assert shown["page"]["body"].startswith("<h1>Welkom bij ")
            on_machine(breakfix, SITE, "pc", "sudo ip route flush default")
            assert (await looked(panel, screen["id"]))["trouble"] in {"route", "name"}

    asyncio.run(work())
    assert int(on_machine(breakfix, SITE, "pc", SHELLS)) == 0


def test_a_display_tells_no_cause_and_a_look_changes_nothing(
    jupyter: Jupyter, breakfix: Run
) -> None:
    """Another program on the till's port is nothing that the display shows; after the repair it
    shows the till, and looking has written nothing on the machine nor in the journal."""
    start(breakfix, TILL, "port-taken")

    async def work() -> None:
        async with jupyter.socket(f"panel/{TILL}") as panel:
            await panel.state(lambda one: one["view"])
            broken = await looked(panel, "counter")
            assert broken["trouble"] == "silent"
            assert broken["silent"]["nl"].startswith("geen verbinding met kassa ")
            assert (broken["address"], broken["status"], broken["shown"]) == ("", 0, None)
            on_machine(breakfix, TILL, "till", "sudo true; touch /tmp/mark; sleep 1")
            before = session(breakfix)
            for _ in range(3):
                await looked(panel, "counter")
            assert session(breakfix) == before
            changed = "sudo find / -xdev -newer /tmp/mark -type f ! -path '/var/log/*'"
            assert on_machine(breakfix, TILL, "till", changed) == ""
            on_machine(
                breakfix, TILL, "till",
                "sudo systemctl stop prijsscherm && sudo systemctl restart kassa",
            )  # fmt: skip
            shown = (await looked_until(panel, "counter", None))["shown"]
            assert "toestand: klaar" in shown["text"]
            on_machine(breakfix, TILL, "till", "sudo systemctl stop kassa")
            assert (await looked(panel, "counter"))["trouble"] == "silent"

    asyncio.run(work())


def session(breakfix: Run) -> object:
    """What the session says of itself, but for the time."""
    view = json.loads(breakfix("lab", "status", TILL, "--json").stdout)
    return {name: value for name, value in view.items() if name != "seconds"}


HOSTILE = (
    '<title>Hack</title><meta http-equiv="refresh" content="0;url=http://x/"><base href="//x/">'
    "<script>window.hacked=1</script><svg onload=alert(1)></svg><img src=x onerror=alert(1)>"
    '<form action="/"><input value="v" onfocus=alert(1)></form><a href="javascript:1">k</a><p>dag'
)
LEFT = '<input value="v" disabled=""><a>k</a><p>dag</p>'


def test_what_a_machine_sends_is_made_harmless(jupyter: Jupyter, breakfix: Run) -> None:
    """A learner's own server in the place of the site gets its page shown without teeth, leads
    nobody elsewhere, and can make a look neither long nor large."""
    start(breakfix, SITE, "hosts-entry")

    async def work() -> None:
        async with jupyter.socket(f"panel/{SITE}") as panel:
            state = await panel.state(lambda one: one["view"])
            (screen,) = state["view"]["screens"]
            host = screen["address"].split("/")[2]
            own = f"printf '127.0.0.1 {host}\\n' | sudo tee /etc/hosts >/dev/null"
            on_machine(breakfix, SITE, "pc", own)
            for head, body, expected in (
                ("200 OK\nContent-Type: text/html", HOSTILE, None),
                ("302 Found\nLocation: http://169.254.169.254/", "", "away"),
                ("302 Found\nLocation: file:///etc/passwd", "", "away"),
                (f"302 Found\nLocation: http://{host}:22/", "", "away"),
                ("500 Oops", "", "server"),
                ("404 Gone", "", "not-there"),
                ("200 OK\nContent-Type: image/png", "\\211PNG", "odd"),
                ("200 OK\nContent-Length: 9999", "half", "ended"),
            ):
                answer = f"HTTP/1.1 {head}\n\n{body}".replace("\n", "\\r\\n")
                serve(breakfix, f"printf {quoted(answer)}")
                look = await looked(panel, screen["id"])
                assert look["trouble"] == expected, (head, look)
                if expected is None:
                    assert look["shown"]["page"] == {"title": "Hack", "body": LEFT, "language": ""}
            serve(breakfix, "sleep 15")
            assert (await looked(panel, screen["id"]))["trouble"] == "timeout"
            serve(breakfix, "yes")
            assert (await looked(panel, screen["id"]))["trouble"] == "odd"
            serve(breakfix, "{ printf 'HTTP/1.1 200 OK\\r\\n\\r\\n<p>'; yes; }")
            flood = await looked(panel, screen["id"])
            assert flood["shown"]["cut"]
            assert len(flood["shown"]["page"]["body"]) <= 512 * 1024

    asyncio.run(work())


def quoted(text: str) -> str:
    """`text` for the inside of the machine's shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def serve(breakfix: Run, command: str) -> None:
    """Answer one visitor of the pc's own port 80 with what `command` prints."""
    once = f"{command} | timeout 20 nc -N -l 127.0.0.1 80 >/dev/null 2>&1"
    started = f"sudo setsid sh -c {quoted(once)} >/dev/null 2>&1 </dev/null &"
    gone = "sudo pkill -x nc; while pgrep -x nc; do sleep 0.1; done"
    there = "until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.1; done"
    on_machine(breakfix, SITE, "pc", f"{gone}; {started} timeout 30 sh -c {quoted(there)}")
