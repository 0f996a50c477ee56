"""Building images through the engine's API, and carrying them on a stick."""

from __future__ import annotations

import io
import re
import shutil
import tarfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import docker
from docker.errors import APIError, ImageNotFound, NotFound

from breakfix.errors import EngineError, ImageMissing, disk_errors
from breakfix.machines import labels, root
from breakfix.machines.engine import engine_errors
from breakfix.machines.published import packages_digest
from breakfix.machines.recipes import Recipe

PUBLIC_BASE = "debian:bookworm-slim"
OWN_BASE = "breakfix/debian:bookworm"
#: Hears how much is done, out of how much: steps of a recipe, or bytes of a pack.
Progress = Callable[[int, int], None]
_STEP = re.compile(r"Step (\d+)/(\d+) ")


def exists(client: docker.DockerClient, tag: str) -> bool:
    """Whether the engine has an image of this name."""
    try:
        client.images.get(tag)
    except ImageNotFound:
        return False
    return True


def ensure(client: docker.DockerClient, recipe: Recipe, progress: Progress) -> None:
    """Build `recipe` and what it stands on, unless the engine has it already."""
    if exists(client, recipe.tag):
        return
    if recipe.parent is not None:
        ensure(client, recipe.parent, progress)
        base = recipe.parent.tag
    else:
        base = ready_base(client) or _bootstrap(client)
    _build(client, recipe, base, progress)


def save(client: docker.DockerClient, tags: list[str], target: Path, progress: Progress) -> None:
    """Write the images into one file. Raises ImageMissing."""
    with engine_errors(), disk_errors():
        missing = [tag for tag in tags if not exists(client, tag)]
        if missing:
            raise ImageMissing("image.missing", image=", ".join(missing))
        part = target.with_name(target.name + ".part")
        try:
            total = _size(client, tags)
            with part.open("wb") as stream:
                for chunk in _packed(client, tags):
                    stream.write(chunk)
                    progress(min(stream.tell(), total), total)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _packed(client: docker.DockerClient, tags: list[str]) -> Iterator[bytes]:
    """The engine takes several names in one request, its client's own method only one."""
    address = f"{client.api.base_url}/v{client.api.api_version}/images/get"
    with client.api.get(address, params={"names": tags}, stream=True) as answer:
        answer.raise_for_status()
        yield from answer.iter_content(1 << 20)


def _size(client: docker.DockerClient, tags: list[str]) -> int:
    """About how many bytes a pack has: layers that images share are in it once."""
    history = [line for tag in tags for line in client.images.get(tag).history()]
    return sum(
        {str(line["Id"]) + line["CreatedBy"]: int(line["Size"]) for line in history}.values()
    )


def load(client: docker.DockerClient, source: Path, progress: Progress) -> list[str]:
    """Load the images of a file made by `save`; returns their names."""
    with engine_errors(), source.open("rb") as stream:
        loaded = client.images.load(cast("bytes", _told(stream, source.stat().st_size, progress)))
        return [tag for image in loaded for tag in image.tags]


def _told(stream: IO[bytes], total: int, progress: Progress) -> Iterator[bytes]:
    while chunk := stream.read(1 << 20):
        yield chunk
        progress(stream.tell(), total)


def _build(client: docker.DockerClient, recipe: Recipe, base: str, progress: Progress) -> None:
    with engine_errors():
        lines = client.api.build(
            fileobj=_context(recipe),
            custom_context=True,
            tag=_unfinished(recipe),
            buildargs={"BASE": base},
            labels={labels.RECIPE: recipe.digest},
            network_mode="host",
            rm=True,
            forcerm=True,
            decode=True,
        )
        _follow(recipe, lines, progress)
        _finish(client, recipe)


def _finish(client: docker.DockerClient, recipe: Recipe) -> None:
    """Give the image its name, with a label that says which packages are in it: evidence names
    them, and reading them anew each time would cost a container."""
    made = _unfinished(recipe)
    client.images.build(
        fileobj=io.BytesIO(f"FROM {made}\n".encode()),
        tag=recipe.tag,
        labels={labels.PACKAGES: packages_digest(client, made)},
        rm=True,
        forcerm=True,
    )
    client.images.remove(made)


def _unfinished(recipe: Recipe) -> str:
    return f"{recipe.tag}-unfinished"


def _follow(recipe: Recipe, lines: Iterable[dict[str, object]], progress: Progress) -> None:
    tail: deque[str] = deque(maxlen=15)
    for line in lines:
        text = str(line.get("stream", "")).strip()
        if text:
            tail.append(text)
        if step := _STEP.match(text):
            progress(int(step[1]), int(step[2]))
        if "error" in line:
            raise EngineError("image.build-failed", image=recipe.name, reason="\n".join(tail))


def _context(recipe: Recipe) -> io.BytesIO:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for path in sorted(recipe.files()):
            archive.add(path, path.relative_to(recipe.folder), filter=_owned_by_root)
    target.seek(0)
    return target


def _owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same everywhere: owner and umask of whoever made the clone do not reach the image."""
    member.mode = 0o755 if member.mode & 0o100 else 0o644
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def ready_base(client: docker.DockerClient) -> str | None:
    """Debian itself, where it is there or a registry answers; else it must be made."""
    for tag in (PUBLIC_BASE, OWN_BASE):
        if exists(client, tag):
            return tag
    try:
        client.images.pull(PUBLIC_BASE)
    except (APIError, NotFound):
        return None
    return PUBLIC_BASE


def _bootstrap(client: docker.DockerClient) -> str:
    program = shutil.which("mmdebstrap")
    if program is None:
        raise EngineError("image.no-base")
    # As root: what an unprivileged user needs for it is not there on most computers.
    archive = root.run([program, "--variant=minbase", "--quiet", "bookworm", "-"])
    repository, tag = OWN_BASE.split(":")
    client.api.import_image_from_data(archive, repository=repository, tag=tag)
    return OWN_BASE
