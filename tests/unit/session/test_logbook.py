from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from breakfix.cli.doctor import _forget
from breakfix.content.loaded import LoadedLab
from breakfix.content.reader import read_lab
from breakfix.errors import NotFound, SessionBusy, SessionError
from breakfix.model.diagnosis import Diagnosis
from breakfix.model.logbook import MOST_NOTE, Entry
from breakfix.model.session import Mode, State
from breakfix.model.value import Text
from breakfix.session.logbook import logbook, seconds_worked
from breakfix.session.notes import Notes, need_entry
from breakfix.session.store import NOTES, SessionStore

LAB = "tiny"
RIGHT = {"note-readable": "pass", "note-kept": "pass"}
Read = Callable[[], tuple[Entry, ...]]


@pytest.fixture
def tiny() -> LoadedLab:
    """A lab that is known here."""
    return read_lab(next((Path(__file__).parents[2] / "data" / "labs").glob(f"*/{LAB}")))


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """Sessions of a learner who has done nothing yet."""
    return SessionStore(tmp_path / "sessions")


@pytest.fixture
def read(store: SessionStore, tiny: LoadedLab) -> Read:
    """What the logbook tells."""
    return lambda: logbook(store, {LAB: tiny}).entries


def begin(store: SessionStore, mode: Mode = Mode.PRACTICE, lab: str = LAB) -> None:
    """Start a lab, until its machines are there."""
    told = {"slug": lab, "fault": "note-missing", "seed": "7", "mode": mode, "cables": []}
    store.journal(lab).append("starting", **told)
    store.journal(lab).append("started", seconds=1.0)


def end(store: SessionStore) -> None:
    """Finish the lab, and put its journal aside as the next start does."""
    store.journal(LAB).append("finished")
    store.archive(LAB)


def test_an_empty_logbook(read: Read) -> None:
    """Who has started nothing has an empty logbook."""
    assert read() == ()


def test_an_attempt_tells_what_was_named(store: SessionStore, read: Read, tiny: LoadedLab) -> None:
    """An entry names lab, mode and state, and the learner's last diagnosis in words."""
    begin(store)
    assert [(one.lab, one.mode, one.state, one.where) for one in read()] == [
        (LAB, Mode.PRACTICE, State.RUNNING, None)
    ]
    place = tiny.form.places[0]
    store.journal(LAB).append("diagnosed", diagnosis=Diagnosis(place.id))
    assert (read()[0].where, read()[0].what) == (place.label, None)
    named = Diagnosis(place.id, place.causes[0].id)
    store.journal(LAB).append("diagnosed", diagnosis=named)
    assert (read()[0].where, read()[0].what) == (place.label, place.causes[0].label)
    assert read()[0].title == tiny.lab.title


def test_the_fault_never_stands_in_it(store: SessionStore, read: Read) -> None:
    """What is wrong on the machines is told by nobody but the learner."""
    begin(store)
    assert "note-missing" not in repr(read())


def test_every_attempt_has_an_entry(store: SessionStore, read: Read) -> None:
    """The newest attempt comes first; one that was put aside keeps its entry and its id."""
    begin(store)
    first = read()[0].id
    end(store)
    assert [one.state for one in read()] == [State.FINISHED]
    begin(store)
    assert [one.state for one in read()] == [State.RUNNING, State.FINISHED]
    assert read()[1].id == first


def test_practice_that_holds_is_told(store: SessionStore, read: Read) -> None:
    """In practice an entry tells that everything held after a restart."""
    begin(store)
    store.journal(LAB).append("checked", score=None, results=RIGHT)
    assert not read()[0].held
    store.journal(LAB).append("replayed", sha256="a1", score=None, results=RIGHT)
    assert read()[0].held


def test_an_evaluation_tells_only_that_it_was_handed_in(store: SessionStore, read: Read) -> None:
    """Whether an evaluation was right is for the teacher to say."""
    begin(store, Mode.EVALUATION)
    store.journal(LAB).append("replayed", sha256="a1", score=None, results=RIGHT)
    store.journal(LAB).append("handed-in", sha256="a1", size=1)
    assert (read()[0].held, read()[0].handed_in) == (False, True)


def test_the_last_answers_in_words_are_in_it(store: SessionStore, read: Read) -> None:
    """Each question has the answer that was given last; one that is not known any more keeps its
    name."""
    begin(store)
    for text in ("eerst", "Kabel van Yıldız & ë <b>"):
        store.journal(LAB).append("answered", question="gone", text=text)
    assert [(one.question, one.answer) for one in read()[0].answers] == [
        (Text("gone", "gone"), "Kabel van Yıldız & ë <b>")
    ]


def test_time_is_counted_while_machines_are_there() -> None:
    """Making machines and time after a stop don't count, and a long pause counts half an hour."""
    minute = 60.0
    events: list[dict[str, object]] = [
        {"event": "starting", "time": 0.0},
        {"event": "started", "time": minute},
        {"event": "checked", "time": 11 * minute},
        {"event": "hint", "time": 500 * minute},
        {"event": "stopped", "time": 505 * minute},
        {"event": "resumed", "time": 900 * minute},
        {"event": "finished", "time": 901 * minute},
        {"event": "revived", "time": "nonsense"},
    ]
    assert seconds_worked(events) == (10 + 30 + 5 + 1) * minute


@pytest.mark.parametrize(("until", "minutes"), [(15, 5), (400, 30), (5, 0), (None, 0)])
def test_the_time_since_the_last_event_counts(until: float | None, minutes: int) -> None:
    """While machines are there the time since the last event counts, for half an hour at most."""
    events = [{"event": "started", "time": 10 * 60.0}]
    told = None if until is None else until * 60.0
    assert seconds_worked(events, told) == minutes * 60
    assert seconds_worked([*events, {"event": "stopped", "time": 10 * 60.0}], told) == 0


def test_a_note_is_kept_and_replaced(store: SessionStore, read: Read) -> None:
    """The last note shows with its moment; what was written before stays in the file."""
    begin(store)
    Notes(store).keep(read()[0], "Eerst de kabel.\r\n", now=100.0)
    assert (read()[0].note, read()[0].noted) == ("Eerst de kabel.", 100.0)
    Notes(store).keep(read()[0], "Eerst het lampje.", now=200.0)
    assert (read()[0].note, read()[0].noted) == ("Eerst het lampje.", 200.0)
    assert "Eerst de kabel." in store.notes_file.read_text("utf-8")
    Notes(store).keep(read()[0], "", now=300.0)
    assert read()[0].note == ""


def test_the_same_note_is_written_once(store: SessionStore, read: Read) -> None:
    """Keeping what is kept already writes nothing."""
    begin(store)
    kept = Notes(store).keep(read()[0], "a", now=100.0)
    size = store.notes_file.stat().st_size
    assert Notes(store).keep(kept, " a ", now=200.0) == kept
    assert store.notes_file.stat().st_size == size


def test_a_note_belongs_to_its_attempt(store: SessionStore, read: Read) -> None:
    """A note of one attempt does not show at the next."""
    begin(store)
    Notes(store).keep(read()[0], "Eerst de kabel.", now=100.0)
    end(store)
    begin(store)
    assert [one.note for one in read()] == ["", "Eerst de kabel."]


def test_a_note_that_is_too_long_is_refused(store: SessionStore, read: Read) -> None:
    """What does not fit is not kept, and the earlier version stays."""
    begin(store)
    Notes(store).keep(read()[0], "x" * MOST_NOTE, now=100.0)
    with pytest.raises(SessionError, match="too-long"):
        Notes(store).keep(read()[0], "x" * (MOST_NOTE + 1), now=200.0)
    assert read()[0].note == "x" * MOST_NOTE


def test_what_is_no_text_is_kept_readable(store: SessionStore, read: Read) -> None:
    """Half a character becomes a question mark, and the file stays readable."""
    begin(store)
    Notes(store).keep(read()[0], "a\ud800b\x00", now=100.0)
    assert read()[0].note == "a?b\x00"


def test_a_damaged_file_hides_no_other_note(store: SessionStore, read: Read) -> None:
    """Lines that make no sense, or stop half-way, are passed over."""
    begin(store)
    Notes(store).keep(read()[0], "goed", now=100.0)
    with store.notes_file.open("ab") as stream:
        stream.write(b'5\n[]\n{"event": "noted"}\n{"event": "noted", "entry": {"id": 1}}\n\xff\xfe')
        stream.write(b'\n{"event": "noted", "entry": {"id": "tiny')
    assert read()[0].note == "goed"
    Notes(store).keep(read()[0], "nog beter", now=200.0)
    assert read()[0].note == "nog beter"


def test_a_damaged_journal_hides_no_other(store: SessionStore, read: Read) -> None:
    """A journal with nonsense tells nothing; the other attempts stay."""
    begin(store)
    end(store)
    store.journal(LAB).append("starting", slug=LAB)
    assert [one.state for one in read()] == [State.FINISHED]


def test_a_note_outlives_its_journal_and_its_lab(store: SessionStore, read: Read) -> None:
    """A note still says of which lab it is when journal and lab are gone, and is over;
    one that was taken away is gone too."""
    begin(store)
    kept = Notes(store).keep(read()[0], "Eerst de kabel.", now=100.0)
    store.journal(LAB).append("starting", slug=LAB)
    assert kept.state is State.RUNNING
    assert logbook(store, {}).entries == (replace(kept, state=State.FINISHED),)
    Notes(store).keep(kept, "", now=200.0)
    assert logbook(store, {}).entries == ()


def test_a_lab_that_is_gone_is_called_by_its_name(store: SessionStore) -> None:
    """An attempt at a lab that was removed keeps its entry, with the names that are left."""
    begin(store, lab="gone")
    store.journal("gone").append("diagnosed", diagnosis=Diagnosis("cable", "pulled"))
    (entry,) = logbook(store, {}).entries
    assert (entry.title, entry.where, entry.what) == (
        Text("gone", "gone"), Text("cable", "cable"), Text("pulled", "pulled"),
    )  # fmt: skip


def test_only_known_attempts_have_notes(store: SessionStore, read: Read) -> None:
    """An id that names no attempt is not found."""
    begin(store)
    assert need_entry(read(), read()[0].id) == read()[0]
    with pytest.raises(NotFound, match="no-entry"):
        need_entry(read(), "tiny.1")


def test_two_programs_write_one_after_another(
    store: SessionStore, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program writes, a note is refused with a sentence, and nothing is lost."""
    begin(store)
    monkeypatch.setattr("breakfix.session.notes._PATIENCE", 0.05)
    entry = read()[0]
    with Notes(store)._held(), pytest.raises(SessionBusy, match="busy"):
        Notes(store).keep(entry, "a", now=100.0)
    assert Notes(store).keep(entry, "a", now=100.0) == replace(entry, note="a", noted=100.0)


def test_clean_leaves_what_was_written(store: SessionStore, read: Read, tmp_path: Path) -> None:
    """Removing everything of an installation leaves the words of the learner, and only those."""
    begin(store)
    (tmp_path / "language").write_text("nl", "utf-8")
    Notes(store).keep(read()[0], "Eerst de kabel.", now=100.0)
    _forget(tmp_path)
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == [NOTES]
    assert [one.note for one in read()] == ["Eerst de kabel."]


def test_clean_without_notes_leaves_nothing(store: SessionStore, tmp_path: Path) -> None:
    """Where nothing was written, the whole folder goes."""
    begin(store)
    _forget(tmp_path)
    assert not tmp_path.exists()
