"""The customer's screens in a terminal, on machines in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from breakfix.cli import looking
from breakfix.cli.looking import plain
from breakfix.cli.output import Screen
from breakfix.errors import NotFound
from breakfix.messages import Language
from breakfix.model.screen import Look, Message, Page, ScreenKind, ScreenView, Shown, Trouble
from breakfix.model.value import Text
from breakfix.session.service import LocalLabService
from tests.contract.fake_labs import fake_labs
from tests.contract.fake_runtime import FakeRuntime

LAB = "tiny"


@pytest.fixture
def labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalLabService:
    """A lab that was started."""
    made = fake_labs(tmp_path, FakeRuntime())
    monkeypatch.setattr(looking, "lab_service", lambda: made)
    monkeypatch.setenv("BREAKFIX_LANGUAGE", "en")
    made.start(LAB)
    return made


def give(*words: str) -> Result:
    """Give the command."""
    return CliRunner().invoke(looking.look, words)


def test_all_screens_are_shown(labs: LocalLabService) -> None:
    """Without a name every screen of the lab is shown, each under its title; what can't be seen
    says why."""
    done = give(LAB)

    assert done.exit_code == 0
    for screen in labs.status(LAB).screens:
        assert screen.title.en in done.output
    assert "Nothing was printed yet." in done.output


def test_one_screen_is_shown(labs: LocalLabService) -> None:
    """With a name only that screen is looked at; programs get what was seen."""
    assert json.loads(give(LAB, "door-sign", "--json").output)["screen"] == "door-sign"
    assert {one["screen"] for one in json.loads(give(LAB, "--json").output)} == {
        one.id for one in labs.status(LAB).screens
    }


def test_an_unknown_screen_is_told(labs: LocalLabService) -> None:
    """A name that is not there is refused, with those that are."""
    caught = give(LAB, "nowhere").exception
    assert isinstance(caught, NotFound)
    assert "door-sign" in str(caught.values["known"])
    assert labs.status(LAB).state


def _seen(labs: LocalLabService, kind: ScreenKind, look: Look) -> str:
    view = labs.status(LAB)
    made = ScreenView("web", kind, view.machines[0].name, Text("t", "t"), "http://site.example/")
    return looking.text_of(Screen(Language.EN), view, made, look)


def test_a_page_is_read_as_lines(labs: LocalLabService) -> None:
    """Of a page the words are shown, a paragraph a line, and that there was more."""
    page = Page("Order", "<h1>Order</h1><p>Two &amp; <b>three</b>, please</p><td>a</td><td>b</td>")
    text = _seen(labs, ScreenKind.BROWSER, Look("web", 0.0, Shown(page=page, cut=True)))
    assert text.splitlines()[2:5] == ["Order", "Two & three, please", "a b"]
    assert "There is more than is shown here." in text


def test_messages_are_read_one_by_one(labs: LocalLabService) -> None:
    """Each message has its sender, its subject and its words; an empty mailbox says so."""
    one = Message("Els", "Till", "today", "It works.")
    text = _seen(labs, ScreenKind.MAILBOX, Look("web", 0.0, Shown(messages=(one,))))
    assert text.split() == ["Els", "Till", "today", "It", "works."]
    empty = _seen(labs, ScreenKind.MAILBOX, Look("web", 0.0, Shown()))
    assert empty == "There is no message in the mailbox."


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_words(labs: LocalLabService, trouble: Trouble) -> None:
    """Whatever keeps a page from being there is told in a sentence, with nothing left open."""
    look = Look("web", 0.0, trouble=trouble, status=503, address="http://site.example/x")
    text = _seen(labs, ScreenKind.BROWSER, look)
    assert text.endswith((".", ")"))
    assert "{" not in text
    assert "screen." not in text


def test_nothing_of_a_page_reaches_the_terminal(
    labs: LocalLabService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a machine answers can't move the cursor, set a title, write to the clipboard, or use our
    markup: whatever a terminal would act on is spelled out."""
    text = "\x1b[2A\x1b[31m\x1b]0;gone\x07\x1b]52;c;Z29uZQ==\x07[bold]stil[/bold]"
    seen = Look("printed-note", 0.0, Shown(text=text))
    monkeypatch.setattr(LocalLabService, "look_at", lambda *_: seen)
    output = give(LAB, "printed-note").output
    assert "[bold]stil[/bold]" in output
    assert "\x1b" not in output
    assert r"\x1b[2A" in output
    assert labs.status(LAB).state


def test_words_of_a_page_are_one_line_each() -> None:
    """Space within a paragraph is one space, empty lines are left out, and what was laid out by
    hand keeps its lines."""
    assert plain("<pre>a\n  b</pre><p>c\nd</p>") == "a\nb\nc d"
    assert plain("<p>one\n  two</p>\n\n<p></p><p>three</p>") == "one two\nthree"
