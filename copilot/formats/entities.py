"""HTML entities, which stand in captions and in Markdown."""

from __future__ import annotations

import re

__all__ = ["unescape"]

_ENTITY = r"&(?:#\w{1,8}|\w{2,31});"


def unescape(text: str) -> str:
    """Return text with its entities as characters; an ampersand without a semicolon is itself."""
    if "&" not in text:
        return text
    import html  # its table is long, and most exports hold no entity

    return re.sub(_ENTITY, lambda match: html.unescape(match[0]), text)
