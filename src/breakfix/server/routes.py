"""Putting the panel into a Jupyter server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join

from breakfix.server.api import (
    EngineHandler,
    LabsHandler,
    LanguageHandler,
    LogbookHandler,
    NoteHandler,
    OpenHandler,
    ProgressHandler,
    RecordingHandler,
    RecordingsHandler,
    ScriptHandler,
    WordsHandler,
)
from breakfix.server.makings import Makings
from breakfix.server.opening import Opening
from breakfix.server.panel_socket import PanelSocket
from breakfix.server.terminal_socket import TerminalSocket

_NAME = r"([a-z0-9][a-z0-9-]{0,63})"
_ENTRY = r"([a-z0-9][a-z0-9-]{0,63}\.[0-9]{1,16})"
_ROUTES: tuple[tuple[str, type[Any]], ...] = (
    ("api/words", WordsHandler),
    ("api/language", LanguageHandler),
    ("api/labs", LabsHandler),
    ("api/engine", EngineHandler),
    (f"api/labs/{_NAME}/open", OpenHandler),
    (f"api/labs/{_NAME}/recordings", RecordingsHandler),
    (rf"api/labs/{_NAME}/recordings/(\d{{2,4}}-[a-z0-9-]{{1,64}})", RecordingHandler),
    ("api/progress", ProgressHandler),
    (r"panel\.js", ScriptHandler),
    ("api/logbook", LogbookHandler),
    (f"api/logbook/{_ENTRY}", NoteHandler),
    (f"panel/{_NAME}", PanelSocket),
    (f"terminal/{_NAME}/{_NAME}", TerminalSocket),
)


def load(server: Any, make: Callable[[], Makings]) -> Opening:  # noqa: ANN401 (no types there)
    """Answer the panel's addresses in `server`; `make` is called in a thread."""
    root = getattr(server.contents_manager, "root_dir", "") or server.root_dir
    opening = Opening(make, Path(root).expanduser().resolve())
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "breakfix", address), handler, {"opening": opening})
            for address, handler in _ROUTES
        ],
    )
    return opening
