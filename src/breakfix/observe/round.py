"""Running a lab's check functions; whatever goes wrong in one becomes an outcome."""

from __future__ import annotations

import contextlib
import hashlib
import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from breakfix.errors import BreakfixError, ContentError
from breakfix.model.outcome import Outcome, Result
from breakfix.observe.host import ObservedHost

CheckFunction = Callable[[Mapping[str, ObservedHost], Mapping[str, str]], Outcome]


class _CleanLoader(SourceFileLoader):
    """Leaves no compiled files behind in a lab's folder, for its content is hashed."""

    def set_data(self, path: str, data: object, *, _mode: int = 0) -> None:
        """Write nothing."""


def load_checks(path: Path) -> Mapping[str, CheckFunction]:
    """The public functions of a lab's checks; `path` is `checks.py` or its folder.

    The file is read anew each time. Raises ContentError when it cannot be imported.
    """
    file = path / "checks.py" if path.is_dir() else path
    try:
        module = _module(file.resolve())
    except (Exception, SystemExit) as error:
        raise ContentError("observe.unloadable", file=file, error=_told(error)) from error
    return {
        name: value
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_")
    }


def run_check(
    check: str,
    function: CheckFunction | None,
    machines: Mapping[str, ObservedHost],
    values: Mapping[str, str],
) -> Outcome:
    """What the check with id `check` saw; what it prints is swallowed."""
    if function is None:
        return error_outcome(check, "observe.function-missing")
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            answer: object = function(machines, values)
    except BreakfixError as error:
        return error_outcome(check, error.key, **error.values)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (a lab's code may raise anything)
        return error_outcome(check, "observe.raised", error=_told(error))
    if not isinstance(answer, Outcome):
        return error_outcome(check, "observe.wrong-answer", answer=repr(answer)[:200])
    return replace(answer, check=check)


def error_outcome(check: str, key: str, **values: object) -> Outcome:
    """The outcome of a check that could not look; `key` names our own sentence."""
    return Outcome(check, Result.ERROR, key, {name: str(value) for name, value in values.items()})


def _module(file: Path) -> ModuleType:
    # A name of its own for each file: two labs may run in one process.
    name = "breakfix_checks_" + hashlib.sha256(str(file).encode()).hexdigest()[:16]
    spec = spec_from_file_location(name, file, loader=_CleanLoader(name, str(file)))
    if spec is None or spec.loader is None:
        raise ImportError(str(file))
    module = module_from_spec(spec)
    sys.modules[name] = module
    with contextlib.redirect_stdout(io.StringIO()):
        spec.loader.exec_module(module)
    return module


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500]
