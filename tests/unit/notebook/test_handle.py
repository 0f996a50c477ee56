"""`lab = breakfix.lab(…)` in a notebook, on machines in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

from breakfix.messages import Language
from breakfix.model.parameter import draw_all
from breakfix.notebook.handle import LabHandle
from breakfix.notebook.progress import Progress
from breakfix.ports.runtime import MachineKey


class Desk:
    """A learner with a notebook and the machine of the lab `tiny`."""

    def __init__(self, folder: Path) -> None:
        self.machines = FakeRuntime()
        self.service = fake_labs(folder, self.machines)
        self.lab = LabHandle("tiny", self.service, self.service, Language.EN)

    def work(self, script: str) -> None:
        """Do something on the machine."""
        record = self.service.store.journal("tiny").record()
        assert record is not None
        values = draw_all(self.service.catalog.load("tiny").lab.parameters, record.seed)
        self.machines.machine(MachineKey("tiny", "pc")).run(script, values)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A started lab; no widget is drawn."""
    monkeypatch.setattr(Progress, "__init__", lambda self, *_: setattr(self, "_bar", None))
    monkeypatch.chdir(tmp_path)
    made = Desk(tmp_path / "state")
    made.lab.start()
    return made


def test_check_reads_as_lines_and_as_html(desk: Desk) -> None:
    """A check is a table in a notebook, and plain lines where nothing renders."""
    page = desk.lab.check()

    assert repr(page).startswith("✘")
    assert "<table" in page._repr_html_()


def test_what_does_not_last_is_said_before_handing_in(desk: Desk) -> None:
    """A repair for now only is told so, and nothing is handed in without a yes."""
    desk.work('echo "code: $CODE" >/run/nota.txt\nln -s /run/nota.txt /srv/nota.txt')
    page = desk.lab.hand_in()

    assert "not after a restart" in repr(page)
    assert "Nothing was handed in yet" in repr(page)
    assert not Path("evidence").exists()


def test_handing_in_writes_the_file(desk: Desk) -> None:
    """With a yes, the file stands in the folder `evidence` beside the notebook."""
    desk.work('echo "code: $CODE" >/srv/nota.txt')
    page = desk.lab.hand_in(sure=True)

    assert "Handed in" in repr(page)
    assert Path("evidence/tiny.breakfix.tar.zst").stat().st_size > 0


def test_a_mistake_is_one_sentence(desk: Desk) -> None:
    """An unknown place is told in words, without a traceback."""
    assert "There is no place moon" in repr(desk.lab.diagnose("moon"))
