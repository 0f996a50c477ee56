"""What an assignment allows and forbids, in sentences, for every front end alike."""

from __future__ import annotations

from breakfix.messages import Language, moment, say
from breakfix.model.policy import HintPolicy, Policy
from breakfix.model.session import Mode, SessionView


def terms(view: SessionView, language: Language) -> list[str]:
    """The terms of an assigned session, one sentence each; nothing in free practice."""
    if not view.assignment:
        return []
    return [
        _attempt(view, language),
        *_hints(view, language),
        *([say("terms.recorded", language)] if view.policy.record_terminals else []),
        *_closing(view.policy, language, closed=view.closed),
    ]


def _attempt(view: SessionView, language: Language) -> str:
    if view.mode is Mode.PRACTICE:
        return say("terms.practice", language, attempt=view.attempt)
    return say("terms.evaluation", language, attempt=view.attempt, attempts=view.policy.attempts)


def _hints(view: SessionView, language: Language) -> list[str]:
    if view.policy.hints is HintPolicy.OFF:
        return [say("terms.no-hints", language)]
    if view.policy.hint_price:
        return [say("terms.hint-price", language, price=view.policy.hint_price)]
    return []


def _closing(policy: Policy, language: Language, *, closed: bool) -> list[str]:
    if policy.closes is None:
        return []
    when = moment(policy.closes)
    if closed:
        return [say("terms.closed", language, closes=when)]
    return [say("terms.closes", language, closes=when)]
