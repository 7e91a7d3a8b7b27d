"""With a redactor, nothing that names somebody crosses the wire, and everything comes back with its names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from copilot import Background
from copilot.cache import Cache
from copilot.redact import Redactor
from copilot.testing import ModelServer, Reply, notes
from copilot.turns import Turn

from .conftest import engine, gap, hear, metric, turns_asked

BACKGROUND = Background.parse(
    """
    vendor: Northwind Sync
    product: Northwind Sync Enterprise
    customer: {company: Acme Foods, facts: [Acme Foods has fourteen warehouses]}
    participants:
      - {name: Dana Ruiz, role: interviewer, title: Customer Marketing Manager, email: dana@northwind.example}
      - {name: Priya Shah, role: customer, title: VP Operations, email: priya.shah@acme.example}
    goals: [what Acme saves with Northwind]
    """
)
SAID = "At Acme it saved Priya Shah's team a fortune, so write to priya.shah@acme.example or 020 7946 0958, says Marek."
TURNS = [
    Turn(turn=1, speaker="Dana Ruiz", role="interviewer", text="Thanks, Priya. What has Northwind changed at Acme Foods?"),
    Turn(turn=2, speaker="Priya Shah", role="customer", text=SAID),
    Turn(turn=3, speaker="Marek Novak", role="customer", text="Marek here: acme does a month-end in four hours now, dana."),
]
NAMES = ("dana", "ruiz", "priya", "shah", "marek", "novak", "acme", "northwind", ".example", "7946")


def echo(request: Mapping[str, Any]) -> Reply:
    """A model that quotes what it was shown, placeholders and all."""
    shown = turns_asked(request)
    line = next(row for row in shown.splitlines() if row.startswith("[2 "))
    said = line.partition("] ")[2]
    company = said.split()[1]
    row = gap(2, said.split(", so")[0], probe=f"What did {company} save, roughly, in a year?", why=f"{company} gives no number")
    quote = {"turn": 2, "quote": said.split(", so")[0]}
    return Reply(notes(gaps=[row], quotes=[quote], metrics=[metric(3, "four hours", 4, "hour", measures=f"month-end at {company}")]))


def test_no_name_address_or_number_crosses_the_wire_and_the_findings_have_them(tmp_path: Any):
    with ModelServer(echo) as server:
        reader = engine(server, ahead=TURNS, redactor=Redactor(BACKGROUND), cache=Cache(tmp_path))
        session = hear(TURNS, reader, BACKGROUND)
        reader.ask(session.suggest(2), session.turns, session.ledger)
        wire = json.dumps(server.requests, ensure_ascii=False).lower()
    assert len(server.requests) >= 2
    assert [name for name in NAMES if name in wire] == []
    kept = " ".join(path.read_text("utf-8") for path in tmp_path.rglob("*.json")).lower()
    assert kept
    assert [name for name in NAMES if name in kept] == []
    found = session.findings
    quoted = "At Acme it saved Priya Shah's team a fortune"
    assert quoted in [q.text for q in found.quotes]
    (both,) = [g for g in found.gaps if "llm" in g.origin]
    assert (both.text, both.probe, both.why) == (quoted, "What did Acme save, roughly, in a year?", "Acme gives no number")
    assert [m.measures for m in found.metrics if m.turn == 3] == ["month-end at Acme"]


def test_live_speakers_are_learned_as_they_come():
    with ModelServer([Reply(notes())]) as server:
        hear(TURNS, engine(server, redactor=Redactor(BACKGROUND)), BACKGROUND)
        rows = [turns_asked(request).lower() for request in server.requests]
    assert "novak" not in rows[-1]
    assert "marek" not in rows[-1]


def test_the_prompts_own_words_stay_as_they_are_whatever_the_names():
    named = Background.parse("product: Turn\ncustomer: {company: Quote}\nparticipants: [{name: Gap Customer, role: customer}]")
    with ModelServer([Reply(notes())]) as plain, ModelServer([Reply(notes())]) as hidden:
        hear(TURNS, engine(plain))
        hear(TURNS, engine(hidden, redactor=Redactor(named)))
        one, other = (server.requests[0]["messages"][0]["content"] for server in (plain, hidden))
    assert one.partition("# Topics")[0] == other.partition("# Topics")[0]
