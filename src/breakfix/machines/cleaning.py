"""Removing everything of one installation, by label; and seeing what is left."""

from __future__ import annotations

import docker
from docker.errors import APIError

from breakfix.machines import labels
from breakfix.machines.engine import engine_errors, gone_is_gone


def leftovers(client: docker.DockerClient, installation: str) -> dict[str, int]:
    """How many containers and snapshots of this installation there are."""
    wanted = labels.filters(installation)
    with engine_errors():
        return {
            "containers": len(client.api.containers(all=True, filters=wanted)),
            "snapshots": len(client.api.images(filters=wanted)),
        }


def clean(client: docker.DockerClient, installation: str) -> dict[str, int]:
    """Remove them all; returns what was removed. Published images stay: other installations
    share them."""
    removed = leftovers(client, installation)
    wanted = labels.filters(installation)
    with engine_errors():
        for container in client.containers.list(all=True, filters=wanted, ignore_removed=True):
            with gone_is_gone():
                container.remove(force=True, v=True)
        for image in client.api.images(filters=wanted):
            with gone_is_gone():
                client.images.remove(image["Id"], force=True)
    return removed


def remove_cgroups(client: docker.DockerClient, installation: str, image: str) -> None:
    """Remove the empty control groups that machines leave behind on cgroup v1.

    The engine removes a container's own group, not the groups that the machine's systemd made
    beside it; only a process that sees the host's tree can, so a short-lived container does.
    """
    command = (
        "for tree in /cgroup/*/breakfix/$1; do"
        ' [ -d "$tree" ] && find "$tree" -depth -type d -exec rmdir {} + ; done; true'
    )
    try:
        client.containers.run(
            image,
            ["sh", "-c", command, "sh", installation],
            remove=True,
            network_mode="none",
            volumes={"/sys/fs/cgroup": {"bind": "/cgroup", "mode": "rw"}},
            cap_drop=["ALL"],
            cap_add=["DAC_OVERRIDE"],
        )
    except APIError:
        # Nothing of a learner's is in there; a later clean tries again.
        return
