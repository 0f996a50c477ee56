"""What checking a lab's machines came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breakfix.model.value import Value


class Result(StrEnum):
    """The result of one check. `error`: could not be observed; it never counts as a pass."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True)
class Outcome(Value):
    """What one check saw.

    `case` names the text of the lab that fits ("pass", "fail" or a case of the lab's own), and
    `values` fill that text; for an error, `case` is the key of our own sentence.
    """

    check: str
    result: Result
    case: str
    values: Mapping[str, str] = field(default_factory=dict)


def passed(**values: object) -> Outcome:
    """The statement of the check holds."""
    return Outcome("", Result.PASS, "pass", _texts(values))


def failed(case: str = "fail", **values: object) -> Outcome:
    """The statement does not hold; `case` says in which way."""
    return Outcome("", Result.FAIL, case, _texts(values))


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
