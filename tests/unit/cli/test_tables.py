"""What people see of a session."""

from __future__ import annotations

import io

from rich.console import Console

from breakfix.cli import tables
from breakfix.cli.output import Screen
from breakfix.messages import Language
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.lab import Remit
from breakfix.model.session import MachineView, Mode, Power, SessionView, State
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
