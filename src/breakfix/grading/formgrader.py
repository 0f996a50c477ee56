"""Formgrader's buttons, in a thread of their own: a replay takes seconds, and nbgrader's own
handlers would hold up the whole page, and everything else that the server serves, for that long.

The addresses and answers are nbgrader's. A course that is not ours gets nbgrader's own handlers.
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import apihandlers
from nbgrader.server_extensions.formgrader.base import check_notebook_dir, check_xsrf
from tornado import web

from breakfix.grading.folder import CourseFolder
from breakfix.grading.generating import api_of

#: One at a time: nbgrader's steps share one gradebook and one folder.
_ONE = ThreadPoolExecutor(1, thread_name_prefix="formgrader")

#: The slow buttons: where they post to, what of nbgrader's interface does it, and its own handler.
_BUTTONS = (
    ("assignment/([^/]+)/assign", "generate_assignment", apihandlers.AssignHandler),
    ("assignment/([^/]+)/release", "release_assignment", apihandlers.ReleaseHandler),
    ("assignment/([^/]+)/collect", "collect", apihandlers.CollectHandler),
    ("assignment/([^/]+)/generate_feedback", "generate_feedback",
     apihandlers.GenerateAllFeedbackHandler),
    ("assignment/([^/]+)/release_feedback", "release_feedback",
     apihandlers.ReleaseAllFeedbackHandler),
    ("assignment/([^/]+)/([^/]+)/generate_feedback", "generate_feedback",
     apihandlers.GenerateFeedbackHandler),
    ("assignment/([^/]+)/([^/]+)/release_feedback", "release_feedback",
     apihandlers.ReleaseFeedbackHandler),
    ("submission/([^/]+)/([^/]+)/autograde", "autograde", apihandlers.AutogradeHandler),
)  # fmt: skip


def load(server: Any) -> None:  # noqa: ANN401 (Jupyter Server ships no types here)
    """Put our handlers before nbgrader's; those that are added first answer."""
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "formgrader/api", address), _off_thread(verb, own))
            for address, verb, own in _BUTTONS
        ],
    )


def _off_thread(verb: str, own: type[Any]) -> type[Any]:
    """A handler that answers as `own` does, without holding up the server meanwhile."""

    class Handler(own):  # type: ignore[misc]  # nbgrader ships no types
        @web.authenticated
        @check_xsrf  # type: ignore[untyped-decorator]
        @check_notebook_dir  # type: ignore[untyped-decorator]
        async def post(self, *names: str) -> None:
            folder = CourseFolder(Path(self.coursedir.root))
            if not folder.file.exists():
                own.post(self, *names)
                return
            self.write(json.dumps(await _done(folder, verb, names)))

    return Handler


async def _done(folder: CourseFolder, verb: str, names: tuple[str, ...]) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    result: dict[str, Any] = await loop.run_in_executor(_ONE, _do, folder, verb, names)
    return result


def _do(folder: CourseFolder, verb: str, names: tuple[str, ...]) -> dict[str, Any]:
    """One of nbgrader's steps, on an interface of its own: the page's is used meanwhile."""
    result: dict[str, Any] = getattr(api_of(folder), verb)(*names)
    return result
