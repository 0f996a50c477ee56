"""Who works here, by the name that evidence, submissions and the gradebook share."""

from __future__ import annotations

import contextlib
import getpass
import os
import pwd
from collections.abc import Mapping

from breakfix.errors import SessionError
from breakfix.model.roster import is_learner_id


def learner_name(environment: Mapping[str, str] = os.environ) -> str:
    """The learner's id: the setting BREAKFIX_LEARNER, else JupyterHub's name, else the user's name
    on this computer, as nbgrader has it. Raises SessionError where that can't be one."""
    told = environment.get("BREAKFIX_LEARNER") or environment.get("JUPYTERHUB_USER")
    return need_learner_id(told or _user_name())


def need_learner_id(name: str) -> str:
    """`name`, when it can be the id of a learner. Raises SessionError."""
    if not is_learner_id(name):
        raise SessionError("assignment.bad-learner", learner=name)
    return name


def _user_name() -> str:
    """The name of the user who runs this; in a container the computer may know none, and then it
    is what the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        with contextlib.suppress(KeyError, OSError):
            return getpass.getuser()
        return ""
