"""Quantities in speech and writing: what is counted or measured, in digits or in words."""

from __future__ import annotations

from .scan import find_quantities
from .units import plural, singular
from .values import Quantity
from .years import Year, find_years

__all__ = ["Quantity", "Year", "find_quantities", "find_years", "plural", "singular"]
