"""The report as one HTML page without external resources, with one small script; what people said is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from ...text import counted, listed
from ..html import STYLE, safe
from .answers import questions_part
from .coverage import coverage_part
from .drawing import shorten
from .figures import figures_part
from .gaps import open_part
from .markup import PARTS
from .quotes import quotes_part
from .talk import talk_part
from .values import CallReport

__all__ = ["CALL_STYLE", "to_page"]

_HERE = Path(__file__).parent
CALL_STYLE = f"\n{STYLE}{(_HERE / 'call.css').read_text('utf-8')}"
_SCRIPT = f"\n{(_HERE / 'copy.js').read_text('utf-8')}"


def to_page(report: CallReport) -> bytes:
    """Return the page in UTF-8."""
    title = f"The call with {_name(report)}"
    parts = [part(report) for part in (coverage_part, open_part, figures_part, quotes_part, talk_part, questions_part)]
    body = (
        '<a class="skip" href="#main">Skip to the call</a>\n<div class="page">\n'
        f'{_header(report)}\n<main id="main" tabindex="-1">\n{"".join(parts)}</main>\n'
        f'<footer><p class="small">{" ".join(_notes(report))}</p></footer>\n'
        '<p id="said" role="status" class="visually-hidden"></p>\n</div>\n'
    )
    return f"{_head(title)}<body>\n{body}<script>{_SCRIPT}</script>\n</body>\n</html>\n".encode()


def _head(title: str) -> str:
    sources = f"style-src {_hash(CALL_STYLE)}; script-src {_hash(_SCRIPT)}; img-src data:"
    policy = f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n<title>{safe(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<style>{CALL_STYLE}</style>\n</head>\n'
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


# The head of the page


def _header(report: CallReport) -> str:
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in PARTS.items())
    kicker = "Report on the interview" + (f" about {safe(report.product)}" if report.product else "")
    return (
        f'<header>\n<p class="kicker">{kicker}</p>\n<h1>{safe(_name(report))}</h1>\n'
        f'<p class="lede">{" ".join(_lede(report))}</p>\n<nav aria-label="Parts of this page"><ul>{links}</ul></nav>\n</header>'
    )


def _name(report: CallReport) -> str:
    """Return the company, or who spoke for it if the background does not name it."""
    return report.company or listed([shorten(name, 40) for name in _customers(report)]) or "A call"


def _customers(report: CallReport) -> list[str]:
    return [speaker.name for speaker in report.speakers if speaker.role == "customer"]


def _lede(report: CallReport) -> Iterator[str]:
    """Yield what readers need to know if they read nothing else."""
    length = f"{report.axis.length / 60:.0f} minutes" if report.axis.unit == "seconds" else counted(report.turns, "turn")
    spoken = sum(s.share for s in report.speakers if s.role == "customer")
    yield f"In {length}, {safe(listed(_customers(report)) or 'no customer')} spoke <strong>{spoken:.0%}</strong> of the words."
    yield f"<strong>{report.covered} of {report.total}</strong> topics are covered."
    left = [*(gap.severity for gap in report.gaps if gap.outcome == "open"), *(topic.severity for topic in report.untouched)]
    needed = left.count("must")
    if left:
        must = f", {needed} of them needed for the story" if needed else ""
        yield f"<strong>{counted(len(left), 'question')}</strong> {'is' if len(left) == 1 else 'are'} still open{must}."
    else:
        yield "No question is left open."
    results = [card for card in report.metrics if card.carries]
    complete = sum(not card.missing for card in results)
    carried = f"{complete or 'none'} of them {'is' if complete < 2 else 'are'} complete"
    told = f"<strong>{counted(len(results), 'figure')}</strong> could carry the story; {carried}."
    yield told if results else "No figure could carry the story yet."


def _notes(report: CallReport) -> Iterator[str]:
    """Yield what the foot of the page says of the source, of what is barred and of consent."""
    name = Path(report.source.file or "the transcript").name
    yield f"Made from {safe(name)} ({counted(report.turns, 'turn')}) by the engine {safe(report.source.engine)}."
    if report.axis.unit == "turns":
        yield "The transcript has no times, so turns serve as the axis."
    if report.barred:
        yield f"{counted(report.barred, 'turn')} {'is' if report.barred == 1 else 'are'} barred; nothing of what was said there is shown."
    yield _recording(report)
    yield "Quotes are verbatim; whatever is published needs the customer's written approval."


def _recording(report: CallReport) -> str:
    """Return what became of the request to record."""
    asked, granted = report.consent.asked, report.consent.granted
    if granted is None:
        return f"Permission to record was asked for at turn {asked} and not granted." if asked else "Nobody asked for permission to record."
    if granted in report.consent_assumed.values():
        return f"Confirm the permission to record: the request or the answer, turn {granted}, is not in plain words."
    return f"Permission to record was granted at turn {granted}."
