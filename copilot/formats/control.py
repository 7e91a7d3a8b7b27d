"""Control characters that no text should hold, in a file or during a call."""

from __future__ import annotations

import re

__all__ = ["control_characters", "without_control"]

# White space stays, and so does the escape character: coloured text is text, and whatever shows it leaves it out.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BYTES = bytes(n for n in range(0x80) if _CONTROL.match(chr(n)))


def control_characters(text: str) -> list[str]:
    """Return the control characters in a text, in order."""
    # Hardly any text has one, and bytes are searched many times faster than characters.
    data = text.encode("utf-8", "replace")
    return _CONTROL.findall(text) if len(data.translate(None, _BYTES)) < len(data) else []


def without_control(text: str) -> str:
    """Return a text without control characters; those that separate words become spaces."""
    return _CONTROL.sub(lambda found: " " if found[0].isspace() else "", text)
