from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from breakfix.grading import judged
from tests.grading.attacks import HONEST, Attack, attacks
from tests.grading.school import ANSWER, NAME, School, answered, open_school
from tests.grading.verdicts import REPAIRED, judge

# SQLAlchemy warns of nbgrader's own tables.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
#: Neighbours of every attack in the alphabet; nothing that attacks do may touch them.
FIRST, LAST = "aaa-first", "zzz-last"
ALL = list(attacks(str))
#: Elements that do something, load something, or give the page another meaning.
LIVE = {
    "script", "iframe", "object", "embed", "svg", "math", "style", "form", "meta", "link", "base",
    "img", "video", "audio", "input", "button", "textarea", "select", "details", "dialog",
    "template", "marquee", "slot", "portal", "applet", "frame", "frameset", "b", "h1", "h4", "h5",
    "h6",
}  # fmt: skip
HARD = {"pre", "code", "script", "style", "textarea"}


class Page(HTMLParser):
    """What is alive on a page: elements, handlers, addresses, and text that MathJax would read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.handlers: Counter[str] = Counter()
        self.addresses: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.mathematics: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._open.append(tag)
        self.elements[tag] += tag in LIVE
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers[f"{name}={value}"] += 1
            elif name in {"href", "src", "action", "xlink:href", "srcdoc", "formaction", "data"}:
                self.addresses.add(value or "")
            elif name == "id":
                self.ids[value or ""] += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and all in it that was never closed."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note text in which MathJax would find something."""
        if not HARD & set(self._open) and ("\\" in data or "$" in data):
            self.mathematics.append(data)


@dataclass
class Day:
    """A day of grading: the course after it, and what could have been left by code that ran."""

    school: School
    traces: Path
    failed: int
    honest: Page


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Every attack is handed in, collected and autograded by nbgrader's own commands."""
    root = tmp_path_factory.mktemp("day")
    traces = root / "traces"
    traces.mkdir()
    school = open_school(root)
    for neighbour in (FIRST, LAST):
        school.hand_in(neighbour, answered(school.notebook(), "Met ls."), holds=REPAIRED)
    for attack in attacks(lambda name: trap(traces, name)):
        attack.make(school, attack.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judged, "ask", judge)
        yield Day(school, traces, school.commands(), Page(school.page(FIRST)))
    shutil.rmtree(root, ignore_errors=True)


def test_attacks_are_many() -> None:
    """There are far more attacks than one could forget about, and each has a name of its own."""
    names = [attack.name for attack in ALL]
    assert len(names) > 200
    assert len(set(names)) == len(names)


def trap(traces: Path, name: str) -> str:
    """Code that leaves a trace when it runs."""
    return f"__import__('os').mkdir({str(traces / name)!r})"


def test_a_trap_works(tmp_path: Path) -> None:
    """The code in the attacks does leave a trace, if it runs."""
    exec(trap(tmp_path, "a"))  # noqa: S102 (that is what must never happen to a learner's)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_no_code_of_a_learner_ran(day: Day) -> None:
    """Not one of the traps that stand in every cell and file left a trace."""
    assert list(day.traces.iterdir()) == []
    assert not Path("/tmp/breakfix-evil").exists()  # noqa: S108 (what the attack would make)


def test_one_attack_stops_nobody(day: Day) -> None:
    """Collecting and autograding succeed as a whole, whatever single hand-ins were."""
    assert day.failed == 0


@pytest.mark.parametrize("neighbour", [FIRST, LAST])
def test_others_are_graded(day: Day, neighbour: str) -> None:
    """Honest work before and after all attacks gets its own points."""
    found = day.school.points(neighbour)
    assert found == {"complaint": 4, "cause": 8, "care": 3, "diagnosis": 2, ANSWER: 0}
    assert day.school.grade(neighbour, ANSWER)["needs_manual_grade"]


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.name or "empty")
def test_an_attack_gets_the_honest_points(day: Day, attack: Attack) -> None:
    """An attack gets exactly what its evidence is worth, or is not taken at all."""
    assert day.school.points(attack.name) == attack.points


@pytest.mark.parametrize(
    "attack", [one for one in ALL if one.points is not None], ids=lambda attack: attack.name
)
def test_nothing_of_a_learner_lives_on_the_page(day: Day, attack: Attack) -> None:
    """Formgrader's page of an attack holds no element, handler, address or formula but those that
    the page of honest work holds."""
    page, honest = Page(day.school.page(attack.name)), day.honest
    assert page.elements == honest.elements
    assert page.handlers == honest.handlers
    assert page.addresses <= honest.addresses
    assert page.mathematics == honest.mathematics == []
    assert max(page.ids[grade_id] for grade_id in HONEST) == 1


def test_nothing_is_written_elsewhere(day: Day) -> None:
    """Strange names of learners and files make nothing outside the folders of learners."""
    course = day.school.folder.root
    taken = {one.name for one in ALL if one.points is not None} | {FIRST, LAST}
    assert {path.name for path in (course / "submitted").iterdir() if any(path.iterdir())} == taken
    assert {path.name for path in (course / "autograded").iterdir()} == taken
    assert not (course / NAME).exists()
    assert not (course / "submitted" / NAME).exists()


def test_only_what_is_wanted_is_collected(day: Day) -> None:
    """A submission holds the notebook, evidence, nbgrader's two files and our own note; what a
    teacher has is in none."""
    allowed = {"timestamp.txt", "submission_secret.txt", "breakfix-notes.json", "evidence"}
    for place in (day.school.folder.root / "submitted").glob(f"*/{NAME}"):
        strange = [
            path
            for path in place.rglob("*")
            if path.name not in allowed and not path.name.endswith((".ipynb", ".zst", ".notebook"))
        ]
        assert strange == []
        assert not any(path.is_symlink() for path in place.rglob("*"))
        texts = [path.read_bytes() for path in place.rglob("*") if path.is_file()]
        assert not any(b"geheim van de leerkracht" in text for text in texts)


def test_grading_again_changes_no_points(day: Day) -> None:
    """A second, forced run over every attack gives the same points."""
    again = day.school.autograde("g-evidence-link", force=True)
    assert again["success"], again
    assert day.school.points("g-evidence-link") == dict.fromkeys(HONEST, 0.0)
