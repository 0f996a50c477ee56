"""How a container is created so that systemd runs in it without privileges.

Each choice was measured; `docs/decisions/0006-machine-options.md` says with which result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import docker

#: Only `/proc/sys/net` stays writable: it belongs to the machine's own network namespace.
READONLY_PATHS = [
    *(f"/proc/{name}" for name in ("bus", "fs", "irq", "sysrq-trigger", "asound", "acpi", "scsi")),
    *(
        f"/proc/sys/{name}"
        for name in ("kernel", "vm", "fs", "dev", "debug", "abi", "user", "crypto", "sunrpc", "xen")
    ),
]
TMPFS = {"/run": "mode=755,size=64m", "/run/lock": "size=5m", "/tmp": "mode=1777,size=128m"}  # noqa: S108 (a mount in the machine, not a file of ours)
PIDS = 512
_WRITABLE_CGROUPS = 28  # the first version of the engine with that security option
STOP_SIGNAL = "SIGRTMIN+3"


@dataclass(frozen=True)
class CgroupChoice:
    """The way systemd gets a cgroup tree of its own on this engine; `name` is for doctor."""

    name: str
    options: dict[str, Any]
    binds: tuple[str, ...] = ()


def cgroup_choice(client: docker.DockerClient, installation: str, container: str) -> CgroupChoice:
    """The cgroup options for `container` on this engine."""
    info, version = _engine_facts(client)
    if any("name=userns" in option for option in info.get("SecurityOptions") or []):
        return CgroupChoice("userns-remap", {})
    if info.get("CgroupVersion", "1") == "1":
        return _version_1(f"/breakfix/{installation}/{container}")
    if version >= _WRITABLE_CGROUPS:
        return CgroupChoice(
            "v2-writable",
            {"CgroupnsMode": "private", "SecurityOpt": ["writable-cgroups=true"]},
        )
    if info.get("CgroupDriver") == "systemd":
        slices = ["breakfix.slice", f"breakfix-{installation}.slice"]
        slices.append(f"breakfix-{installation}-{container.replace('-', '_')}.slice")
        return _version_2_bound(slices[-1], "/".join(slices))
    parent = f"breakfix/{installation}/{container}"
    return _version_2_bound(f"/{parent}", parent)


@cache
def _engine_facts(client: docker.DockerClient) -> tuple[dict[str, Any], int]:
    """What the engine says of itself, and its major version; asked once for each connection."""
    return client.info(), int(client.version()["Version"].split(".")[0])


def _version_1(parent: str) -> CgroupChoice:
    # Binding the whole systemd hierarchy would let machines see and move each other. The second
    # bind gives systemd the paths that the kernel names, so that it knows whose process is whose.
    tree = "/sys/fs/cgroup/systemd"
    return CgroupChoice(
        "v1-own-parent",
        {"CgroupnsMode": "host", "CgroupParent": parent},
        (f"{tree}{parent}:{tree}:rw", f"{tree}{parent}:{tree}{parent}:rw"),
    )


def _version_2_bound(parent: str, path: str) -> CgroupChoice:
    source = f"/sys/fs/cgroup/{path}"
    return CgroupChoice(
        "v2-own-slice",
        {"CgroupnsMode": "host", "CgroupParent": parent},
        (f"{source}:{source}:rw",),
    )


def machine_host_config(
    client: docker.DockerClient, choice: CgroupChoice, memory: int
) -> dict[str, Any]:
    """The engine's host configuration of a machine with `memory` MiB."""
    config: dict[str, Any] = client.api.create_host_config(
        cap_add=["NET_ADMIN", "SYS_BOOT"],
        # AUDIT_WRITE stays: without it every sudo prints a warning.
        cap_drop=["MKNOD"],
        binds=list(choice.binds),
        tmpfs=TMPFS,
        mem_limit=f"{memory}m",
        memswap_limit=f"{memory}m",
        pids_limit=PIDS,
        cpu_period=100_000,
        cpu_quota=100_000,
        sysctls={
            "net.ipv4.ip_unprivileged_port_start": "1024",
            # A new network namespace takes this from the host, and an engine sets it there: without
            # this a machine that nobody made a router would be one.
            "net.ipv4.ip_forward": "0",
        },
    )
    return config | choice.options | {"ReadonlyPaths": READONLY_PATHS}
