"""Forgers of names, titles, promises, dates and denials."""

from __future__ import annotations

import re
from itertools import pairwise

from .scene import WORDS, Forge, Said, Scene, adding, clip, reported

__all__ = ["MEANING"]

_VERBS = frozenset("is are was were can could had has would".split())
_NOT = re.compile(r"n['’]t\b|\b(?:not?|never|nobody|nothing|nowhere|none|nor|without|hardly|neither|cannot)\b", re.IGNORECASE)


def _denies(scene: Scene, said: Said) -> str | None:
    words = clip(said.words).split()
    place = next((n for n, word in enumerate(words[: WORDS - 1]) if word in _VERBS), None)
    if place is None or _NOT.search(said.facts):
        return None
    return reported(said, " ".join([*words[: place + 1], "not", *words[place + 1 :]]))


def _affirms(scene: Scene, said: Said) -> str | None:
    words = said.words.split()
    for at, (word, after) in enumerate(pairwise(words)):
        plain = {"didn't": "did", "don't": "do", "wasn't": "was", "isn't": "is", "couldn't": "could", "can't": "can"}.get(
            word.replace("’", "'")
        )
        if plain and f"{plain} {after}" not in said.facts:
            return reported(said, " ".join([*words[max(0, at - 5) : at], plain, *words[at + 1 : at + 6]]))
    return None


MEANING: dict[str, Forge] = {
    "invents_name": adding("It was done together with Contoso.", "contoso"),
    "names_first": adding("Contoso signed it off.", "contoso"),
    "invents_title": lambda scene, said: f"As chief executive, {reported(said)}" if "executive" not in scene.words else None,
    "promises": lambda scene, said: f"{said.speaker} promises that {clip(said.words)}." if "promis" not in said.facts else None,
    "plans": adding("They plan to recommend it to every partner.", "recommend"),
    "sets_date": adding("The rest is due by the end of next month.", "due"),
    "sets_day": adding("The rest comes on Thursday.", "thursday"),
    "denies": _denies,
    "affirms": _affirms,
}
