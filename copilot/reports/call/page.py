"""The report as one HTML page: nothing is loaded, one small script, and what people said is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from ...drafts.citation import Citation
from ...drafts.figures import Card
from ...turns import clock
from ..blocks import printable
from ..html import STYLE, safe
from .answers import draw_answers
from .coverage import draw_growth, draw_sections
from .drawing import moment, shorten
from .gaps import OUTCOMES, draw_gaps
from .talk import draw_talk
from .values import AskedQuestion, CallReport, GapLife, Speaker, TopicRow

__all__ = ["CALL_STYLE", "to_page"]

_HERE = Path(__file__).parent
CALL_STYLE = f"\n{STYLE}{(_HERE / 'call.css').read_text('utf-8')}"
_SCRIPT = f"\n{(_HERE / 'copy.js').read_text('utf-8')}"
_PARTS = {
    "coverage": "Coverage",
    "open": "Still to ask",
    "figures": "Figures",
    "quotes": "Quotes",
    "talk": "Talk",
    "questions": "Your questions",
}
_FIELDS = ("definition", "baseline", "period", "scope", "source")
_STORY = frozenset({"result", "cost", "pain"})


def to_page(report: CallReport) -> bytes:
    """Return the page in UTF-8."""
    title = f"The call with {_name(report)}"
    parts = [_coverage(report), _open(report), _figures(report), _quotes(report), _talk(report), _questions(report)]
    body = (
        '<a class="skip" href="#main">Skip to the call</a>\n<div class="page">\n'
        f'{_header(report)}\n<main id="main" tabindex="-1">\n{"".join(parts)}</main>\n{_footer(report)}\n'
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
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in _PARTS.items())
    kicker = "Report on the interview" + (f" about {safe(report.product)}" if report.product else "")
    return (
        f'<header>\n<p class="kicker">{kicker}</p>\n<h1>{safe(_name(report))}</h1>\n'
        f'<p class="lede">{" ".join(_lede(report))}</p>\n<nav aria-label="Parts of this page"><ul>{links}</ul></nav>\n</header>'
    )


def _name(report: CallReport) -> str:
    """Return the company, or who spoke for it where the background does not name it."""
    return report.company or _listed([shorten(name, 40) for name in _customers(report)]) or "A call"


def _customers(report: CallReport) -> list[str]:
    return [speaker.name for speaker in report.speakers if speaker.role == "customer"]


def _lede(report: CallReport) -> Iterator[str]:
    """Yield what a reader has to know if they read nothing else."""
    length = f"{report.axis.length / 60:.0f} minutes" if report.axis.unit == "seconds" else _count(report.turns, "turn")
    spoken = sum(s.share for s in report.speakers if s.role == "customer")
    yield f"In {length}, {safe(_listed(_customers(report)) or 'no customer')} spoke <strong>{spoken:.0%}</strong> of the words."
    yield f"<strong>{report.covered} of {report.total}</strong> topics are covered."
    left = [gap for gap in report.gaps if gap.outcome == "open"]
    needed = sum(gap.severity == "must" for gap in left)
    if left:
        must = f", {needed} of them needed for the story" if needed else ""
        yield f"<strong>{_count(len(left), 'question')}</strong> {'is' if len(left) == 1 else 'are'} still open{must}."
    else:
        yield "No question is left open."
    results = [card for card in report.metrics if card.kind in _STORY]
    complete = sum(not card.missing for card in results)
    carried = f"{complete or 'none'} of them {'is' if complete < 2 else 'are'} complete"
    yield f"<strong>{_count(len(results), 'figure')}</strong> could carry the story; {carried}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _footer(report: CallReport) -> str:
    return f'<footer><p class="small">{" ".join(_notes(report))}</p></footer>'


def _notes(report: CallReport) -> Iterator[str]:
    name = Path(report.source.file or "the transcript").name
    yield f"Made from {safe(name)} ({_count(report.turns, 'turn')}) by the engine {safe(report.source.engine)}."
    if report.axis.unit == "turns":
        yield "The transcript has no times, so turns serve as the axis."
    if report.barred:
        yield f"{_count(report.barred, 'turn')} {'is' if report.barred == 1 else 'are'} barred; nothing of what was said there is shown."
    asked, granted = report.consent.asked, report.consent.granted
    yield (
        f"Leave to record was granted at turn {granted}."
        if granted
        else (f"Leave to record was asked at turn {asked} and not granted." if asked else "Nobody asked for leave to record.")
    )
    yield "Quotes are verbatim; whatever is published needs the customer's written approval."


def _section(name: str, say: str, inside: str) -> str:
    head = f'<h2 id="{name}-head">{_PARTS[name]}</h2>\n<p class="say">{say}</p>'
    return f'<section id="{name}" aria-labelledby="{name}-head">\n{head}\n{inside}\n</section>\n'


def _figure(caption: str, drawn: str, key: str = "") -> str:
    return f"<figure><figcaption>{caption}</figcaption>{drawn}{key}</figure>\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], name: str = "", kind: str = "") -> str:
    """Return a table; a cell is a whole <td> already."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    table = f'<table class="{kind}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="{name}">{table}</div>'


def _cell(name: str, text: str, kind: str = "") -> str:
    """Return a cell with its column's name, which narrow screens show beside it; `text` is HTML already."""
    return f'<td class="{kind}" data-label="{name}">{text}</td>'


def _details(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>"


# Coverage


def _coverage(report: CallReport) -> str:
    axis = "over the call" if report.axis.unit == "seconds" else "over the turns of the call, since the transcript has no times"
    inside = (
        _uncovered(report)
        + _figure(f"Topics settled, {axis}", draw_growth(report))
        + _figure("Where each section was talked about", draw_sections(report))
        + _details(f"All {report.total} topics as a table", _topics(report))
    )
    left = sum(t.state in _LEFT for lane in report.sections for t in lane.topics)
    say = f"{left} of {_count(report.total, 'topic')} {'is' if left == 1 else 'are'} not covered." if left else "Every topic is settled."
    return _section("coverage", say, inside)


_LEFT = frozenset({"open", "partial"})


def _uncovered(report: CallReport) -> str:
    """Return the topics that are not covered, by section."""
    rows = []
    for lane in report.sections:
        names = [f"{safe(t.title)}{' (in part)' if t.state == 'partial' else ''}" for t in lane.topics if t.state in _LEFT]
        if names:
            rows.append(f"<li><strong>{safe(lane.title)}</strong> {'; '.join(names)}</li>")
    return f'<ul class="left">{"".join(rows)}</ul>\n' if rows else ""


def _topics(report: CallReport) -> str:
    head = ("Section", "Topic", "State", "Turns")
    rows = [_topic(lane.title, topic) for lane in report.sections for topic in lane.topics]
    return _table(head, rows, "Topics")


def _topic(section: str, topic: TopicRow) -> tuple[str, ...]:
    turns = ", ".join(str(turn) for turn in topic.turns) or "none"
    return _cell("Section", safe(section)), _cell("Topic", safe(topic.title)), _cell("State", topic.state), _cell("Turns", turns)


# What is still to ask


def _open(report: CallReport) -> str:
    left = sorted((g for g in report.gaps if g.outcome == "open"), key=lambda g: (g.opened.at, g.opened.turn))
    needed, other = [g for g in left if g.severity == "must"], [g for g in left if g.severity != "must"]
    questions = "\n".join(f"{n}. {g.probe} ({g.said.quoted}, {g.said.by})" for n, g in enumerate([*needed, *other], 1) if g.probe)
    every = f"<p>{_copy('Copy all questions', questions)}</p>" if questions else ""
    lists = _listing("The story needs", needed) + _listing("Good to have", other)
    return _section("open", _open_said(report, len(left)), every + lists + _gap_picture(report))


def _open_said(report: CallReport, left: int) -> str:
    if not report.gaps:
        return "Nothing that was said called for more."
    counts: Counter[str] = Counter(gap.outcome for gap in report.gaps)
    parts = [f"{counts['answered']} of the {_count(len(report.gaps), 'gap')} that opened on the call were answered there"]
    parts += [f"{counts[kind]} {name}" for kind, name in (("deferred", "promised for later"), ("declined", "declined")) if counts[kind]]
    return (
        f"{', '.join(parts)}. {left} {'is' if left == 1 else 'are'} left to ask." if left else f"{', '.join(parts)}. None is left to ask."
    )


def _listing(title: str, gaps: Sequence[GapLife]) -> str:
    rows = "".join(_to_ask(gap) for gap in gaps)
    return f'<h3>{title} <span class="small">{len(gaps)}</span></h3><ul class="asked">{rows}</ul>' if gaps else ""


def _to_ask(gap: GapLife) -> str:
    ask = safe(gap.probe or "Ask once more about these words.")
    return f'<li><p class="ask">{ask}</p><p class="small">{safe(gap.said.quoted)} {safe(gap.said.by)}</p></li>'


def _gap_picture(report: CallReport) -> str:
    if not report.gaps:
        return ""
    key = (
        '<p class="key"><span><b class="a">●</b> answered</span><span><b class="c">○</b> promised for later</span>'
        '<span><b class="c">|</b> declined</span><span><b class="b">—</b> still open</span><span>thick: the story needs it</span></p>'
    )
    head = ("Opened", "Words", "Kind", "Topic", "Outcome", "Closed")
    table = _table(head, (_gap_row(report, gap) for gap in report.gaps), "Gaps")
    return _figure("Every gap, from the words that opened it to its answer", draw_gaps(report), key) + _details(
        "All gaps as a table", table
    )


def _gap_row(report: CallReport, gap: GapLife) -> tuple[str, ...]:
    ended = moment(report.axis, gap.ended.at, gap.ended.turn) if gap.ended else "–"
    return (
        _cell("Opened", moment(report.axis, gap.opened.at, gap.opened.turn), "t"), _cell("Words", safe(gap.said.quoted)),
        _cell("Kind", gap.kind.replace("_", " ")), _cell("Topic", safe(gap.topic)), _cell("Outcome", OUTCOMES[gap.outcome]),
        _cell("Closed", ended, "t"),
    )  # fmt: skip


# Figures


def _figures(report: CallReport) -> str:
    story = [card for card in report.metrics if card.kind in _STORY]
    other = [card for card in report.metrics if card.kind not in _STORY]
    inside = _cards(story, "Figures for the story") if story else ""
    if other:
        inside += _details(f"{_count(len(other), 'other figure')}: scale, timeline, plans", _cards(other, "Other figures"))
    return _section("figures", _figures_said(story), inside)


def _figures_said(story: Sequence[Card]) -> str:
    if not story:
        return "No result, cost or pain was put in figures."
    lacking = Counter(name for card in story for name in card.missing)
    worst = ", ".join(f"{_NAMES[name]} ({count})" for name, count in lacking.most_common(3))
    missing = f" Most often missing: {worst}." if worst else ""
    return f"Results, costs and pains in the customer's words. What a reader would still ask for is marked.{missing}"


_NAMES = {
    "definition": "what is counted",
    "baseline": "the value before",
    "period": "the period",
    "scope": "what it holds for",
    "source": "its source",
}


def _cards(cards: Sequence[Card], name: str) -> str:
    head = ("In the customer's words", "Counts", "Before", "After", "Period", "Holds for", "Source", "Complete")
    return _table(head, (_card(card) for card in cards), name, "metrics")


def _card(card: Card) -> tuple[str, ...]:
    return (
        _cell("In the customer's words", f'{_in_context(card)}<p class="small">{safe(card.said.by)}</p>{_change(card)}'),
        _field(card, "Counts", "definition", card.measures),
        _field(card, "Before", "baseline", card.before),
        _cell("After", safe(card.after)),
        _field(card, "Period", "period", card.period),
        _field(card, "Holds for", "scope", card.scope),
        _field(card, "Source", "source", card.source),
        _cell("Complete", _complete(card)),
    )


def _change(card: Card) -> str:
    """Return the change from before to after with the way it was computed, since nobody said it."""
    return f'<p class="small">Computed: {safe(card.change.text)} ({safe(card.change.derivation)})</p>' if card.change else ""


def _field(card: Card, name: str, field: str, value: str | None) -> str:
    """Return a field's cell: its value, what is missing, or that none is needed."""
    if field in card.missing:
        return _cell(name, f"{safe(value)}?" if value else "missing", "missing")
    return _cell(name, safe(value)) if value else _cell(name, "–", "empty")


def _complete(card: Card) -> str:
    """Return how much of what the metric needs is there, what is missing, and what else stands against it."""
    held = {"definition": card.measures, "baseline": card.before, "period": card.period, "scope": card.scope, "source": card.source}
    filled = 1 + sum(bool(held[name]) and name not in card.missing for name in _FIELDS)
    against = {"to read back": "read it back", "in conflict": "in conflict"}.get(card.status)
    missing = f'<span class="narrow small">missing: {_listed([_NAMES[name] for name in card.missing])}</span>' if card.missing else ""
    tag = f'<span class="tag small">{against}</span>' if against else ""
    return " ".join(part for part in (f"{filled} of {filled + len(card.missing)}", missing, tag) if part)


def _in_context(card: Card) -> str:
    """Return the sentence of a figure with the figure in bold."""
    said, context = card.said, card.context
    if not (context.turn == said.turn and context.start <= said.start and said.end <= context.end):
        return f"<strong>{safe(said.quoted)}</strong>"
    before, after = context.text[: said.start - context.start], context.text[said.end - context.start :]
    left, right = "… " if context.cut[0] else "", " …" if context.cut[1] else ""
    return f"“{left}{_kept(before)}<strong>{safe(said.text)}</strong>{_kept(after)}{right}”"


def _kept(text: str) -> str:
    """Return a part of a sentence for HTML, with the spaces at its ends."""
    return f"{' ' if text[:1].isspace() else ''}{safe(text)}{' ' if text.strip() and text[-1:].isspace() else ''}"


# Quotes


def _quotes(report: CallReport) -> str:
    say = "Word for word, the most quotable first." if report.quotes else "No sentence stands out that may be quoted."
    return _section("quotes", say, "".join(_quote(quote) for quote in report.quotes))


def _quote(quote: Citation) -> str:
    words = f"{quote.quoted} — {quote.by}"
    return (
        f"<blockquote><p>{safe(quote.quoted)}</p><footer><span>{safe(quote.by)}</span>{_copy('Copy quote', words)}</footer></blockquote>\n"
    )


def _copy(name: str, words: str) -> str:
    """Return a button that copies words; it shows where the script runs."""
    kept = escape(printable(words)).replace("\n", "&#10;")
    return f'<button type="button" hidden data-copy="{kept}">{name}</button>'


# Talk


def _talk(report: CallReport) -> str:
    if not report.speakers:
        return _section("talk", "Nobody spoke.", "")
    drawn = _figure("Who spoke when, and their share of the words", draw_talk(report))
    return _section("talk", _talk_said(report), drawn + _table(_TALK, (_voice(s) for s in _by_words(report)), "Talk", "talk"))


_TALK = ("Speaker", "Role", "Words", "Share", "Time", "Questions", "Longest turn")


def _by_words(report: CallReport) -> list[Speaker]:
    return sorted(report.speakers, key=lambda speaker: -speaker.words)


def _voice(speaker: Speaker) -> list[str]:
    """Return a speaker's row: names to the left, numbers to the right."""
    name = f"{safe(speaker.name)}{f', {safe(speaker.title)}' if speaker.title else ''}"
    time = clock(speaker.seconds) if speaker.seconds is not None else "not known"
    numbers = (f"{speaker.words:,}", f"{speaker.share:.0%}", time, str(speaker.questions), _count(speaker.longest_turn, "word"))
    left = [_cell(column, cell) for column, cell in zip(_TALK, (name, speaker.role), strict=False)]
    return left + [_cell(column, cell, "n") for column, cell in zip(_TALK[2:], numbers, strict=True)]


def _talk_said(report: CallReport) -> str:
    longest = max((s for s in report.speakers if s.role == "customer"), key=lambda s: s.longest_turn, default=None)
    if longest is None:
        return "No customer spoke."
    return f"The longest stretch that nobody broke into is {safe(longest.name)}'s, {_count(longest.longest_turn, 'word')}."


# The interviewer's questions


def _questions(report: CallReport) -> str:
    review = report.review
    advice = f'<ul class="advice">{"".join(f"<li>{safe(line)}</li>" for line in review.advice[1:])}</ul>' if review.advice[1:] else ""
    flawed = [q for q in review.questions if q.faults]
    inside = advice + (_answers(report) if review.questions else "") + (_better(report, flawed) if flawed else "")
    return _section("questions", safe(review.advice[0]), inside)


def _answers(report: CallReport) -> str:
    key = (
        '<p class="key"><span><b class="a">●</b> open</span><span><b class="b">○</b> yes or no</span>'
        '<span><b class="c">●</b> a check, where yes or no is right</span>'
        '<span><b class="b">•</b> below: leaned, or asked two things</span></p>'
    )
    head = ("When", "You asked", "Form", "Words of the answer")
    table = _table(head, (_question(report, q) for q in report.review.questions), "Questions")
    drawn = _figure("What each question brought: words of the answer", draw_answers(report), key)
    return drawn + _details(f"All {_count(len(report.review.questions), 'question')} as a table", table)


def _question(report: CallReport, question: AskedQuestion) -> tuple[str, ...]:
    answer = "with the next" if question.answer is None else str(question.answer)
    return (
        _cell("When", moment(report.axis, question.at, question.turn), "t"),
        _cell("You asked", f"“{safe(question.text)}”"),
        _cell("Form", {"open": "open", "closed": "yes or no", "checking": "a check"}[question.form]),
        _cell("Words of the answer", answer),
    )


def _better(report: CallReport, flawed: Sequence[AskedQuestion]) -> str:
    head = ("When", "You asked", "It", "Another way")
    return "<h3>Another way to ask</h3>" + _table(head, (_other(report, q) for q in flawed), "Another way to ask")


_IT = {
    "closed": "takes yes or no", "leading": "leans", "double-barrelled": "asks two things", "hypothetical": "asks what might be",
    "too long": "is long", "assumes": "takes something for granted", "pitch": "sells",
}  # fmt: skip


def _other(report: CallReport, question: AskedQuestion) -> tuple[str, ...]:
    other = f"“{safe(question.better)}”" if question.better else f'<span class="small">{safe(question.advice)}</span>'
    return (
        _cell("When", moment(report.axis, question.at, question.turn), "t"), _cell("You asked", f"“{safe(question.text)}”"),
        _cell("It", ", ".join(_IT[rule] for rule in question.faults)), _cell("Another way", other),
    )  # fmt: skip
