from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.matching.world import Market
from tests.matching.world import market as build
from tests.world import People


@pytest.fixture
def market(people: People, frozen: Callable[[str], None]) -> Market:
    frozen("2026-03-04T09:00")
    return build(people)
