"""nbgrader's configuration of a course: the file that is written, and what it then sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from breakfix.grading import classes
from breakfix.grading.folder import CourseFolder
from breakfix.messages import say

_HEAD = """\
# nbgrader reads this file when it is started in this folder.
# The classes are named here first: where breakfix cannot be loaded, nbgrader then refuses to grade.
# Without them it would run what learners wrote.
c = get_config()
{classes}
"""
_TAIL = """
from breakfix.grading.configured import configure

configure(c, __file__)

# Your own settings, for instance another place for the exchange of your class:
{exchange}
"""
_EXCHANGE = 'c.Exchange.root = "{root}"'


_LEARNER = """\
# For learners: as ~/.jupyter/nbgrader_config.py, or for all in /etc/jupyter.
c = get_config()
c.CourseDirectory.course_id = "{course}"
c.Exchange.root = "{exchange}"
{classes}
"""


def learner_config_text(course: str, exchange: Path) -> str:
    """The text of the configuration that learners of a class need."""
    named = "\n".join(f"c.{name} = {value!r}" for name, value in classes.LEARNER.items())
    return _LEARNER.format(course=course, exchange=exchange, classes=named)


def config_text(exchange: Path | None) -> str:
    """The text of `nbgrader_config.py`."""
    named = "\n".join(f"c.{name} = {value!r}" for name, value in classes.NAMED.items())
    line = _EXCHANGE.format(root=exchange or "/usr/local/share/nbgrader/exchange")
    told = line if exchange else f"# {line}"
    return _HEAD.format(classes=named) + _TAIL.format(exchange=told)


def configure(c: Any, file: str) -> None:  # noqa: ANN401 (traitlets' Config has no types)
    """Set nbgrader up for the course whose configuration `file` is. Raises CourseError."""
    classes.configure_grading(c)
    folder = CourseFolder(Path(file).resolve().parent)
    course = folder.read()
    c.CourseDirectory.root = str(folder.root)
    c.CourseDirectory.course_id = course.id
    c.CourseDirectory.db_url = folder.database
    c.ClearSolutions.text_stub = say("handout.answer-here", course.language)
