"""What is known before a call: the options that say it, and the values that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar, cast, get_args

import click

from ..background import Background
from ..errors import InputError
from ..files import is_read_by
from ..guide import Guide
from ..spelling import nearest
from ..transcript import Transcript
from ..turns import Role
from .options import PATH
from .text import notice

__all__ = ["Known", "background_option", "guide_option", "role_option", "roles_of"]

ROLES = get_args(Role)
V = TypeVar("V", Background, Guide)
_KINDS: tuple[tuple[type[Background | Guide | Transcript], str, str], ...] = (
    (Background, "a background file", "pass it with --background"),
    (Guide, "an interview guide", "pass it with --guide"),
    (Transcript, "a transcript", 'pass it as the CALL, as in "copilot suggest CALL"'),
)
"""The kinds of file that are mistaken for one another: what each is called, and the option that it belongs to."""

background_option = click.option("--background", "-b", metavar="FILE", type=PATH, help="What is known before the call (YAML or JSON).")
guide_option = click.option("--guide", metavar="FILE", type=PATH, help="An interview guide of your own (YAML).")
role_option = click.option(
    "--role",
    multiple=True,
    metavar="NAME=ROLE",
    help=f"Settle who is who: {', '.join(ROLES[:-1])}, {ROLES[-1]}, or a participant's name. Can be given again.",
)


@dataclass(frozen=True)
class Known:
    """What is known of a customer, and the guide that says what is to be known."""

    background: Background
    guide: Guide

    @classmethod
    def load(cls, background: str | None, guide: str | None) -> Self:
        """Load both files, the default guide where none is named; tell of known topics that the guide does not hold.

        Raises InputError.
        """
        known = cls(
            _load(Background, background, "a background file") if background else Background(),
            _load(Guide, guide, "an interview guide") if guide else Guide.default(),
        )
        for topic in sorted(set(known.background.known_topics) - set(known.guide.topics)):
            told = f"{background}: known_topics: {topic!r} is no topic of the guide {known.guide.name}, so nothing is left out for it"
            notice("; ".join(filter(None, (told, nearest(topic, known.guide.topics)))))
        return known


def _load(kind: type[V], path: str, meant: str) -> V:
    """Return the value in a file; where it holds another kind of thing, the error says which. Raises InputError."""
    try:
        return kind.load(path)
    except InputError as problem:
        for other, what, hint in _KINDS if Path(path).is_file() else ():
            if other is not kind and _is_of(other, kind, path):
                raise InputError(f"{path}: this is {what}, not {meant}", hint=hint) from None
        raise problem from None


def _is_of(other: type[Background | Guide | Transcript], kind: type[Background | Guide], path: str) -> bool:
    """Return whether a file is of another kind than it should be, and not only a faulty or an empty one of its own kind."""
    # Lines of "key: value" read as a transcript, too, and an empty file as a background file, so that a key has to tell.
    shows = not _has_key_of(kind, path) if other is Transcript else _has_key_of(cast(type[Background | Guide], other), path)
    return shows and is_read_by(other.load, path)


def _has_key_of(kind: type[Background | Guide], path: str) -> bool:
    """Return whether a line of a file begins with a key of a kind of value, as in YAML or JSON."""
    keys = "|".join(map(re.escape, kind.model_fields))
    return bool(re.search(rf"^[\s{{]*\"?(?:{keys})\"?\s*:", Path(path).read_text("utf-8", "replace"), re.MULTILINE))


def roles_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the roles, or the participants' names, by name in texts of NAME=ROLE. Raises InputError, also for a name with two roles."""
    roles: dict[str, str] = {}
    for name, role in map(_role_of, texts):
        if roles.setdefault(name, role) != role:
            raise InputError(f"--role {name}={role}: {name} is given the role {roles[name]} already; give one of them")
    return roles


def _role_of(text: str) -> tuple[str, str]:
    """Return the name and the role in NAME=ROLE, or the participant's name. Raises InputError."""
    name, mark, role = (part.strip() for part in text.rpartition("="))
    if not mark or not name or not role:
        raise InputError(f"--role {text!r}: write NAME=ROLE with one of the roles {', '.join(ROLES)}, or a participant's name")
    return name, role.lower() if role.lower() in ROLES else role
