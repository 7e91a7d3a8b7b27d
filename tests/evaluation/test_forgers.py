"""The guard against writers that put a fault into every paragraph, and the rules that it is made of, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from copilot.drafts import try_out
from copilot.drafts.faults import RULES, Rule
from copilot.evaluation import Hearing
from copilot.evaluation.forgers import FORGERS, HONEST, Scene, writer

HEARD = ("g1-hotel", "g2-lab", "m1-vet", "n1-trio", "p3-wind")


@pytest.fixture(scope="module")
def scenes(heard_before: Callable[[str], Hearing]) -> list[tuple[Hearing, Scene]]:
    """The calls of the forgers' tests."""
    return [(hearing, Scene(hearing.material)) for hearing in map(heard_before, HEARD)]


def tried(scenes: list[tuple[Hearing, Scene]], name: str, rules: Sequence[Rule] = RULES) -> tuple[int, int]:
    """How many paragraphs a writer writes, and how many of them the rules let through."""
    given: list[str] = []
    through = 0
    for hearing, scene in scenes:
        write = writer({**FORGERS, **HONEST}[name], scene, given)
        rows = [try_out(document, scene.material, write, rules) for document in hearing.documents]
        through += sum(bool(worded.text) for row in rows for worded in row)
    return len(given), through


@pytest.mark.parametrize("name", FORGERS)
def test_a_writer_with_a_fault_writes_and_nothing_of_it_gets_through(name: str, scenes: list[tuple[Hearing, Scene]]):
    written, through = tried(scenes, name)
    assert written > 0
    assert through == 0


@pytest.mark.parametrize("name", HONEST)
def test_what_an_honest_writer_writes_is_used(name: str, scenes: list[tuple[Hearing, Scene]]):
    written, through = tried(scenes, name)
    assert through >= 0.95 * written > 0


# "call" looks at the whole call for what the facts of a forger hold already; tests/drafts/test_faults.py has facts that nobody said.
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id != "call"], ids=lambda rule: rule.id)
def test_without_any_one_rule_a_fault_gets_through(rule: Rule, scenes: list[tuple[Hearing, Scene]]):
    others = [other for other in RULES if other is not rule]
    assert any(tried(scenes, name, others)[1] for name in FORGERS)
