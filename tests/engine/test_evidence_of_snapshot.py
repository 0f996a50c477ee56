"""Evidence is what differs from the published image, however the machine was started."""

from __future__ import annotations

import hashlib
import io
import secrets
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Run
from tests.engine.handed_in import FAULT, LAB, good, hand_in, learner_runs, opened, repair

pytestmark = pytest.mark.engine
#: Every kind of change: made, written, made readable for few, moved, linked, removed, made anew.
WORK = """mkdir -p /opt/tools/old; echo one >/opt/tools/old/one
ln /opt/tools/old/one /opt/tools/two
ln -s old /opt/tools/now; mkfifo /opt/tools/pipe
echo new >>/etc/issue; chmod 600 /etc/issue.net; chown support /etc/motd
mv /etc/skel/.profile /etc/skel/.profile.old; rm /etc/skel/.bashrc
rm -r /etc/logrotate.d; mkdir /etc/logrotate.d; echo x >/etc/logrotate.d/mine
rm -r /etc/cron.daily; ln -s /opt/tools /etc/cron.daily
useradd -m piet"""
#: What each machine makes anew when it starts.
OWN = {"/etc/machine-id", "/var/lib/dbus/machine-id"}
Facts = dict[str, tuple[object, ...]]


@pytest.fixture
def seed() -> str:
    """A seed for which no snapshot was ever made."""
    return secrets.token_hex(4)


@pytest.fixture
def session(breakfix: Run, seed: str) -> Iterator[Run]:
    """A session that was started for the first time."""
    good(breakfix("lab", "start", LAB, "--fault", FAULT, "--seed", seed))
    yield breakfix
    breakfix("lab", "finish", LAB)


def facts(file: Path) -> tuple[Facts, set[str]]:
    """Each path with its kind, permissions, owner and content, without times; what is gone."""
    manifest, _, parts = opened(file)
    with tarfile.open(fileobj=io.BytesIO(parts["parts/pc.tar"])) as archive:
        found = {f"/{info.name}": _facts(archive, info) for info in archive}
    return found, set(manifest["parts"][0]["deleted"])


def _facts(archive: tarfile.TarFile, info: tarfile.TarInfo) -> tuple[object, ...]:
    stream = archive.extractfile(info) if info.isreg() else None
    digest = hashlib.sha256(stream.read()).hexdigest() if stream else ""
    own = digest if f"/{info.name}" not in OWN else ""
    return info.type, info.mode, info.uid, info.gid, info.linkname, own


def worked_on(run: Run, seed: str, target: Path) -> tuple[Facts, set[str]]:
    """What evidence holds after the same work."""
    repair(run, seed)
    learner_runs(run, WORK)
    hand_in(run, target)
    return facts(target)


def test_start_from_a_snapshot_makes_no_difference(session: Run, seed: str, tmp_path: Path) -> None:
    """The same work on a first start and on a start from a snapshot gives the same evidence."""
    first, gone_first = worked_on(session, seed, tmp_path / "first.tar.zst")
    good(session("lab", "reset", LAB))
    second, gone_second = worked_on(session, seed, tmp_path / "second.tar.zst")

    assert {"/srv/nota.txt", "/opt/tools/two", "/etc/logrotate.d/mine"} <= set(first)
    assert {"/etc/skel/.bashrc", "/etc/skel/.profile"} <= gone_first
    assert gone_first == gone_second
    assert {path for path in first if first[path] != second.get(path)} == set()
    assert set(second) == set(first)
