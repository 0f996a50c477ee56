"""The wire: one helper container owns all network segments of an installation.

The helper has a network namespace of its own and only NET_ADMIN; it makes cable pairs and pushes
one end into a machine's namespace. So nothing of the engine's network is in the learner's way, and
a cable can be pulled or slowed outside the machine.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import docker
from docker.errors import APIError
from docker.models.containers import Container

from breakfix.errors import EngineError
from breakfix.machines import labels
from breakfix.machines.executing import execute
from breakfix.machines.options import READONLY_PATHS
from breakfix.model.topology import Cable


@dataclass(frozen=True)
class Plug:
    """Cables to put into one running machine: `process` is its PID 1 as the host sees it."""

    session: str
    machine: str
    process: int
    nics: Mapping[str, str]


class DockerWire:
    """All segments of one installation."""

    def __init__(self, client: docker.DockerClient, installation: str, image: str) -> None:
        self._client = client
        self._installation = installation
        self._image = image
        self._making = threading.Lock()

    def plug(self, plugs: Iterable[Plug], cables: Iterable[Cable] = ()) -> None:
        """Put every cable in, in one go, in the state that `cables` gives."""
        states = {(cable.machine, cable.nic): cable for cable in cables}
        lines: list[str] = []
        for plug in plugs:
            for nic, network in plug.nics.items():
                lines += _plug_lines(plug, nic, network)
                cable = states.get((plug.machine, nic))
                lines += _state_lines(plug.session, cable) if cable else []
        if lines:
            self._run(lines)

    def set_cable(self, session: str, cable: Cable) -> None:
        """Put one cable in the state given."""
        self._run(_state_lines(session, cable))

    def remove(self, session: str, networks: Iterable[str]) -> None:
        """Remove the segments of a session (the cables went with their machines)."""
        lines = [
            f"ip link del {_segment(session, network)} 2>/dev/null || true" for network in networks
        ]
        if lines and self._find() is not None:
            self._run(lines)

    def _run(self, lines: list[str]) -> None:
        helper = str(self._helper().id)
        result = execute(self._client, helper, ["sh", "-ec", "\n".join(lines)])
        if result.status:
            raise EngineError("engine.wire", reason=result.output + result.errors)

    def _find(self) -> Container | None:
        found = self._client.containers.list(
            all=True,
            filters=labels.filters(self._installation, role=labels.ROLE_WIRE),
            ignore_removed=True,
        )
        return found[0] if found else None

    def _helper(self) -> Container:
        with self._making:
            helper = self._find() or self._create()
        if helper.status != "running":
            helper.start()
        return helper

    def _create(self) -> Container:
        config = self._client.api.create_host_config(
            network_mode="none",
            pid_mode="host",
            cap_drop=["ALL"],
            cap_add=["NET_ADMIN"],
            security_opt=["no-new-privileges"],
            restart_policy={"Name": "unless-stopped"},
            pids_limit=64,
        )
        name = f"breakfix-{self._installation}-wire"
        try:
            self._client.api.create_container(
                self._image,
                name=name,
                command=["sleep", "infinity"],
                host_config=config | {"ReadonlyPaths": READONLY_PATHS},
                stop_signal="SIGKILL",
                labels={labels.INSTALLATION: self._installation, labels.ROLE: labels.ROLE_WIRE},
            )
        except APIError as error:
            # Another process of this installation was first.
            if error.status_code != HTTPStatus.CONFLICT:
                raise
        return self._client.containers.get(name)


def _plug_lines(plug: Plug, nic: str, network: str) -> list[str]:
    segment, port = _segment(plug.session, network), _port(plug.session, plug.machine, nic)
    address = _hardware_address(plug.session, plug.machine, nic)
    return [
        f"ip link add {segment} type bridge forward_delay 0 mcast_snooping 0 2>/dev/null &&"
        f" ip link set {segment} addrgenmode none || true",
        f"ip link set {segment} up",
        f"ip link del {port} 2>/dev/null || true",
        f"ip link add {port} type veth peer name {nic} netns {plug.process} address {address}",
        f"ip link set {port} addrgenmode none master {segment} up",
    ]


def _state_lines(session: str, cable: Cable) -> list[str]:
    port = _port(session, cable.machine, cable.nic)
    lines = [
        f"ip link set {port} {'up' if cable.connected else 'down'}",
        f"tc qdisc del dev {port} root 2>/dev/null || true",
    ]
    if cable.rate:
        lines.append(
            f"tc qdisc add dev {port} root tbf rate {cable.rate}kbit burst 8k latency 400ms"
        )
    elif cable.delay or cable.loss:
        lines.append(f"tc qdisc add dev {port} root netem delay {cable.delay}ms loss {cable.loss}%")
    return lines


def _name(prefix: str, *parts: str) -> str:
    # Interface names hold at most 15 characters.
    return prefix + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _segment(session: str, network: str) -> str:
    return _name("b", session, network)


def _port(session: str, machine: str, nic: str) -> str:
    return _name("p", session, machine, nic)


def _hardware_address(session: str, machine: str, nic: str) -> str:
    digest = _name("", session, machine, nic)
    return f"52:54:00:{digest[:2]}:{digest[2:4]}:{digest[4:6]}"
