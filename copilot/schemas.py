"""The published JSON Schemas, by their name in `copilot schema`."""

from __future__ import annotations

from pydantic import BaseModel

from .background import Background
from .drafts import Checklist, Email, Outline, QuestionList
from .evaluation.report import Report
from .findings import Findings
from .guide import Guide
from .probes.proofreading import Proof
from .reports.call import CallReport
from .session import Suggestions

__all__ = ["SCHEMAS"]

SCHEMAS: dict[str, type[BaseModel]] = {
    "background": Background,
    "checklist": Checklist,
    "email": Email,
    "eval": Report,
    "findings": Findings,
    "guide": Guide,
    "lint": Proof,
    "outline": Outline,
    "questions": QuestionList,
    "report": CallReport,
    "suggestions": Suggestions,
}
"""The models of what is printed as JSON, by the name of their schema."""
