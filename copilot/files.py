"""Read a YAML or JSON file of this program into a value, with errors that name the place and the nearest known key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .errors import InputError
from .lexicon import LOADER
from .spelling import nearest
from .turns import Value

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["describe", "is_read_by", "load_value", "parse_value", "read_text"]

V = TypeVar("V", bound=Value)

SHOWN = 40
"""Most characters of a value that an error shows."""


if TYPE_CHECKING:
    _Safe = yaml.SafeLoader
else:
    _Safe = LOADER  # in C where it is built, which a type checker cannot know


class _Loader(_Safe):
    """A loader for which a mapping that has a key twice is an error: the first value would be lost without a word.

    So is a value that looks like a date or a number, and is none: `2026-13-01`.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError) as problem:
            told = f"{_in_words(node.value)}: {problem}; put it into quotation marks"
            raise yaml.MarkedYAMLError(problem=told, problem_mark=node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key '{key.value}' is there twice", problem_mark=key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        return super().construct_mapping(node, deep)


def load_value(path: str | Path, model: type[V], error: type[InputError], *, every: bool = False) -> V:
    """Return the value in a YAML or JSON file. Raises `error`, which names the file, and `every` fault by its line or the first one."""
    return parse_value(read_text(path, error), model, error, str(path), every=every)


def read_text(path: str | Path, error: type[InputError]) -> str:
    """Return the text of a file in UTF-8. Raises `error`, which names the file."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise error.unread(path, problem) from None
    except UnicodeDecodeError as problem:
        raise error(f"{path}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None


def is_read_by(read: Callable[[str], object], given: str) -> bool:
    """Return whether a function takes a text or a path as its own kind of input, rather than raise InputError."""
    try:
        read(given)
    except InputError:
        return False
    return True


def parse_value(text: str, model: type[V], error: type[InputError], where: str, *, every: bool = False) -> V:
    """Return the value in YAML or JSON text; `where` names it in errors. Raises `error`, for `every` fault or the first one."""
    if not isinstance(text, str):
        raise error(f"{where}: YAML or JSON text is expected, not {type(text).__name__}")
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 -- it is a safe one
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        raise error(f"{where}:{line} not valid YAML ({getattr(problem, 'problem', None) or 'unreadable'})") from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise error(f"{where}: a mapping of keys to values is expected, not {_in_words(data)}")
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        node = yaml.compose(text, _Loader)
        first, *more = [f"{where}: {_at(node, place)}{fault}" for place, fault in _faults(problem, model, data)]
        raise error(first, more=more if every else ()) from None


def describe(problem: ValidationError, model: type[BaseModel], data: object = None) -> str:
    """Return the first fault of a validation error as a sentence, with the nearest known key for an unknown one.

    `data` is what was to be valid: its places are named by the ids and names in it.
    """
    return next(fault for _, fault in _faults(problem, model, data))


Place = tuple[int | str, ...]
"""The keys and indexes that lead to a value in data."""


def _faults(problem: ValidationError, model: type[BaseModel], data: object) -> Iterator[tuple[Place, str]]:
    """Yield the place and the sentence of each fault.

    A misspelt key comes before the required key that is missing because of it. What fits none of several types is one fault, told by the
    type that fits best.
    """
    by_place: dict[Place, list[ErrorDetails]] = {}
    for one in sorted(problem.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden"):
        by_place.setdefault(tuple(_place(one, data)), []).append(one)
    for place, errors in by_place.items():
        if not any(other[: len(place)] == place != other for other in by_place):
            yield place, _sentence(place, errors, model, data)


def _place(fault: ErrorDetails, data: Any) -> Iterator[int | str]:
    """Yield the place of a fault without the types that pydantic names in it, where a value may have one of several."""
    given = data is not None
    for part in fault["loc"]:
        is_key = isinstance(data, dict) and (part in data or fault["type"] == "missing")
        if isinstance(part, int) or is_key or not given:
            yield part
            data = _part_of(data, part)


def _sentence(place: Place, errors: Sequence[ErrorDetails], model: type[BaseModel], data: object) -> str:
    """Return what is wrong at a place, with the nearest known key for an unknown one."""
    named = ".".join(_placed(place, data))
    if errors[0]["type"] != "extra_forbidden":
        return f"{named}: {_fault(errors)}" if named else _fault(errors)
    keys = _known_keys(model, place[:-1])
    hint = nearest(str(place[-1]), keys, 0.5) or f"known keys: {', '.join(keys)}"
    return f"unknown key '{named}'; {hint}"


def _placed(place: Place, data: Any) -> Iterator[str]:
    """Yield a place in data as people name it: a part of a list by its id or name, or counted from 1."""
    for part in place:
        data = _part_of(data, part)
        named = data if isinstance(data, dict) else {}
        yield str(named.get("id") or named.get("name") or part + 1) if isinstance(part, int) else part


def _part_of(data: Any, part: int | str) -> Any:
    """Return what data hold under a key or an index, None where something is missing."""
    try:
        return data[part]
    except (LookupError, TypeError):
        return None


def _at(node: yaml.Node | None, place: Place) -> str:
    """Return where a place in a YAML document is, to go before a sentence; "" for the document as a whole."""
    return f"line {_line(node, place)}: " if place else ""


def _line(node: yaml.Node | None, place: Place) -> int:
    """Return the line of a place in a YAML document, from 1; that of what should hold it, where it is missing."""
    line = node.start_mark.line if node else 0
    for part in place:
        inner = _inside(node, part)
        if inner is None:
            break
        line, node = inner
    return line + 1


def _inside(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    """Return where a part of a mapping or list starts, and what it holds; None where there is none."""
    if isinstance(node, yaml.SequenceNode):
        rows = [(n, value, value) for n, value in enumerate(node.value)]
    else:
        rows = [(key.value, key, value) for key, value in node.value] if isinstance(node, yaml.MappingNode) else []
    return next(((at.start_mark.line, value) for name, at, value in rows if name == part), None)


_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "a mapping of keys to values",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "a mapping of keys to values",
    "string_type": "a text",
    "tuple_type": "a list",
}
"""What each pydantic error type expects, in the words of people who write YAML."""


_EXPECTED_OF = {
    "finite_number": "a number that is not infinite",
    "greater_than_equal": "a number of {ge:g} or more",
    "less_than_equal": "a number of {le:g} or less",
    "literal_error": "one of {expected}",
}
"""What the error types expect that say it with values of their own."""


def _fault(errors: Sequence[ErrorDetails]) -> str:
    """Return what is wrong with a value, and what is expected there: of several types, any of them."""
    fault = errors[0]
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return str(context["error"])
    if kind == "too_short":
        return f"a list of {context['min_length']} or more is expected, not of {context['actual_length']}"
    expected = _EXPECTED_OF[kind].format(**context) if kind in _EXPECTED_OF else _any_of(one["type"] for one in errors)
    if not expected:
        return fault["msg"]
    unquoted = kind == "string_type" and isinstance(fault["input"], (bool, int, float, date))
    return f"{expected} is expected, not {_in_words(fault['input'])}{'; put it into quotation marks' if unquoted else ''}"


def _any_of(kinds: Iterable[str]) -> str:
    """Return what types of errors expect, "" where that has no words. A whole number is a number too."""
    wanted = dict.fromkeys(_EXPECTED[kind] for kind in kinds if kind in _EXPECTED)
    if "a number" in wanted:
        wanted.pop("a whole number", None)
    return " or ".join(wanted)


def _in_words(value: object) -> str:
    """Return what a YAML value is, in the words of people who write YAML."""
    if value is None:
        return "nothing"
    if isinstance(value, (list, tuple, dict)):
        return "a mapping of keys to values" if isinstance(value, dict) else "a list"
    text = " ".join(str(value).split())
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return f"the text '{shown}'" if isinstance(value, str) else shown.lower()


def _known_keys(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """Return the keys that a model accepts at a place."""
    for part in loc:
        if not isinstance(part, str) or part not in model.model_fields:
            continue
        inner = _model_in(model.model_fields[part].annotation)
        if inner is not None:
            model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model class inside a type such as `tuple[Participant, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
