from __future__ import annotations

import pytest

from tests.settlement.books import Books, open_books
from tests.world import People


@pytest.fixture
def books(people: People) -> Books:
    return open_books(people)
