"""`breakfix journal …`: what happened in a session, and the recordings of its terminals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from breakfix.cli.output import Screen, json_option, screen
from breakfix.cli.playing import play as play_cast
from breakfix.codec import to_data
from breakfix.errors import EvidenceError, NotFound, SessionMissing
from breakfix.evidence.asciicast import read_cast
from breakfix.messages import moment
from breakfix.model.recording import Recording
from breakfix.ports.saving import SUFFIX, readable
from breakfix.session.recordings import listed
from breakfix.session.telling import length, told
from breakfix.wiring import kept_sessions, lab_service, read_handed_in

_RECORDED = click.argument("recording", required=False)
_OF = click.argument("lab", metavar="LAB|FILE")


@dataclass(frozen=True)
class _Journal:
    """A session, or what came with evidence: its events, and its recordings by name."""

    events: Sequence[Mapping[str, Any]]
    casts: Mapping[str, bytes]

    def recordings(self) -> list[Recording]:
        """Those that can be read."""
        found = []
        for name, data in self.casts.items():
            try:
                found.append(listed(name, data))
            except EvidenceError:
                continue
        return found


@click.group()
def journal() -> None:
    """Look back at a session: what happened, and what was on the screens of its terminals.

    Example: breakfix journal show no-internet
    """


@journal.command()
@_OF
@json_option
def show(lab: str, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Tell the events of a lab's session, and list its recordings; LAB may also be a file that was
    handed in.

    \b
    Examples: breakfix journal show no-internet
              breakfix journal show evidence/no-internet.breakfix.tar.zst
    """
    shown = screen(as_json=as_json)
    with _opened(lab) as found:
        events, recordings = list(told(found.events, shown.language)), found.recordings()
    lines = [f"{moment(event.time)}  {event.text}" for event in events]
    lines += ["", *(_line(shown, one) for one in recordings)]
    lines += [] if recordings else [shown.say("recording.none")]
    data = {"events": [to_data(one) for one in events],
            "recordings": [to_data(one) for one in recordings]}  # fmt: skip
    shown.tell(data, "\n".join(lines))


@journal.command()
@_OF
@_RECORDED
@click.option("--speed", type=click.FloatRange(0.1, 100), default=1.0, show_default=True,
              help="How many times as fast.")  # fmt: skip
@click.option("--idle", type=click.FloatRange(min=0), default=2.0, show_default=True,
              help="Wait at most so many seconds where nothing happened.")  # fmt: skip
def play(lab: str, recording: str | None, speed: float, idle: float) -> None:
    """Play a recording of a terminal; which one may be left out when there is only one. Ctrl-C
    stops. What could touch your own terminal, such as its title or clipboard, is left out.

    \b
    Examples: breakfix journal play no-internet
              breakfix journal play no-internet 01-pc --speed 4
    """
    shown = screen()
    with _opened(lab) as found:
        name, data = _chosen(found.casts, recording)
    cast = read_cast(data)
    click.echo(shown.say("recording.playing", recording=name, length=length(cast.seconds)))
    ended = play_cast(cast, speed, idle)
    click.echo(shown.say("recording.ended" if ended else "recording.stopped"))


@journal.command()
@click.argument("lab")
@click.argument("state", type=click.Choice(["on", "off"]))
@json_option
def record(lab: str, state: str, as_json: bool) -> None:  # noqa: FBT001
    """Record what comes on the screens of a lab's terminals from now on, or stop that. What you
    type is never recorded, only what shows.

    \b
    Examples: breakfix journal record no-internet off
              breakfix journal record no-internet on
    """
    shown, on = screen(as_json=as_json), state == "on"
    view = lab_service().record(lab, on)
    key = "recording.is-on" if on else "recording.is-off"
    shown.tell({"recording": view.recording}, shown.say(key, lab=lab))


@journal.command("leave-out")
@click.argument("lab")
@click.argument("recording")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def leave_out(lab: str, recording: str, yes: bool, as_json: bool) -> None:  # noqa: FBT001
    """Erase a recording, so that it is not handed in. The journal says that there was one; that
    costs no points.

    \b
    Example: breakfix journal leave-out no-internet 01-pc
    """
    shown = screen(as_json=as_json)
    if not (yes or as_json):
        click.confirm(shown.say("recording.ask-leave-out", recording=recording), abort=True)
    lab_service().leave_out(lab, recording)
    shown.tell({"left_out": recording}, shown.say("recording.left-out", recording=recording))


@contextmanager
def _opened(lab: str) -> Iterator[_Journal]:
    """The journal of a lab of this computer, or of a file. Raises EvidenceError, NotFound and
    SessionMissing."""
    if not lab.endswith(SUFFIX):
        yield _of_session(lab)
        return
    with read_handed_in(Path(lab)) as evidence:
        entries = zip(evidence.manifest.recordings, evidence.recordings, strict=True)
        casts = {entry.name: file.read_bytes() for entry, file in entries}
        yield _Journal(evidence.journal, casts)


def _of_session(lab: str) -> _Journal:
    store = kept_sessions(lab)
    events = store.journal(lab).events()
    if not events:
        raise SessionMissing("journal.nothing", lab=lab)
    return _Journal(events, store.recordings(lab).contents())


def _chosen(casts: Mapping[str, bytes], recording: str | None) -> tuple[str, bytes]:
    """The recording that was asked for, or the only one. Raises NotFound."""
    known = ", ".join(casts) or "-"
    if recording is None:
        if not casts:
            raise NotFound("recording.none")
        if len(casts) > 1:
            raise NotFound("recording.several", known=known)
        return next(iter(casts.items()))
    if recording not in casts:
        raise NotFound("recording.not-found", recording=recording, known=known)
    return recording, casts[recording]


def _line(shown: Screen, one: Recording) -> str:
    key = "recording.listed-full" if one.full else "recording.listed"
    return shown.say(
        key,
        recording=one.id,
        machine=one.machine,
        length=length(one.seconds),
        size=readable(one.size),
    )
