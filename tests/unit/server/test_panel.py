"""The panel's socket: the whole state out, verbs in, and what happens elsewhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any
from unittest.mock import patch

import pytest

from breakfix.codec import to_json
from breakfix.content.assignments import FILE
from breakfix.errors import EngineAbsent
from breakfix.messages import Language, say
from breakfix.model.assignment import Assignment
from breakfix.model.parameter import draw_all
from breakfix.model.policy import HintPolicy
from breakfix.model.session import Mode, Report
from breakfix.ports.runtime import MachineKey
from tests.panel_browser import Socket
from tests.unit.server.serving import LAB, Serving, serve

FAULT = "note-missing"
PANEL = f"panel/{LAB}"
ASSIGNED = f"{PANEL}?notebook=week-3/week-3.ipynb"


def on_panel(
    served: Serving, work: Callable[[Socket], Coroutine[Any, Any, Any]], path: str = PANEL
) -> Any:  # noqa: ANN401 (what the work comes to)
    """Do something on an open panel."""

    async def opened() -> Any:  # noqa: ANN401 (as above)
        async with served.socket(path) as panel:
            await panel.state()
            return await work(panel)

    return asyncio.run(opened())


def repair(served: Serving) -> None:
    """What the learner does on the machine."""
    record = served.inner.store.journal(LAB).record()
    assert record is not None
    values = draw_all(served.inner.catalog.load(LAB).lab.parameters, record.seed)
    script = 'echo "code: $CODE" >/srv/nota.txt'
    assert served.runtime.machine(MachineKey(LAB, "pc")).run(script, values).status == 0


def assign(served: Serving, **more: Any) -> Assignment:  # noqa: ANN401 (fields of an assignment)
    """An assignment beside a notebook."""
    loaded = served.inner.catalog.load(LAB)
    found = Assignment(1, "week-3", LAB, loaded.lab.version, "s33d", (FAULT,), **more)
    folder = served.root / "week-3"
    folder.mkdir()
    (folder / FILE).write_text(to_json(found), "utf-8")
    return found


def test_the_first_state_tells_everything(served: Serving) -> None:
    """A panel of a lab that was not started gets its summary and no session."""

    async def first() -> Any:  # noqa: ANN401 (JSON)
        async with served.socket(PANEL) as panel:
            return await panel.state()

    found = asyncio.run(first())
    assert (found["view"], found["busy"], found["trouble"], found["hints"]) == (
        None,
        None,
        None,
        [],
    )
    assert (found["summary"]["slug"], found["summary"]["state"], found["language"]) == (
        LAB, None, "en",
    )  # fmt: skip


def test_start_tells_steps_and_every_panel(served: Serving) -> None:
    """While a lab starts each panel hears the steps, and then sees the machines."""

    async def both(panel: Socket) -> tuple[Any, Any, Any]:
        async with served.socket(PANEL) as other:
            await other.state()
            await panel.send(id=1, do="start")
            step = await other.until(lambda found: found["kind"] == "progress")
            seen = await other.state(lambda found: found["view"] and not found["busy"])
            mine = await panel.state(lambda found: found["view"] and not found["busy"])
            return step, seen, mine

    step, seen, mine = on_panel(served, both)
    assert (step["verb"], step["total"]) == ("start", 4)
    assert say(f"progress.{step['step']}", Language.EN)
    assert seen == mine
    assert [one["power"] for one in seen["view"]["machines"]] == ["running"]
    assert seen["summary"]["state"] == "running"
    assert FAULT not in str(seen)


def test_check_is_remembered_until_the_lab_begins_again(started: Serving) -> None:
    """The last report is in the state, and a reset takes it away."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        return await panel.do("check"), await panel.do("reset")

    checked, again = on_panel(started, work)
    assert [line["result"] for line in checked["report"]["lines"]] == ["fail", "fail"]
    assert again["report"] is None
    assert again["view"]["resets"] == 1


def test_one_verb_at_a_time(started: Serving) -> None:
    """A second verb meanwhile is refused with a sentence, and only whoever asked is told."""
    go_on, check = threading.Event(), started.inner.check

    def slow(slug: str) -> Report:
        go_on.wait(60)
        return check(slug)

    async def work(panel: Socket) -> tuple[Any, Any]:
        async with started.socket(PANEL) as other:
            await other.state()
            await other.send(id=1, do="check")
            await panel.state(lambda found: found["busy"])
            await panel.send(id=7, do="reset")
            failed = await panel.until(lambda found: found["kind"] == "failed")
            go_on.set()
            heard = [await other.next()]
            while not heard[-1].get("report"):
                heard.append(await other.next())
            return failed, [one["kind"] for one in heard]

    with patch.object(started.inner, "check", slow):
        failed, heard = on_panel(started, work)
    assert (failed["id"], failed["verb"], failed["key"]) == (7, "reset", "session.busy")
    assert "breakfix" not in failed["text"]
    assert "failed" not in heard


def test_what_happens_elsewhere_is_seen(started: Serving) -> None:
    """A hint from the command line, and a machine that stops, show in an open panel."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        await panel.state(lambda found: found["view"])
        started.inner.hint(LAB)
        hinted = await panel.state(lambda found: found["hints"])
        started.runtime.stop(LAB)
        return hinted, await panel.state(lambda found: _powers(found) == ["off"])

    async def opened() -> tuple[Any, Any]:
        async with started.socket(PANEL) as panel:
            return await work(panel)

    hinted, _ = asyncio.run(opened())
    assert hinted["hints"][0]["number"] == hinted["view"]["hints_shown"] == 1


def test_what_rules_causes_out_is_told_afterwards(started: Serving) -> None:
    """What would have ruled each cause out stays hidden until the diagnosis is in and all works."""

    async def work(panel: Socket) -> tuple[Any, Any]:
        found = await panel.do("check")
        place = found["view"]["form"]["places"][0]
        before = await panel.do("diagnose", diagnosis={"place": place["id"]})
        repair(started)
        return before, await panel.do("check")

    before, after = on_panel(started, work)
    assert rulings(before) == {""}
    assert (before["ruled_out"], after["ruled_out"]) == (False, True)
    assert all(rulings(after))


def test_handing_in_writes_the_file_beside_the_notebook(started: Serving) -> None:
    """What was seen is handed in, and stands as a file in the notebook's own folder."""
    repair(started)

    async def work(panel: Socket) -> tuple[Any, Any]:
        seen = await panel.do("after-restart")
        wrong = await panel.do("hand-in", sha256="0" * 64)
        assert wrong["key"] == "hand-in.other-candidate"
        return seen, await panel.do("hand-in", sha256=seen["later"]["sha256"])

    seen, handed = on_panel(started, work, f"{PANEL}?notebook=mine/lab.ipynb")
    assert {line["result"] for line in seen["later"]["later"]["lines"]} == {"pass"}
    file = started.root / "mine" / handed["handed_file"]
    assert file.stat().st_size == handed["handed"]["size"]


def test_an_assignment_beside_the_notebook_is_worked_on(
    served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verbs of a panel beside assignment.json are those of the evaluation; ending it for nothing
    asks first, and a panel for practice keeps away from it."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "els")
    assign(served)

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        begun = await panel.do("start")
        async with served.socket(PANEL) as practice:
            other = await practice.state(lambda found: found["trouble"])
            assert (other["trouble"]["key"], other["view"]) == ("panel.lab-assigned", None)
            assert (await practice.do("reset"))["key"] == "panel.lab-assigned"
            assert (await practice.do("start"))["key"] == "panel.lab-assigned"
        assert (await panel.do("hint"))["key"] == "hint.off"
        assert (await panel.do("check"))["report"]["score"] is None
        assert (await panel.do("finish"))["key"] == "lab.finish-ask"
        assert (await panel.do("finish", sure=True))["view"] is None
        return begun

    view = on_panel(served, work, ASSIGNED)["view"]
    assert (view["mode"], view["learner"], view["attempt"]) == ("evaluation", "els", 1)


def test_a_lab_that_was_finished_is_told_where_it_was_done(
    started: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After practice was finished its panel says so; a panel for an assignment says nothing of it,
    and begins."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "els")

    async def work(panel: Socket) -> tuple[Any, Any]:
        over = await panel.do("finish")
        assign(started)
        async with started.socket(ASSIGNED) as assigned:
            return over, await assigned.state()

    over, assigned = on_panel(started, work)
    assert (over["view"], over["summary"]["state"]) == (None, "finished")
    assert (assigned["view"], assigned["summary"]["state"]) == (None, None)


def test_practice_in_the_way_of_an_assignment_is_told(
    started: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An assignment's panel doesn't touch practice that is busy with its lab."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "els")
    assign(started)

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        return await panel.do("finish", sure=True)

    assert on_panel(started, work, ASSIGNED)["key"] == "assignment.lab-taken"
    assert started.inner.status(LAB).mode is Mode.PRACTICE


def test_a_priced_hint_costs_a_yes(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hint that costs points is given to who is sure."""
    monkeypatch.setenv("BREAKFIX_LEARNER", "noor")
    assign(served, hints=HintPolicy.PRICED, hint_price=2)

    async def work(panel: Socket) -> tuple[Any, Any]:
        await panel.do("start")
        return await panel.do("hint"), await panel.do("hint", sure=True)

    asked, given = on_panel(served, work, ASSIGNED)
    assert asked["key"] == "hint.costs"
    assert "2" in asked["text"]
    assert len(given["hints"]) == 1


def test_a_damaged_assignment_is_told(served: Serving) -> None:
    """Beside an assignment that can't be read nothing is started, and practice least of all."""
    assign(served)
    (served.root / "week-3" / FILE).write_text("{", "utf-8")

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        return await panel.do("start")

    assert on_panel(served, work, ASSIGNED)["key"] == "assignment.unreadable"
    assert served.runtime.machines == {}


def test_an_absent_engine_is_told_and_tried_again(served: Serving) -> None:
    """Without an engine the panel gets a sentence, and all goes on when the engine comes."""
    served.desk.labs.clear()
    served.on_loop(_forget_doors(served))
    served.trouble.append(EngineAbsent("engine.absent", address="nowhere"))

    async def work() -> tuple[Any, Any, Any]:
        async with served.socket(PANEL) as panel:
            first = await panel.state()
            failed = await panel.do("start")
            served.trouble.clear()
            return first, failed, await panel.state(lambda found: found["summary"])

    first, failed, later = asyncio.run(work())
    assert (first["trouble"]["key"], failed["key"]) == ("engine.absent", "engine.absent")
    assert later["trouble"] is None


def test_a_lab_that_is_gone_is_told(served: Serving) -> None:
    """A panel of a lab that is not there says so, with the nearest names."""

    async def work() -> Any:  # noqa: ANN401 (JSON)
        async with served.socket("panel/tinny") as panel:
            return await panel.state()

    found = asyncio.run(work())
    assert found["trouble"]["key"] == "content.lab-not-found"
    assert LAB in found["trouble"]["text"]


def test_results_survive_the_server(started: Serving) -> None:
    """Another server of the same person shows the last results of the session that still runs."""

    async def check(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        return await panel.do("check")

    found = on_panel(started, check)
    state = started.desk.makings.state
    for kept in (found["report"], None):
        other = serve(started.root, state)
        other.inner.runtime = started.inner.runtime
        assert asyncio.run(_first(other))["report"] == kept
        other.stop()
        # What can't be read is forgotten.
        (state / "panel" / f"{LAB}.json").write_text("{", "utf-8")


def test_the_language_changes_everywhere(served: Serving) -> None:
    """Another language is told to open panels, kept, and refused when we do not have it."""

    async def work(panel: Socket) -> Any:  # noqa: ANN401 (JSON)
        loop = asyncio.get_running_loop()
        body = {"language": "nl"}
        done = await loop.run_in_executor(None, lambda: served.ask("PUT", "api/language", body))
        return done[0], await panel.state(lambda found: found["language"] == "nl")

    assert on_panel(served, work)[0] == 204
    assert (served.desk.makings.state / "language").read_text("utf-8") == "nl"
    assert served.ask("PUT", "api/language", {"language": "fr"})[0] == 400
    assert served.ask("PUT", "api/language", ["nl"])[0] == 400
    assert served.ask("PUT", "api/language", {"language": "x" * 70000})[0] == 413


def test_labs_are_listed_with_their_notebooks(served: Serving) -> None:
    """The list names labs, their modules in both languages, and the notebook once it is made."""
    before = _listed(served)
    made = served.ask("POST", f"api/labs/{LAB}/open")

    assert made == (200, {"path": f"{LAB}.ipynb"})
    assert (before[LAB], _listed(served)[LAB]) == (None, f"{LAB}.ipynb")
    modules = served.ask("GET", "api/labs")[1]["modules"]
    assert modules[0]["nl"] == say("module.m021", Language.NL)


def test_words_leave_out_what_is_not_for_learners(served: Serving) -> None:
    """A browser gets the panel's words, in the language that it asks for, and no author's."""
    status, found = served.ask("GET", "api/words?language=nl")
    assert status == 200
    assert found["words"]["panel.check"] == say("panel.check", Language.NL)
    assert not any(key.startswith(("lint.", "prove.", "course.")) for key in found["words"])
    assert served.ask("GET", "api/words?language=fr")[0] == 400


def test_a_mistake_of_ours_ends_no_panel(started: Serving) -> None:
    """When a verb fails in a way that nobody foresaw, the panel says so and goes on."""

    def broken(_: str) -> Report:
        raise ZeroDivisionError

    async def work(panel: Socket) -> tuple[Any, Any]:
        with patch.object(started.inner, "check", broken):
            failed = await panel.do("check")
        return failed, await panel.do("check")

    failed, after = on_panel(started, work)
    assert failed["key"] == "panel.mistake"
    assert after["report"]


def _listed(served: Serving) -> dict[str, str | None]:
    labs = served.ask("GET", "api/labs")[1]["labs"]
    return {lab["slug"]: lab["notebook"] for lab in labs}


def _powers(state: dict[str, Any]) -> list[str]:
    return [one["power"] for one in state["view"]["machines"]] if state["view"] else []


def rulings(state: dict[str, Any]) -> set[str]:
    """What would have ruled each cause out, as the state tells it."""
    places = state["view"]["form"]["places"]
    return {cause["ruled_out_by"]["en"] for place in places for cause in place["causes"]}


async def _forget_doors(served: Serving) -> None:
    desk = await served.opening.desk()
    desk._door._labs = None
    desk.labs.clear()


async def _first(served: Serving) -> Any:  # noqa: ANN401 (JSON)
    async with served.socket(PANEL) as panel:
        return await panel.state()
