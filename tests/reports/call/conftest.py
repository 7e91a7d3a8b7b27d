from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from copilot import Background, Session, Transcript, Turn
from copilot.drafts import Material, Withdrawal
from copilot.findings import Source
from copilot.reports.call import CallReport, Step, call_report, to_page

BARRED = "Zanzibar paid us four hundred and twelve thousand dollars for the pilot"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> </style></title><!-- ]]> &amp; \" ' ` javascript:alert(3) "
    "\u202egnol\u202c \u2066x\u2069 \ufeff\x00\x1b[31m " + "w" * 10_000
)


def replay(
    turns: Sequence[Turn], background: Background | None = None, withdrawals: Sequence[Withdrawal] = (), source: Source | None = None
) -> tuple[Material, list[Step]]:
    """Return what a report is made of: a call's findings, and what it had come to after each turn."""
    session, steps = Session(background=background, source=source), []
    for turn in turns:
        update = session.hear(turn)
        steps.append(Step(turn=turn.turn, coverage=session.ledger.coverage, settled=tuple(gap.id for gap in update.settled)))
    return Material(session.findings, session.background, session.guide, session.left(), tuple(withdrawals)), steps


def report_of(
    turns: Sequence[Turn], background: Background | None = None, withdrawals: Sequence[Withdrawal] = (), source: Source | None = None
) -> CallReport:
    """Return the report on a call."""
    return call_report(*replay(turns, background, withdrawals, source))


@pytest.fixture(scope="session")
def sample_report(sample: Path, sample_background: Path) -> CallReport:
    """The report on the sample interview."""
    background = Background.load(sample_background)
    transcript = Transcript.load(sample, background=background)
    return report_of(transcript.turns, background, source=transcript.source)


@pytest.fixture(scope="session")
def hostile_report() -> CallReport:
    """The report on a call in which everybody says, and is called, what a page must not obey."""
    name = f"<b onclick=alert(4)>Mallory{'y' * 300}</b>\u202e"
    turns = [
        Turn(turn=1, speaker=name, role="interviewer", text=f"How did it go, and what about {HOSTILE}?", start=0.0, end=9.0),
        Turn(
            turn=2,
            speaker="Carl",
            role="customer",
            text=f"It was six hours before, now it is two minutes. {HOSTILE} It's amazing.",
            start=9,
            end=40,
        ),
        Turn(turn=3, speaker=name, role="interviewer", text=f"Was it {HOSTILE}, wasn't it?", start=41.0, end=44.0),
        Turn(
            turn=4,
            speaker="Carl",
            role="customer",
            text=f"{HOSTILE} saves us a fortune, and we love that there is no queue.",
            start=45.0,
            end=70.0,
        ),
    ]
    background = Background.model_validate({"product": HOSTILE[:200], "customer": {"company": HOSTILE[:60]}})
    return report_of(turns, background)


@pytest.fixture(scope="session")
def sample_page(sample_report: CallReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the sample interview, as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(to_page(sample_report))
    return path


@pytest.fixture(scope="session")
def hostile_page(hostile_report: CallReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the hostile call, as a file."""
    path = tmp_path_factory.mktemp("report") / "hostile.html"
    path.write_bytes(to_page(hostile_report))
    return path
