"""The plain facts of a dossier: who, by which rules, how it went, and what it all stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from breakfix.content.text import filled
from breakfix.grading.chances import chances
from breakfix.grading.diagnoses import cause_in_words
from breakfix.grading.graded import Work
from breakfix.grading.wording import Words
from breakfix.model.assignment import HintPolicy


@dataclass(frozen=True)
class Fact:
    """One line of a table of facts; an `exact` one is a name or number to compare sign by sign."""

    name: str
    text: str
    exact: bool = False


def who(work: Work, words: Words) -> Iterator[Fact]:
    """Whose work on what this is, and which variant the learner had."""
    assignment, lab = work.planned.assignment, work.loaded.lab
    person = work.person if work.person == work.learner else f"{work.person} ({work.learner})"
    fault = lab.faults[work.variant.fault]
    cause = cause_in_words(work, words, fault.diagnosis)
    title = words.text(filled(lab.title, work.values))
    yield _fact(words, "course", work.course.id)
    yield _fact(words, "learner", person)
    yield _fact(words, "assignment", work.name)
    yield _fact(words, "lab", f"{title} ({work.loaded.slug})")
    yield _fact(words, "competences", ", ".join(lab.competences))
    yield _fact(words, "mode", words.say(f"mode.{assignment.mode.value}"))
    yield _fact(words, "attempt", _attempt(work, words))
    yield _fact(words, "fault", f"{work.variant.fault}: {cause}")
    yield _fact(words, "seed", work.variant.seed, exact=True)


def rules(work: Work, words: Words) -> Iterator[Fact]:
    """What held for everybody, and for this learner."""
    assignment = work.planned.assignment
    yield _fact(words, "attempts", str(assignment.attempts))
    yield _fact(words, "hints", _hints(work, words))
    yield _fact(words, "opens", _moment(words, assignment.opens))
    yield _fact(words, "closes", _moment(words, assignment.closes))
    if work.learner in work.planned.extra_time:
        yield _fact(words, "extra-time", words.moment(work.planned.extra_time[work.learner]))
    yield _fact(words, "handed-in", _handed_in(work, words))
    together = chances(work.course.assignments, work.name, work.learner)
    if len(together) > 1:
        second = work.course.assignments[together[-1]].second_chance
        rule = second.counts.value if second else "first"
        names = ", ".join(together)
        yield _fact(words, "chances", words.say(f"dossier.chance.{rule}", names=names))
    counts = "yes" if work.counting == work.name else "no"
    yield _fact(words, "counts", words.say(f"word.{counts}"))
    scoring = work.loaded.lab.scoring
    yield _fact(words, "damage-costs", words.number(scoring.damage))


def history(work: Work, words: Words) -> Iterator[Fact]:
    """What the learner's computer says of how it went."""
    if work.report is None:
        return
    told = work.report.history
    yield _fact(words, "started", words.moment(told.started))
    yield _fact(words, "captured", words.moment(work.report.captured))
    yield _fact(words, "worked", words.duration(told.worked))
    yield _fact(words, "hints-shown", str(told.hints))
    yield _fact(words, "checks", str(told.checks))
    yield _fact(words, "resets", str(told.resets))
    yield _fact(words, "recordings", _recordings(work, words))


def origin(work: Work, words: Words) -> Iterator[Fact]:
    """What the grade stands on, for whoever wants to do it again."""
    verdict, planned = work.verdict, work.planned
    yield _fact(words, "replayed", words.moment(verdict.replayed))
    if work.report is not None:
        yield _fact(words, "took", words.duration(work.report.seconds))
    yield _fact(words, "sha256", verdict.sha256 or words.say("dossier.no-evidence"), exact=True)
    yield _fact(words, "lab-version", planned.assignment.lab_version)
    yield _fact(words, "lab-digest", planned.lab_digest, exact=True)
    for name, full in sorted(planned.images.items()):
        yield Fact(words.say("dossier.fact.image", name=name), full, exact=True)
    yield _fact(words, "key", verdict.key, exact=True)
    yield _fact(words, "course-version", work.course.version)
    yield _fact(words, "page-version", version("breakfix"))


def values(work: Work) -> Iterator[Fact]:
    """The names and addresses that this learner had."""
    for name, value in work.values.items():
        yield Fact(name, value)


def _fact(words: Words, name: str, text: str, *, exact: bool = False) -> Fact:
    return Fact(words.say(f"dossier.fact.{name}"), text, exact)


def _attempt(work: Work, words: Words) -> str:
    """Which attempt it was; without a report only the variant of the first can be told."""
    if work.report is None:
        return words.say("dossier.attempt-unknown")
    granted = work.planned.assignment.attempts
    return words.say("dossier.of", one=work.report.attempt, of=granted)


def _moment(words: Words, seconds: float | None) -> str:
    return words.say("dossier.never") if seconds is None else words.moment(seconds)


def _hints(work: Work, words: Words) -> str:
    assignment = work.planned.assignment
    if assignment.hints is HintPolicy.PRICED:
        return words.say("dossier.hints.priced", price=words.number(assignment.hint_price))
    return words.say(f"dossier.hints.{assignment.hints.value}")


def _recordings(work: Work, words: Words) -> str:
    """Recordings of terminals that came along, and how many were left out."""
    told = work.report.history if work.report else None
    came, left_out = (told.recordings, told.left_out) if told else (0, 0)
    return words.say("dossier.recordings", came=came, left_out=left_out)


def _handed_in(work: Work, words: Words) -> str:
    moment = words.moment(work.handed_in)
    return words.say("dossier.late", moment=moment) if work.late else moment
