"""The plain requests: words, language, the list of labs, a lab's notebook and recordings, the
learner's own pages, and the script."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import TypeVar

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from breakfix.codec import to_data
from breakfix.errors import BreakfixError, ContentError, EngineError, NotFound, SessionError
from breakfix.messages import Language, catalogue, say
from breakfix.model.recording import MOST
from breakfix.ports.scripts import panel_script, panel_version
from breakfix.server.asked import MOST_BYTES
from breakfix.server.desk import Desk
from breakfix.server.guard import RESOURCE
from breakfix.server.opening import Opening
from breakfix.server.state import told
from breakfix.server.wording import words

T = TypeVar("T")
_STATUS = {NotFound: 404, SessionError: 409, ContentError: 409, EngineError: 503}


class _Handler(APIHandler):
    """A request of somebody who is logged in and allowed."""

    auth_resource = RESOURCE
    opening: Opening
    desk: Desk

    def initialize(self, opening: Opening) -> None:
        """Take what the panels share."""
        self.opening = opening

    async def ready(self) -> None:
        """Wait until everything is loaded."""
        self.desk = await self.opening.desk()

    async def answer(self, work: Awaitable[T]) -> T:
        """What `work` comes to; an error of ours is answered with its sentence."""
        try:
            return await work
        except BreakfixError as error:
            self.set_status(_status(error))
            self.finish(json.dumps(told(error, self.desk.choice.language)))
            raise web.Finish from error

    def language(self, text: str) -> Language:
        """The language of that name. Raises HTTPError 400."""
        try:
            return Language(text)
        except ValueError:
            raise web.HTTPError(400) from None


class WordsHandler(_Handler):
    """Every sentence of one language."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """The sentences that panels use."""
        await self.ready()
        language = self.language(self.get_query_argument("language", self.desk.choice.language))
        self.finish(json.dumps({"language": language.value, "words": words(language)}))


class LanguageHandler(_Handler):
    """The language of the screens."""

    @web.authenticated
    @authorized
    async def put(self) -> None:
        """Speak another one from now on."""
        await self.ready()
        if len(self.request.body) > MOST_BYTES:
            raise web.HTTPError(413)
        found = self.get_json_body()
        language = self.language(str(found.get("language")) if isinstance(found, dict) else "")
        await self.desk.choose(language)
        self.set_status(204)
        self.finish()


class LabsHandler(_Handler):
    """The labs that can be started."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Every lab, and the names of their modules."""
        await self.ready()
        found = await self.answer(self.desk.listed())
        labs = [{**_fields(lab), "notebook": notebook} for lab, notebook in found]
        modules = [_module(name) for name in sorted({lab.module for lab, _ in found})]
        language = self.desk.choice.language.value
        self.finish(json.dumps({"language": language, "labs": labs, "modules": modules}))


class EngineHandler(_Handler):
    """The engine, which the lists do not need and the machines do."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Why no lab can be worked on now, or null when one can."""
        await self.ready()
        trouble = None
        try:
            await self.desk.need_engine()
        except EngineError as error:
            trouble = told(error, self.desk.choice.language)
        self.finish(json.dumps({"trouble": trouble}))


class ProgressHandler(_Handler):
    """What the learner showed."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """The modules with their competences, and the occasions."""
        await self.ready()
        found = await self.answer(self.desk.progress())
        titles = [_module(f"m{module.id}") for module in found.modules]
        language = self.desk.choice.language.value
        self.finish(json.dumps({"language": language, "titles": titles, **_fields(found)}))


class LogbookHandler(_Handler):
    """The learner's logbook."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Every attempt, newest first, with its note."""
        await self.ready()
        found = await self.answer(self.desk.logbook())
        language = self.desk.choice.language.value
        self.finish(json.dumps({"language": language, **_fields(found)}))


class NoteHandler(_Handler):
    """A note in the logbook."""

    @web.authenticated
    @authorized
    async def put(self, entry: str) -> None:
        """Keep it, and tell the entry as it now is."""
        await self.ready()
        if len(self.request.body) > MOST_BYTES:
            raise web.HTTPError(413)
        found = self.get_json_body()
        text = found.get("text") if isinstance(found, dict) else None
        if not isinstance(text, str):
            raise web.HTTPError(400)
        self.finish(json.dumps(_fields(await self.answer(self.desk.write_note(entry, text)))))


class OpenHandler(_Handler):
    """A lab's notebook."""

    @web.authenticated
    @authorized
    async def post(self, slug: str) -> None:
        """Make it where there is none, and say where it is."""
        await self.ready()
        path = await self.answer(self.desk.notebook(slug))
        self.finish(json.dumps({"path": path}))


class ScriptHandler(_Handler):
    """The panel's script, for pages of this server that load no extensions of JupyterLab."""

    @web.authenticated
    @authorized
    def get(self) -> None:
        """The script; a page that names its version need not ask again."""
        known = self.get_query_argument("v", "") == panel_version()
        fresh = "private, max-age=31536000, immutable" if known else "no-cache"
        self.set_header("Cache-Control", fresh)
        self.finish(panel_script().read_bytes(), set_content_type="text/javascript; charset=utf-8")


class RecordingsHandler(_Handler):
    """The recordings of a lab's terminals."""

    @web.authenticated
    @authorized
    async def get(self, slug: str) -> None:
        """Which there are."""
        await self.ready()
        found = await self.answer(
            self.desk.recordings(slug, self.get_query_argument("notebook", ""))
        )
        self.finish(json.dumps({"recordings": [_fields(one) for one in found], "most": MOST}))


class RecordingHandler(_Handler):
    """One recording."""

    @web.authenticated
    @authorized
    async def get(self, slug: str, number: str) -> None:
        """The asciicast, as text inside JSON: it came from a machine, and is no page of ours."""
        await self.ready()
        notebook = self.get_query_argument("notebook", "")
        cast = await self.answer(self.desk.recording(slug, notebook, number))
        self.finish(json.dumps({"cast": cast.decode("utf-8", "replace")}))


def _fields(value: object) -> dict[str, object]:
    data = to_data(value)
    return data if isinstance(data, dict) else {}


def _module(name: str) -> dict[str, str]:
    """A module's title in every language; a module that we do not know is called by its name."""
    key = f"module.{name.partition('-')[0]}"
    titles = {
        language.value: say(key, language) if key in catalogue(language) else name
        for language in Language
    }
    return {"id": name, **titles}


def _status(error: BreakfixError) -> int:
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
