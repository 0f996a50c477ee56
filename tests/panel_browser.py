"""A browser as the panel's server sees one: plain requests and sockets, with a login."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

TOKEN = "let-me-in"
SECONDS = 60.0


class Browser:
    """A browser that is logged in on the server at `port`."""

    port: int

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str = TOKEN,
        under: str = "breakfix/",
        **headers: str,
    ) -> tuple[int, Any]:
        """The status and the JSON of a plain request; `under` says in whose part of the server."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{under}{path}", data, method=method,
            headers={"Authorization": f"token {token}", **headers},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")

    @asynccontextmanager
    async def socket(self, path: str, *, token: str = TOKEN, **more: str) -> AsyncIterator[Socket]:
        """A socket of the panel; raises HTTPClientError when it is refused."""
        headers = ({"Authorization": f"token {token}"} if token else {}) | more
        address = f"ws://127.0.0.1:{self.port}/breakfix/{path}"
        try:
            made = await websocket_connect(HTTPRequest(address, headers=headers))
        except HTTPClientError:
            # The client closes what was refused a moment later.
            await asyncio.sleep(0.05)
            raise
        socket = Socket(made)
        socket.at_once()
        try:
            yield socket
        finally:
            made.close()
            while not socket.ended:
                await socket.next()


@dataclass
class Socket:
    """The browser's side of one socket."""

    inner: WebSocketClientConnection
    ended: bool = False

    def at_once(self) -> None:
        """Send small messages at once, as browsers do."""
        stream = self.inner.protocol.stream if self.inner.protocol is not None else None
        assert stream is not None
        stream.set_nodelay(True)

    async def send(self, **message: object) -> None:
        """Send one message."""
        await self.inner.write_message(json.dumps(message))

    async def next(self) -> Any:  # noqa: ANN401 (JSON, or bytes)
        """The next message: JSON, bytes as they are, None at the end."""
        found = await asyncio.wait_for(self.inner.read_message(), SECONDS)
        self.ended = found is None
        return json.loads(found) if isinstance(found, str) else found

    async def until(self, true: Callable[[Any], object]) -> Any:  # noqa: ANN401 (as above)
        """The first message for which `true` holds."""
        while not true(found := await self.next()):
            assert found is not None, "the socket was closed"
        return found

    async def state(self, true: Callable[[Any], object] = bool) -> Any:  # noqa: ANN401 (as above)
        """The first state for which `true` holds."""
        return await self.until(
            lambda found: isinstance(found, dict) and found.get("kind") == "state" and true(found)
        )

    async def do(self, verb: str, **more: object) -> Any:  # noqa: ANN401 (as above)
        """Ask for a verb: the state after it, or how it failed."""
        await self.send(id=1, do=verb, **more)
        failed, began = None, False
        while True:
            found = await self.until(lambda one: one.get("kind") in {"state", "failed"})
            if found["kind"] == "failed":
                failed = found
            elif found["busy"] is not None:
                began = began or found["busy"]["verb"] == verb
            elif began:
                return failed or found
