"""A JSON Schema as text for a model."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

__all__ = ["schema_text"]

_BOUNDS = ("maxLength", "maxItems", "title", "description")
"""Keywords that some endpoints reject or that only cost tokens; answers are validated against the full schema anyway."""


@cache
def schema_text(schema: type[BaseModel]) -> str:
    """Return a JSON Schema as compact text, without bounds."""
    return json.dumps(_without(schema.model_json_schema(), named=False), separators=(",", ":"))


def _without(part: Any, *, named: bool) -> Any:
    """Return a part of a schema without bounds. The keys under `properties` and `$defs` are names, not keywords."""
    if isinstance(part, list):
        return [_without(p, named=False) for p in part]
    if not isinstance(part, dict):
        return part
    kept = {k: v for k, v in part.items() if named or k not in _BOUNDS}
    return {k: _without(v, named=not named and k in {"properties", "$defs"}) for k, v in kept.items()}
