"""How nbgrader's autograde reads what a learner handed in, and what stands around its loop.

nbgrader has no place for a class of ours instead of its `Autograde`, but it makes an exporter at
the start of each run: that is where this steps in.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde

from breakfix.errors import BreakfixError
from breakfix.grading.cells import plain_notebook
from breakfix.grading.handed import cells_in, read_data
from breakfix.grading.one_by_one import OneByOne
from breakfix.model.grading import Verdict


class HandedInExporter(NotebookExporter):
    """The exporter of autograde (`c.Autograde.exporter_class`).

    `verdict` is that of the submission that is being graded; `trouble` is what stopped it.
    """

    verdict: Verdict | None = None
    trouble: BreakfixError | None = None

    def __init__(self, **kw: Any) -> None:  # noqa: ANN401
        start: Any = super().__init__
        start(**kw)
        if isinstance(self.parent, Autograde):
            converter: Any = self.parent
            converter.convert_notebooks = OneByOne(converter, self).convert

    def from_file(
        self,
        file_stream: Any,  # noqa: ANN401
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """A learner's notebook, of which only texts are taken. The one that was rebuilt is ours."""
        if not getattr(self.parent, "_sanitizing", True):
            return super().from_file(file_stream, resources, **kw)
        plain = plain_notebook(cells_in(read_data(file_stream.buffer)))
        return self.from_notebook_node(plain, resources, **kw)

    def from_notebook_node(
        self,
        nb: nbformat.NotebookNode,
        resources: Any = None,  # noqa: ANN401
        **kw: Any,  # noqa: ANN401
    ) -> tuple[Any, dict[str, Any]]:
        """Convert one notebook; an error that has a sentence is kept, to be said at the end."""
        try:
            convert: Any = super().from_notebook_node
            made: tuple[Any, dict[str, Any]] = convert(nb, resources, **kw)
        except BreakfixError as error:
            self.trouble = error
            raise
        return made
