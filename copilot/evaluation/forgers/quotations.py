"""Forgers of quotations: words that nobody said, that somebody else said, or that were said otherwise."""

from __future__ import annotations

from ..words import content_words
from .scene import WORDS, Forge, Said, Scene, adding, clip, reported

__all__ = ["QUOTATIONS"]


def _misquotes(scene: Scene, said: Said) -> str | None:
    words = clip(said.words).split()
    places = [n for n, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 3]
    if len(words) < 4 or not places:
        return None
    at = max(places, key=lambda n: len(words[n]))
    return f"{said.speaker} says: “{' '.join([*words[:at], 'tremendously', *words[at + 1 :]])}.”"


def _stitches(scene: Scene, said: Said) -> str | None:
    words = said.words.rstrip(".!?").split()
    quote = " ".join([*words[:5], *words[-5:]])
    return f"{said.speaker} says: “{quote}.”" if len(words) > 14 and quote not in scene.open else None


def _half_quotes(scene: Scene, said: Said) -> str | None:
    word = max((w for w in said.words.split() if w.isalpha() and w.islower()), key=len, default="")
    return f"{said.speaker} calls it “unbelievably {word}”." if word and "unbelievably" not in scene.words else None


def _quotes_us(scene: Scene, said: Said) -> str | None:
    ours = scene.asked[len(said.words) % len(scene.asked)] if scene.asked else ""
    return f"{said.speaker} says: “{clip(ours, WORDS // 2)}.”" if ours else None


def _misattributes(scene: Scene, said: Said) -> str | None:
    others = scene.others(said.speaker)
    return f"{others[0]} says: “{clip(said.words)}.”" if others and len(said.words.split()) > 4 else None


def _misreports(scene: Scene, said: Said) -> str | None:
    others = scene.others(said.speaker)
    return reported(said._replace(speaker=others[0])) if others and len(content_words(clip(said.words))) > 2 else None


QUOTATIONS: dict[str, Forge] = {
    "invents_quote": adding("They put it so: “It has changed absolutely everything for us.”", "absolutely"),
    "quotes_singly": adding("They put it so: ‘It has changed absolutely everything for us.’", "absolutely"),
    "quotes_low": adding("They put it so: „It has changed absolutely everything for us.“", "absolutely"),
    "coins_word": adding("They call it “groundbreaking”.", "groundbreaking"),
    "half_quotes": _half_quotes,
    "misquotes": _misquotes,
    "stitches": _stitches,
    "quotes_us": _quotes_us,
    "misattributes": _misattributes,
    "misreports": _misreports,
}
