from __future__ import annotations

import re
from pathlib import Path

import pytest

from breakfix.content import create, lint
from breakfix.content.rules import all_rules
from breakfix.content.rules import scripts as script_rules
from breakfix.errors import ContentError
from breakfix.messages import Language, catalogue

MISTAKES = Path(__file__).parents[2] / "data" / "labs" / "m021-network" / "five-mistakes"


def test_a_new_lab_is_clean(lab_folder: Path) -> None:
    """What `lab new` writes has no problem at all."""
    assert str(lint(lab_folder)) == ""


def test_a_new_lab_never_overwrites(lab_folder: Path) -> None:
    """An author's work is left alone."""
    with pytest.raises(ContentError) as caught:
        create(lab_folder.parents[1], lab_folder.parent.name, lab_folder.name)
    assert caught.value.key == "content.lab-exists"


def test_lint_goes_on_after_a_broken_lab_toml() -> None:
    """Even then the missing files are named, sorted by file and line."""
    found = lint(MISTAKES)
    assert {"L002", "L003", "L004", "L010", "L080"} <= {problem.rule for problem in found}
    assert list(found) == sorted(found, key=lambda problem: problem.order)


def test_lint_of_an_empty_folder_answers(tmp_path: Path) -> None:
    """Nothing there is an answer too, not a crash."""
    assert {problem.rule for problem in lint(tmp_path)} >= {"L010"}


def test_without_shellcheck_the_rule_does_not_pass(
    lab_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule that cannot look says so."""
    monkeypatch.setattr(script_rules, "_program", lambda: None)
    assert [problem.rule for problem in lint(lab_folder)] == ["L071"]


@pytest.mark.parametrize(
    "script",
    [
        'X=1\necho "$X"\n',
        'for N in 1 2; do echo "$N"; done\n',
        'read -r LINE\necho "$LINE"\n',
        'echo "${DEFAULTED:-none}"\n',
        "echo '$QUOTED'\n",
        'echo "\\$ESCAPED"\n',
        "# $COMMENT\ntouch /x\n",
        "cat >/x <<'END'\n$WITHIN\nEND\n",
        'echo "$HOME" "$CODE"\n',
    ],
)
def test_right_scripts_use_names_freely(lab_folder: Path, script: str) -> None:
    """Names that the script sets, the shell knows or nobody expands are no problem."""
    (lab_folder / "staff" / "health" / "pc.sh").write_text(script, "utf-8")
    assert "L061" not in {problem.rule for problem in lint(lab_folder)}


def test_dollars_and_values_of_checks_are_allowed(lab_folder: Path) -> None:
    """`$$` is a dollar sign, and `$name` in a check's text is a value of the check."""
    path = lab_folder / "lab.toml"
    text = path.read_text("utf-8").replace("shows the code.", "shows $$5 and $found.")
    path.write_text(text, "utf-8")
    assert str(lint(lab_folder)) == ""


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: str(rule.id))
def test_every_rule_speaks_both_languages(rule: object) -> None:
    """Both sentences exist and have the same places."""
    key = f"lint.{getattr(rule, 'id')}"  # noqa: B009
    places = [set(re.findall(r"\{(\w+)\}", catalogue(language)[key])) for language in Language]
    assert places[0] == places[1]
