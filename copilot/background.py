"""What is known before the call: who takes part, reliable facts, the team's goals."""

from __future__ import annotations

from pathlib import Path

from pydantic import field_validator

from .errors import BackgroundError
from .files import load_value, parse_value
from .turns import Role, Value

__all__ = ["Background", "Customer", "Participant"]


class Participant(Value):
    """A person on the call."""

    name: str
    role: Role
    title: str | None = None
    email: str | None = None


class Customer(Value):
    """The company that the story is about."""

    company: str | None = None
    industry: str | None = None
    facts: tuple[str, ...] = ()


class Background(Value):
    """What the interviewer knows before the call. Every key is optional; facts count as known, not as said on the call."""

    vendor: str | None = None
    product: str | None = None
    customer: Customer = Customer()
    participants: tuple[Participant, ...] = ()
    goals: tuple[str, ...] = ()
    known_topics: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @field_validator("participants")
    @classmethod
    def _one_role_each(cls, participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
        roles: dict[str, Role] = {}
        for person in participants:
            if roles.setdefault(person.name, person.role) != person.role:
                raise ValueError(f"{person.name} has two roles, {roles[person.name]} and {person.role}; give one of them")
        return participants

    def __hash__(self) -> int:
        # Backgrounds are cache keys for every sentence. Equal ones share product and customer, which are cheap to hash.
        return hash((self.product, self.customer.company))

    @classmethod
    def load(cls, path: str | Path) -> Background:
        """Read a YAML or JSON file. Raises BackgroundError."""
        return load_value(path, cls, BackgroundError)

    @classmethod
    def parse(cls, text: str) -> Background:
        """Read YAML or JSON text. Raises BackgroundError."""
        return parse_value(text, cls, BackgroundError, "background")

    @property
    def names(self) -> tuple[str, ...]:
        """The participants' names and e-mail addresses."""
        return tuple(name for p in self.participants for name in (p.name, p.email) if name)

    def of_role(self, role: Role) -> tuple[Participant, ...]:
        """Return the participants of one role."""
        return tuple(p for p in self.participants if p.role == role)
