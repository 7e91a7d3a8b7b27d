from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import copilot
from copilot.drafts import DraftName

PACKAGE = Path(copilot.__file__).parent

HEAVY = ("numpy", "langchain_core", "langchain_openai", "openai", "tiktoken", "starlette", "click", "yaml")


def test_every_exported_name_is_there_and_in_order() -> None:
    assert sorted(copilot.__all__) == copilot.__all__
    assert all(getattr(copilot, name).__module__.startswith("copilot.") for name in copilot.__all__)
    assert len(copilot.__all__) <= 30


def test_what_one_module_takes_from_another_is_named_in_its_all() -> None:
    taken = {(module, name) for path in PACKAGE.rglob("*.py") for module, name in imports(path)}
    assert sorted((module, name) for module, name in taken if name not in getattr(import_module(module), "__all__", (name,))) == []


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules of the package that a file imports names from, with each name that is no module itself."""
    package = (PACKAGE.name, *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            module = ".".join((*package[: len(package) - node.level + 1], *filter(None, [node.module])))
            place = PACKAGE.parent.joinpath(*module.split("."))
            yield from ((module, row.name) for row in node.names if not [*place.glob(f"{row.name}.py"), *place.glob(row.name)])


def test_dir_lists_the_public_names_and_modules() -> None:
    assert set(dir(copilot)) == {*copilot.__all__, "__version__", "engines", "errors", "reports"}
    assert all(hasattr(copilot, name) for name in dir(copilot))


def test_the_version_is_that_of_the_package() -> None:
    assert copilot.__version__ == version("interview-copilot")


def test_what_holds_a_whole_call_is_printed_in_a_few_words() -> None:
    transcript = copilot.Transcript.parse("Ines: What changed?\nMaeve: Remakes fell from a hundred and twelve a month to sixty-eight.")
    session = copilot.Session(source=transcript.source)
    assert str(session.findings) == "<Findings: empty>"
    for turn in transcript:
        session.hear(turn)
    assert repr(transcript) == "<Transcript: 2 turns, plain from text>"
    assert re.fullmatch(r"<Findings: 2 turns, 1 sections, \d+ metrics, .*>", repr(session.findings))
    assert all(len(f"{session.draft(name)!r} {session.draft(name)}") < 400 for name in get_args(DraftName))


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(copilot, "Telepathy")


def printed(code: str) -> str:
    """Return what code prints in a Python of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert printed(f"import copilot, sys; print(*[m for m in {HEAVY} if m in sys.modules])") == ""


def test_suggesting_without_a_model_loads_no_model_library() -> None:
    heavy = ("langchain_core", "openai", "tiktoken", "numpy")
    assert printed(f"import copilot.cli.suggest, sys; print(*[m for m in {heavy} if m in sys.modules])") == ""


def test_every_name_is_there_where_langchain_is_not_installed() -> None:
    missing = "import sys; sys.modules['langchain_core'] = None\n"
    assert printed(f"{missing}from copilot import *; print(as_runnable.__name__)") == "as_runnable"
    use = "try: copilot.as_runnable()\nexcept copilot.CopilotError as problem: print(problem)"
    assert 'pip install ".[llm]"' in printed(f"{missing}import copilot\n{use}")


def test_engines_and_reports_are_there_without_an_import_of_their_own() -> None:
    assert printed("import copilot; print(copilot.engines.llm.LLMEngine.__name__)") == "LLMEngine"
    assert printed("import copilot; print(copilot.reports.render.__name__)") == "render"
    assert printed("import copilot; print(copilot.errors.ModelError is copilot.ModelError)") == "True"


def test_every_error_of_the_library_is_a_copilot_error() -> None:
    errors = import_module("copilot.errors")
    assert all(issubclass(getattr(errors, name), errors.CopilotError) for name in errors.__all__)
