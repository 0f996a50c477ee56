"""Checks: their functions, their texts, their points."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, rule
from breakfix.model.check import Aspect, Check, Sight


@rule("L030")
def check_without_function(draft: Draft) -> Iterator[Finding]:
    """Each check has a function of its name (hyphens as underscores) in staff/checks.py, except
    those of sight `journal`."""
    functions = _functions(draft)
    for number, check in _checks(draft):
        looks = check.sight is not Sight.JOURNAL
        if looks and functions is not None and check.function not in functions:
            values = {"check": check.id, "function": check.function}
            yield draft.lab.path, draft.lab.line("checks", number, "id"), values


@rule("L031")
def function_without_check(draft: Draft) -> Iterator[Finding]:
    """Each public function of staff/checks.py is a check of lab.toml, not of sight `journal`."""
    looking = [check for _, check in _checks(draft) if check.sight is not Sight.JOURNAL]
    known = {check.function for check in looking}
    for name, line in (_functions(draft) or {}).items():
        if draft.lab.value and name not in known and not name.startswith("_"):
            yield draft.root / "staff" / "checks.py", line, {"function": name}


@rule("L032")
def texts_of_cases(draft: Draft) -> Iterator[Finding]:
    """Each check has a text for `pass` and for `fail`."""
    for number, check in _checks(draft):
        for case in ("pass", "fail"):
            if case not in check.text:
                line = draft.lab.line("checks", number, "text")
                yield draft.lab.path, line, {"check": check.id, "case": case}


@rule("L033")
def only_known_faults(draft: Draft) -> Iterator[Finding]:
    """`only` names faults of this lab."""
    for number, check in _checks(draft):
        for name in check.only:
            if draft.lab.value and name not in draft.lab.value.faults:
                line = draft.lab.line("checks", number, "only")
                yield draft.lab.path, line, {"check": check.id, "fault": name}


@rule("L034")
def symptom_for_each_fault(draft: Draft) -> Iterator[Finding]:
    """Each fault has a `symptom` check, and its points add up to more than zero."""
    lab = draft.lab.value
    for name in lab.faults if lab else ():
        checks = lab.checks_for(name) if lab else ()
        symptom = any(check.aspect is Aspect.SYMPTOM for check in checks)
        if not symptom or sum(check.points for check in checks) <= 0:
            yield draft.lab.path, draft.lab.line("faults", name), {"fault": name}


@rule("L035")
def no_negative_points(draft: Draft) -> Iterator[Finding]:
    """No check and no scoring value is below zero, and `pass_mark` lies in 0 to 1."""
    for number, check in _checks(draft):
        if check.points < 0:
            line = draft.lab.line("checks", number, "points")
            yield draft.lab.path, line, {"key": f"{check.id}.points"}
    if lab := draft.lab.value:
        scoring = lab.scoring
        for key, wrong in (
            ("pass_mark", not 0 < scoring.pass_mark <= 1),
            ("damage", scoring.damage < 0),
            ("diagnosis", scoring.diagnosis < 0),
            ("first_diagnosis", scoring.first_diagnosis < 0),
        ):
            if wrong:
                yield draft.lab.path, draft.lab.line("scoring", key), {"key": f"scoring.{key}"}


@rule("L036")
def checks_are_python(draft: Draft) -> Iterator[Finding]:
    """staff/checks.py is Python; lint parses it and never runs it."""
    path = draft.root / "staff" / "checks.py"
    try:
        ast.parse(path.read_bytes() if path.is_file() else b"")
    except (SyntaxError, ValueError) as error:
        yield path, getattr(error, "lineno", 1) or 1, {"detail": str(error)}


@rule("L037")
def journal_knows(draft: Draft) -> Iterator[Finding]:
    """A check of sight `journal` asks whether the ticket was handed on with the right proof, so
    its `only` names faults with an escalation, and nothing else."""
    faults = draft.lab.value.faults if draft.lab.value else {}
    escalated = {name for name, fault in faults.items() if fault.escalation is not None}
    for number, check in _checks(draft):
        only = set(check.only)
        if check.sight is Sight.JOURNAL and not (only and only <= escalated):
            yield draft.lab.path, draft.lab.line("checks", number, "sight"), {"check": check.id}


@rule("L038")
def no_check_of_the_diagnosis(draft: Draft) -> Iterator[Finding]:
    """No check has aspect `diagnosis`: what the learner names is weighed by the values of
    `scoring`, and would count as repair too."""
    for number, check in _checks(draft):
        if check.aspect is Aspect.DIAGNOSIS:
            yield draft.lab.path, draft.lab.line("checks", number, "aspect"), {"check": check.id}


def _checks(draft: Draft) -> list[tuple[int, Check]]:
    return list(enumerate(draft.lab.value.checks)) if draft.lab.value else []


def _functions(draft: Draft) -> dict[str, int] | None:
    """The top-level functions with their lines; None when there is no readable file."""
    path = draft.root / "staff" / "checks.py"
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    return {node.name: node.lineno for node in tree.body if isinstance(node, ast.FunctionDef)}
