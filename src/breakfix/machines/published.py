"""What is in a published image, read without running anything of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import docker
from docker.errors import ImageNotFound, NotFound
from docker.models.containers import Container

from breakfix.errors import ImageMissing
from breakfix.machines import labels
from breakfix.machines.streams import archive_of, data_of
from breakfix.model.evidence import ImageIdentity
from breakfix.ports.passing import passing
from breakfix.ports.runtime import MachineKey

_STATUS = "/var/lib/dpkg/status"


@contextmanager
def unstarted(client: docker.DockerClient, image: str, owner: str = "") -> Iterator[Container]:
    """A container of `image` that never runs; `owner` is the installation that removes it when this
    process can't (none while images are built). Raises ImageMissing."""
    key = MachineKey(passing("reading"), "none")
    known = labels.of_machine(owner, key, labels.ROLE_MACHINE) | {labels.NICS: ""} if owner else {}
    try:
        made = client.api.create_container(image, ["none"], network_disabled=True, labels=known)
    except ImageNotFound as error:
        raise ImageMissing("image.missing", image=image) from error
    try:
        yield client.containers.get(made["Id"])
    finally:
        client.api.remove_container(made["Id"], force=True)


def identity(client: docker.DockerClient, name: str, image: str, owner: str = "") -> ImageIdentity:
    """Which image `image` (a tag or an id) is. Raises ImageMissing."""
    try:
        found = client.images.get(image)
    except ImageNotFound as error:
        raise ImageMissing("image.missing", image=image) from error
    layers = hashlib.sha256("\n".join(found.attrs["RootFS"]["Layers"]).encode()).hexdigest()
    packages = found.labels.get(labels.PACKAGES) or packages_digest(client, image, owner)
    return ImageIdentity(name, found.labels.get(labels.RECIPE, ""), layers, packages)


def packages_digest(client: docker.DockerClient, image: str, owner: str = "") -> str:
    """The SHA-256 of the image's installed packages, as `name version architecture` lines."""
    text = (content(client, image, _STATUS, 64 << 20, owner) or b"").decode(errors="replace")
    lines = sorted(_installed(text))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def content(
    client: docker.DockerClient, image: str, path: str, most: int, owner: str = ""
) -> bytes | None:
    """One regular file of an image; None when it is absent, something else or too large."""
    with unstarted(client, image, owner) as container:
        try:
            chunks, told = container.get_archive(path)
        except NotFound:
            return None
        with archive_of(chunks) as archive:
            member = archive.next() if told and told["size"] <= most else None
            return data_of(archive, member) if member and member.isreg() else None


def _installed(status: str) -> Iterator[str]:
    for paragraph in status.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line[:60])
        if fields.get("Status", "").endswith(" ok installed"):
            yield f"{fields['Package']} {fields['Version']} {fields.get('Architecture', '')}"
