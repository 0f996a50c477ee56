"""Who works here."""

from __future__ import annotations

import os
import pwd

import pytest

from breakfix.errors import SessionError
from breakfix.model.roster import is_learner_id
from breakfix.ports.learner import learner_name

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"BREAKFIX_LEARNER": "els", "JUPYTERHUB_USER": "noor"}, "els"),
        ({"JUPYTERHUB_USER": "noor", "USER": "somebody-else"}, "noor"),
        ({"BREAKFIX_LEARNER": "", "LOGNAME": "somebody-else"}, ME),
    ],
)
def test_the_setting_goes_before_the_hub_and_the_user(
    environment: dict[str, str], name: str
) -> None:
    """The setting says who it is, else JupyterHub, else the user as nbgrader knows it."""
    assert learner_name(environment) == name


@pytest.mark.parametrize("name", ["els", "e", "_x", "0123", "els.vdb@school-3", "x" * 64])
def test_ordinary_ids_are_taken(name: str) -> None:
    """Letters, digits and a few signs make an id."""
    assert is_learner_id(name)


@pytest.mark.parametrize(
    "name",
    ["", "x" * 65, "a*", "a+b", "a/b", "..", ".hidden", "-x", "a b", "a\n", "noë", "a\\b"],
)
def test_what_means_something_elsewhere_is_refused(name: str) -> None:
    """What a shell, a path or nbgrader would read differently is no id, and is told so."""
    assert not is_learner_id(name)
    with pytest.raises(SessionError) as caught:
        learner_name({"BREAKFIX_LEARNER": name or "/"})
    assert caught.value.key == "assignment.bad-learner"


def test_a_user_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container whose user has no name, the environment's counts, else the setting is asked
    for."""

    def unknown(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "els")
    assert learner_name({}) == "els"
    monkeypatch.delenv("USER")
    with pytest.raises(SessionError) as caught:
        learner_name({})
    assert caught.value.key == "assignment.bad-learner"
