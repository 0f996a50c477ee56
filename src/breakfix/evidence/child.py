"""The child's side: take limits on, read one file, and leave an answer, whatever happens."""

from __future__ import annotations

import errno
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breakfix.codec import to_json
from breakfix.evidence.disk import is_full
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.reader import read
from breakfix.evidence.refusal import Reason, Refused
from breakfix.model.evidence import Manifest
from breakfix.model.value import Value

ANSWER = "answer.json"
#: The child's exit status when there was no room even for the answer.
FULL = errno.ENOSPC


@dataclass(frozen=True)
class Answer(Value):
    """What the child says: a manifest and a journal, or a reason why not."""

    manifest: Manifest | None = None
    journal: tuple[Mapping[str, Any], ...] = ()
    reason: Reason | None = None
    detail: str = ""


def serve(file: Path, folder: Path) -> None:
    """Read `file` within limits; `folder` gets the clean parts and the answer."""
    take_limits()
    try:
        (folder / ANSWER).write_text(to_json(answer(file, folder)), "utf-8")
    except OSError as error:
        if is_full(error):
            raise SystemExit(FULL) from error
        raise


def answer(file: Path, folder: Path) -> Answer:
    """The evidence in `file`, or the reason why there is none."""
    try:
        evidence = read(file, folder)
    except Refused as refused:
        return Answer(reason=refused.reason, detail=refused.detail)
    except MemoryError:
        return Answer(reason=Reason.MEMORY)
    except OSError as error:
        return Answer(reason=Reason.DISK if is_full(error) else Reason.UNEXPECTED)
    except Exception as error:  # noqa: BLE001 (hostile input finds what nobody thought of)
        return Answer(reason=Reason.UNEXPECTED, detail=type(error).__name__)
    return Answer(evidence.manifest, evidence.journal)


def take_limits() -> None:
    """Bound this process: memory, processor time, size of files, open files; no core dumps."""
    for kind, most in (
        (resource.RLIMIT_AS, LIMITS.reader_memory),
        (resource.RLIMIT_FSIZE, LIMITS.unpacked_bytes),
        (resource.RLIMIT_NOFILE, LIMITS.reader_open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # Soft before hard: the first is a signal that tells the parent why.
    cpu = LIMITS.reader_cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
