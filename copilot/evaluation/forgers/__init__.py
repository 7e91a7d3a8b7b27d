"""Forgers: writers that, in a model's role, put one fault into every paragraph; whatever passes the guard is a fault in a document.

A forger is an entry in FORGERS: a function from the call and some words of it to a paragraph that is wrong in one way, None if these
words do not allow it. That it is wrong is decided here, by the turns themselves, independently of the guard. UNSEEN are forgers of
what a rule-based guard cannot see, HONEST are writers whose paragraphs should be used: a guard that rejects everything lets nothing
wrong through either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...drafts import Writer
from .barred import BARRED
from .meaning import MEANING
from .numbers import NUMBERS
from .quotations import QUOTATIONS
from .scene import Forge, Said, Scene, about, adding, clip, reported

__all__ = ["FORGERS", "HONEST", "UNSEEN", "Forge", "Said", "Scene", "writer"]

_FACT = re.compile(r"^\d+\. (?P<speaker>[^“:]+?)(?: \([^“]*\))? said: “(?:… )?(?P<words>.*?)(?: …)?”$")


def writer(forge: Forge, scene: Scene, given: list[str]) -> Writer:
    """Return a writer of a forger's paragraphs, with empty ones if it has none; those that it writes are added to `given`."""

    def write(document: str, rules: str, facts: Sequence[str]) -> list[str]:
        numbers = dict.fromkeys(fact.partition(".")[0] for fact in facts)
        passages = [[fact for fact in facts if fact.partition(".")[0] == number] for number in numbers]
        made = [_paragraph(forge, scene, passage) for passage in passages]
        given.extend(text for text in made if text)
        return made

    return write


def _paragraph(forge: Forge, scene: Scene, facts: Sequence[str]) -> str:
    """Return a paragraph about the first words of its facts that allow one, as a question if one is wanted."""
    whole = "\n".join(facts)
    said = (Said(m["speaker"], m["words"], whole) for fact in facts if (m := _FACT.match(fact)))
    text = next((made for row in said if (made := forge(scene, row))), "")
    return f"{text.rstrip('.!')}: how did that come about?" if text and "To ask for:" in whole else text


FORGERS: dict[str, Forge] = {
    **NUMBERS,
    **QUOTATIONS,
    **MEANING,
    **BARRED,
    "labels": lambda scene, said: f"{reported(said)[:-1]}, which is a gap." if "gap" not in said.facts else None,
    "marks_up": adding("See <b>more</b> of it."),
    "links": adding("See evil.example for more."),
    "addresses": adding("Write to sales@evil.example for more."),
    "leads": lambda scene, said: f"{reported(said)[:-1]}, as you must be glad" if "To ask for:" in said.facts else None,
    "strays": lambda scene, said: "To come to something else" if "To ask for:" in said.facts else None,
    "invents_event": adding("The whole board was delighted.", "board", "delighted"),
}
"""Forgers by what they do: a rule should catch each."""


# What no rule can see: true words with a false clause that contains neither a number nor a name.


def _embroiders(scene: Scene, said: Said) -> str | None:
    return f"{reported(said)[:-1]}, which delighted everyone." if "delighted" not in scene.words else None


def _drops_doubt(scene: Scene, said: Said) -> str | None:
    doubt = re.search(r"\b(?:maybe|perhaps|probably|I think|I guess|sort of) ", said.words)
    return reported(said, about(said.words[: doubt.start()] + said.words[doubt.end() :], doubt.start(), doubt.start())) if doubt else None


UNSEEN: dict[str, Forge] = {"embroiders": _embroiders, "drops_doubt": _drops_doubt}
"""Forgers of what no rule claims to see."""


# Honest writers

_THEIRS = {
    "i": "they", "i'm": "they are", "i've": "they have", "i'd": "they would", "my": "their", "me": "them", "we": "they", "our": "their",
    "we're": "they are", "we've": "they have", "we'd": "they would", "us": "them", "ours": "theirs",
}  # fmt: skip


def _quotes(scene: Scene, said: Said) -> str | None:
    return f"{said.speaker} puts it so: “{clip(said.words)}.”"


def _retells(scene: Scene, said: Said) -> str | None:
    """Return words of the facts in the third person."""
    words = (_THEIRS.get(word.lower().replace("’", "'"), word) for word in clip(said.words).split())
    return reported(said, " ".join(words))


HONEST: dict[str, Forge] = {"quotes": _quotes, "retells": _retells}
"""Writers whose paragraphs have to pass."""
