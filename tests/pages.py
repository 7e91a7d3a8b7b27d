"""What tests look for in a page: what it holds, and whether its colours can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

VOID = frozenset("meta link br img".split())


class Outline(HTMLParser):
    """What a page holds: its elements with their attributes, and the tags that are left open or closed out of order."""

    def __init__(self, page: str | bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.astray: list[str] = []
        self.feed(page if isinstance(page, str) else page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.astray.append(tag)

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much lighter or darker a colour is than another, from 1 to 21, as WCAG computes it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
