from __future__ import annotations

from pathlib import Path

import pytest

from breakfix.model.session import Mode
from breakfix.session.occasions import occasions
from breakfix.session.store import SessionStore

LAB = "no-note"
RIGHT = {"note-readable": "pass", "note-kept": "pass"}
WRONG = {"note-readable": "pass", "note-kept": "fail"}


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """Sessions of a learner who has done nothing yet."""
    return SessionStore(tmp_path)


def begin(store: SessionStore, mode: Mode = Mode.PRACTICE) -> None:
    """Start the lab."""
    told = {"slug": LAB, "fault": "gone", "seed": "7", "mode": mode, "cables": []}
    store.journal(LAB).append("starting", **told)


def look(store: SessionStore, results: dict[str, str], sha256: str = "a1") -> None:
    """Look after a restart."""
    store.journal(LAB).append("replayed", sha256=sha256, score=None, results=results)


def modes(store: SessionStore) -> list[Mode]:
    """How the lab was shown, each time."""
    return [mode for mode, _ in occasions(store, LAB)]


def test_nothing_was_shown_without_work(store: SessionStore) -> None:
    """A lab that was never started, or only started, shows nothing."""
    assert modes(store) == []
    begin(store)
    assert modes(store) == []


def test_a_right_check_alone_shows_nothing(store: SessionStore) -> None:
    """What only works now is not shown: it must be so after a restart."""
    begin(store)
    store.journal(LAB).append("checked", score=None, results=RIGHT)
    assert modes(store) == []


@pytest.mark.parametrize("results", [WRONG, {"note-readable": "error"}, {}])
def test_a_wrong_repair_shows_nothing(store: SessionStore, results: dict[str, str]) -> None:
    """One statement that fails, or could not be observed, is enough to show nothing."""
    begin(store)
    look(store, results)
    assert modes(store) == []


def test_an_attempt_counts_once(store: SessionStore) -> None:
    """Looking twice is one occasion; doing the lab again is another."""
    begin(store)
    look(store, WRONG)
    look(store, RIGHT)
    look(store, RIGHT)
    store.journal(LAB).append("finished")
    store.archive(LAB)
    begin(store)
    assert modes(store) == [Mode.PRACTICE]
    look(store, RIGHT)
    assert modes(store) == [Mode.PRACTICE, Mode.PRACTICE]
    times = [when for _, when in occasions(store, LAB)]
    assert times == sorted(times)


def test_an_evaluation_counts_when_that_very_work_was_handed_in(store: SessionStore) -> None:
    """In an evaluation only the state that was handed in counts, and apart from practice."""
    begin(store, Mode.EVALUATION)
    look(store, RIGHT, "a1")
    assert modes(store) == []
    look(store, WRONG, "b2")
    store.journal(LAB).append("handed-in", sha256="b2", size=1)
    assert modes(store) == []
    store.journal(LAB).append("handed-in", sha256="a1", size=1)
    assert modes(store) == [Mode.EVALUATION]


def test_a_damaged_journal_hides_no_other(store: SessionStore) -> None:
    """A journal with nonsense in it proves nothing; the others still count."""
    begin(store)
    look(store, RIGHT)
    store.journal(LAB).append("finished")
    store.archive(LAB)
    store.journal(LAB).append("starting", slug=LAB, fault="gone", seed="7", mode="no-such-mode")
    look(store, RIGHT)
    assert modes(store) == [Mode.PRACTICE]
