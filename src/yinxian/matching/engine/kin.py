"""Characters of the need inside words that the need does not use: 剥落 is kin to 脱落. All texts at one look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

GAP = "\x00"  # between two texts; the normal form holds none


def kinship(characters: Collection[str], pairs: Collection[str], texts: Sequence[str]) -> list[float]:
    """What each text earns: of every character that stands in it outside of any pair that both have, the square of
    how rare that character is among the texts (``log(texts / texts with it)``)."""
    known = sorted({*characters, *(char for pair in pairs for char in pair)})
    if not known or not texts:
        return [0.0] * len(texts)
    of = _codes("".join(known))
    counted = np.isin(of, _codes("".join(characters)))
    both = np.zeros((len(known) + 1, len(known) + 1), dtype=bool)
    first, second = (np.searchsorted(of, _codes("".join(pair[end] for pair in pairs))) + 1 for end in (0, 1))
    both[first, second] = True

    read = _codes(GAP.join(["", *texts, ""]))
    place = np.searchsorted(of, read)
    place[place == len(known)] = 0
    number = np.where(of[place] == read, place + 1, 0)  # 0: not of the need
    joined = both[number[:-1], number[1:]]
    inside = number[1:-1] > 0
    apart = inside & ~joined[:-1] & ~joined[1:]
    which = np.cumsum(read == ord(GAP))[1:-1] - 1

    holds = np.zeros((len(texts), len(known) + 1), dtype=bool)
    alone = np.zeros_like(holds)
    holds[which[inside], number[1:-1][inside]] = True
    alone[which[apart], number[1:-1][apart]] = True
    having = holds.sum(axis=0)
    telling = np.zeros(len(known) + 1)
    met = having > 0
    telling[met] = np.log(len(texts) / having[met]) ** 2
    telling[1:][~counted] = 0.0
    return [float(one) for one in alone @ telling]


def _codes(text: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
