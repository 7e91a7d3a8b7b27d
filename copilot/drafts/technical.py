"""Technical claims as documents list them: what a customer says that the product is, does or connects to."""

from __future__ import annotations

from functools import lru_cache

from ..detectors.verify import is_capability
from ..findings import Verify
from ..lexicon import Lexicon, words_of
from ..text import norms
from .citation import Citation
from .material import Material

__all__ = ["technical"]

_OPENING = 6  # first words of a sentence, by which it is a wish


@lru_cache(maxsize=4)
def technical(material: Material) -> tuple[Citation, ...]:
    """Return the technical claims that may be used, in order, without those about the time before the product, and wishes.

    Findings hold these too, since the model or the reader may see more in them; engineering is asked only about the product.
    """
    later = {row.turn for row in material.findings.sections if set(row.sections) - words_of("telling.before_product")}
    ahead = {row.turn for row in material.findings.sections if words_of("telling.after_product").issuperset(row.sections)}
    claims = (v for v in material.findings.verify if v.turn in later and is_capability(v.text, material.background))
    return tuple(material.cite(v) for v in claims if material.is_usable(v) and not (v.turn in ahead and _wishes(v)))


def _wishes(claim: Verify) -> bool:
    """Return whether a claim begins as a wish."""
    return bool(Lexicon.at("telling.wishing").find(norms(claim.text)[:_OPENING]))
