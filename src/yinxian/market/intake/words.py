"""A company's own words, made fit to be read: nothing that shows is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

LIMIT = 200_000  # characters that the rules read; the raw words are kept whole

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile("[ \t\u3000\u00a0]{2,}")
_SENTENCE = re.compile(r"[^。；;！!？?\n]{1,400}[。；;！!？?]{0,3}\n?|[。；;！!？?\n]")
NUMBERING = re.compile(
    r"^[\s\"“]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-hA-H])[)）、.．:：]{1,2}|[①-⑳]|第[一二三四五六七八九十][、，]?|[-•·●◆*])*\s*"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place in the text; ``body`` is it without numbering and outer blanks."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def body(self) -> str:
        return NUMBERING.sub("", self.text, count=1).strip()


def clean(text: str) -> str:
    """Without lone surrogates, control, zero-width and direction characters; lines ended alike; at most LIMIT."""
    text = text[: 2 * LIMIT].replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "ignore").decode("utf-8")
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))[:LIMIT]


def sentences(text: str) -> list[Sentence]:
    """The sentences in order, at most 400 characters each; they cover the text."""
    return [Sentence(match[0], match.start()) for match in _SENTENCE.finditer(text)]
