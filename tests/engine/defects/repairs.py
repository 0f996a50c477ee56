"""Defects of repairs, right, wrong and other ones: stages 5 to 7."""

from __future__ import annotations

from tests.engine.defects.defect import (
    ACCEPTED,
    CHECKS,
    GONE_AT_BOOT,
    HARMLESS,
    INJECT,
    LAB,
    ONLY_EMPTY_FILE,
    ONLY_FOR_NOW,
    REPAIR,
    Defect,
    add,
    script,
    swap,
)

_WRITE = 'echo "code: $CODE" >/srv/nota.txt'
_COPY = ('echo "code: $CODE" >/root/nota.txt', "cp /root/nota.txt /srv/nota.txt")
_LINK = ('echo "code: $CODE" >/run/nota.txt', "ln -s /run/nota.txt /srv/nota.txt")

REPAIRED = (
    Defect(
        "repair-ends-with-an-error",
        "repaired",
        "live",
        "ended with 3",
        (script(REPAIR, _WRITE, "exit 3"),),
    ),
    Defect(
        "repair-breaks-something-else",
        "repaired",
        "live",
        "folder-closed: fail, not pass",
        (*HARMLESS, script(REPAIR, _WRITE, "chmod 1777 /opt")),
    ),
    Defect(
        "repair-of-the-symptom-alone",
        "repaired",
        "live",
        "note-kept: fail, not pass",
        (script(REPAIR, *_COPY[:1], "ln -s /root/nota.txt /srv/nota.txt"),),
    ),
    Defect(
        "repair-that-the-next-boot-undoes",
        "repaired",
        "replay",
        "note-kept: fail, not pass",
        (script(INJECT, "rm /srv/nota.txt", GONE_AT_BOOT),),
    ),
    Defect(
        "repair-where-evidence-does-not-look",
        "repaired",
        "replay",
        "note-readable: fail, not pass",
        (
            swap(CHECKS, "not note.is_symlink and ", ""),
            script(
                REPAIR,
                'echo "code: $CODE" >/var/cache/nota.txt',
                "ln -s /var/cache/nota.txt /srv/nota.txt",
            ),
        ),
    ),
)
REJECTED = (
    Defect(
        "wrong-repair-is-right",
        "rejected",
        "live",
        "note-kept did not catch it",
        (script(ONLY_EMPTY_FILE, "# caught by: note-kept", *_COPY),),
    ),
    Defect(
        "wrong-repair-caught-by-another-check",
        "rejected",
        "live",
        "note-readable did not catch it",
        (script(ONLY_FOR_NOW, "# caught by: note-readable", "# runtime-only", *_LINK),),
    ),
    Defect(
        "wrong-repair-that-nobody-would-believe",
        "rejected",
        "live",
        "nobody would believe",
        (script(ONLY_EMPTY_FILE, "# caught by: note-kept", "touch /srv/nota.txt"),),
    ),
    Defect(
        "wrong-repair-reaches-the-pass-mark",
        "rejected",
        "live",
        "reaches the pass mark",
        (add(LAB, "\n[scoring]\npass_mark = 0.3\n"),),
    ),
    Defect(
        "wrong-repair-seen-before-the-restart",
        "rejected",
        "live",
        "seen at once, by note-kept",
        (script(ONLY_FOR_NOW, "# runtime-only", *_LINK),),
    ),
    Defect(
        "repair-that-fits-every-machine",
        "rejected",
        "live",
        "it passes",
        (swap(CHECKS, 'values["CODE"]', '"code"'),),
    ),
    Defect(
        "runtime-only-not-said",
        "rejected",
        "replay",
        "a restart makes a difference",
        (script(ONLY_FOR_NOW, "# caught by: note-kept", *_LINK),),
    ),
    Defect(
        "runtime-only-that-lasts",
        "rejected",
        "replay",
        "passes after a restart",
        (script(ONLY_FOR_NOW, "# runtime-only", *_COPY),),
    ),
    Defect(
        "wrong-repair-that-a-restart-makes-right",
        "rejected",
        "replay",
        "note-kept did not catch it",
        (
            script(
                ONLY_FOR_NOW,
                "# caught by: note-kept",
                *_LINK,
                'echo "L+ /run/nota.txt - - - - /nowhere" >/etc/tmpfiles.d/note.conf',
                "echo 'r! /srv/nota.txt' >>/etc/tmpfiles.d/note.conf",
                'echo "F /srv/nota.txt 0644 - - - code: $CODE" >>/etc/tmpfiles.d/note.conf',
            ),
        ),
    ),
)
_PASSING_ACCEPTED = script(ACCEPTED, *_COPY)
ACCEPTED_ONES = (
    Defect(
        "other-repair-fails",
        "accepted",
        "live",
        "note-readable: fail, not pass",
        (script(ACCEPTED, "echo 'ask Els for the code' >/srv/nota.txt"),),
    ),
    Defect(
        "other-repair-breaks-something-else",
        "accepted",
        "live",
        "folder-closed: fail, not pass",
        (*HARMLESS, script(ACCEPTED, *_COPY, "chmod 777 /opt")),
    ),
    Defect(
        "other-repair-that-the-next-boot-undoes",
        "accepted",
        "replay",
        "note-kept: fail, not pass",
        (script(ACCEPTED, _WRITE, GONE_AT_BOOT),),
    ),
    Defect(
        "other-repair-where-evidence-does-not-look",
        "accepted",
        "replay",
        "note-readable: fail, not pass",
        (swap(CHECKS, "not note.is_symlink", 'note.linked_to != "/run/nota.txt"'),
         script(ACCEPTED, 'echo "code: $CODE" >/var/cache/nota.txt',
                "ln -s /var/cache/nota.txt /srv/nota.txt")),
    ),
)  # fmt: skip
REPAIRS = (*REPAIRED, *REJECTED, *ACCEPTED_ONES)
