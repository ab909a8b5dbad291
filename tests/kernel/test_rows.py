"""Rows written many at once are the rows that were given, whatever is in them and however many they are."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yinxian.kernel import crypto, rows
from yinxian.kernel.ids import ALPHABET, new_slug

NASTY = "tab\tline\nreturn\rback\\slash \\N \\. 引线 ' \" ; -- é 🧵"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, rows.COPIED + 1])
def test_what_is_written_is_what_was_given(count: int) -> None:
    with connection.cursor() as cursor:
        key = "INTEGER PRIMARY KEY AUTOINCREMENT" if connection.vendor == "sqlite" else "serial PRIMARY KEY"
        cursor.execute(f"CREATE TABLE tried_rows (id {key}, words text, number bigint, content {_json()})")
        columns: list[rows.Column] = [
            ("words", "text", [f"{NASTY}{n}" for n in range(count)]),
            ("number", "big", [None if n % 2 else n for n in range(count)]),
            ("content", "json", [{"said": NASTY, "n": n} for n in range(count)]),
        ]
        ids = rows.insert("tried_rows", columns, ids=True)
        cursor.execute("SELECT id, words, number FROM tried_rows ORDER BY id")
        found = cursor.fetchall()
        assert found == [(pk, f"{NASTY}{n}", None if n % 2 else n) for n, pk in enumerate(ids)]
        cursor.execute(f"SELECT count(*) FROM tried_rows WHERE content {_arrow()} 'said' = %s", [NASTY])
        assert cursor.fetchone() == (count,)
        assert rows.insert("tried_rows", columns) == []


def _json() -> str:
    return "text" if connection.vendor == "sqlite" else "jsonb"


def _arrow() -> str:
    return "->>"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh_", max_size=5), inner, max_size=4),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLAIN)
def test_plain_documents_have_the_same_canonical_bytes(document: object) -> None:
    assert crypto.canonical_plain(document) == crypto.canonical(document)


def test_identifiers_are_of_their_alphabet_and_not_the_same() -> None:
    made = {new_slug("T") for _ in range(500)}
    assert len(made) == 500
    assert all(slug[0] == "T" and len(slug) == 10 and set(slug[1:]) <= set(ALPHABET) for slug in made)


def test_plain_and_canonical_json_agree_on_every_character() -> None:
    characters = [chr(one) for one in range(0x10000) if not 0xD800 <= one < 0xE000] + ["\U0001f9f5"]
    document = {"said": characters, "whole": "".join(characters)}
    assert crypto.canonical_plain(document) == crypto.canonical(document)
