"""`panel/<slug>`: the whole state out, verbs in."""

from __future__ import annotations

import asyncio

from breakfix.errors import SessionError
from breakfix.server.asked import Glance, read_asked
from breakfix.server.guard import GuardedSocket
from breakfix.server.live import LiveLab, failure
from breakfix.server.place import Place, find_place


class PanelSocket(GuardedSocket):
    """One open panel; see `breakfix.server.live.Panel`."""

    lab: LiveLab | None = None
    place: Place

    async def look_up(self, *names: str) -> None:
        """Find where the panel stands. Any name is taken: a panel of a lab that is gone is told."""
        desk, notebook = self.desk, self.get_query_argument("notebook", "")
        self.place = await desk.hands.calls.run(
            lambda: find_place(desk.makings, desk.root, notebook, names[0])
        )

    def open(self, *names: str, **more: str) -> None:
        """Tell everything from now on."""
        super().open(*names, **more)
        self.lab = self.desk.lab(names[0])
        self.lab.join(self)

    def on_message(self, message: str | bytes) -> None:
        """Do a verb."""
        if self.lab is None:
            return
        self.note_activity()
        try:
            asked = read_asked(message)
        except SessionError as error:
            self.say(failure(-1, "", error, self.lab.choice.language))
            return
        lab = self.lab
        work = lab.glance(self, asked) if isinstance(asked, Glance) else lab.ask(self, asked)
        task = asyncio.ensure_future(work)
        _DOING.add(task)
        task.add_done_callback(_DOING.discard)

    def on_close(self) -> None:
        """Nobody looks any more."""
        super().on_close()
        if self.lab is not None:
            self.desk.leave(self.lab, self)

    def send(self, text: str) -> None:
        """Send one message."""
        self.say(text)


#: Verbs at work: the loop itself would forget them.
_DOING: set[asyncio.Future[None]] = set()
