"""What is typed travels in pieces that the server takes."""

from __future__ import annotations

import json
import subprocess

import pytest

from breakfix.codec import from_json
from breakfix.server.asked import MOST_BYTES
from breakfix.server.terminal_socket import Frame
from tests.browser.test_shipped import UI, node

SCRIPT = """
import { build } from 'esbuild';
const made = await build({ entryPoints: ['src/terminal/pieces.ts'], format: 'esm', write: false });
const code = Buffer.from(made.outputFiles[0].contents).toString('base64');
const { pieces } = await import(`data:text/javascript;base64,${code}`);
let text = '';
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(pieces(JSON.parse(text)).map(d => JSON.stringify({ t: 'in', d }))));
"""


def frames(text: str) -> list[str]:
    """The messages in which the panel sends `text`."""
    done = subprocess.run(
        [node(), "--input-type=module", "-e", SCRIPT], cwd=UI, input=json.dumps(text),
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("text", [
    "", "ls\n", "x" * 8192, "x" * 8193, "\x1b[200~" * 9000, "\x1b" * 40000, "é€" * 9000,
    "😀" * 9000, "x" + "😀" * 9000,
])  # fmt: skip
def test_a_paste_arrives_as_it_was(text: str) -> None:
    """Whatever is pasted, no message is too long or unreadable for the server, and nothing is lost
    between two of them."""
    sent = frames(text)
    assert all(len(one.encode()) <= MOST_BYTES for one in sent)
    assert "".join(from_json(Frame, one).d for one in sent) == text
