"""Follow-up questions, coverage and grounded findings from customer interviews.

    from copilot import Background, Session, Transcript

    transcript = Transcript.load("call.vtt")
    session = Session(background=Background.load("acme.yaml"), source=transcript.source)
    for turn in transcript:
        update = session.hear(turn)
    session.suggest(limit=3)

A name is imported when it is first used, so that `import copilot` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
    from . import engines as engines
    from . import errors as errors
    from . import reports as reports
    from .background import Background
    from .errors import BackgroundError, CopilotError, GuideError, InputError, ModelError, SpeakerError, TranscriptError
    from .findings import Findings, Gap, Metric
    from .grounding import Absent, Exact, Normalised, ground, ungrounded_numbers
    from .guide import Guide
    from .probe import Probe
    from .probes.lint import Fault, lint_question
    from .quantities import Quantity, find_quantities
    from .runnable import as_runnable
    from .session import Session, Suggestions, Update
    from .transcript import Transcript
    from .turns import Span, Turn

_HOMES = {
    "background": "Background",
    "errors": "BackgroundError CopilotError GuideError InputError ModelError SpeakerError TranscriptError",
    "findings": "Findings Gap Metric",
    "grounding": "Absent Exact Normalised ground ungrounded_numbers",
    "guide": "Guide",
    "probe": "Probe",
    "probes.lint": "Fault lint_question",
    "quantities": "Quantity find_quantities",
    "runnable": "as_runnable",
    "session": "Session Suggestions Update",
    "transcript": "Transcript",
    "turns": "Span Turn",
}
_MODULES = ("engines", "errors", "reports")
"""Modules that are there without an import of their own: `copilot.engines.llm.LLMEngine`, `copilot.reports.render`."""
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Absent",
    "Background",
    "BackgroundError",
    "CopilotError",
    "Exact",
    "Fault",
    "Findings",
    "Gap",
    "Guide",
    "GuideError",
    "InputError",
    "Metric",
    "ModelError",
    "Normalised",
    "Probe",
    "Quantity",
    "Session",
    "Span",
    "SpeakerError",
    "Suggestions",
    "Transcript",
    "TranscriptError",
    "Turn",
    "Update",
    "as_runnable",
    "find_quantities",
    "ground",
    "lint_question",
    "ungrounded_numbers",
]


if not TYPE_CHECKING:  # for a type checker, every other name is an error

    def __getattr__(name: str) -> object:
        """Import a public name from its module, or a module, on first use; `__version__` is that of the installed package."""
        if name == "__version__":
            return import_module("importlib.metadata").version("interview-copilot")
        if name in _MODULES:
            return import_module(f".{name}", __name__)
        if name not in _HOME:
            raise AttributeError(f"module 'copilot' has no attribute {name!r}")
        value: object = getattr(import_module(f".{_HOME[name]}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """Return the public names and modules."""
    return sorted([*__all__, *_MODULES, "__version__"])
