"""How the command line says what went wrong."""

from __future__ import annotations

import json
import sys

import pytest

from breakfix.cli.main import main
from breakfix.cli.output import wants_json


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("lab check tiny --json", True),
        ("lab check tiny", False),
        ("lab shell tiny pc ip --json route", False),
        ("evidence shell kept-1 pc -- ip --json", False),
        ("lab hint tiny -- --json", False),
    ],
)
def test_json_is_wanted_where_it_was_asked_for(line: str, wanted: bool) -> None:  # noqa: FBT001
    """`--json` counts as ours, unless it is part of what a machine is told."""
    assert wants_json(line.split()) is wanted


@pytest.mark.parametrize("line", ["lab fly --json", "lab cable tiny --json", "lab list --json --x"])
def test_a_command_given_wrongly_is_told_as_json(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A word that is not known, or misses, is an error in JSON with status 2."""
    monkeypatch.setattr(sys, "argv", ["breakfix", *line.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()

    assert ended.value.code == 2
    assert json.loads(told.out)["error"]["key"] == "cli.usage"
    assert told.err == ""


def test_a_command_given_wrongly_is_told_to_people(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `--json` it is said on standard error, with how the command is used."""
    monkeypatch.setattr(sys, "argv", ["breakfix", "lab", "fly"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()

    assert ended.value.code == 2
    assert told.out == ""
    assert "Usage" in told.err
