"""The states of a panel, made of the product's own values."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from breakfix.codec import to_data
from breakfix.content.reader import read_lab
from breakfix.content.text import filled
from breakfix.errors import DiskFull, EngineAbsent, SessionError
from breakfix.messages import Language
from breakfix.model.check import Aspect
from breakfix.model.diagnosis import Diagnosis, Handover
from breakfix.model.evidence import Concern, IntegrityFinding
from breakfix.model.outcome import Result
from breakfix.model.parameter import draw_all, fill
from breakfix.model.policy import HintPolicy, Policy
from breakfix.model.recording import Recording
from breakfix.model.replay import AfterRestart, HandedIn
from breakfix.model.score import Score
from breakfix.model.screen import ScreenKind, ScreenView
from breakfix.model.session import (
    Hint,
    Line,
    MachineView,
    Mode,
    Power,
    QuestionView,
    Reply,
    Report,
    SessionView,
    State,
)
from breakfix.model.topology import Cable
from breakfix.model.value import Text
from breakfix.server.state import told
from breakfix.session.screens import screens
from breakfix.session.view import networks, summary
from breakfix.wiring import checkout

LAB = read_lab(checkout() / "labs" / "m021-network" / "no-internet")
VALUES = draw_all(LAB.lab.parameters, "seed-of-the-tests")
SHA = "5f4dcc3b5aa765d61d8327deb882cf99" * 2
_SENTENCES = (
    ("site-opens", Aspect.SYMPTOM, "De bestelsite gaat open.", "The ordering site opens."),
    ("address-from-router", Aspect.CAUSE, "De pc kreeg een adres van de router.",
     "The pc got an address from the router."),
    ("firewall-on", Aspect.HARMLESS, "De firewall op pc en router staat aan.",
     "The firewall on pc and router is on."),
    ("no-makeshift", Aspect.HARMLESS, "Er staat geen noodoplossing naast de instellingen.",
     "No makeshift stands beside the settings."),
)  # fmt: skip


def machines(
    power: Power = Power.RUNNING, *, pulled: bool = False, **powers: Power
) -> tuple[MachineView, ...]:
    """The lab's machines, each with its power."""
    return tuple(
        MachineView(
            name,
            machine.label,
            fill(machine.hostname, VALUES),
            machine.access,
            powers.get(name, power),
            tuple(
                Cable(name, nic, connected=not (pulled and name == "pc")) for nic in machine.nics
            ),
        )
        for name, machine in LAB.lab.machines.items()
    )


def view(**changes: object) -> SessionView:
    """A session in practice that has just started."""
    made = SessionView(
        slug=LAB.slug,
        title=LAB.lab.title,
        state=State.RUNNING,
        mode=Mode.PRACTICE,
        ticket=filled(LAB.ticket, VALUES),
        machines=machines(),
        remit=LAB.lab.remit,
        form=LAB.form,
        hints_of=4,
        seconds=754,
        sheet=tuple(filled(text, VALUES) for text in LAB.sheet),
        networks=networks(LAB.lab),
        screens=screens(LAB.lab, VALUES),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(*results: Result, score: bool = True) -> Report:
    """What a check saw."""
    lines = tuple(
        Line(check, aspect, result, Text(nl, en))
        for result, (check, aspect, nl, en) in zip(results, _SENTENCES, strict=False)
    )
    good = sum(result is Result.PASS for result in results)
    points = Score(9 * good, 36, 4, 4, passed=good == len(results)) if score else None
    return Report(LAB.slug, lines, points, 1.4)


SCREENS = tuple(
    ScreenView(kind.value, kind, "pc", Text(nl, en), "http://bestellen.example/" * (not at), 300)
    for at, (kind, nl, en) in enumerate(
        (
            (ScreenKind.BROWSER, "Browser van de klant", "Customer's browser"),
            (ScreenKind.DISPLAY, "Schermpje aan de toog", "Screen at the counter"),
            (ScreenKind.PAPER, "Laatste bon", "Last receipt"),
            (ScreenKind.MAILBOX, "Mailbox van Els", "Els's mailbox"),
        )
    )
)
P, F, E = Result.PASS, Result.FAIL, Result.ERROR
DIAGNOSIS = Diagnosis("router", "router-no-addresses", {"pc-address": "none", "pc-link": "link"})
EVALUATION = Policy(HintPolicy.PRICED, 2, 2, None, 1_800_000_000.0)
RECORDED = replace(EVALUATION, record_terminals=True)
RECORDINGS = (
    Recording("01-pc", "pc", 1_790_000_000.0, 203.4, 48_213),
    Recording("02-router", "router", 1_790_000_400.0, 65.0, 2_097_000, full=True),
)
HINTS = tuple(
    Hint(number, 4, Text(nl, en))
    for number, (nl, en) in enumerate(
        (
            ("Begin zo dicht mogelijk bij de pc.", "Start as near to the pc as you can."),
            ("`ip addr` toont welk adres de pc heeft.", "`ip addr` shows the pc's address."),
        ),
        1,
    )
)
ANSWER = "Goedemorgen,\n\nUw site werkt weer.\n\nDe helpdesk"


def questions(answer: str = "") -> tuple[QuestionView, ...]:
    """The lab's questions; with an answer to the first, there is an example beside it."""
    reply, note = (QuestionView(one.id, filled(one.text, VALUES)) for one in LAB.lab.questions)
    if answer:
        reply = replace(reply, answer=answer, example=LAB.rubrics[reply.id])
    return reply, note


FINDINGS = (IntegrityFinding("router", "/etc/cron.d/repair", Concern.SENSITIVE),)


def later(*results: Result, score: bool = True, sha: str = SHA) -> AfterRestart:
    """What a replay saw after everything was right; in an evaluation that has no score."""
    now = report(*[P] * len(results), score=score)
    return AfterRestart(now, report(*results, score=score), FINDINGS, sha, 482_113)


@dataclass(frozen=True)
class Canned:
    """What a panel is told."""

    view: SessionView | None = None
    busy: dict[str, object] | None = None
    report: Report | None = None
    later: AfterRestart | None = None
    hints: tuple[Hint, ...] = ()
    reply: Reply | None = None
    handed: HandedIn | None = None
    handed_file: str = ""
    ruled_out: bool = False
    drafts: dict[str, str] = field(default_factory=dict)
    trouble: dict[str, str] | None = None
    gone: bool = False
    #: The assignment of which the work was finished; empty for practice.
    finished: str | None = None

    def message(self, language: Language) -> str:
        """The message, in `language`."""
        without = None if self.finished is None else State.FINISHED
        of_lab = summary(LAB, self.view.state if self.view else without, proven=True)
        of_lab = replace(of_lab, assignment=self.finished or "")
        found = {
            "kind": "state",
            "language": language.value,
            "summary": None if self.gone else to_data(of_lab),
            "hints": [to_data(hint) for hint in self.hints],
            "busy": self.busy,
            "ruled_out": self.ruled_out,
            "handed_file": self.handed_file,
            "drafts": self.drafts,
            "trouble": self.trouble,
        }
        for name in ("view", "report", "later", "reply", "handed"):
            value = getattr(self, name)
            found[name] = None if value is None else to_data(value)
        return json.dumps(found)


def _evaluation(policy: Policy = EVALUATION, **changes: object) -> SessionView:
    return view(
        mode=Mode.EVALUATION, assignment="week-3", learner="els", attempt=1, policy=policy,
        diagnosis=DIAGNOSIS, **changes,
    )  # fmt: skip


ABSENT = EngineAbsent("engine.absent", address="unix:///var/run/docker.sock")
FULL = DiskFull("engine.disk-full")
HANDED = HandedIn(LAB.slug, SHA, 482_113, 1_790_000_000.0)
STATES: dict[str, Canned] = {
    "new": Canned(),
    "starting": Canned(
        view(state=State.STARTING, machines=machines(Power.MISSING, pc=Power.BOOTING)),
        {"verb": "start", "step": "boot", "done": 1, "total": 4},
    ),
    "started": Canned(view()),
    "screens": Canned(view(screens=SCREENS, diagnosis=DIAGNOSIS)),
    "cable-out": Canned(view(machines=machines(pulled=True), diagnosis=DIAGNOSIS)),
    "booting": Canned(view(machines=machines(pc=Power.BOOTING))),
    "paused": Canned(view(machines=machines(pc=Power.PAUSED))),
    "missing": Canned(view(machines=machines(pc=Power.MISSING, router=Power.OFF))),
    "stopped": Canned(view(state=State.STOPPED, machines=machines(Power.OFF))),
    "finished": Canned(finished=""),
    "finished-attempt": Canned(finished="week-3"),
    "hints": Canned(view(hints_shown=2), hints=HINTS),
    "diagnosed": Canned(view(diagnosis=DIAGNOSIS)),
    "failed-check": Canned(view(diagnosis=DIAGNOSIS), report=report(F, F, P, E)),
    "passed-check": Canned(view(diagnosis=DIAGNOSIS), report=report(P, P, P, P), ruled_out=True),
    "not-after-restart": Canned(
        view(diagnosis=DIAGNOSIS), report=report(P, P, P, P), later=later(F, F, P, P)
    ),
    "after-restart": Canned(
        view(diagnosis=DIAGNOSIS), report=report(P, P, P, P), later=later(P, P, P, P)
    ),
    "unnamed": Canned(view(), report=report(P, P, P, P), later=later(P, P, P, P)),
    "to-answer": Canned(
        view(diagnosis=DIAGNOSIS, questions=questions()), report=report(P, P, P, P),
        later=later(P, P, P, P),
    ),
    "answered": Canned(
        view(diagnosis=DIAGNOSIS, questions=questions(ANSWER)), report=report(P, P, P, P),
        later=later(P, P, P, P), drafts={"work-note": "Klacht: de site"},
    ),
    "refused": Canned(
        view(handover=Handover("provider", {"pc-link": "link"})),
        reply=Reply(accepted=False, text=Text("Bij ons is alles in orde.", "All is well here.")),
    ),
    "evaluation": Canned(_evaluation(hints_shown=1), hints=HINTS[:1]),
    "to-hand-in": Canned(
        _evaluation(questions=questions()), report=report(P, score=False),
        later=later(P, score=False),
    ),
    "not-to-hand-in": Canned(
        _evaluation(), report=report(P, score=False), later=later(F, score=False)
    ),
    "exercise": Canned(
        view(assignment="week-3", diagnosis=DIAGNOSIS), report=report(P, P, P, P),
        later=later(P, P, P, P),
    ),
    "handed-in": Canned(
        _evaluation(handed_in=SHA), report=report(P, score=False), later=later(P, score=False),
        handed=HANDED, handed_file="evidence/no-internet.breakfix.tar.zst",
    ),
    "better": Canned(
        _evaluation(handed_in=SHA), report=report(P, score=False),
        later=later(P, score=False, sha="0" * 64), handed=HANDED,
    ),
    "begun-again": Canned(_evaluation(handed_in=SHA, resets=1), handed=HANDED),
    "unannounced": Canned(_evaluation(policy=RECORDED)),
    "recorded": Canned(
        _evaluation(policy=RECORDED, recording=True), report=report(P, score=False),
        later=later(P, score=False),
    ),
    "recording": Canned(_evaluation(policy=RECORDED, recording=True)),
    "not-recorded": Canned(_evaluation(policy=RECORDED, recording=False)),
    "recorded-practice": Canned(view(recording=True)),
    "closed": Canned(_evaluation(closed=True)),
    "trouble": Canned(
        view(),
        trouble={"key": "engine.absent", "text": "Docker antwoordt niet. Je werk blijft staan."},
    ),
    "no-engine": Canned(gone=True, trouble=told(ABSENT, Language.NL)),
    "engine-away": Canned(view(diagnosis=DIAGNOSIS), trouble=told(ABSENT, Language.NL)),
    "gone": Canned(
        gone=True, trouble={"key": "content.lab-not-found", "text": "Dit labo is er niet meer."}
    ),
}  # fmt: skip

Answer = Callable[[dict[str, object], Canned], Canned]


@dataclass
class Story:
    """A panel that answers: each verb leads on to a state of its own."""

    at: str = "new"
    asked: list[dict[str, object]] = field(default_factory=list)
    #: What was typed and not given as an answer.
    drafts: dict[str, str] = field(default_factory=dict)
    #: A verb waits for this; a test may hold it.
    goes_on: threading.Event = field(default_factory=threading.Event)

    #: Every verb is refused.
    refuses: bool = False

    def __post_init__(self) -> None:
        self.goes_on.set()

    def canned(self) -> Canned:
        """How it is now."""
        return STATES[self.at]

    def do(self, asked: dict[str, object]) -> None:
        """Go on. Raises SessionError where the product does."""
        self.asked.append(asked)
        if self.refuses:
            raise ABSENT
        now = self.canned().view
        if asked["do"] == "finish" and now and now.at_stake and not asked.get("sure"):
            raise SessionError("lab.finish-ask")
        assert self.goes_on.wait(60)
        steps = {
            "start": "started",
            "diagnose": "diagnosed",
            "check": "passed-check" if self.at == "failed-check" else "failed-check",
            "after-restart": "to-hand-in",
            "hand-in": "handed-in",
            "hint": "hints",
            "cable": "cable-out",
            "stop": "stopped",
            "reset": "started",
            "finish": "finished",
            "hand-over": "refused",
            "record": "recording" if asked.get("on") else "not-recorded",
            "leave-out": "recorded",
            "answer": "answered",
        }
        self.at = steps[str(asked["do"])]
