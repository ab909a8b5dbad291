"""One normal form to look for words in, with the place of each character in the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from yinxian.kernel.text import HAN, INVISIBLE, normalise

CJK = re.compile(f"[{HAN}，。；：、（）《》“”]")
SPACES = " \t\u00a0\u3000\u2002\u2003\u2009"


@dataclass(frozen=True)
class Folded:
    """``text``: NFKC, simplified, lower case, no spaces beside Chinese; ``places[i]``: where its character i stood."""

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the written text that a stretch of the folded one came from."""
        if not self.places:
            return 0, 0
        last = self.places[min(max(end - 1, start), len(self.places) - 1)]
        return self.places[min(start, len(self.places) - 1)], last + 1


def fold(text: str) -> Folded:
    """Spaces that only spread letters out (保 证 成 功), full-width forms and traditional characters make no other
    words of them; line ends stay."""
    chars: list[str] = []
    places: list[int] = []
    before = ""
    for place, char in enumerate(text):
        if INVISIBLE.match(char):
            continue
        if char in SPACES:
            after = text[place + 1 : place + 2]
            if not chars or chars[-1] in " \n" or CJK.match(before) or CJK.match(after) or after in SPACES:
                continue
            char = " "
        for part in unicodedata.normalize("NFKC", char).casefold():
            chars.append(part)
            places.append(place)
        before = char
    plain = "".join(chars)
    simple = _simplified(plain)
    return Folded(simple if len(simple) == len(plain) else plain, places)


def _simplified(plain: str) -> str:
    """Character for character; a text that gets shorter or longer on the way is left as it is, a line at a time."""
    if plain.isascii():
        return plain
    lines = plain.split("\n")
    made = [normalise(line) for line in lines]
    return "\n".join(new if len(new) == len(old) else old for old, new in zip(lines, made, strict=True))
