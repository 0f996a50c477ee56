"""Defects that only the whole proof shows: stages 8 and 9."""

from __future__ import annotations

from tests.engine.defects.defect import (
    HARMLESS_CHECK,
    LAB,
    ONLY_EMPTY_FILE,
    Defect,
    add,
    check,
    script,
)

#: Lines of a check that know, on the host where it runs, how often the note was broken and whole.
_STORY = (
    "from pathlib import Path",
    'note = machines["pc"].file("/srv/nota.txt")',
    "code = values['CODE']",
    "whole = note.is_file and not note.is_symlink and code in note.content_string",
    'kept = Path(__file__).with_name("story")',
    'story = kept.read_text() if kept.exists() else ""',
    'word = "W" if whole else "B"',
    "story = story if story.endswith(word) else story + word",
    "kept.write_text(story)",
)
AGAIN = (
    Defect(
        "check-knows-one-repair-only",
        "again",
        "live",
        "note-kept: fail, not pass",
        (
            check(
                "note_kept",
                *_STORY,
                'once = story.count("BW") < 2',
                "return passed() if whole and once else failed()",
            ),
        ),
    ),
    Defect(
        "check-keeps-its-first-pass",
        "again",
        "live",
        "note-readable: pass, not fail",
        (
            script(
                ONLY_EMPTY_FILE,
                "# caught by: note-kept",
                'echo "code: $CODE" >/root/nota.txt',
                "ln -s /root/nota.txt /srv/nota.txt",
            ),
            check(
                "note_readable", *_STORY, 'return passed() if whole or "BW" in story else failed()'
            ),
        ),
    ),
)
_SECOND_CAUSE = """
[[checks]]
id = "disk-free"
aspect = "cause"
sight = "observer"
points = 2

[checks.text.pass]
nl = "De schijf heeft plaats."
en = "The disk has room."

[checks.text.fail]
nl = "De schijf is vol."
en = "The disk is full."
"""
ABLE_TO_FAIL = (
    Defect(
        "harmless-check-that-nothing-breaks",
        "able-to-fail",
        "",
        "folder-closed never failed",
        HARMLESS_CHECK,
    ),
    Defect(
        "harmless-check-reads-a-folder-of-the-observer",
        "able-to-fail",
        "",
        "folder-closed never failed",
        (*HARMLESS_CHECK,
         check("folder_closed", 'rights = machines["pc"].run("stat -c %%a /opt").stdout.strip()',
               'return failed() if rights.endswith("7") else passed()')),
    ),
    Defect(
        "cause-check-of-no-fault",
        "able-to-fail",
        "",
        "disk-free never failed",
        (add(LAB, _SECOND_CAUSE), check("disk_free", "return passed()")),
    ),
)  # fmt: skip
WHOLE = (*AGAIN, *ABLE_TO_FAIL)
