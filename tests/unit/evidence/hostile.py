"""Evidence that must be refused, by group and sentence."""

from __future__ import annotations

from tests.unit.evidence.hostile_files import DELETIONS, FILES, JOURNALS, MANIFESTS, OUTER
from tests.unit.evidence.hostile_parts import HEADERS, KINDS, NAMES
from tests.unit.evidence.hostile_recordings import RECORDINGS

GROUPS = {
    "file": FILES,
    "outer": OUTER,
    "manifest": MANIFESTS,
    "deleted": DELETIONS,
    "journal": JOURNALS,
    "name": NAMES,
    "member": KINDS,
    "header": HEADERS,
    "recording": RECORDINGS,
}
CASES = {f"{group}: {case.sentence}": case for group, cases in GROUPS.items() for case in cases}
