"""What every adapter of `Runtime` promises: the fake of these tests, and Docker Engine."""

from __future__ import annotations

import secrets
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakfix.errors import BootFailed, EngineError, MachineError, NotObservable
from breakfix.evidence.indexing import index_of
from breakfix.evidence.part_tar import PartTar
from breakfix.machines import engine
from breakfix.machines.cleaning import clean, remove_cgroups
from breakfix.machines.runtime import DockerRuntime
from breakfix.model.session import Power
from breakfix.model.topology import Cable
from breakfix.ports.runtime import Captured, MachineKey, MachineSpec, Runtime
from breakfix.wiring import image_tag
from tests.contract.fake_runtime import FakeRuntime

SESSION = "contract"
PC, SERVER = MachineKey(SESSION, "pc"), MachineKey(SESSION, "server")
CARRIER = "ip link set ens3 up\ncat /sys/class/net/ens3/carrier"
WRITE = 'echo "$WORDS" >/srv/mine'
READ = "cat /srv/mine"


@pytest.fixture(scope="module")
def docker_runtime() -> Iterator[DockerRuntime]:
    """Docker Engine with an installation of its own, that is cleaned away."""
    installation = f"test{secrets.token_hex(3)}"
    yield DockerRuntime(engine.connect(), installation, image_tag)
    clean(engine.connect(), installation)
    remove_cgroups(engine.connect(), installation, image_tag("wire"))


@pytest.fixture(params=["fake", pytest.param("docker", marks=pytest.mark.engine)])
def runtime(request: pytest.FixtureRequest) -> Iterator[Runtime]:
    """Each adapter, without machines before and after the test."""
    made: Runtime = (
        FakeRuntime() if request.param == "fake" else request.getfixturevalue("docker_runtime")
    )
    yield made
    made.remove(SESSION)


def spec(key: MachineKey = PC, *scripts: str, generation: int = 1) -> MachineSpec:
    """A machine with one cable, set up by `scripts`."""
    return MachineSpec(
        key, "pc", key.machine, {"ens3": "office"}, generation,
        scripts=scripts, environment={"WORDS": "kept words"},
    )  # fmt: skip


def booted(runtime: Runtime, *specs: MachineSpec, cables: tuple[Cable, ...] = ()) -> Runtime:
    """The runtime, with these machines up."""
    runtime.create(specs)
    runtime.start(SESSION, [one.key.machine for one in specs], cables)
    runtime.wait_booted([one.key for one in specs])
    return runtime


def said(runtime: Runtime, script: str, key: MachineKey = PC) -> str:
    """What a script prints on a machine; it must succeed."""
    done = runtime.run(key, script, {"WORDS": "other words"})
    assert done.status == 0, done.errors
    return done.output.strip()


def test_created_machines_are_off(runtime: Runtime) -> None:
    """A machine that was created exists, is off, and nothing of it ran."""
    runtime.create([spec(), spec(SERVER)])

    found = {status.key: status.power for status in runtime.list(SESSION)}
    assert found == {PC: Power.OFF, SERVER: Power.OFF}


def test_set_up_before_the_first_boot_only(runtime: Runtime) -> None:
    """Set-up scripts run in order with their environment, and not again at a later start."""
    booted(runtime, spec(PC, WRITE, 'echo "$WORDS, twice" >/srv/second'))
    assert said(runtime, READ) == "kept words"
    assert said(runtime, "cat /srv/second") == "kept words, twice"
    said(runtime, WRITE)

    runtime.stop(SESSION)
    assert [status.power for status in runtime.list(SESSION)] == [Power.OFF]
    runtime.start(SESSION, ["pc"], ())
    runtime.wait_booted([PC])

    assert [status.power for status in runtime.list(SESSION)] == [Power.RUNNING]
    assert said(runtime, READ) == "other words"


def test_what_does_not_last_is_gone_after_a_restart(runtime: Runtime) -> None:
    """A file under /run is lost with a restart, which shows: a repair there does not last."""
    booted(runtime, spec())
    said(runtime, 'echo "now" >/run/mine')
    since = [status.since for status in runtime.list(SESSION)]
    assert [status.since for status in runtime.list(SESSION)] == since
    runtime.stop(SESSION)
    runtime.start(SESSION, ["pc"], ())
    runtime.wait_booted([PC])

    assert runtime.run(PC, "cat /run/mine", {}).status != 0
    assert [status.since for status in runtime.list(SESSION)] != since


def test_a_failing_set_up_is_no_boot(runtime: Runtime) -> None:
    """When a set-up script fails, starting says which machine did not come up."""
    runtime.create([spec(PC, "exit 3")])

    with pytest.raises(BootFailed) as caught:  # noqa: PT012 (one of both raises)
        runtime.start(SESSION, ["pc"], ())
        runtime.wait_booted([PC], seconds=20)
    assert caught.value.values["machine"] == "pc"


def test_a_script_tells_its_end_and_both_outputs(runtime: Runtime) -> None:
    """Running a script gives its status, output and errors, and stops at the first failure."""
    booted(runtime, spec())
    done = runtime.run(PC, 'echo "first"\ncat /srv/absent\necho "never"', {})

    assert (done.status != 0, done.output) == (True, "first\n")
    assert "/srv/absent" in done.errors
    assert runtime.run(PC, "exit 7", {}).status == 7


def test_what_is_not_there_is_a_machine_error(runtime: Runtime) -> None:
    """A machine that does not exist is named in the error."""
    with pytest.raises(MachineError) as caught:
        runtime.run(PC, READ, {})
    assert caught.value.values == {"machine": "pc"}


def test_a_machine_that_is_off_runs_and_shows_nothing(runtime: Runtime) -> None:
    """On a machine that is off no script runs, and a look is refused instead of answered."""
    runtime.create([spec()])

    with pytest.raises(EngineError):
        runtime.run(PC, READ, {})
    with pytest.raises(NotObservable):
        runtime.observer(PC).root.run(READ)


def test_made_anew(runtime: Runtime) -> None:
    """Creating a machine of the same generation again gives a fresh one, and still one."""
    booted(runtime, spec())
    said(runtime, WRITE)
    booted(runtime, spec())

    assert len(runtime.list(SESSION)) == 1
    assert runtime.run(PC, READ, {}).status != 0


def test_generations_stand_side_by_side(runtime: Runtime) -> None:
    """A newer generation takes over at once, and removing the older leaves it alone."""
    booted(runtime, spec(PC, WRITE))
    booted(runtime, spec(generation=2))

    assert [status.generation for status in runtime.list(SESSION)] == [1, 2]
    assert runtime.run(PC, READ, {}).status != 0
    runtime.remove(SESSION, before_generation=2)
    assert [status.generation for status in runtime.list(SESSION)] == [2]
    runtime.remove(SESSION)
    assert runtime.list(SESSION) == ()


def test_other_sessions_are_left_alone(runtime: Runtime) -> None:
    """Removing one session's machines leaves another's where they are."""
    other = MachineKey("contract-other", "pc")
    runtime.create([spec(), spec(other)])
    try:
        assert {SESSION, other.session} <= set(runtime.sessions())
        runtime.remove(SESSION)
        assert SESSION not in runtime.sessions()
        assert [status.key for status in runtime.list(other.session)] == [other]
    finally:
        runtime.remove(other.session)


def test_cables(runtime: Runtime) -> None:
    """A cable is in unless told otherwise, at a start and at any later moment."""
    pulled = Cable("pc", "ens3", connected=False)
    booted(runtime, spec(), spec(SERVER), cables=(pulled,))
    assert (said(runtime, CARRIER), said(runtime, CARRIER, SERVER)) == ("0", "1")

    runtime.set_cable(SESSION, Cable("pc", "ens3"))
    assert said(runtime, CARRIER) == "1"
    runtime.set_cable(SESSION, pulled)
    assert said(runtime, CARRIER) == "0"


def test_both_shells_of_an_observer_answer(runtime: Runtime) -> None:
    """The root shell reads the machine's files, and both keep on after a command that fails."""
    booted(runtime, spec(PC, WRITE))
    observer = runtime.observer(PC)

    assert observer.root.run("cat /srv/absent").status != 0
    assert observer.root.run(READ).output == "kept words\n"
    assert observer.tools.run('echo "here"').output == "here\n"
    observer.root.close()
    observer.tools.close()


def test_snapshots(runtime: Runtime) -> None:
    """A machine from a snapshot has the disk of that moment, and needs no set-up."""
    booted(runtime, spec(PC, WRITE))
    name = f"contract{secrets.token_hex(4)}"
    assert runtime.find_snapshot(name) is None
    kept = runtime.snapshot(PC, name)
    said(runtime, WRITE)
    assert runtime.find_snapshot(name) == kept

    booted(runtime, MachineSpec(PC, "pc", "pc", {"ens3": "office"}, generation=2, snapshot=kept))
    assert said(runtime, READ) == "kept words"


def test_changes_name_what_differs(runtime: Runtime) -> None:
    """The changed paths of a machine hold a file that was written."""
    booted(runtime, spec())
    assert "/srv/mine" not in runtime.changes(PC)
    said(runtime, WRITE)

    assert "/srv/mine" in runtime.changes(PC)


def test_a_greedy_machine_is_paused(runtime: Runtime) -> None:
    """A machine that fills the disk stands still, others go on."""
    booted(runtime, spec(), spec(SERVER))
    most = 60 << 20
    assert runtime.pause_greedy(SESSION, most) == ()
    said(runtime, f"head -c {most + (1 << 20)} /dev/zero >/srv/big")

    assert runtime.pause_greedy(SESSION, most) == ("pc",)
    found = {status.key: status.power for status in runtime.list(SESSION)}
    assert found == {PC: Power.PAUSED, SERVER: Power.RUNNING}
    assert runtime.unpause(SESSION) == ("pc",)
    assert said(runtime, 'echo "on"') == "on"


def in_archive(path: Path) -> set[str]:
    """The names in an archive."""
    with tarfile.open(path) as archive:
        return set(archive.getnames())


def captured_into(runtime: Runtime, archive: Path, most: int = 1 << 20) -> Captured:
    """What differs on the machine, in an archive."""
    with PartTar(archive) as part:
        return runtime.capture(PC, part.add, most)


def test_capture_holds_what_differs_from_the_published_image(
    runtime: Runtime, tmp_path: Path
) -> None:
    """Evidence of a machine has what was written and names what was removed."""
    booted(runtime, spec(PC, WRITE))
    said(runtime, "rm /etc/debian_version")
    captured = captured_into(runtime, tmp_path / "pc.tar")

    assert "srv/mine" in in_archive(tmp_path / "pc.tar")
    assert "/etc/debian_version" in captured.deleted
    assert captured.image == runtime.identify("pc")
    with pytest.raises(MachineError):
        captured_into(runtime, tmp_path / "small.tar", most=1)


def test_prepared_machine_never_booted(runtime: Runtime, tmp_path: Path) -> None:
    """Preparing runs the set-up scripts and leaves the machine off, ready to be captured."""
    runtime.prepare(spec(PC, WRITE))

    assert [status.power for status in runtime.list(SESSION)] == [Power.OFF]
    captured_into(runtime, tmp_path / "pc.tar")
    assert "srv/mine" in in_archive(tmp_path / "pc.tar")
    runtime.remove(SESSION)
    with pytest.raises(BootFailed):
        runtime.prepare(spec(PC, "exit 3"))


def test_capture_is_restored(runtime: Runtime, tmp_path: Path) -> None:
    """What was captured on one machine is on the next one that it is laid over."""
    booted(runtime, spec(PC, WRITE, "rm /etc/debian_version"))
    captured = captured_into(runtime, tmp_path / "pc.tar")
    again = MachineSpec(
        PC, "pc", "pc", {"ens3": "office"}, generation=2,
        restore=tmp_path / "pc.tar", deleted=captured.deleted,
    )  # fmt: skip
    booted(runtime, again)

    assert said(runtime, READ) == "kept words"
    assert runtime.run(PC, "cat /etc/debian_version", {}).status != 0


def test_published_images_are_read_without_machines(runtime: Runtime) -> None:
    """A file of a published image can be read, up to a size, and an export holds it."""
    text = runtime.read_file("pc", "/etc/debian_version", 1 << 20) or b""

    assert text
    assert runtime.read_file("pc", "/etc/debian_version", 1) is None
    assert runtime.read_file("pc", "/etc/absent", 1 << 20) is None
    with runtime.export("pc") as stream:
        found = index_of(stream, lambda path: path.startswith("/etc/"))
    assert "/etc/debian_version" in found.members
