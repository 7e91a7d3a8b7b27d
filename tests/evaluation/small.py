"""A small labelled interview, findings about it that are partly wrong, and a way to count on hand-made findings."""

from __future__ import annotations

from dataclasses import replace

from copilot.background import Background
from copilot.evaluation import EVALUATORS, Gold, Hearing, Interview
from copilot.evaluation.context import EvaluatorContext, Hearings
from copilot.evaluation.hearing import Step
from copilot.evaluation.suites import Case
from copilot.findings import Findings, Gap, Metric, Quote
from copilot.guide import Guide
from copilot.probe import Probe
from copilot.session import Update
from copilot.turns import Turn

# fmt: off
SAID = [
    ("interviewer", "May I record this? And what do you do at the pottery?"),
    ("customer", "Yes, you may. I fire the kilns, all nine of them, and I keep the glaze book that the founder started sixty years ago."),
    ("interviewer", "What made you look for a kiln controller?"),
    ("customer", "We lost a lot of ware. One night the big kiln ran over and cracked two hundred mugs that a hotel was waiting for, "
                 "and the hotel left."),
    ("interviewer", "And since you have it?"),
    ("customer", "Losses are down sixty percent. It is just lovely to work with, and I sleep at night, which is new, "
                 "to be honest with you."),
    ("interviewer", "How many did you lose before?"),
    ("customer", "It was one mug in twelve, now it is one in thirty. The loan for it is private, so leave that out, but I will send you "
                 "the glaze book."),
]
# fmt: on
TOPICS = {topic: {"state": "open", "turns": []} for topic in Guide.default().topics} | {
    "background.role": {"state": "covered", "turns": [2]},
    "challenges.pain": {"state": "covered", "turns": [4]},
    "results.metrics": {"state": "covered", "turns": [6, 8]},
    "results.feedback": {"state": "partial", "turns": [6]},
    "background.business": {"state": "known", "turns": []},
}
GOLD = Gold.model_validate(
    {
        "sections": [
            {"turn": 2, "sections": ["background"]},
            {"turn": 4, "sections": ["challenges"]},
            {"turn": 6, "sections": ["results"]},
            {"turn": 8, "sections": ["results"]},
        ],
        "topics": TOPICS,
        "metrics": [
            {"turn": 2, "text": "nine of them", "kind": "scale", "measures": "kilns", "value": 9, "unit": "kiln"},
            {"turn": 4, "text": "two hundred mugs", "kind": "pain", "measures": "mugs lost", "value": 200, "unit": "mug"},
            {
                "turn": 6,
                "text": "down sixty percent",
                "kind": "result",
                "measures": "losses",
                "value": 60,
                "unit": "percent",
                "baseline": {"value": 8.3, "unit": "percent"},
            },
        ],
        "gaps": [
            {
                "turn": 4,
                "kind": "missing_metric",
                "severity": "must",
                "text": "We lost a lot of ware.",
                "topic": "challenges.cost",
                "probe": "How much ware did you lose?",
                "closed_by": 8,
                "outcome": "answered",
            },
            {
                "turn": 6,
                "kind": "missing_baseline",
                "severity": "must",
                "text": "Losses are down sixty percent.",
                "topic": "results.metrics",
                "probe": "What were the losses before?",
                "closed_by": 8,
                "outcome": "answered",
            },
            {
                "turn": 6,
                "kind": "vague",
                "severity": "nice",
                "text": "It is just lovely to work with",
                "topic": "results.feedback",
                "probe": "What makes it lovely?",
            },
        ],
        "quotes": [
            {"turn": 4, "text": "cracked two hundred mugs that a hotel was waiting for, and the hotel left"},
            {"turn": 6, "text": "I sleep at night"},
        ],
        "off_record": [{"turn": 8, "text": "leave that out", "covers": [8]}],
        "consent": {"asked": 1, "granted": 2},
        "commitments": [{"turn": 8, "who": "customer", "what": "send the glaze book", "due": None}],
        "verify": [{"turn": 8, "text": "now it is one in thirty"}],
        "contradictions": [{"turns": [4, 8], "text": "a lot / one in twelve"}],
    }
)
TURNS = tuple(
    Turn(turn=n, speaker="Ada Moss" if role == "interviewer" else "Wren Hale", role=role, text=text, start=20.0 * n, end=20.0 * n + 15)
    for n, (role, text) in enumerate(SAID, 1)
)
PEOPLE = [{"name": "Ada Moss", "role": "interviewer"}, {"name": "Wren Hale", "role": "customer"}]
KNOWN = Background.model_validate({"participants": PEOPLE})
SMALL = Interview(name="pottery", turns=TURNS, gold=GOLD, background=KNOWN, guide=Guide.default())


def span(turn: int, text: str) -> dict[str, object]:
    start = max(0, SMALL.texts[turn].find(text))
    return {"turn": turn, "start": start, "end": start + len(text), "text": text}


def gap(turn: int, text: str, kind: str = "vague", score: float = 0.5, probe: str | None = None, **more: object) -> Gap:
    row = {
        "id": f"{turn}-{kind}",
        "kind": kind,
        "severity": "must",
        "score": score,
        "topic": "results.metrics",
        "why": "it lacks something",
    }
    return Gap.model_validate({**span(turn, text), **row, "probe": probe or f"What do you mean by “{text}”?", **more})


def metric(turn: int, text: str, value: object, unit: str, kind: str = "result", **more: object) -> Metric:
    return Metric.model_validate({**span(turn, text), "kind": kind, "measures": unit, "value": value, "unit": unit, **more})


def quote(turn: int, text: str) -> Quote:
    return Quote.model_validate({**span(turn, text), "score": 0.7})


FOUND = Findings.model_validate(
    {
        "source": {},
        "turns": TURNS,
        "sections": [
            {"turn": 2, "sections": ["background", "results"]},
            {"turn": 4, "sections": ["challenges"]},
            {"turn": 6, "sections": []},
            {"turn": 8, "sections": ["results"]},
        ],
        "topics": {
            "background.role": {"state": "covered", "turns": [2]},
            "challenges.pain": {"state": "partial", "turns": [4]},
            "results.daily": {"state": "covered", "turns": [6]},
            "background.business": {"state": "known", "turns": []},
        },
        "metrics": [
            metric(2, "all nine of them", 9, "kilns", kind="scale"),
            metric(4, "two hundred mugs", 201, "mug", kind="scale"),
            metric(2, "sixty years", 60, "year", kind="scale"),
            metric(8, "one mug in twelve", 12, "mug", baseline={"value": 1, "unit": "mug"}),
        ],
        "gaps": [
            gap(4, "a lot of ware", "missing_metric", 0.9, topic="challenges.cost", closed_by=8, outcome="answered"),
            gap(6, "lovely", "missing_metric", 0.6),
            gap(6, "which is new", "unexplained", 0.3),
            gap(8, "one mug in twelve", "missing_scope", 0.2),
        ],
        "quotes": [quote(4, "the hotel left"), quote(8, "The loan for it is private"), quote(2, "the founder started")],
        "off_record": [{**span(8, "so leave that out"), "covers": [8]}],
        "consent": {"asked": 1, "granted": 2},
        "commitments": [{"turn": 7, "who": "customer", "what": "send the book"}, {"turn": 2, "who": "interviewer", "what": "send a draft"}],
        "verify": [],
        "contradictions": [{"turns": [8, 4], "text": "a lot / one in twelve"}],
        "talk": {},
    }
)


def probe(row: Gap) -> Probe:
    same = row.model_dump(include={"probe", "why", "kind", "topic", "severity", "score", "turn", "text"})
    return Probe(gap=row.id, **same)


def steps(offers: dict[int, list[Gap]]) -> tuple[Step, ...]:
    """The steps of the small interview: after each turn named, its gaps are on offer, and the first of them is the turn's own probe."""
    shown = {turn.turn: tuple(map(probe, offers.get(turn.turn, []))) for turn in TURNS}
    return tuple(Step(turn, Update(turn=turn.turn, probe=next(iter(shown[turn.turn]), None)), shown[turn.turn]) for turn in TURNS)


def figures(
    evaluator: str,
    findings: Findings = FOUND,
    offers: dict[int, list[Gap]] | None = None,
    interview: Interview = SMALL,
    turns: tuple[int, ...] = (),
) -> dict[str, float | None]:
    """The figures of an evaluator on hand-made findings."""
    hearing = Hearing(interview=interview, findings=findings, steps=steps(offers or {}))
    hearings = Hearings(lambda other: replace(hearing, interview=other), lambda name: interview)
    case = Case(evaluator=evaluator, turns=turns)
    return EVALUATORS[evaluator].read(EVALUATORS[evaluator].count(EvaluatorContext(case, None, interview.name, hearings)))
