"""A schema as it is told to a model."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

__all__ = ["schema_text"]

_BOUNDS = ("maxLength", "maxItems", "title", "description")
"""Keywords that some endpoints refuse or that only cost tokens; an answer is validated against all of its schema when it comes."""


@cache
def schema_text(schema: type[BaseModel]) -> str:
    """Return a JSON Schema as compact text, without bounds."""
    return json.dumps(_without(schema.model_json_schema(), named=False), separators=(",", ":"))


def _without(part: Any, *, named: bool) -> Any:
    """Return a part of a schema without bounds. What stands under `properties` and `$defs` is named by us, and is no keyword."""
    if isinstance(part, list):
        return [_without(p, named=False) for p in part]
    if not isinstance(part, dict):
        return part
    kept = {k: v for k, v in part.items() if named or k not in _BOUNDS}
    return {k: _without(v, named=not named and k in {"properties", "$defs"}) for k, v in kept.items()}
