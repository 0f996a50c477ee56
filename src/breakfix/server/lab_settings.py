"""JupyterLab's own settings for the desk, in a folder of ours: no other JupyterLab changes."""

from __future__ import annotations

import json
from pathlib import Path

from breakfix.messages import Language
from breakfix.server.keeping import keep

#: The names that JupyterLab's language packs have.
_LOCALES = {Language.NL: "nl_NL", Language.EN: "en"}
#: JupyterLab does not ask whether to show news of its makers.
_QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
#: Lines and columns say nothing to a learner; the menu View brings them back.
_CALM = {"@jupyterlab/statusbar-extension:plugin": {"visible": False}}
#: What only programmers and teachers use; it has no Dutch, and stands in a learner's way.
_NOT_FOR_LEARNERS = (
    "@jupyter-notebook/lab-extension:interface-switcher",
    "@jupyter/nbgrader:course-list",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:formgrader",
    "@jupyter/nbgrader:validate-assignment",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
)


def desk_settings(state: Path, language: Language) -> Path:
    """The settings of the learner's desk, written anew. It begins with our list of labs."""
    folder = _desk(state)
    page = {"breakfixDesk": "yes", "disabledExtensions": _NOT_FOR_LEARNERS}
    keep(folder / "page_config.json", json.dumps(page))
    keep(folder / "overrides.json", json.dumps(_QUIET | _CALM))
    speak(state, language)
    return folder


def course_settings(state: Path) -> Path:
    """The settings of a teacher's JupyterLab, written anew."""
    folder = state / "jupyterlab-course"
    keep(folder / "overrides.json", json.dumps(_QUIET))
    return folder


def own_choices(settings: Path) -> Path:
    """Where a JupyterLab with these settings keeps what its user chose."""
    return settings / "user-settings"


def speak(state: Path, language: Language) -> None:
    """From the next load of a page on, the desk's JupyterLab speaks `language`."""
    # As if it was chosen in the menu: what is written elsewhere is read only when a server starts.
    file = "@jupyterlab/translation-extension/plugin.jupyterlab-settings"
    chosen = json.dumps({"locale": _LOCALES[language]})
    keep(own_choices(_desk(state)) / file, chosen)


def _desk(state: Path) -> Path:
    return state / "jupyterlab"
