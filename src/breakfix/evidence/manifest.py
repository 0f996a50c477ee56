"""The manifest as it stands in the file, held against the rules."""

from __future__ import annotations

import json
from dataclasses import replace

from pydantic import ValidationError

from breakfix.codec import from_json, to_data
from breakfix.evidence.limits import LIMITS
from breakfix.evidence.names import deleted_path, part_name, plain_text
from breakfix.evidence.refusal import Reason, Refused
from breakfix.model.evidence import FORMAT, Manifest

_MOST = 1 << 53  # bigger whole numbers do not survive every JSON reader
_PER_CENT = 100


def manifest_of(data: bytes) -> Manifest:
    """The manifest that `data` holds. Raises Refused."""
    _format(data)
    try:
        manifest = from_json(Manifest, data)
    except ValidationError as error:
        places = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise Refused(Reason.MANIFEST, places) from error
    _counts(manifest)
    _recordings(manifest)
    for part in manifest.parts:
        part_name(part.name)
        for path in part.deleted:
            deleted_path(path)
    _plain(to_data(_without_deleted(manifest)))
    return manifest


def _format(data: bytes) -> None:
    """Evidence of another version is told so, whatever else it may hold."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.MANIFEST) from error
    if not isinstance(raw, dict) or type(raw.get("format")) is not int:
        raise Refused(Reason.MANIFEST, "format")
    if raw["format"] != FORMAT:
        raise Refused(Reason.FORMAT, str(raw["format"])[:9])


def _counts(manifest: Manifest) -> None:
    names = [part.name for part in manifest.parts]
    if not 0 < len(names) == len(set(names)) <= LIMITS.parts:
        raise Refused(Reason.MANIFEST, "parts")
    if sum(len(part.deleted) for part in manifest.parts) > LIMITS.deleted:
        raise Refused(Reason.DELETED)
    if sum(part.size for part in manifest.parts) > LIMITS.unpacked_bytes:
        raise Refused(Reason.UNPACKED_SIZE)
    if len(manifest.cables) > LIMITS.cables or any(c.loss > _PER_CENT for c in manifest.cables):
        raise Refused(Reason.MANIFEST, "cables")
    if max(manifest.started, manifest.captured) > LIMITS.moment:
        raise Refused(Reason.MANIFEST, "captured")


def _recordings(manifest: Manifest) -> None:
    names = [part_name(one.name) for one in manifest.recordings]
    if not len(set(names)) == len(names) <= LIMITS.recordings:
        raise Refused(Reason.MANIFEST, "recordings")
    if any(one.size > LIMITS.recording_bytes for one in manifest.recordings):
        raise Refused(Reason.FILE_SIZE, "recordings")


def _without_deleted(manifest: Manifest) -> Manifest:
    return replace(manifest, parts=tuple(replace(part, deleted=()) for part in manifest.parts))


def _plain(value: object) -> None:
    """Texts are short and plain; numbers are finite and not below zero."""
    match value:
        case str():
            plain_text(value)
        case int() | float() if not 0 <= value <= _MOST:
            raise Refused(Reason.MANIFEST, str(value)[:9])
        case dict():
            _plain(list(value.values()))
        case list() | tuple():
            for one in value:
                _plain(one)
