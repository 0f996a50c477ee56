"""Evidence and images are enough: another engine comes to the same verdict, or refuses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import docker
import pytest

from breakfix.wiring import image_tag
from tests.engine.conftest import Run
from tests.engine.handed_in import HandedIn, error_of
from tests.engine.second_engine import SecondEngine

pytestmark = pytest.mark.engine


@pytest.fixture
def client(second_engine: SecondEngine, second: Run) -> Iterator[docker.DockerClient]:
    """The second engine itself, with the images from the pack."""
    assert second("image", "list").returncode == 0
    made = docker.DockerClient(base_url=second_engine.host)
    yield made
    made.close()


@contextmanager
def other_image(client: docker.DockerClient, image: str | None) -> Iterator[None]:
    """Meanwhile another image has the name of the pc's (none where `image` is None)."""
    name, spare = image_tag("pc"), "breakfix/pc:kept-by-test"
    _name(client, name, spare)
    if image is None:
        client.api.remove_image(name)
    else:
        _name(client, image, name)
    try:
        yield
    finally:
        _name(client, spare, name)
        client.api.remove_image(spare)


def _name(client: docker.DockerClient, image: str, name: str) -> None:
    repository, tag = name.split(":")
    client.api.tag(image, repository, tag)


def built(client: docker.DockerClient, recipe: str) -> str:
    """An image built from a recipe; its id."""
    made, _ = client.images.build(fileobj=io.BytesIO(recipe.encode()), rm=True, forcerm=True)
    return str(made.id)


@pytest.mark.parametrize("name", ["right", "wrong", "graded"])
def test_verdicts_are_equal(breakfix: Run, second: Run, handed_in: HandedIn, name: str) -> None:
    """An engine that got only the evidence and the images says exactly what the first one says."""
    file = str(getattr(handed_in, name))
    here = breakfix("evidence", "replay", file, "--json")
    there = second("evidence", "replay", file, "--json")

    assert here.returncode == there.returncode == (1 if name == "wrong" else 0)
    reports = [json.loads(done.stdout) for done in (here, there)]
    for report in reports:
        report.pop("seconds")
        report["report"].pop("seconds")
    assert reports[0] == reports[1]


def test_another_image_of_that_name_is_refused(
    second: Run, client: docker.DockerClient, handed_in: HandedIn
) -> None:
    """A machine is not replayed on another image; the sentence says how to get the right one."""
    with other_image(client, image_tag("router")):
        error = error_of(second("evidence", "replay", str(handed_in.right), "--json"))

    assert error["key"] == "evidence.other-image"
    assert "breakfix image pack" in error["text"]
    assert "breakfix image load" in error["text"]


def test_image_of_a_changed_recipe_is_refused(
    second: Run, client: docker.DockerClient, handed_in: HandedIn
) -> None:
    """An image whose recipe was changed is another one, whatever packages it holds."""
    changed = f"FROM {image_tag('pc')}\nLABEL org.breakfix.recipe=000000000000\nCOPY . /opt\n"
    with other_image(client, built(client, changed)):
        error = error_of(second("evidence", "replay", str(handed_in.right), "--json"))

    assert error["key"] == "evidence.other-image"


def test_image_with_other_packages_is_refused(
    second: Run, client: docker.DockerClient, handed_in: HandedIn
) -> None:
    """The same recipe with other versions of packages is another image."""
    newer = f"FROM {image_tag('pc')}\nLABEL org.breakfix.packages=newer\nCOPY . /opt\n"
    with other_image(client, built(client, newer)):
        error = error_of(second("evidence", "replay", str(handed_in.right), "--json"))

    assert error["key"] == "evidence.other-image"


def test_same_recipe_and_packages_are_accepted(
    second: Run, client: docker.DockerClient, handed_in: HandedIn
) -> None:
    """An image that was built elsewhere from the same recipe and packages has other layers, and
    is as good."""
    elsewhere = built(client, f"FROM {image_tag('pc')}\nCOPY . /opt\n")
    with other_image(client, elsewhere):
        done = second("evidence", "replay", str(handed_in.right), "--json")

    assert done.returncode == 0, done.stdout + done.stderr


def test_missing_image_is_told(
    second: Run, client: docker.DockerClient, handed_in: HandedIn
) -> None:
    """Without the image the sentence names it, and both ways to get it."""
    with other_image(client, None):
        error = error_of(second("evidence", "replay", str(handed_in.right), "--json"))

    assert error["key"] == "image.missing"
    assert image_tag("pc") in error["text"]
    assert "breakfix image load" in error["text"]
