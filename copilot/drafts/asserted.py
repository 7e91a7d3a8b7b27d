"""The metrics that a customer asserts: not what is only asked, supposed, denied or promised, nor a price compared, nor small talk."""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Metric
from ..lexicon import Lexicon, words_of
from ..quantities import find_quantities
from ..quantities.units import DURATIONS
from ..statements.clauses import clause_at
from ..text import Token, norms, tokenize
from .material import Material

__all__ = ["usable_metrics"]

SUPPOSED = 8  # first words of a sentence in which a case is supposed
SETTLING = 10  # largest turn of a request to record that opens the interview
PROMISED = 7  # most words from what tells a promise or an aim to its figure: "our target for the end of the year was two percent"
PRICED = 3  # most words from a factor to the price that it compares: "twice the old price"
_ASKED_OF_PLANS = {"definition", "period"}  # what a plan can lack


def usable_metrics(material: Material) -> list[Metric]:
    """Return the metrics that may be used and are asserted, in the order of the call, one for each place.

    A result of what may come, in an answer about nothing but plans and risks, is a plan.
    """
    usable = (m for m in material.findings.metrics if material.is_usable(m) and not _is_small_talk(material, m))
    told = (_as_planned(m) if _is_ahead(material, m) else m for m in usable if _is_asserted(material, m))
    return list({(m.turn, m.start, m.end): m for m in told}.values())


def _as_planned(metric: Metric) -> Metric:
    return metric.model_copy(update={"kind": "plan", "missing": tuple(name for name in metric.missing if name in _ASKED_OF_PLANS)})


def _is_ahead(material: Material, metric: Metric) -> bool:
    """Return whether a result without a value before is about what may come, by its clause, and its turn about the guide's last section."""
    if metric.kind != "result" or metric.baseline is not None:
        return False
    last = {material.guide.sections[-1].id}
    if not any(row.turn == metric.turn and set(row.sections) == last for row in material.findings.sections):
        return False
    sentence, text = material.sentence_of(metric), material.turns[metric.turn].text
    start, end = clause_at(text, sentence.start, sentence.end, metric.start, len(metric.text))
    return bool(Lexicon.at("drafts.ahead").find(norms(text[start:end])))


def _is_small_talk(material: Material, metric: Metric) -> bool:
    """Return whether a time of nothing named was told before anybody asked for leave to record: "she'll be two minutes"."""
    asked = material.findings.consent.asked
    return asked is not None and metric.turn < asked <= SETTLING and metric.unit in DURATIONS and "definition" in metric.missing


def _is_asserted(material: Material, metric: Metric) -> bool:
    """Return whether a customer says that a figure is so."""
    sentence = material.sentence_of(metric)
    text = material.turns[sentence.turn].text
    lead, tail = (tokenize(part) for part in (text[sentence.start : metric.start], text[metric.end : sentence.end]))
    clause, _ = clause_at(text, sentence.start, sentence.end, metric.start)
    if _is_denied(lead) or _is_promised(metric, text[clause : metric.start]):
        return False
    is_change = metric.kind == "result" and metric.baseline is not None
    if metric.kind != "scale" and not is_change:
        return True
    whole = text[sentence.start : sentence.end]
    return not (_is_asked(metric, whole) or Lexicon.at("drafts.supposing").find(norms(whole)[:SUPPOSED]) or _is_of_price(metric, tail))


def _is_asked(metric: Metric, sentence: str) -> bool:
    """Return whether a change is only asked about."""
    return metric.baseline is not None and sentence.rstrip("\"'\u201d\u2019) ").endswith("?")


def _is_of_price(metric: Metric, tail: Sequence[Token]) -> bool:
    """Return whether a factor is no size but compares prices: "twice the price"; "five times the normal load" is one."""
    return metric.unit == "times" and not words_of("mentions.money").isdisjoint(t.norm for t in tail[:PRICED])


def _is_denied(lead: Sequence[Token]) -> bool:
    """Return whether a figure is denied by the word right before it: "it wasn't ten weeks", but not "if not millions"."""
    words = ["", "", *(t.norm for t in lead)]
    return words[-1] in words_of("drafts.denying") and words[-2] not in words_of("drafts.undenied")


def _is_promised(metric: Metric, before: str) -> bool:
    """Return whether a result was only promised or aimed at, by the words of its clause before it: "they promised us sixty"."""
    if metric.kind != "result" or metric.baseline is not None:
        return False
    words = norms(before)
    return any(len(words) - m.last <= PROMISED for m in Lexicon.at("drafts.promised").find(words)) and not find_quantities(before)
