"""Who is who: the labels of a transcript are matched with the people that are known, and each gets a name and a role."""

from __future__ import annotations

from .asking import count_openers, count_questions
from .casting import assign_roles, is_role, meant_by
from .introducing import name_told
from .namesakes import names_nobody
from .voices import UNKNOWN, Casting, Notice, Part, Voice, in_full

__all__ = [
    "UNKNOWN", "Casting", "Notice", "Part", "Voice", "assign_roles", "count_openers", "count_questions", "in_full", "is_role", "meant_by",
    "name_told", "names_nobody",
]  # fmt: skip
