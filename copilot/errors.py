"""All errors, as one tree.

CopilotError
├── InputError            unusable input; the command line exits with 2
│   ├── TranscriptError   a file or text without a usable transcript
│   ├── SpeakerError      a name or role that cannot be settled
│   ├── BackgroundError   an invalid background file
│   ├── GuideError        an invalid interview guide
│   ├── JournalError      a call journal that is damaged or in use by another process
│   ├── SuiteError        invalid eval suites, labels or gates
│   ├── TurnError         a turn that is out of order, or not of the recording
│   ├── PromptError       an invalid prompt file
│   └── UnknownNameError  a gap, a topic or a document that does not exist
├── ModelError            a language model that failed; the command line exits with 3
└── MissingPackageError   an extra or a provider's package that is not installed
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from .spelling import nearest

__all__ = [
    "BackgroundError", "CopilotError", "GuideError", "InputError", "JournalError", "MissingPackageError", "ModelError", "PromptError",
    "SpeakerError", "SuiteError", "TranscriptError", "TurnError", "UnknownNameError",
]  # fmt: skip

LISTED = 12
"""Most names that an error lists."""


_UNREAD: dict[type[Exception], str] = {
    FileNotFoundError: "check its name and folder",
    IsADirectoryError: "name a file in it",
    PermissionError: "see that you may read it",
}
"""What helps, by why a file cannot be read."""


class CopilotError(Exception):
    """Anything that this library raises on purpose; its message is one line for the user, and `hint` what helps on the command line.

    Where a file is corrected by hand and likely to hold several faults, the message has a line for each; `lines` are all of them.
    """

    def __init__(self, message: str = "", *, hint: str = "", more: Sequence[str] = ()) -> None:
        """Take the message, what the command line prints after it, and more faults, a line each."""
        super().__init__("\n".join((message, *more)))
        self.lines = (message, *more)
        self.hint = hint


class InputError(CopilotError):
    """Unusable input. The message names the place, what is wrong, and what to do."""

    @classmethod
    def unread(cls, path: object, problem: OSError | ValueError) -> Self:
        """Return the error for a file that cannot be read."""
        why = getattr(problem, "strerror", None) or problem
        return cls(f"{path}: cannot be read ({why})", hint=_UNREAD.get(type(problem), ""))

    @classmethod
    def expect(cls, given: object, kind: type | tuple[type, ...], what: str, how: str = "") -> None:
        """Raise the error for what is not of a kind: `what` is expected, such as "a Turn", and `how` says how to come by it."""
        if not isinstance(given, kind):
            raise cls(f"{what} is expected, not {type(given).__name__}{f'; {how}' if how else ''}")

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str], hint: str = "") -> Self:
        """Return the error for a name that is not among the known names of its kind."""
        names = list(known)
        listed = ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")
        meant = nearest(name, names) or f"there is {listed or 'none yet'}"
        return cls(f"no {kind} is named {name!r}; {meant}", hint=hint)


class TranscriptError(InputError):
    """A file or text without a usable transcript."""


class SpeakerError(InputError):
    """A speaker's name or role that is unknown or ambiguous; the message lists the choices."""


class BackgroundError(InputError):
    """A background file with an unknown key or a value of the wrong shape."""


class GuideError(InputError):
    """An interview guide with an unknown key or a value of the wrong shape."""


class JournalError(InputError):
    """A call journal that is damaged or in use by another process."""


class SuiteError(InputError):
    """An invalid eval suite, interview label, gate or saved report."""


class TurnError(InputError, ValueError):
    """A turn that is out of order, or not of the recording that an engine was made for."""


class PromptError(InputError):
    """An invalid prompt file, or a prompt rendered with inputs other than those it declares."""


class UnknownNameError(InputError):
    """The name of a gap, a topic or a document that does not exist; the message lists those that do."""


class ModelError(CopilotError):
    """A language model failed and no other engine may take over. The message says how it failed and never contains a key."""


class MissingPackageError(CopilotError):
    """An optional dependency is not installed; the message names the extra to install."""
