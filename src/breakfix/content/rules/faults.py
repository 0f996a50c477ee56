"""Faults: causes, diagnosis, and the repairs that prove the checks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from breakfix.content.actions import Action
from breakfix.content.draft import Draft
from breakfix.content.rules.rule import Finding, rule
from breakfix.model.check import Aspect
from breakfix.model.lab import Fault
from breakfix.model.topology import Access

_LEAST = 2
_DIFFICULTIES = range(1, 6)


@rule("L040")
def causes_are_cause_checks(draft: Draft) -> Iterator[Finding]:
    """A fault's `causes` are one or more checks of aspect `cause` that apply to it."""
    for name, fault in _faults(draft):
        checks = draft.lab.value.checks_for(name) if draft.lab.value else ()
        known = {check.id for check in checks if check.aspect is Aspect.CAUSE}
        for cause in fault.causes or ("-",):
            if cause not in known:
                line = draft.lab.line("faults", name, "causes")
                yield draft.lab.path, line, {"fault": name, "check": cause}


@rule("L041")
def diagnosis_in_form(draft: Draft) -> Iterator[Finding]:
    """A fault's `diagnosis` is a cause of student/diagnosis.toml."""
    form = draft.form.value
    for name, fault in _faults(draft):
        if form and form.place_of(fault.diagnosis) is None:
            line = draft.lab.line("faults", name, "diagnosis")
            yield draft.lab.path, line, {"fault": name, "cause": fault.diagnosis}


@rule("L042")
def enough_rejected(draft: Draft) -> Iterator[Finding]:
    """Each fault has at least two rejected repairs."""
    for fault in draft.faults.values():
        count = len(fault.of_kind("rejected"))
        if count < _LEAST:
            yield fault.folder / "rejected", 1, {"fault": fault.name, "count": str(count)}


@rule("L043")
def rejected_is_caught(draft: Draft) -> Iterator[Finding]:
    """A rejected repair says `# caught by: <check>[, <check>]` with checks that apply to its fault,
    or `# runtime-only`, in the comment at the head of a script or TOML file."""
    for fault in draft.faults.values():
        known = _applying(draft, fault.name)
        for action in fault.of_kind("rejected"):
            path = _first_file(action)
            if not action.caught_by and not action.runtime_only:
                yield path, 1, {"check": "-"}
            for check in action.caught_by:
                if known is not None and check not in known:
                    yield path, 1, {"check": check}


@rule("L044")
def rejected_differ(draft: Draft) -> Iterator[Finding]:
    """No two rejected repairs of a fault do the same, and none does what the repair does."""
    for fault in draft.faults.values():
        actions = [*fault.of_kind("repair"), *fault.of_kind("rejected")]
        for first, second in combinations(actions, 2):
            if _content(first) == _content(second):
                yield _first_file(second), 1, {"first": first.name, "second": second.name}


@rule("L045")
def proof_in_form(draft: Draft) -> Iterator[Finding]:
    """The `proof` of a fault or an escalation names tests of diagnosis.toml and their results."""
    for name, fault in _faults(draft):
        escalated = fault.escalation.proof if fault.escalation else {}
        told: list[tuple[tuple[str, ...], tuple[str, str]]]
        told = [(("proof",), one) for one in fault.proof.items()]
        told += [(("escalation", "proof"), one) for one in escalated.items()]
        for place, (test, result) in told:
            if (test, result) not in known_results(draft):
                line = draft.lab.line("faults", name, *place, test)
                yield draft.lab.path, line, {"fault": name, "test": test, "result": result}


@rule("L046")
def repair_within_reach(draft: Draft) -> Iterator[Finding]:
    """A `repair` touches no machine with access `none`, unless its fault has an escalation."""
    lab = draft.lab.value
    for name, fault in _faults(draft):
        for action in draft.faults[name].of_kind("repair"):
            for machine in action.scripts:
                known = lab.machines.get(machine) if lab else None
                if known and known.access is Access.NONE and fault.escalation is None:
                    yield action.script_path(machine), 1, {"machine": machine}


@rule("L047")
def difficulty_range(draft: Draft) -> Iterator[Finding]:
    """A fault's difficulty runs from 1 to 5."""
    for name, fault in _faults(draft):
        if fault.difficulty not in _DIFFICULTIES:
            line = draft.lab.line("faults", name, "difficulty")
            yield draft.lab.path, line, {"fault": name}


@rule("L048")
def second_line_acts(draft: Draft) -> Iterator[Finding]:
    """A fault with an escalation has a folder `second-line` that does something and a `repair`
    with a handover.toml; a fault without one has neither."""
    for name, fault in _faults(draft):
        found = draft.faults[name]
        second = any(not action.empty for action in found.of_kind("second-line"))
        handed = any(action.handover is not None for action in found.of_kind("repair"))
        wanted = fault.escalation is not None
        if second is not wanted or handed is not wanted:
            yield draft.lab.path, draft.lab.line("faults", name), {"fault": name}


def known_results(draft: Draft) -> set[tuple[str, str]]:
    """Each routine test of the diagnosis form with each of its results."""
    tests = draft.form.value.tests if draft.form.value else ()
    return {(test.id, result.id) for test in tests for result in test.results}


def _faults(draft: Draft) -> list[tuple[str, Fault]]:
    return list(draft.lab.value.faults.items()) if draft.lab.value else []


def _applying(draft: Draft, fault: str) -> set[str] | None:
    if draft.lab.value is None:
        return None
    return {check.id for check in draft.lab.value.checks_for(fault)}


def _first_file(action: Action) -> Path:
    files = sorted(action.folder.glob("*.*")) if action.folder.is_dir() else []
    return files[0] if files else action.folder


def _content(action: Action) -> object:
    """What it does, without comments and blank lines."""
    scripts = {name: commands(text) for name, text in action.scripts.items()}
    return scripts, action.cables, action.handover


def commands(script: str) -> list[str]:
    """The lines of a script that are no comment and not blank."""
    lines = (line.strip() for line in script.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
