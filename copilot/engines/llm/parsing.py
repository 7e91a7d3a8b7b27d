"""From an answer's text to its rows: the JSON object is found in whatever stands around it, and every row is judged by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from ..guard import Rejection
from .answers import ONE, words_in
from .faults import Fault

__all__ = ["Parsed", "parse"]

A = TypeVar("A", bound=BaseModel)

STARTS = 200
"""Most places of a text at which an object is looked for."""
DEEP = 3
"""Most objects around the one that was asked for: {"Notes": {...}}."""
TOLD = 3
"""Most faults of an answer that are told."""
_CLOSED_BY = {"{": "}", "[": "]"}


class Parsed(NamedTuple, Generic[A]):
    """An answer of the rows that hold, how many these are, and the rows that do not."""

    value: A
    rows: int
    dropped: tuple[Rejection, ...]


def parse(text: str, schema: type[A]) -> Parsed[A]:
    """Return the answer in a text: the object with most of what was asked for; a list that it lacks is empty.

    Where the text breaks off, or is no JSON from some place on, the rows before that count. An answer without lists is one row. Raises
    Fault where no row of some holds.
    """
    asked = schema.model_fields.keys()
    found = max(_objects(text), key=lambda o: len(o.keys() & asked), default={})
    if not found.keys() & asked:
        raise Fault("unusable", detail="it holds no JSON object with what was asked for")
    if not any(get_origin(field.annotation) in {list, tuple} for field in schema.model_fields.values()):
        return Parsed(_whole(found, schema), 1, ())
    dropped: list[Rejection] = []
    rows = {name: _rows(found.get(name), name, field, dropped) for name, field in schema.model_fields.items()}
    count = sum(map(len, rows.values()))
    if dropped and not count:
        raise Fault("unusable", detail="; ".join([*dict.fromkeys(f"a {r.what} {r.reason}" for r in dropped)][:TOLD]))
    return Parsed(schema(**rows), count, tuple(dropped))


def _whole(found: Mapping[str, Any], schema: type[A]) -> A:
    try:
        return schema.model_validate({name: found.get(name) for name in schema.model_fields})
    except ValidationError as problem:
        raise Fault("unusable", detail=f"the answer {_told(problem)}") from None


def _rows(given: object, name: str, field: FieldInfo, dropped: list[Rejection]) -> list[Any]:
    """Return the rows of a list that hold, in their order; the others are added to `dropped`."""
    if given is not None and not isinstance(given, list):
        dropped.append(Rejection(0, ONE[name], "", "stands in no list"))
    rows, most = [], next(m.max_length for m in field.metadata if hasattr(m, "max_length"))
    for row in given[:most] if isinstance(given, list) else ():
        try:
            rows.append(_row(row, get_args(field.annotation)[0]))
        except ValidationError as problem:
            turn = row.get("turn") if isinstance(row, dict) else None
            dropped.append(Rejection(turn if isinstance(turn, int) else 0, ONE[name], words_in(row), _told(problem)))
    return rows


def _row(row: object, kind: Any) -> Any:
    """Return a row as a value. A key that may be null may be missing, and one that nobody asked for does no harm."""
    if isinstance(row, dict) and isinstance(kind, type) and issubclass(kind, BaseModel):
        row = {name: row.get(name) for name in kind.model_fields}
    return _adapter(kind).validate_python(row)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _told(problem: ValidationError) -> str:
    """Return what is wrong with a row, in words for a user."""
    first = problem.errors(include_url=False)[0]
    name = str(next(iter(first["loc"]), "form"))
    if first["type"] == "literal_error" and first["input"] is not None:
        return f"has an unknown {name}"
    return f"has no {name}" if first["input"] is None else f"has a wrong {name}"


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a text, those that others hold after these, and last what is complete of the longest that breaks off."""
    at, broken = text.find("{"), (0, 0)
    for _ in range(STARTS):
        if at < 0:
            break
        try:
            value, end = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            broken = max(broken, (at, getattr(problem, "pos", at)), key=lambda span: span[1] - span[0])
            at = text.find("{", at + 1)
        else:
            yield from _held(value)
            at = text.find("{", end)
    rest = _completed(text[slice(*broken)])
    if rest:
        yield from _held(json.loads(rest))


def _held(value: Any, deep: int = DEEP) -> Iterator[Mapping[str, Any]]:
    """Yield an object, and the objects that its keys hold."""
    if isinstance(value, dict):
        yield value
        for part in islice(value.values(), STARTS) if deep else ():
            yield from _held(part, deep - 1)


def _completed(text: str) -> str:
    """Return JSON that breaks off, up to its last complete row and with what is open there closed; "" if it has no such row."""
    opened: list[str] = []
    inside = escaped = False
    kept = ""
    end = 0
    for n, c in enumerate(text):
        if inside:
            inside, escaped = escaped or c != '"', c == "\\" and not escaped
        elif c == '"':
            inside = True
        elif c in _CLOSED_BY:
            opened.append(c)
        elif c in "}]" and opened:
            opened.pop()
        if not inside and c in '"}]' and opened and opened[-1] == "[":
            end, kept = n + 1, "".join(_CLOSED_BY[o] for o in reversed(opened))
    return text[:end] + kept
