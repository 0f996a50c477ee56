"""The error tree. An error names a sentence of `messages` and carries its values.

    BreakfixError
    ├── ContentError          a lab's content is wrong: its author must act
    │   └── LabInvalid        with every problem at once
    ├── NotFound              no lab, machine, fault … of that name (nearest names are offered)
    ├── SessionError          the verb does not fit the state of the learner's session
    │   ├── SessionMissing    nothing was started yet
    │   ├── SessionExists     this lab already runs
    │   ├── SessionBusy       another command works on this session right now
    │   └── HintCosts         the next hint costs points, and nobody said yes to that
    ├── DeskFailed            the server of the desk ended by itself
    ├── EngineError           the container engine is the trouble
    │   ├── EngineAbsent      no engine answers
    │   ├── EngineForbidden   an engine answers, but not to this user
    │   ├── EngineTimeout     an engine call took too long
    │   ├── ImageMissing      a practice-machine image is not there
    │   └── DiskFull          the host has too little room
    ├── MachineError          a practice machine is not in the state that was needed
    │   └── BootFailed        it did not come up, or a set-up script failed
    ├── EvidenceError         a file that was handed in can't be used
    │   ├── EvidenceUnreadable  it is damaged, or not what it says it is
    │   └── EvidenceRefused   it belongs to another lab, image, learner or attempt
    ├── CourseError           a course, or something in it, is not as the command needs it
    │   ├── CourseBusy        another command works on this course right now
    │   └── SubmissionRefused   a submission that comes in can't be taken as it is
    └── NotObservable         a check could not look; never counts as a pass

Every sentence says what happened, that nothing was lost, and what to do next; it is looked up by
`key` in the language of the reader (`messages.say`), so errors themselves stay free of text.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


class BreakfixError(Exception):
    """The root: `key` names the sentence, `values` fill its places."""

    exit_code: ClassVar[int] = 2

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({filled})"


class ContentError(BreakfixError):
    """A lab's content is wrong."""


class LabInvalid(ContentError):
    """A lab breaks the format's rules; `problems` lists all of them, one a line."""


class NotFound(BreakfixError):
    """Nothing has that name."""


class SessionError(BreakfixError):
    """The verb does not fit the session's state."""


class SessionMissing(SessionError):
    """Nothing was started yet."""


class SessionExists(SessionError):
    """This lab already runs."""


class SessionBusy(SessionError):
    """Another command works on this session right now."""


class HintCosts(SessionError):
    """The next hint costs points; it is shown to who says yes to that."""


class DeskFailed(BreakfixError):
    """The server of the desk ended by itself."""


class EngineError(BreakfixError):
    """The container engine is the trouble."""


class EngineAbsent(EngineError):
    """No engine answers."""


class EngineForbidden(EngineError):
    """An engine is there, but this user may not speak to it."""


class EngineTimeout(EngineError):
    """An engine call took too long."""


class ImageMissing(EngineError):
    """A practice-machine image is not there."""


class DiskFull(EngineError):
    """The host has too little room."""


class MachineError(BreakfixError):
    """A practice machine is not in the state that was needed."""


class BootFailed(MachineError):
    """A machine did not come up, or one of its set-up scripts failed."""


class EvidenceError(BreakfixError):
    """A file that was handed in can't be used."""


class EvidenceUnreadable(EvidenceError):
    """The file is damaged, or not what it says it is."""


class EvidenceRefused(EvidenceError):
    """The file belongs to another lab, version, image, learner or attempt."""


class CourseError(BreakfixError):
    """A course, or something in it, is not as the command needs it."""


class CourseBusy(CourseError):
    """Another command works on this course right now."""


class SubmissionRefused(CourseError):
    """A submission that comes in can't be taken as it is."""


class NotObservable(BreakfixError):
    """A check could not look; its result is `error`, never `pass`."""


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn the operating system's "no room" into DiskFull; every other trouble passes."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull("engine.disk-full") from error
        raise
