"""Statements that libpq runs: values come back as they went in, and what goes wrong is told as by Django."""

from __future__ import annotations

import pytest
from django.db import DataError, connection

from yinxian.kernel.prepared import Prepared, integers, texts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
ODD = ("", "NULL", "a,b", '"', "\\", "{}", " 引线 ", "\n\t", "%s $1 {x}", "'; DROP TABLE network_user; --")
SAME = Prepared("SELECT ({these}::text[])[{place}::int] WHERE {place}::int > 0")


def test_every_text_comes_back_as_it_went_in() -> None:
    for place, text in enumerate(ODD, 1):
        assert SAME.value(connection, {"these": texts(ODD), "place": str(place)}) == text
    assert SAME.value(connection, {"these": "{}", "place": "0"}) is None
    added = Prepared("SELECT SUM(one) FROM UNNEST({these}::bigint[]) AS one")
    assert added.value(connection, {"these": integers([10**15, None, -3])}) == str(10**15 - 3)


def test_a_connection_that_forgot_the_statement_learns_it_again() -> None:
    for _ in range(2):
        assert SAME.value(connection, {"these": "{x}", "place": "1"}) == "x"
        with connection.cursor() as cursor:
            cursor.execute("DISCARD ALL")


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(ValueError, match="NUL"):
        SAME.value(connection, {"these": "{}", "place": "1\x00"})
    with pytest.raises(DataError):
        SAME.value(connection, {"these": "{}", "place": "one"})
    assert SAME.value(connection, {"these": "{x}", "place": "1"}) == "x"
