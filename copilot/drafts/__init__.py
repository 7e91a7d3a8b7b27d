"""The documents after the call: findings in, values out, each claim, quote, number and request with its spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ..errors import UnknownNameError
from ..rulings import Release, Withdrawal
from .checklist import Checklist, checklist
from .email import Email, email
from .material import Material
from .outline import Outline, outline
from .prose import Attempt, Writer, faults_in, hurried, reword, try_out
from .questions import QuestionList, question_list
from .schedule import Schedule

__all__ = [
    "DRAFTS",
    "Attempt",
    "Checklist",
    "Document",
    "Draft",
    "DraftName",
    "Email",
    "Material",
    "Outline",
    "QuestionList",
    "Release",
    "Schedule",
    "Withdrawal",
    "Writer",
    "draft",
    "faults_in",
    "hurried",
    "question_list",
    "reword",
    "try_out",
]

DraftName = Literal["email", "outline", "checklist"]
"""The names of the documents that a person asks for."""
Draft = Email | Outline | Checklist
"""The documents that go out, or are gone through, after a call."""
Document = Draft | QuestionList
"""Every document, with the list of questions before a call."""

DRAFTS: Mapping[DraftName, Callable[[Material], Draft]] = {"email": email, "outline": outline, "checklist": checklist}
"""What makes each document."""


def draft(name: DraftName, material: Material) -> Draft:
    """Return the email, the outline or the checklist. Raises UnknownNameError for other names."""
    if name not in DRAFTS:
        raise UnknownNameError.among("document", name, DRAFTS)
    return DRAFTS[name](material)
