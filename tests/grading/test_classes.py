from __future__ import annotations

from typing import Any

import pytest
from nbgrader.converters import Autograde
from nbgrader.exchange import ExchangeFactory
from nbgrader.preprocessors import Execute
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from breakfix.grading.classes import LEARNER, NAMED, configure_grading, configure_learner
from breakfix.grading.collect import SafeCollect
from breakfix.grading.generating import api_of
from breakfix.grading.submit import CheckedSubmit
from tests.grading.school import School

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def steps(autograde: Any) -> list[type]:  # noqa: ANN401
    """Every step of autograde, in order."""
    named = [*autograde.sanitize_preprocessors, *autograde.autograde_preprocessors]
    return [import_item(step) if isinstance(step, str) else step for step in named]


def test_nothing_that_runs_a_notebook_is_a_step(school: School) -> None:
    """As a course is set up, no step of autograde is nbgrader's Execute or derived from it."""
    api = api_of(school.folder)
    found = steps(Autograde(coursedir=api.coursedir, parent=api))
    assert found
    assert not any(issubclass(step, Execute) for step in found)
    assert not any(hasattr(step, "async_execute_cell") for step in found)


def test_stock_nbgrader_would_run_the_notebook() -> None:
    """The step that must not be there is there by default: the test before can fail."""
    assert any(issubclass(step, Execute) for step in steps(Autograde()))


def test_collect_and_submit_are_ours(school: School) -> None:
    """Both sides of the exchange are those that check."""
    api = api_of(school.folder)
    assert api.exchange.collect is SafeCollect
    c = Config()
    configure_learner(c)
    assert ExchangeFactory(config=c).submit is CheckedSubmit


@pytest.mark.parametrize("configure", [configure_grading, configure_learner])
def test_sizes_leave_the_deciding_to_us(configure: Any) -> None:  # noqa: ANN401
    """Nbgrader's own bounds, which drop files silently or stop for everybody, are out of the
    way on both sides."""
    c = Config()
    configure(c)
    assert c.CourseDirectory.max_file_size == c.CourseDirectory.max_dir_size == 600_000


def test_the_course_names_every_class_in_its_own_file(school: School) -> None:
    """Each class stands in the text of nbgrader_config.py, so that without breakfix nbgrader can't
    fall back to its own."""
    text = (school.folder.root / "nbgrader_config.py").read_text("utf-8")
    assert all(f"c.{place} = {value!r}" in text for place, value in NAMED.items())
    learners = next(school.folder.root.glob("nbgrader_config-*.py")).read_text("utf-8")
    assert all(f"c.{place} = {value!r}" in learners for place, value in LEARNER.items())
