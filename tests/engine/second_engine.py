"""A container engine of the tests' own, on a small disk in memory: it may be killed and filled."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

#: Room for the images, and for one small lab.
DISK = 1500 << 20


class SecondEngine:
    """A Docker Engine in a network namespace of its own.

    `folder` holds its disk, its socket and its log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._disk = folder / "disk"
        self._process: subprocess.Popen[bytes] | None = None
        self._disk.mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "breakfix-test", str(self._disk)],
            check=True,
        )

    @property
    def host(self) -> str:
        """What DOCKER_HOST must say to reach it."""
        return f"unix://{self._folder / 'socket'}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # A process that was killed leaves these, and the next one would refuse to start.
        for name in ("pid", "socket", "run/containerd/containerd.pid"):
            (self._folder / name).unlink(missing_ok=True)
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["unshare", "-n", "dockerd", "--data-root", str(self._disk / "data"),
                 "--exec-root", str(self._folder / "run"), "-H", self.host,
                 "-p", str(self._folder / "pid"), "--bip", "172.29.0.1/16"],
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < end, (self._folder / "log").read_text()[-2000:]
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it as a crash would: its machines are left alone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def fill(self, left: int = 0) -> None:
        """Fill its disk up to `left` bytes."""
        free = shutil.disk_usage(self._disk).free
        with (self._disk / "filler").open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, free - left)

    def make_room(self) -> None:
        """Take back what `fill` took."""
        (self._disk / "filler").unlink(missing_ok=True)

    def remove(self) -> None:
        """End it and everything that it started; nothing of it stays."""
        self.make_room()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)
        for process in Path("/proc").glob("[0-9]*"):
            if _mentions(process, str(self._folder)):
                os.kill(int(process.name), signal.SIGKILL)
        mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for mount in sorted(one for one in mounts if one.startswith(f"{self._folder}/"))[::-1]:
            subprocess.run(["umount", "-l", mount], check=True)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(5)
            try:
                asking.connect(str(self._folder / "socket"))
                asking.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
                return b"200 OK" in asking.recv(4096)
            except OSError:
                return False


def _mentions(process: Path, folder: str) -> bool:
    """Whether a container's keeper or a part of the engine works in this folder."""
    try:
        words = (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return False
    return folder in words and any(name in words for name in ("containerd", "dockerd"))
