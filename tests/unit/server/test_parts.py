"""The small parts of the panel's server."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from breakfix.errors import MachineError, SessionMissing
from breakfix.messages import Language, catalogue, language_of_environment
from breakfix.server.credit import HIGH, LOW, Credit
from breakfix.server.memory import Memory, Shelf
from breakfix.server.replaying import Ring
from breakfix.server.wording import Choice, sentence
from breakfix.server.workers import Workers

#: What the labs say to learners, and may be said in a panel.
SPOKEN = (
    "answer.", "assignment.", "check.", "content.", "engine.", "evidence.", "hand-in.", "handover.",
    "hint.", "image.", "lab.", "labs.", "logbook.", "machine.", "observe.", "offline.", "panel.",
    "progress.", "recording.", "screen.", "session.", "ssh.", "state.", "terms.",
)  # fmt: skip
#: Sentences of those sections that only the command line and notebooks say.
NEVER_THERE = {
    "lab.hidden", "lab.next", "lab.created", "lab.finish-if-sure", "hand-in.if-sure",
    "hand-in.ask", "hint.ask", "content.lab-invalid", "content.lab-exists",
    "evidence.assignment-and-learner",
    # Setting up.
    "engine.install-yourself", "engine.install-failed", "image.build-failed", "image.no-base",
    # Cells of nbgrader's notebooks.
    "assignment.not-started", "assignment.never-run", "assignment.nothing-handed-in",
    "assignment.other-learner", "assignment.other-work", "assignment.damaged-work",
}  # fmt: skip
COMMAND = re.compile(
    r"`breakfix|lab\.[a-z_]+\(|--\w|BREAKFIX_|\bcommando\b|\bthe (same )?command\b"
)
#: Without an engine or its images there is no other way, and then it is said where to type it.
IN_A_TERMINAL = re.compile(r"`breakfix (setup|doctor)`(?=.* (in een terminal|in a terminal)\b)")
#: Words of ours that a Dutch learner does not use.
OURS = re.compile(r"\b(lab|labs|machines?|haar schijf)\b")


@pytest.mark.parametrize("language", list(Language))
def test_a_panel_names_no_command(language: Language) -> None:
    """A sentence of a lab that names a command has another one for the panel, which names none."""
    known = catalogue(language)
    spoken = [key for key in known if key.startswith(SPOKEN) and key not in NEVER_THERE]
    told = {key: known.get(f"instead.{key}", known[key]) for key in spoken}
    named = {key: IN_A_TERMINAL.sub("", text) for key, text in told.items()}
    assert [key for key, text in named.items() if COMMAND.search(text)] == []


def test_why_nothing_could_be_observed_is_said_in_a_learner_s_words() -> None:
    """A Dutch learner reads of a labo and a toestel."""
    known = catalogue(Language.NL)
    observed = {key: text for key, text in known.items() if key.startswith("observe.")}
    plain = {key: re.sub(r"{\w+}", "", text) for key, text in observed.items()}
    assert [key for key, text in plain.items() if OURS.search(text)] == []


@pytest.mark.parametrize("language", list(Language))
def test_a_price_fits_one_point_too(language: Language) -> None:
    """What a hint costs is said in words that are right for one point and for more."""
    priced = [text for text in catalogue(language).values() if "{price}" in text]
    assert len(priced) > 5
    assert [text for text in priced if re.search(r"{price} (punten|points)", text)] == []


def test_what_is_said_instead_is_said_of_something() -> None:
    """Each sentence of `[instead]` belongs to a usual one, and needs no value that it lacks."""
    known = catalogue(Language.EN)
    for key, text in known.items():
        usual = key.removeprefix("instead.")
        if usual != key:
            assert set(re.findall(r"{(\w+)}", text)) <= set(re.findall(r"{(\w+)}", known[usual]))


def test_the_panel_s_sentence_comes_first() -> None:
    """An error is told in the panel's own words where there are any, else in the usual ones."""
    missing = SessionMissing("session.missing", lab="x")
    assert sentence(missing, Language.EN) == "This lab was not started yet. Start it first."
    full = MachineError("machine.paused", machine="pc", lab="x")
    assert "Opnieuw beginnen" in sentence(full, Language.NL)


def test_a_ring_forgets_the_oldest_lines() -> None:
    """Of more than fits the last bytes are kept, and shown from the beginning of a line on."""
    ring = Ring(most=20)
    for number in range(10):
        ring.add(b"line %d\r\n" % number)
    assert ring.replay() == b"line 9\r\n"
    short = Ring()
    short.add(b"\xc3\xa9 no end of line")
    assert short.replay() == b"\xc3\xa9 no end of line"


@pytest.mark.parametrize("question", [
    b"\x1b[c", b"\x1b[>c", b"\x1b[0c", b"\x1b[5n", b"\x1b[6n", b"\x1b[?6n", b"\x1b]10;?\x07",
    b"\x1b]4;1;?\x1b\\", b"\x1bP$qm\x1b\\", b"\x1bP+q544e\x1b\\", b"\x1b[?2026$p", b"\x1b[18t",
    b"\x1b[>0q", b"\x05",
])  # fmt: skip
def test_a_replay_asks_nothing(question: bytes) -> None:
    """What a terminal would answer is not asked a second time."""
    ring = Ring()
    ring.add(b"a" + question + b"b")
    assert ring.replay() == b"ab"


@pytest.mark.parametrize("kept", [
    b"\x1b[1;32m", b"\x1b[2J\x1b[H", b"\x1b]0;title\x07", b"\x1b]8;;http://x\x1b\\", b"\x1b[?1049h",
    b"what?\r\n", b"\x1b[3 q",
])  # fmt: skip
def test_a_replay_keeps_the_rest(kept: bytes) -> None:
    """Colours, movements, titles and text are shown again as they were."""
    ring = Ring()
    ring.add(kept)
    assert ring.replay() == kept


def until(true: Callable[[], bool]) -> None:
    """Wait until what a thread does is true."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_credit_stops_and_goes_on() -> None:
    """Who spends too much waits until most of it is paid back; closing lets everybody go."""
    credit, spent, passed = Credit(), list[int](), list[int]()
    credit.begin(watched=True)

    def spend() -> None:
        for number in range(3):
            credit.spend(HIGH)
            spent.append(number)
            credit.wait()
            passed.append(number)

    thread = threading.Thread(target=spend, daemon=True)
    thread.start()
    until(lambda: spent == [0])
    credit.pay_back(HIGH - LOW - 1)
    time.sleep(0.1)
    assert passed == []
    credit.pay_back(1)
    until(lambda: spent == [0, 1])
    time.sleep(0.1)
    assert passed == [0]
    credit.close()
    thread.join(30)
    assert passed == [0, 1, 2]


def test_acks_that_lie_open_nothing() -> None:
    """More acks than bytes, or negative ones, give no credit for later."""
    credit = Credit()
    credit.begin(watched=True)
    credit.pay_back(10 * HIGH)
    credit.pay_back(-10 * HIGH)
    credit.spend(HIGH)
    spent = threading.Thread(target=credit.wait, daemon=True)
    spent.start()
    spent.join(0.2)
    assert spent.is_alive()
    credit.close()


def test_idle_threads_are_used_again_and_errors_come_back() -> None:
    """Work after work runs in one thread; at the same time in several, never more than allowed."""

    async def work() -> tuple[set[int], set[int]]:
        workers = Workers("test", 3)
        one_by_one = {await workers.run(threading.get_ident) for _ in range(5)}
        with pytest.raises(ZeroDivisionError):
            await workers.run(lambda: 1 // 0)

        all_busy = threading.Barrier(3)

        def slow() -> int:
            all_busy.wait(30)
            return threading.get_ident()

        together = await asyncio.gather(*(workers.run(slow) for _ in range(9)))
        return one_by_one, set(together)

    one_by_one, together = asyncio.run(work())
    assert (len(one_by_one), len(together)) == (1, 3)


def test_the_language_is_kept(tmp_path: Path) -> None:
    """A chosen language is there the next time; a damaged file counts as no choice."""
    file = tmp_path / "new" / "language"
    Choice(file).choose(Language.EN)
    assert Choice(file).language is Language.EN
    file.write_text("klingon", "utf-8")
    assert Choice(file).language is language_of_environment()


def test_a_full_disk_only_forgets(tmp_path: Path) -> None:
    """Where nothing can be written, results are shown and not kept."""
    (tmp_path / "panel").write_text("a file where the folder should be", "utf-8")
    shelf = Shelf(tmp_path / "panel" / "x.json")
    shelf.write(lambda: Memory("a"))
    assert shelf.read() == Memory()
