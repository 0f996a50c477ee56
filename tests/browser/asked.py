"""The plain requests of the server without labs, and its page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tornado import web

import breakfix
from breakfix.codec import to_data
from breakfix.content.profile import profile
from breakfix.messages import Language, catalogue, say
from breakfix.model.logbook import Logbook
from breakfix.model.progress import Progress
from breakfix.model.recording import MOST
from breakfix.model.value import Value
from breakfix.server.state import told
from breakfix.server.wording import words

if TYPE_CHECKING:
    from tests.browser.desk import Fake

EXTENSION = Path(breakfix.__file__).parent / "ui" / "breakfix"
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>desk</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<style>body{{margin:0;padding:{space};--jp-code-font-family:'DejaVu Sans Mono',monospace}}
body[data-jp-theme-light=false]{{background:#111}} main{{height:{height}}}</style></head>
<body data-jp-theme-light="{light}" data-jp-theme-name="x"><main></main>
<script src="/static/{script}"></script><script>
const asked = new URLSearchParams(location.search);
window._JUPYTERLAB.breakfix.get('./panel').then(async make => {{
  const {{mountPanel, mountLabs, mountLogbook, mountProgress, Catalogue}} = make().default;
  const main = document.querySelector('main');
  window.opened = [];
  const onOpen = path => window.opened.push(path);
  window.catalogue = new Catalogue();
  window.unmount = asked.get('screen') === 'progress' ? mountProgress(main, window.catalogue)
    : asked.get('screen') === 'logbook' ? mountLogbook(main, window.catalogue)
    : asked.get('screen') === 'panel'
    ? mountPanel(main, {{slug: 'no-internet', notebook: asked.get('state')}})
    : mountLabs(main, {{catalogue: window.listed = new Catalogue(),
        wide: asked.get('screen') === 'home', onOpen,
        pages: [{{title: 'progress-page.title', icon: 'list', show: () => onOpen('progress')}},
          {{title: 'logbook.title', icon: 'book', show: () => onOpen('logbook')}}]}});
}});
</script></body></html>"""


class _Handler(web.RequestHandler):
    """A request to a server that may have gone away, or not know who asks."""

    def initialize(self, fake: Fake) -> None:
        self.fake = fake

    def prepare(self) -> None:
        if not self.fake.answers:
            raise web.HTTPError(503)
        if self.fake.stranger:
            raise web.HTTPError(403)
        if self.fake.breaks:
            raise web.HTTPError(500)


class Page(web.RequestHandler):
    """The page itself."""

    def get(self) -> None:
        """The page, with the script that is shipped."""
        script = next((EXTENSION / "static").glob("*.js")).name
        panel = self.get_argument("screen") == "panel"
        light = "false" if self.get_argument("theme", "light") == "dark" else "true"
        self.finish(
            PAGE.format(
                script=script,
                light=light,
                space="8px" if panel else "0",
                height="auto" if panel else "100vh",
            )
        )


class WordsAsked(_Handler):
    """The words."""

    def get(self) -> None:
        """The words of one language."""
        language = Language(self.get_argument("language"))
        self.finish({"language": language.value, "words": words(language)})


class EngineAsked(_Handler):
    """The engine."""

    def get(self) -> None:
        """Why no machine can run, when there is a reason."""
        wrong = self.fake.engine
        self.finish({"trouble": told(wrong, self.fake.language) if wrong else None})


class _Refusing(_Handler):
    """A request that may be refused with a sentence of ours."""

    def prepare(self) -> None:
        super().prepare()
        if self.fake.refuses:
            self.set_status(409)
            self.finish(told(self.fake.refuses, self.fake.language))


class LabsAsked(_Refusing):
    """The list of labs."""

    def get(self) -> None:
        """A few labs."""
        known = catalogue(Language.NL), catalogue(Language.EN)
        modules = [
            {"id": one, "nl": known[0][f"module.{key}"], "en": known[1][f"module.{key}"]}
            for one, key in (("m000-start", "m000"), ("m020-os", "m020"), ("m021-network", "m021"))
        ]
        labs = [{**_plain(lab), "notebook": None} for lab in self.fake.labs]
        self.finish({"language": self.fake.language.value, "labs": labs, "modules": modules})

    def post(self, slug: str) -> None:
        """Open one."""
        self.finish({"path": f"{slug}.ipynb"})


class RecordingsAsked(_Refusing):
    """The recordings."""

    def get(self, slug: str, number: str = "") -> None:
        """The recordings, or one of them."""
        self.fake.asked_for.append(f"{slug}/{number}")
        if number:
            self.finish({"cast": self.fake.cast})
        else:
            self.finish({"recordings": list(map(to_data, self.fake.recordings)), "most": MOST})


class ProgressAsked(_Refusing):
    """What was shown."""

    def get(self) -> None:
        """The whole profile, and what was shown."""
        shown = _plain(Progress(profile().modules, self.fake.occasions))
        titles = [
            {one.value: say(f"module.m{module.id}", one) for one in Language}
            for module in profile().modules
        ]
        self.finish({"language": self.fake.language.value, "titles": titles, **shown})


class LogbookAsked(_Refusing):
    """The logbook."""

    def get(self) -> None:
        """Every attempt."""
        kept = _plain(Logbook(self.fake.entries))
        self.finish({"language": self.fake.language.value, **kept})

    def put(self, name: str) -> None:
        """Keep a note."""
        if not self.fake.keeps:
            raise web.HTTPError(503)
        text = json.loads(self.request.body)["text"]
        self.fake.notes.append(text)
        known = {one.id: one for one in self.fake.entries}
        known[name] = replace(known[name], note=text, noted=1_796_000_000.0)
        self.fake.entries = tuple(known.values())
        self.finish(_plain(known[name]))


class LanguageAsked(_Handler):
    """The language."""

    def put(self) -> None:
        """Speak another language from now on."""
        self.fake.language = Language(json.loads(self.request.body)["language"])
        for panel in list(self.fake.panels):
            panel.tell()
        self.set_status(204)


def _plain(value: Value) -> dict[str, object]:
    data = to_data(value)
    assert isinstance(data, dict)
    return data
