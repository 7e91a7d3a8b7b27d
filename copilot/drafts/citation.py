"""Citations: words of the call with who said them and when, as documents show them."""

from __future__ import annotations

from typing import Literal

from ..speakers import names_nobody
from ..turns import Span, clock

__all__ = ["Citation", "Edit"]

Edit = Literal["verbatim", "trimmed"]
"""Whether words are all that was cited, or were cut at an end."""


class Citation(Span):
    """Words of the call, always verbatim: `turns[turn].text[start:end] == text`.

    `at` is in seconds, None if the transcript has no times. `edit` is "trimmed" if the words begin or end inside a sentence; `cut` says
    whether something was left off before and after them. `unsure` means that the export does not say that it is the speaker's. A citation
    without words (`text` empty) only points at a turn that must not be shown.
    """

    speaker: str
    title: str | None = None
    at: float | None = None
    edit: Edit = "verbatim"
    cut: tuple[bool, bool] = (False, False)
    unsure: bool = False

    @property
    def quoted(self) -> str:
        """The words in quotation marks, with an ellipsis wherever a sentence is cut."""
        return f"“{'… ' if self.cut[0] else ''}{self.text}{' …' if self.cut[1] else ''}”"

    @property
    def when(self) -> str:
        """The time on the call, or the turn if there are no times, and whether the speaker is in doubt."""
        return (clock(self.at) or f"turn {self.turn}") + (", speaker not certain" if self.unsure else "")

    @property
    def by(self) -> str:
        """Who said it, with their title if known, and when; a label that names nobody is marked as one."""
        speaker = f"{self.speaker} (who spoke?)" if names_nobody(self.speaker) else self.speaker
        return ", ".join(part for part in (speaker, self.title, self.when) if part)
