"""Diagnoses and handovers in words: what a learner named, and how near it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from breakfix.content.text import filled
from breakfix.grading.graded import Work
from breakfix.grading.seen import Named, named
from breakfix.grading.wording import Words
from breakfix.model.diagnosis import Cause, Diagnosis, DiagnosisForm, Handover
from breakfix.model.outcome import Result

#: Lists that a learner's file fills may be endless; nobody reads more of them than this.
MOST_LISTED = 200
#: State is never told by colour alone: a sign and a word come with it.
_SIGNS = {
    Named.RIGHT: ("pass", "✔"),
    Named.UNPROVEN: ("half", "◐"),
    Named.PLACE: ("half", "◐"),
    Named.WRONG: ("fail", "✘"),
    Named.NONE: ("none", "–"),
}
_RESULT_SIGNS = {Result.PASS: "✔", Result.FAIL: "✘", Result.ERROR: "?"}


@dataclass(frozen=True)
class Sign:
    """A state on a page: its style, a sign, and the word that goes with it."""

    kind: str
    sign: str
    word: str


@dataclass(frozen=True)
class NamedCause:
    """One diagnosis in words: when it was given, what was said, how near it came, the tests that
    were told as its proof, and what would have ruled a wrong cause out."""

    when: str
    said: str
    sign: Sign
    proof: tuple[str, ...] = ()
    ruled_out: str = ""


def result_sign(words: Words, result: Result) -> Sign:
    """The result of a check."""
    return Sign(result.value, _RESULT_SIGNS[result], words.say(f"result.{result.value}"))


def named_sign(words: Words, found: Named) -> Sign:
    """How near a diagnosis came."""
    kind, sign = _SIGNS[found]
    return Sign(kind, sign, words.say(f"feedback.named.{found.value}"))


def causes_named(work: Work, words: Words) -> tuple[NamedCause, ...]:
    """The diagnosis before the first check, where it was given or earns something, and at the
    end."""
    report = work.report
    if report is None:
        return ()
    told = report.history.diagnoses
    scoring = work.loaded.lab.scoring
    early = [("first", told.first)] if told.first or scoring.first_diagnosis else []
    return tuple(_named(work, words, when, one) for when, one in [*early, ("last", told.last)])


def nearest(work: Work) -> Named:
    """How near the diagnosis at the end came."""
    if work.report is None:
        return Named.NONE
    last = work.report.history.diagnoses.last
    return named(work.loaded.lab, work.report.fault, last, work.loaded.form)


def cause_in_words(work: Work, words: Words, cause: str) -> str:
    """Where a cause lies, and what it is."""
    place = work.loaded.form.place_of(cause) or ""
    return said(work, words, Diagnosis(place, cause))


def said(work: Work, words: Words, diagnosis: Diagnosis) -> str:
    """A diagnosis in the words of the lab; an id that the lab does not have is told as it is."""
    labels = _labels(work, words)
    parts = [diagnosis.place, diagnosis.cause] if diagnosis.cause else [diagnosis.place]
    return " → ".join(labels.get(part, part) for part in parts)


def handed_over(work: Work, words: Words, handover: Handover) -> tuple[str, tuple[str, ...]]:
    """A handover: the place, and what which test showed."""
    place = said(work, words, Diagnosis(handover.place))
    return place, tests_told(work, words, handover.tests)


def tests_told(work: Work, words: Words, told: Mapping[str, str]) -> tuple[str, ...]:
    """What which routine test showed, in the words of the lab."""
    listed = islice(told.items(), MOST_LISTED)
    return tuple(_test(work, words, test, result) for test, result in listed)


def _named(work: Work, words: Words, when: str, diagnosis: Diagnosis | None) -> NamedCause:
    lab, form = work.loaded.lab, work.loaded.form
    near = named(lab, work.variant.fault, diagnosis, form)
    told = words.say(f"feedback.when.{when}")
    if diagnosis is None:
        return NamedCause(told, "", named_sign(words, near))
    wrong = near in (Named.WRONG, Named.PLACE)
    cause = _cause(form, diagnosis.cause) if wrong else None
    return NamedCause(
        told,
        said(work, words, diagnosis),
        named_sign(words, near),
        tests_told(work, words, diagnosis.proof),
        words.text(filled(cause.ruled_out_by, work.values)) if cause else "",
    )


def _cause(form: DiagnosisForm, wanted: str | None) -> Cause | None:
    return next((one for one in _causes(form) if one.id == wanted), None)


def _causes(form: DiagnosisForm) -> Iterator[Cause]:
    for place in form.places:
        yield from place.causes


def _labels(work: Work, words: Words) -> dict[str, str]:
    """The lab's own words by id; only these are filled in, never what a learner said."""
    form = work.loaded.form
    texts = {place.id: place.label for place in form.places}
    texts |= {cause.id: cause.label for cause in _causes(form)}
    return {name: words.text(filled(text, work.values)) for name, text in texts.items()}


def _test(work: Work, words: Words, test: str, result: str) -> str:
    known = {one.id: one for one in work.loaded.form.tests}
    if test not in known:
        return f"{test}: {result}"
    asked = words.text(filled(known[test].label, work.values))
    results = {one.id: words.text(filled(one.label, work.values)) for one in known[test].results}
    return f"{asked} {results.get(result, result)}"
