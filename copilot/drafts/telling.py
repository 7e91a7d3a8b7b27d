"""What a sentence must hold, beside words of a topic, to stand for it in a document."""

from __future__ import annotations

from ..detectors.boundaries.names import names_in
from ..guide import Topic
from ..lexicon import Lexicon, function_words, number_words, words_of
from ..quantities import find_quantities
from ..text import norms

__all__ = ["can_tell"]


def can_tell(name: str, topic: Topic, text: str) -> bool:
    """Return whether a sentence can stand for a topic: figures take a number, deciders a person or a role, a choice no rival."""
    if "result" in topic.holds:
        return bool(find_quantities(text))
    if name in words_of("telling.of_people"):
        return bool(names_in(text)) or "person" in _labels(text)
    if name in words_of("telling.of_product"):
        labels = _labels(text)
        return "rival" not in labels or "ours" in labels
    return _is_more_than_a_name(text)


def _is_more_than_a_name(text: str) -> bool:
    """Return whether a text says more than a name, a number or a pronoun."""
    names = {word for name in names_in(text) for word in name.words}
    small = function_words() | number_words() | names
    return any(not norm[0].isdigit() and norm.removesuffix("'s") not in small for norm in norms(text))


def _labels(text: str) -> frozenset[str]:
    return frozenset(match.label for match in Lexicon.at("telling.phrases").find(norms(text)))
