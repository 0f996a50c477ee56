"""What people see of a session."""

from __future__ import annotations

import io

from rich.console import Console

from breakfix.cli import tables
from breakfix.cli.output import Screen
from breakfix.messages import Language, moment
from breakfix.model.check import Aspect
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.lab import Remit
from breakfix.model.outcome import Result
from breakfix.model.policy import HintPolicy, Policy
from breakfix.model.session import Line, MachineView, Mode, Power, Report, SessionView, State
from breakfix.model.topology import Access
from breakfix.model.value import Text

WORDS = Text("woorden", "words")


def machine(name: str, access: Access) -> MachineView:
    """A machine that runs."""
    return MachineView(name, WORDS, f"{name}-1", access, Power.RUNNING)


def shown(*machines: MachineView) -> str:
    """What is printed of a session with these machines."""
    view = SessionView(
        "slow-door", WORDS, State.RUNNING, Mode.PRACTICE, WORDS, machines, Remit(),
        DiagnosisForm(()),
    )  # fmt: skip
    printed = io.StringIO()
    tables.session(Screen(Language("en")), Console(file=printed, width=120), view)
    return printed.getvalue()


def test_next_step_names_a_machine_that_the_learner_can_enter() -> None:
    """The command that is shown goes to the lab's first machine with access, whatever its name."""
    text = shown(machine("provider", Access.NONE), machine("till", Access.CONSOLE))

    assert "breakfix lab shell slow-door till\n" in text


def test_the_terms_of_an_evaluation_stand_above_the_ticket() -> None:
    """Attempt, hints and closing time are told before anything else; free practice has none."""
    view = SessionView(
        "slow-door", WORDS, State.RUNNING, Mode.EVALUATION, Text("tkt", "the ticket"),
        (machine("till", Access.CONSOLE),), Remit(), DiagnosisForm(()), assignment="c/week-3",
        attempt=1, policy=Policy(HintPolicy.OFF, 0, 2, closes=1_800_000_000.0),
    )  # fmt: skip
    printed = io.StringIO()
    tables.session(Screen(Language("en")), Console(file=printed, width=120), view)
    above = printed.getvalue().partition("the ticket")[0]

    assert "attempt 1 of 2" in above
    assert "There are no hints." in above
    assert moment(1_800_000_000.0) in above
    assert "•" not in shown(machine("till", Access.CONSOLE))


def test_a_report_without_points_says_why() -> None:
    """In an evaluation there are no points, and the sentence below says when there will be."""
    line = Line("door", Aspect.SYMPTOM, Result.PASS, Text("open", "it opens"))
    printed = io.StringIO()
    report = Report("slow-door", (line,), None, 0.1)
    tables.report(Screen(Language("en")), Console(file=printed, width=120), report)

    assert "it opens" in printed.getvalue()
    assert "what the customer would notice" in printed.getvalue()
    assert "points" not in printed.getvalue()
