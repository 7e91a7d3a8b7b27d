"""HTML entities, which occur in captions and Markdown."""

from __future__ import annotations

import re

__all__ = ["unescape"]

_ENTITY = r"&(?:#\w{1,8}|\w{2,31});"


def unescape(text: str) -> str:
    """Return text with its entities as characters; an ampersand without a semicolon stays."""
    if "&" not in text:
        return text
    import html  # its table is long, and most exports have no entities

    return re.sub(_ENTITY, lambda match: html.unescape(match[0]), text)
