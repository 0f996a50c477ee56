"""The integrity comparison: evidence against the expected broken machine, before replay.

Foreign changes to files of the system are put back, so that the machine which is graded runs the
programs that the lab was proven with. It can't say whether a change elsewhere was right: that it
reports, and a teacher judges. `docs/evidence-format.md` has the rules in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from breakfix.evidence.opened import Part
from breakfix.evidence.places import (
    holds_sensitive,
    holds_system,
    is_plain_switch,
    is_system,
    real_path,
    switches_unit,
)
from breakfix.evidence.states import Expected, state_of
from breakfix.model.evidence import (
    Baseline,
    Comparison,
    Concern,
    FileIndex,
    IntegrityFinding,
    Member,
    MemberKind,
)

_SET_ID = 0o6000
_Found = Iterator[tuple[str, Concern]]


def compare(
    part: Part, image: FileIndex, baseline: Baseline, declared: Collection[str] = ()
) -> Comparison:
    """Compare one machine's part. `image` indexes `SYSTEM_FOLDERS`; `declared` are paths that the
    lab says may change (files of packages that it lets the learner install or update)."""
    looking = _Looking(part, Expected(image, baseline), frozenset(map(real_path, declared)))
    found = sorted({*looking.deletions(), *looking.members()})
    put_back = frozenset(path for path, concern in found if concern is Concern.PUT_BACK)
    gone = put_back | looking.carried(put_back)
    findings = tuple(IntegrityFinding(part.entry.name, path, concern) for path, concern in found)
    return Comparison(gone, looking.from_baseline(put_back), findings)


def worth_comparing(part: Part) -> bool:
    """Whether the comparison could say anything of `part`, whatever is expected; working that out
    takes seconds."""
    return any(map(_is_concern, part.members)) or any(
        is_system(path) or holds_system(path) or (holds_sensitive(path) and not switches_unit(path))
        for path in part.entry.deleted
    )


def _is_concern(member: Member) -> bool:
    rights = member.kind is MemberKind.FILE and member.mode & _SET_ID
    if member.capability or rights or is_system(member.path):
        return True
    plain = member.kind is MemberKind.FOLDER or is_plain_switch(member)
    return holds_sensitive(member.path) and not plain


class _Looking:
    def __init__(self, part: Part, expected: Expected, declared: frozenset[str]) -> None:
        self._members = {member.path: member for member in part.members}
        self._deleted = part.entry.deleted
        self._expected = expected
        self._declared = declared

    def members(self) -> _Found:
        """What is said of paths that evidence has."""
        for path, member in self._members.items():
            if self._expected.allows(path, state_of(self._members, path)):
                continue
            concern = self._of_member(path, member)
            if concern:
                yield path, concern
            if concern is not Concern.PUT_BACK and self._gives_rights(path):
                yield path, Concern.PRIVILEGED

    def _of_member(self, path: str, member: Member) -> Concern | None:
        system, new = is_system(path), not self._expected.knows(path)
        if new and member.kind is MemberKind.FOLDER:
            return None
        # The folders in a package's list are every package's.
        if path in self._declared and member.kind is not MemberKind.FOLDER:
            return Concern.DECLARED
        if system:
            return Concern.NEW_PROGRAM if new else Concern.PUT_BACK
        if holds_sensitive(path) and member.kind is not MemberKind.FOLDER:
            return None if is_plain_switch(member) else Concern.SENSITIVE
        return None

    def _gives_rights(self, path: str) -> bool:
        state = state_of(self._members, path)
        if state is None or state[0] is not MemberKind.FILE:
            return False
        _, mode, _, _, _, capability = state
        return capability or bool(mode & _SET_ID)

    def deletions(self) -> _Found:
        """What is said of paths that evidence deletes."""
        for path in self._deleted:
            if self._expected.gone(path):
                continue
            known = [one for one in self._expected.known_within(path) if is_system(one)]
            if known:
                files = self._declared.issuperset(known)
                yield path, Concern.DECLARED if files else Concern.PUT_BACK
            elif holds_sensitive(path) and not switches_unit(path):
                yield path, Concern.SENSITIVE

    def carried(self, put_back: frozenset[str]) -> frozenset[str]:
        """Members that can't be restored without those that are put back: hard links to them, and
        what lies in a folder where the system has none."""
        lost = {p for p in put_back if p in self._members and not self._expected.is_folder(p)}
        gone: set[str] = set()
        for path, member in self._members.items():  # folders and files before what needs them
            parent = path.rpartition("/")[0]
            linked = member.kind is MemberKind.HARD_LINK and member.content in put_back | gone
            if linked or parent in lost or parent in gone:
                gone.add(path)
        return frozenset(gone)

    def from_baseline(self, put_back: frozenset[str]) -> frozenset[str]:
        """What has to come from the baseline, because the image has it otherwise."""
        found: set[str] = set()
        for path in put_back:
            changed = self._expected.changed_within(path)
            stays = path in self._members and self._members[path].kind is MemberKind.FOLDER
            # Of a folder that stays a folder only its own permissions are put back.
            found |= {one for one in changed if one == path or not stays}
        return frozenset(found)
