"""Chinese and mixed text: one normal form, one token stream, marked passages.

Traditional and simplified characters, full-width and half-width forms and upper and lower case meet in the
normal form. Tokens are words (rjieba's search mode, Latin words, figures, units) and, for Chinese, every pair
of neighbouring characters. Figures, units and hyphens are split here, before the word segmenter sees them.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from operator import add
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

LONGEST = 64  # characters of one token; the rest of a longer run is noise
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<number>\d+(?:\.\d+)*)|(?P<word>[^\W\d_{HAN}]+)|(?P<sign>[℃℉%‰°Ωμ])")
JOINED = re.compile(rf"(?<![^\W{HAN}])[^\W\d_{HAN}]+\d[^\W_{HAN}]*(?:\.\d+)?")  # Al2O3, PM2.5
# Unicode's format characters, lone surrogates, and the selectors that only change how a character is drawn.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
INVISIBLE = re.compile(f"[\x00\ufe00-\ufe0f{_FORMAT}]")
# The joiner and the tags inside an emoji stay.
UNSTORABLE = re.compile(
    f"(?![\u200d\U000e0020-\U000e007f])[\x00-\x08\x0b-\x1f\x7f-\x9f{_FORMAT}]"
)  # joiners of emoji stay
# What makes nearly every Chinese text differ from NFKC; with these replaced the rest need seldom be looked at.
WIDE = (*zip("，：；！？（）～％＜＞＝", ",:;!?()~%<>=", strict=True), ("℃", "°C"))
_opencc_lock = threading.Lock()


@cache
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  # reads its dictionaries: not before the first text

    return OpenCC("t2s")


@cache
def _segmenter() -> Any:
    import rjieba  # noqa: PLC0415  # as above

    return rjieba


def _simplified(text: str) -> str:
    if text.isascii():
        return text
    with _opencc_lock:
        return str(_converter().convert(text))


def clean(text: str) -> str:
    """What may be stored and shown of typed text: no NUL or other control characters (line ends and tabs stay),
    no lone surrogates, no zero-width or direction-changing characters except those inside an emoji."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def normalise(text: str) -> str:
    """NFKC, simplified characters, case folded, zero-width and direction marks taken out."""
    plain = INVISIBLE.sub("", text)
    for wide, narrow in WIDE:
        plain = plain.replace(wide, narrow)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain)
    return _simplified(plain.casefold())


def words(text: str) -> list[str]:
    """The words of a text in order, as rjieba's search mode and our own splitting give them."""
    return _tokens(text, pairs=False)


def tokenise(text: str) -> list[str]:
    """The token stream for index and query: words and, of every Chinese run, its pairs of characters."""
    return _tokens(text, pairs=True)


def required_terms(text: str) -> list[str]:
    """Tokens that a text must hold to hold the query as written: pairs of characters, Latin words and figures."""
    terms: list[str] = []
    for match in RUN.finditer(normalise(text)):
        run = match.group()
        if match.lastgroup == "han":
            terms += [run] if len(run) == 1 else _pairs(run)
        elif match.lastgroup != "sign":
            terms.append(run[:LONGEST])
    return list(dict.fromkeys(terms))


def _pairs(run: str) -> list[str]:
    return list(map(add, run, run[1:]))


def word_edges(plain: str) -> frozenset[int]:
    """Where words of a text in normal form begin and end, as the segmenter's dictionary has them; none is guessed."""
    return frozenset(accumulate(map(len, cut(plain)), initial=0))


def cut(plain: str) -> list[str]:
    """A text in normal form cut into the words of the segmenter's dictionary; none is guessed."""
    return list(_segmenter().cut(plain, False))


def cut_small(word: str) -> list[str]:
    """The words that the segmenter's dictionary finds inside a word in normal form, and the word itself."""
    return list(_segmenter().cut_for_search(word, False))


def _tokens(text: str, *, pairs: bool) -> list[str]:
    plain = normalise(text)
    cut = _segmenter().cut_for_search
    tokens: list[str] = []
    for match in RUN.finditer(plain):
        run = match.group()
        if match.lastgroup != "han":
            tokens.append(run[:LONGEST])
            continue
        if len(run) == 1:
            tokens.append(run)
            continue
        tokens += cut(run)
        if pairs:
            tokens += _pairs(run)
    tokens += [match.group()[:LONGEST] for match in JOINED.finditer(plain)]  # al2o3, pm2.5 also as one
    return tokens


class _FoldedChars(dict[str, str]):
    """The folded form of every character met so far."""

    def __missing__(self, char: str) -> str:
        part = "" if INVISIBLE.match(char) else unicodedata.normalize("NFKC", char).casefold()
        self[char] = part
        return part


_folded_char = _FoldedChars().__getitem__


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The normal form, character by character, and where each of its characters stood."""
    parts = list(map(_folded_char, text))
    plain = "".join(parts)
    places: Sequence[int] = range(len(text))
    if len(plain) != len(text) or "" in parts:
        places = [place for place, part in enumerate(parts) for _ in part]
    simple = _simplified(plain)
    if len(simple) != len(plain):
        simple = "".join(one if len(one := _simplified(char)) == 1 else char for char in plain)
    return simple, places


def _terms(query: str | Iterable[str]) -> list[str]:
    """What to mark: the query's words; single characters only when there is nothing longer."""
    given = words(query) if isinstance(query, str) else [normalise(term) for term in query]
    terms = {term for term in given if term.strip()}
    longer = {term for term in terms if len(term) > 1}
    return sorted(longer or terms, key=len, reverse=True)


def _spans(text: str, query: str | Iterable[str]) -> list[tuple[int, int]]:
    """Stretches of the text that carry a term, merged, in order."""
    plain, places = folded(text)
    found: list[tuple[int, int]] = []
    for term in _terms(query):
        pattern = re.escape(term)
        if term.isascii():  # a whole word or figure, not a part of one
            edge = r"\d" if term[0].isdigit() else "[a-z]"
            pattern = rf"(?<!{edge}){pattern}(?!{edge})"
        found += [(match.start(), match.end()) for match in re.finditer(pattern, plain)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [(places[start], places[end - 1] + 1) for start, end in merged]


def highlight(text: str, query: str | Iterable[str]) -> SafeString:
    """The text, escaped, with every passage that carries a word of the query inside ``<mark>``."""
    return _marked(text, _spans(text, query))


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))


def snippet(text: str, query: str | Iterable[str], width: int = 120) -> SafeString:
    """About ``width`` characters around the place where the query's words stand closest, marked and escaped."""
    flat = " ".join(text.split())
    query = query if isinstance(query, str) else list(query)
    spans = _spans(flat, query)
    if len(flat) <= width:
        return _marked(flat, spans)
    starts = [start for start, _ in spans] or [0]
    best = max(starts, key=lambda start: sum(end - s for s, end in spans if start <= s and end <= start + width))
    begin = max(0, min(best - width // 5, len(flat) - width))
    piece = flat[begin : begin + width]
    inside = [(s - begin, e - begin) for s, e in spans if s >= begin and e <= begin + width]
    marked = _marked(piece, inside)
    return SafeString(f"{'…' if begin else ''}{marked}{'…' if begin + width < len(flat) else ''}")
