"""Requests: what is left to ask, in writing, each with the words that prompted it and a form to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..lexicon import load_data
from ..probe import Probe
from ..turns import Value
from .citation import Citation
from .material import Material

__all__ = ["Request", "requests"]

MOST = 5
SPOKEN = 3  # requests among them that want a story, not a figure
CONTEXT = 14  # words that remind the customer of what was said


class Request(Value):
    """One thing to ask for. `gap` is the id of the gap that it closes, None for a topic that the call never reached.

    `owner` is who is asked; `spans` are the words that prompted it, none where nothing did; `form` is what they fill in.
    """

    gap: str | None
    topic: str
    text: str
    owner: str | None
    form: str
    spans: tuple[Citation, ...] = ()


def requests(material: Material, most: int = MOST) -> tuple[Request, ...]:
    """Return at most `most` requests, best first: what can be answered in writing goes before what wants a voice."""
    written = str(_data()["written"]).split()
    usable = [p for p in material.probes if p.turn is None or material.is_usable(_span(material, p))]
    ordered = sorted(usable, key=lambda p: (p.severity != "must", p.kind not in written))
    chosen: list[Request] = []
    stories = 0
    for probe in ordered:
        stories += probe.kind not in written
        if len(chosen) < most and (probe.kind in written or stories <= SPOKEN):
            chosen.append(_request(material, probe))
    return tuple({(r.text, r.spans): r for r in chosen}.values())


@cache
def _data() -> Mapping[str, Any]:
    return load_data("drafts")


def _span(material: Material, probe: Probe) -> Citation:
    """Return the words that prompted a probe, as a citation."""
    text = material.turns[probe.turn or 0].text
    start = max(0, text.find(probe.text))
    return material.cite(material.turns[probe.turn or 0].span(start, start + len(probe.text)))


def _request(material: Material, probe: Probe) -> Request:
    form = _data()["form"].get(probe.kind, _data()["other_form"])
    if probe.turn is None:
        owner = next(iter(material.customers), None)
        return Request(gap=probe.gap, topic=probe.topic, text=probe.probe, owner=owner, form=form)
    span = _span(material, probe)
    # The spoken question is anchored on the words of its turn, but it is a form filled in: what it says is checked once more.
    text = probe.probe if not material.barred.leaks(probe.probe) else _data()["ask"].get(probe.kind, "Could you tell me more about this?")
    shown = material.clip(span.turn, span.start, span.end, CONTEXT)
    return Request(gap=probe.gap, topic=probe.topic, text=text, owner=span.speaker, form=form, spans=(shown,))
