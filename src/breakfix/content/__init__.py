"""Lab folders: read them, find them, lint them, begin a new one, make their notebook."""

from breakfix.content.actions import Action
from breakfix.content.catalog import Catalog
from breakfix.content.lint import lint
from breakfix.content.loaded import LoadedFault, LoadedLab
from breakfix.content.new import create
from breakfix.content.notebook import notebook
from breakfix.content.problem import Problem, Problems
from breakfix.content.reader import read_lab

__all__ = [
    "Action",
    "Catalog",
    "LoadedFault",
    "LoadedLab",
    "Problem",
    "Problems",
    "create",
    "lint",
    "notebook",
    "read_lab",
]
