from __future__ import annotations

from datetime import date

import pytest

from copilot import Background, Session, Turn
from copilot.drafts import DRAFTS, Material, Schedule
from copilot.reports import forms_of, render

from ..conftest import People, call
from ..conftest import heard as hear

PEOPLE: People = {
    "I": ("Ira Noor", "interviewer"), "A": ("Ada Berg", "customer"), "B": ("Bo Lind", "customer"), "V": ("Vic Sol", "colleague"),
}  # fmt: skip
SAID = """\
I: Thanks for making the time. May I record this, for our notes only?
A: Yes, of course, go ahead and record.
I: What does the bakery do, and how large is it?
A: We bake for two hundred and ten cafés, and we are ninety people on two sites.
I: What was it like before?
A: Every night somebody typed the orders by hand. It cost us a fortune, and people went home in tears.
I: And what did that lead to?
B: I stood in the van at four in the morning with the wrong bread and no phone number to call.
I: What has changed since then?
A: Wrong orders went from 730 a month to 95 a month. That is ninety percent less.
B: It is so much better now, honestly.
I: What does it cost you?
A: Between us, we pay forty-four thousand euros a year to Brotlink, and Mirko Tamm signed it. Please don't put that in.
I: Understood, that stays here. What about the returns?
A: Returns fell from sixty percent to thirty percent, so they are down thirty percent.
I: Could you send us the figures?
A: I will send you the monthly sheet by Friday.
I: Thank you. I'll have a draft with you in two weeks.
B: The scanner talks to the old accounting system over an API.
A: As I said, the forty-four thousand was worth it.
"""
BACKGROUND = Background.model_validate(
    {
        "vendor": "Ovenly",
        "product": "Ovenly Orders (ordering)",
        "customer": {"company": "The Crust Company", "facts": ["85 people", "run by its founders"]},
        "participants": [
            {"name": "Ira Noor", "role": "interviewer", "title": "Story Lead"},
            {"name": "Ada Berg", "role": "customer", "title": "Owner", "email": "ada@crust.example"},
            {"name": "Bo Lind", "role": "customer"},
            {"name": "Cy Absent", "role": "customer", "email": "cy@crust.example"},
        ],
    }
)


def turns(said: str = SAID) -> list[Turn]:
    """Return the turns of a script."""
    return call(*said.strip().splitlines(), people=PEOPLE)


def heard(said: str = SAID, background: Background = BACKGROUND) -> Session:
    """Return a session that has heard a script."""
    return hear(turns(said), background)


def material(
    said: str = SAID,
    background: Background = BACKGROUND,
    *,
    withdraw: tuple[str, ...] = (),
    release: tuple[str, ...] = (),
    schedule: Schedule | None = None,
    called: date | None = None,
) -> Material:
    """Return what the documents of a script are made of."""
    session = heard(said, background)
    for text in withdraw:
        session.withdraw(text, date(2026, 3, 31))
    for text in release:
        session.release(text, date(2026, 3, 31))
    return session.material(called=called, schedule=schedule)


def everything(made: Material) -> str:
    """Return every document in every form that is text."""
    documents = [make(made) for make in DRAFTS.values()]
    return "\n".join(render(d, form).decode() for d in documents for form in forms_of(type(d)) if form != "docx")


@pytest.fixture(scope="session")
def bakery() -> Material:
    """The call of this folder's tests."""
    return material()
