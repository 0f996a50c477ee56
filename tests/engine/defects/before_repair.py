"""Defects that show before anybody repairs anything: stages 1 to 4."""

from __future__ import annotations

from tests.engine.defects.defect import (
    COUNT,
    HARMLESS,
    HINTS,
    INJECT,
    LAB,
    REPAIR,
    Defect,
    Edit,
    add,
    check,
    script,
    swap,
)

_OBSERVER_LOOKS = 'machines["pc"].run('  # our own programs, which see our own files
_SOUND_SYMPTOM = (
    'note = machines["pc"].file("/srv/nota.txt")',
    'return passed() if note.exists and values["CODE"] in note.content_string else failed()',
)


def _looking(*lines: str) -> tuple[Edit, ...]:
    """A sound check that also does something."""
    return (check("note_readable", *lines, *_SOUND_SYMPTOM),)


LINT = (
    Defect(
        "unknown-key",
        "lint",
        "",
        "L002",
        (add(LAB, 'colour = "red"\n'),),
    ),
    Defect(
        "hint-without-english",
        "lint",
        "",
        "L082",
        (swap(HINTS, '+++ {"tags": ["lang-en"]}\n\nFirst look at', "First look at"),),
    ),
    Defect(
        "script-that-loses-spaces",
        "lint",
        "",
        "L071",
        (script(REPAIR, 'echo "code: $CODE" >/srv/nota.txt', "chown support $(ls /srv)"),),
    ),
)
HEALTHY = (
    Defect(
        "check-fails-on-a-healthy-machine",
        "healthy",
        "live",
        "note-readable: fail, not pass",
        (
            check(
                "note_readable",
                'note = machines["pc"].file("/srv/note.txt")',
                "return passed() if note.exists else failed()",
            ),
        ),
    ),
    Defect(
        "check-raises",
        "healthy",
        "live",
        "AttributeError",
        (
            check(
                "note_readable",
                'note = machines["pc"].file("/srv/nota.txt")',
                "return passed() if note.is_there else failed()",
            ),
        ),
    ),
    Defect(
        "check-asks-what-an-observer-cannot-tell",
        "healthy",
        "live",
        "observe.not-observable",
        (check("note_readable", 'return passed() if machines["pc"].exists("nano") else failed()'),),
    ),
    Defect(
        "check-reads-a-file-of-the-observer",
        "healthy",
        "live",
        "note-readable: fail, not pass",
        (
            check(
                "note_readable",
                f'note = {_OBSERVER_LOOKS}"cat /srv/nota.txt")',
                'return passed() if values["CODE"] in note.stdout else failed()',
            ),
        ),
    ),
    Defect(
        "check-wrong-every-other-time",
        "healthy",
        "live",
        "note-readable: fail, not pass",
        _looking(*COUNT, "if count % 2 == 0:", "    return failed()"),
    ),
    Defect(
        "check-wrong-now-and-then",
        "healthy",
        "live",
        "not every time: note-readable: fail, not pass",
        _looking(*COUNT, "if count % 5 == 0:", "    return failed()"),
    ),
)
BROKEN = (
    Defect(
        "fault-breaks-nothing",
        "broken",
        "live",
        "an untouched machine scores 12",
        (script(INJECT, "touch /srv/andere.txt"),),
    ),
    Defect(
        "check-always-passes",
        "broken",
        "live",
        "note-kept: pass, not fail",
        (check("note_kept", "return passed()"),),
    ),
    Defect(
        "fault-breaks-something-else-too",
        "broken",
        "live",
        "folder-closed: fail, not pass",
        (*HARMLESS, script(INJECT, "rm /srv/nota.txt", "chmod 777 /opt")),
    ),
    Defect(
        "fault-ends-with-an-error",
        "broken",
        "live",
        "machine.boot-failed",
        (script(INJECT, "rm /srv/no-such-note.txt"),),
    ),
    Defect(
        "cause-check-reads-a-file-of-the-observer",
        "broken",
        "live",
        "note-kept: pass, not fail",
        (
            script(INJECT, 'echo "code: wrong" >/srv/nota.txt'),
            check(
                "note_kept",
                f'note = {_OBSERVER_LOOKS}"cat /srv/nota.txt")',
                'return failed() if "wrong" in note.stdout else passed()',
            ),
        ),
    ),
    Defect(
        "fault-where-evidence-does-not-look",
        "broken",
        "replay",
        "note-kept: pass, not fail",
        (
            script(INJECT, "touch /var/cache/nota.lock"),
            *(
                check(
                    name,
                    'lock = machines["pc"].file("/var/cache/nota.lock")',
                    "return failed() if lock.exists else passed()",
                )
                for name in ("note_readable", "note_kept")
            ),
        ),
    ),
    Defect(
        "fault-heals-at-the-second-boot",
        "broken",
        "replay",
        "note-kept: pass, not fail",
        (
            script(
                INJECT,
                "mv /srv/nota.txt /etc/nota.kept",
                "cat >/etc/systemd/system/heal.service <<'END'",
                "[Service]",
                "Type=oneshot",
                "ExecStart=sh -c 'test ! -e /etc/booted || cp /etc/nota.kept /srv/nota.txt'",
                "ExecStart=touch /etc/booted",
                "[Install]",
                "WantedBy=multi-user.target",
                "END",
                "systemctl enable -q heal.service",
            ),
        ),
    ),
)
READ_ONLY = (
    Defect(
        "check-writes-a-file",
        "read-only",
        "live",
        "/srv/last-look",
        _looking(f'{_OBSERVER_LOOKS}"date >/proc/1/root/srv/last-look")'),
    ),
    Defect(
        "check-leaves-its-mark-once",
        "read-only",
        "live",
        "/srv/.looked",
        _looking('if not machines["pc"].file("/srv/.looked").exists:',
                 f'    {_OBSERVER_LOOKS}"touch /proc/1/root/srv/.looked")'),
    ),
    Defect(
        "check-removes-a-file",
        "read-only",
        "live",
        "/etc/motd",
        _looking(f'{_OBSERVER_LOOKS}"rm -f /proc/1/root/etc/motd")'),
    ),
    Defect(
        "check-restarts-a-service",
        "read-only",
        "live",
        "cron.service",
        _looking(f'{_OBSERVER_LOOKS}"systemctl restart cron.service")'),
    ),
    Defect(
        "check-adds-a-route",
        "read-only",
        "live",
        "192.0.2.9",
        _looking(f'{_OBSERVER_LOOKS}"ip route replace blackhole 192.0.2.9")'),
    ),
    Defect(
        "check-adds-a-firewall-rule",
        "read-only",
        "live",
        "looked-at",
        _looking(f'{_OBSERVER_LOOKS}"nft add table inet looked-at")'),
    ),
)  # fmt: skip
BEFORE_REPAIR = (*LINT, *HEALTHY, *BROKEN, *READ_ONLY)
