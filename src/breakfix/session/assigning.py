"""Whether an assignment may be started here and now."""

from __future__ import annotations

from breakfix.content.loaded import LoadedLab
from breakfix.errors import ContentError, SessionError
from breakfix.messages import moment
from breakfix.model.assignment import Assignment
from breakfix.model.policy import Policy


def need_fit(loaded: LoadedLab, assignment: Assignment) -> None:
    """Raises ContentError when the lab here is not the one that was released: what is made with
    another version can't be graded."""
    found, wanted = loaded.lab.version, assignment.lab_version
    unknown = set(assignment.faults) - set(loaded.lab.faults)
    if found != wanted or unknown:
        raise ContentError("assignment.other-version", lab=loaded.slug, found=found, version=wanted)


def need_open(policy: Policy, now: float) -> None:
    """Raises SessionError before the opening time, and after the closing time."""
    if policy.opens is not None and now < policy.opens:
        raise SessionError("assignment.not-open", opens=moment(policy.opens))
    if policy.closes is not None and policy.closed_at(now):
        raise SessionError("assignment.closed", closes=moment(policy.closes))


def need_attempt(policy: Policy, attempt: int) -> None:
    """Raises SessionError when `attempt` was not granted."""
    if policy.attempts and attempt > policy.attempts:
        raise SessionError("session.no-attempts", attempts=policy.attempts)
