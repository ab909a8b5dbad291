"""Public identifiers."""

from __future__ import annotations

from yinxian.kernel.ids import ALPHABET, LONG, new_slug


def test_what_comes_by_the_million_has_room_and_fits_its_column() -> None:
    short, long = new_slug("N"), new_slug("T", LONG)
    assert (len(short), len(long)) == (10, 15)
    assert short[0] == "N" and set(short[1:] + long[1:]) <= set(ALPHABET)
    most = 10**9  # transactions
    assert most**2 / 2 / len(ALPHABET) ** LONG < 0.001, (
        "two are the same less than once in a thousand such installations"
    )
    assert len({new_slug("T", LONG) for _ in range(10_000)}) == 10_000
