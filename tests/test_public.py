from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import copilot

HEAVY = ("numpy", "langchain_core", "langchain_openai", "openai", "tiktoken", "starlette", "click", "yaml")


def test_every_exported_name_is_there_and_in_order() -> None:
    assert sorted(copilot.__all__) == copilot.__all__
    assert all(getattr(copilot, name).__module__.startswith("copilot.") for name in copilot.__all__)
    assert len(copilot.__all__) <= 30


def test_dir_lists_the_public_names() -> None:
    assert dir(copilot) == copilot.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(copilot, "Telepathy")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import copilot, sys; print(*[m for m in {HEAVY} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


def test_suggesting_without_a_model_loads_no_model_library() -> None:
    code = "import copilot.cli.suggest, sys; print(*[m for m in ('langchain_core', 'openai', 'tiktoken', 'numpy') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


def test_every_error_of_the_library_is_a_copilot_error() -> None:
    errors = import_module("copilot.errors")
    assert all(issubclass(getattr(errors, name), errors.CopilotError) for name in errors.__all__)
