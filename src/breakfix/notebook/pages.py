"""What a notebook shows of a session, as HTML that reads well in light and dark and aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from breakfix.messages import Language, say
from breakfix.model.diagnosis import DiagnosisForm
from breakfix.model.outcome import Result
from breakfix.model.session import MachineView, QuestionView, Report, SessionView
from breakfix.ports.terms import terms

#: State is a sign and a word, never a colour alone.
SIGNS = {Result.PASS: "✔", Result.FAIL: "✘", Result.ERROR: "?"}


def session(view: SessionView, language: Language, *, with_sheet: bool = False) -> str:
    """The ticket and the machines; `with_sheet` also the texts that hold the session's values."""
    sheet = view.sheet if with_sheet else ()
    rows = [_machine(machine, language) for machine in view.machines]
    ticket = escape(view.ticket.plain_in(language)).replace("\n", "<br>")
    told = "".join(f"<li>{escape(line)}</li>" for line in terms(view, language))
    return (
        f"<section><h3>{escape(view.title.in_(language))}</h3>"
        + (f"<ul>{told}</ul>" if told else "")
        + f"<blockquote>{ticket}</blockquote>"
        + table(_words(language, "machine", "what", "power", "cables"), rows)
        + "".join(_rendered(text.in_(language)) for text in sheet)
        + "</section>"
    )


def _rendered(text: str) -> str:
    """Markdown to HTML; what is HTML in it is shown as text."""
    # Late: only a notebook renders, and the command line starts quicker without it.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def report(found: Report, language: Language) -> str:
    """What *Check* says."""
    rows = [
        (
            f"{SIGNS[line.result]} {say(f'result.{line.result.value}', language)}",
            line.text.in_(language),
        )
        for line in found.lines
    ]
    points = found.score
    below = (
        say("check.evaluation", language)
        if points is None
        else say("check.points", language, points=points.repair, of=points.repair_of)
    )
    return table(_words(language, "state", "what"), rows) + f"<p>{escape(below)}</p>"


def questions(found: Sequence[QuestionView], language: Language) -> str:
    """Questions that are answered in words; beside an answer, what to compare it with."""
    return "".join(_question(one, language) for one in found)


def _question(found: QuestionView, language: Language) -> str:
    html = f"<h4><code>{escape(found.id)}</code></h4>"
    html += _rendered(found.text.in_(language))
    if found.example is None:
        return html
    own = escape(found.answer).replace("\n", "<br>")
    return (
        f"{html}<h5>{escape(say('answer.mine', language))}</h5><blockquote>{own}</blockquote>"
        f"<h5>{escape(say('answer.example', language))}</h5>"
        + _rendered(found.example.in_(language))
    )


def form(found: DiagnosisForm, language: Language) -> str:
    """The places and causes that can be named."""
    rows = [
        (place.id, cause.id, cause.label.in_(language))
        for place in found.places
        for cause in place.causes
    ]
    return table(_words(language, "place", "cause", "what"), rows)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """An HTML table whose headings a screen reader can follow."""
    head = "".join(
        f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in headings
    )
    body = "".join(
        "<tr>"
        + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _words(language: Language, *names: str) -> list[str]:
    return [say(f"table.{name}", language) for name in names]


def _machine(machine: MachineView, language: Language) -> tuple[str, str, str, str]:
    cables = ", ".join(
        f"{cable.nic}: {say('cable.in' if cable.connected else 'cable.out', language)}"
        for cable in machine.cables
    )
    return (
        f"{machine.name} ({machine.hostname})",
        machine.label.in_(language),
        say(f"power.{machine.power.value}", language),
        cables,
    )
