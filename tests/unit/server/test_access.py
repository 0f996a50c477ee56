"""Who may reach the panel, from where, for what, and how much they may send."""

from __future__ import annotations

import asyncio
import re
import urllib.request
from collections.abc import Coroutine
from typing import Any
from unittest.mock import patch

import pytest
from tornado.httpclient import HTTPClientError

from breakfix.ports.scripts import panel_script, panel_version
from breakfix.server.asked import MOST_BYTES
from breakfix.server.routes import _ROUTES
from tests.panel_browser import TOKEN
from tests.unit.server.serving import LAB, Serving

PANEL = f"panel/{LAB}"
TERMINAL = f"terminal/{LAB}/pc?id={'0' * 16}"
#: What stands in a route for a name, and a name that fits.
NAMES = {
    r"([a-z0-9][a-z0-9-]{0,63}\.[0-9]{1,16})": f"{LAB}.1",
    r"(\d{2,4}-[a-z0-9-]{1,64})": "01-pc",
    r"([a-z0-9][a-z0-9-]{0,63})": LAB,
}


def address(route: str) -> str:
    """An address that a route answers."""
    for pattern, name in NAMES.items():
        route = route.replace(pattern, name)
    return route.replace("\\", "")


#: Every plain request that the server answers, the script apart, which needs no right of its own.
PLAIN = [
    (method, address(route))
    for route, handler in _ROUTES
    for method in ("GET", "PUT", "POST", "DELETE", "PATCH")
    if route.startswith("api/") and method.lower() in vars(handler)
]


def run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 (what the work comes to)
    """Do the browser's side."""
    return asyncio.run(work)


def refused(served: Serving, path: str, **more: str) -> int:
    """The status with which a socket is refused; 101 when it is not."""

    async def opening() -> int:
        try:
            async with served.socket(path, **more):
                return 101
        except HTTPClientError as error:
            return error.code

    return int(run(opening()))


def cookie(served: Serving) -> str:
    """The cookies of somebody who logged in."""
    address = f"http://127.0.0.1:{served.port}/login?token={TOKEN}"

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        answer = urllib.request.build_opener(Stay).open(address, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        cookies = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(one.partition(";")[0] for one in cookies)


def test_no_route_is_forgotten() -> None:
    """Every route is a socket, the script, or asked without a right below, with an address that it
    answers."""
    asked = {path for _, path in PLAIN} | {PANEL, TERMINAL.partition("?")[0], "panel.js"}
    assert len(asked) == len(_ROUTES)
    assert [one for one, _ in _ROUTES if not any(re.fullmatch(one, path) for path in asked)] == []


@pytest.mark.parametrize("token", ["", "wrong"])
@pytest.mark.parametrize("path", [PANEL, TERMINAL])
def test_a_socket_needs_a_login(started: Serving, path: str, token: str) -> None:
    """Without a token, or with a wrong one, no socket opens."""
    assert refused(started, path, token=token) == 403


@pytest.mark.parametrize(("method", "path"), [*PLAIN, ("GET", "panel.js")])
def test_a_request_needs_a_login(started: Serving, method: str, path: str) -> None:
    """Without a valid token no plain request is answered."""
    assert started.ask(method, path, {"language": "nl"}, token="wrong")[0] == 403


@pytest.mark.parametrize(
    ("version", "kept"), [(panel_version(), "immutable"), ("of-another-day", "no-cache")]
)
def test_the_script_is_kept_by_its_version(started: Serving, version: str, kept: str) -> None:
    """Whoever is logged in gets the panel's script, and may keep it when its version was named."""
    address = f"http://127.0.0.1:{started.port}/breakfix/panel.js?v={version}"
    asked = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 (our own address)
        assert answer.read() == panel_script().read_bytes()
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert kept in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", [PANEL, TERMINAL])
def test_a_foreign_page_opens_no_socket(started: Serving, path: str) -> None:
    """A logged-in browser's socket opens from Jupyter's own page, and from no other."""
    own, logged_in = f"http://127.0.0.1:{started.port}", cookie(started)
    assert refused(started, path, token="", Cookie=logged_in, Origin=own) == 101
    elsewhere = "http://elsewhere.example"
    assert refused(started, path, token="", Cookie=logged_in, Origin=elsewhere) == 403


@pytest.mark.parametrize(("method", "path"), [one for one in PLAIN if one[0] != "GET"])
def test_a_change_needs_the_page_s_own_mark(started: Serving, method: str, path: str) -> None:
    """With the login's cookie alone, which any page can make a browser send, nothing changes."""
    headers = {"Authorization": "", "Cookie": cookie(started)}
    assert started.ask(method, path, {"language": "nl"}, **headers)[0] == 403


@pytest.mark.parametrize("path", [PANEL, TERMINAL])
def test_the_authoriser_decides_on_sockets(started: Serving, path: str) -> None:
    """Who may run nothing on this server gets no socket."""
    with patch.object(type(started.app.authorizer), "is_authorized", lambda *_: False):
        assert refused(started, path) == 403


@pytest.mark.parametrize(("method", "path"), PLAIN)
def test_the_authoriser_decides_on_requests(started: Serving, method: str, path: str) -> None:
    """Who may run nothing on this server gets no answer."""
    with patch.object(type(started.app.authorizer), "is_authorized", lambda *_: False):
        assert started.ask(method, path, {"language": "nl"})[0] == 403


@pytest.mark.parametrize("path", [
    f"terminal/{LAB}/nobody?id={'0' * 16}",
    f"terminal/{LAB}/{LAB}-pc?id={'0' * 16}",
    f"terminal/{LAB}/pc?id=1",
    f"terminal/{LAB}/pc?id={'G' * 16}",
    f"terminal/{LAB}/pc",
    f"terminal/{LAB}/..%2Fpc?id={'0' * 16}",
    f"terminal/{LAB}/pc;id?id={'0' * 16}",
    "panel/..%2Ftiny",
    f"panel/{'a' * 65}",
])  # fmt: skip
def test_only_names_of_the_session_are_found(started: Serving, path: str) -> None:
    """A machine that is not the session's, and what is no name or id at all, is not found."""
    assert refused(started, path) == 404
    assert started.terminals == []


@pytest.mark.parametrize("path", [PANEL, TERMINAL])
def test_a_message_that_is_too_long_ends_the_socket(started: Serving, path: str) -> None:
    """More than 64 KiB in one message closes the socket, and nothing of it is done."""

    async def sending() -> int | None:
        async with started.socket(path) as socket:
            await socket.next()
            await socket.send(t="in", d="x" * MOST_BYTES)
            while await socket.next() is not None:
                pass
            return socket.inner.close_code

    assert run(sending()) == 1009
    assert not any(terminal.typed for terminal in started.terminals)


@pytest.mark.parametrize("text", [
    "nonsense", "[]", '{"id": 1}', '{"id": 1, "do": "dance"}', '{"id": 1, "do": "diagnose"}',
    '{"id": 1, "do": "check", "more": 1}', '{"id": "1", "do": "check"}',
])  # fmt: skip
def test_a_panel_says_what_it_does_not_understand(started: Serving, text: str) -> None:
    """A message that is no verb, or not all of one, is answered with a sentence."""

    async def sending() -> Any:  # noqa: ANN401 (JSON)
        async with started.socket(PANEL) as panel:
            await panel.state()
            await panel.inner.write_message(text)
            return await panel.until(lambda found: found["kind"] == "failed")

    assert run(sending())["key"] == "panel.not-understood"


@pytest.mark.parametrize(
    "text", ["nonsense", "{}", '{"t": "run", "d": "x"}', '{"t": "in", "d": 1}']
)
def test_a_terminal_takes_no_nonsense(started: Serving, text: str) -> None:
    """What is no frame closes the terminal's socket."""

    async def sending() -> int | None:
        async with started.socket(TERMINAL) as terminal:
            await terminal.next()
            await terminal.inner.write_message(text)
            while await terminal.next() is not None:
                pass
            return terminal.inner.close_code

    assert run(sending()) == 1008


@pytest.mark.parametrize("notebook", ["../x.ipynb", "a/../../x.ipynb", "..%2Fx.ipynb"])
def test_a_notebook_outside_is_no_place_to_work(served: Serving, notebook: str) -> None:
    """A panel that says that its notebook is outside Jupyter's folder can do nothing."""

    async def starting() -> Any:  # noqa: ANN401 (JSON)
        async with served.socket(f"{PANEL}?notebook={notebook}") as panel:
            found = await panel.state()
            return found, await panel.do("start")

    state, failed = run(starting())
    assert state["trouble"]["key"] == failed["key"] == "panel.not-understood"
    assert served.runtime.machines == {}
