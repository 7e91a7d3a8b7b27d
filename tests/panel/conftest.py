from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from .serving import Served, Staged, client, serving, staged


@pytest.fixture
def stage() -> Staged:
    """A call in which nothing was said yet."""
    return staged()


@pytest.fixture
def served(stage: Staged) -> Iterator[Served]:
    """A panel on that call, served."""
    with serving(stage.call) as panel:
        yield panel


@pytest.fixture
def viewer(served: Served) -> Iterator[httpx.Client]:
    """A client that has the token."""
    with client(served) as one:
        yield one
