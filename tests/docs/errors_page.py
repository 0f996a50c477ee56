"""The part of docs/errors.md that lists every sentence an error can carry.

`make pages` writes it anew: `python -m tests.docs.errors_page`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import breakfix
from breakfix import errors
from breakfix.messages import Language, catalogue
from tests.docs.pages import DOCS

PAGE = DOCS / "errors.md"
BEGIN, END = "<!-- From here on written by `make pages`. -->\n", "<!-- Until here. -->\n"
SOURCE = Path(breakfix.__file__).parent
#: What makes an outcome of a check that could not look, which carries a key like an error does.
_ALSO = {"error_outcome": "NotObservable"}
#: How click is told that a command was given wrongly.
USAGE = "UsageError"
_USAGE = {USAGE, "ClickException", "BadParameter", "fail"}


def kinds() -> dict[str, type[errors.BreakfixError]]:
    """Every kind of error, by name, in the order of the tree."""
    return {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.BreakfixError)
    }


def raised() -> dict[str, set[str]]:
    """The keys that each kind of error can carry, by kind."""
    found: dict[str, set[str]] = {name: set() for name in [*kinds(), USAGE]}
    for path in sorted(SOURCE.rglob("*.py")):
        for kind, key in raised_in(path.read_text("utf-8")):
            found[kind].add(key)
    return found


def raised_in(source: str) -> Iterator[tuple[str, str]]:
    """Each kind of error that a module makes, with each key that it can get there. Where the key
    is worked out, that is any sentence that the module names outside its calls."""
    tree = ast.parse(source)
    for call, kind in _made(tree):
        yield from ((kind, key) for key in sorted(_keys(call, kind, tree)))


def wordless() -> Iterator[str]:
    """Where an error is made of which no sentence can be found: the page would miss it. Passing
    another error's key on is no such place."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for call, kind in _made(tree):
            passed_on = any(ast.unparse(arg).endswith(".key") for arg in call.args)
            if kind != USAGE and not passed_on and not _keys(call, kind, tree):
                yield f"{path.relative_to(SOURCE)}:{call.lineno}"


def part() -> str:
    """The list: a table of keys and sentences for each kind that is raised."""
    dutch, english = catalogue(Language.NL), catalogue(Language.EN)
    tables = []
    for kind, keys in raised().items():
        if keys:
            rows = [
                f"| `{key}` | {_cell(english[key])} | {_cell(dutch[key])} |" for key in sorted(keys)
            ]
            head = f"### {kind}\n\n| Key | English | Dutch |\n| --- | --- | --- |\n"
            tables.append(head + "\n".join(rows) + "\n")
    return "\n" + "\n".join(tables) + "\n"


def written(page: str) -> str:
    """`page` with the list as it must be now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + part() + END + rest.partition(END)[2]


def _made(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call that makes an error, with its kind."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (kind := _kind(call)) and call.args:
            yield call, kind


def _keys(call: ast.Call, kind: str, tree: ast.Module) -> set[str]:
    known = set(catalogue(Language.EN))
    own = [found for arg in call.args if (found := _strings(arg) & known)]
    if own or kind == USAGE:
        return own[0] if own else set()
    return _named_beside(tree) & known


def _kind(call: ast.Call) -> str:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _USAGE:
        return USAGE if any(isinstance(one, ast.Call) for one in call.args) else ""
    return name if name in kinds() else _ALSO.get(name, "")


def _strings(node: ast.AST) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def _named_beside(tree: ast.Module) -> set[str]:
    """The texts of a module that are no argument of any call: those name a sentence themselves."""
    calls = [call for call in ast.walk(tree) if isinstance(call, ast.Call)]
    said = {id(one) for call in calls for arg in call.args for one in ast.walk(arg)}
    return {
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in said
    }


def _cell(sentence: str) -> str:
    return sentence.replace("|", "\\|").replace("\n", "<br>")


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
