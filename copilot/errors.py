"""What can go wrong, as one tree.

CopilotError
├── InputError            unusable input; the command line exits with 2
│   ├── TranscriptError   a file or text that yields no transcript
│   ├── SpeakerError      a name or role that cannot be settled
│   ├── BackgroundError   a background file with a fault
│   ├── GuideError        an interview guide with a fault
│   ├── JournalError      a journal of a call that is damaged, or that another process writes to
│   ├── SuiteError        an eval suite, labels or gates with a fault
│   ├── PromptError       a prompt file with a fault
│   └── UnknownNameError  a gap, a topic or a document that does not exist
├── ModelError            a language model that failed; the command line exits with 3
└── MissingPackageError   an extra or a provider's package that is not installed
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

__all__ = [
    "BackgroundError", "CopilotError", "GuideError", "InputError", "JournalError", "MissingPackageError", "ModelError", "PromptError",
    "SpeakerError", "SuiteError", "TranscriptError", "UnknownNameError",
]  # fmt: skip

LISTED = 12
"""Names that an error lists."""


class CopilotError(Exception):
    """Anything that this library raises on purpose; its text is one line for a user."""


class InputError(CopilotError):
    """Input that cannot be used: the text names the place, what is wrong, and what to do."""


class TranscriptError(InputError):
    """A file or text that yields no transcript."""


class SpeakerError(InputError):
    """A speaker's name or role that is unknown or ambiguous; the text lists the choices."""


class BackgroundError(InputError):
    """A background file with an unknown key or a value of the wrong shape."""


class GuideError(InputError):
    """An interview guide with an unknown key or a value of the wrong shape."""


class JournalError(InputError):
    """A journal of a call that is damaged, or that another process writes to."""


class SuiteError(InputError):
    """An eval suite, an interview's labels, a gate or a saved report with a fault."""


class PromptError(InputError):
    """A prompt file with a fault, or one rendered with other inputs than it declares."""


class UnknownNameError(InputError):
    """The name of a gap, a topic or a document that does not exist; the text gives those that do."""

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str]) -> Self:
        """Return the error for a name of a kind that is none of those known."""
        names = list(known)
        # Only a name that is unknown needs it.
        import difflib

        near = difflib.get_close_matches(name, names, 1)
        listed = ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")
        hint = f"did you mean {near[0]!r}?" if near else f"there is {listed or 'none yet'}"
        return cls(f"no {kind} is named {name!r}; {hint}")


class ModelError(CopilotError):
    """A language model failed where no other engine may stand in for it; the text says how, and never holds a key."""


class MissingPackageError(CopilotError):
    """An optional dependency is not installed; the text names the extra to install."""
