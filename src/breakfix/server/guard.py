"""What every address of the panel asks first: who you are, what you may, where you come from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from breakfix.server.asked import MOST_BYTES
from breakfix.server.desk import Desk
from breakfix.server.opening import Opening

#: What Jupyter's authoriser is asked about: a panel runs commands, as a terminal does.
RESOURCE = "terminals"


class GuardedSocket(WebSocketMixin, JupyterHandler, WebSocketHandler):  # the order is Jupyter's own
    """A socket for people who are logged in and may run things, from Jupyter's own pages."""

    auth_resource = RESOURCE
    opening: Opening
    desk: Desk

    def initialize(self, opening: Opening) -> None:
        """Take what the panels share."""
        self.opening = opening

    def set_default_headers(self) -> None:
        """A socket has none of the headers of a page."""

    def get_compression_options(self) -> None:
        """Uncompressed: it never leaves this computer, and waiting for it would be felt."""

    @property
    def max_message_size(self) -> int:
        """How long a message may be; a longer one closes the socket."""
        return MOST_BYTES

    async def get(self, *names: str, **more: str) -> None:
        """Open the socket, when everything is as it must be."""
        user = self.current_user
        if not user:
            raise web.HTTPError(403)
        allowed = self.authorizer.is_authorized(self, user, "execute", self.auth_resource)
        if not await ensure_async(allowed):
            raise web.HTTPError(403)
        # Before anything is looked up: a page from elsewhere learns nothing.
        if not self.check_origin(self.get_origin()):
            raise web.HTTPError(403)
        self.desk = await self.opening.desk()
        await self.look_up(*names)
        await super().get(*names, **more)

    async def look_up(self, *names: str) -> None:
        """Find what the address names. Raises HTTPError 404."""

    def open(self, *names: str, **more: str) -> None:
        """The socket is open."""
        super().open(*names, **more)
        self.set_nodelay(True)

    def say(self, message: str | bytes) -> None:
        """Send a message; nothing when the socket was closed meanwhile."""
        try:
            self.write_message(message, binary=isinstance(message, bytes))
        except WebSocketClosedError:
            return

    def note_activity(self) -> None:
        """Somebody works here, so a server that ends by itself when nobody does must stay."""
        self.settings["api_last_activity"] = datetime.now(UTC)

    def data_received(self, chunk: bytes) -> Any:  # noqa: ANN401 (tornado's own)
        """Nothing is received but messages."""
