"""Technical terms of a need: from its title, its abbreviations, and phrases that it repeats."""

from __future__ import annotations

import re

from .fields import count_words, lexicon

MOST = 10
READ = 8_000  # characters of the body that are looked at: terms repeat early or never
_GLUE = re.compile(
    r"[\s,，。；;：:、“”\"'（）()《》【】\[\]/+&|—\-_·]|基于|关于|用于|面向|针对|一种|及其|以及|新型|高效|先进|新一代|相关|有关|关键|系列|在(?=[\u4e00-\u9fff]{2,}(?:上|中)的)|上的|中的|的|与|及|和|或|对|为"
)
_TAIL = re.compile(
    r"(?:研究|研发|研制|开发|应用|技术|项目|示范|推广|产业化|建设|改造|优化|设计|方法|方案|工艺研究|需求|工程|创新|提升|实现|生产|制备|问题|解决)+$"
)
_LEAD = re.compile(r"^(?:研究|研发|研制|开发|应用|实现|提高|提升|降低|解决|建立|构建|需要?|希望|寻求|寻找)+")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]{1,9}(?:-[A-Za-z0-9]{1,6})?(?![A-Za-z0-9])")
_RUN = re.compile(r"[\u4e00-\u9fff]{3,40}")
_STOP = set(
    "的了和与及或在为是对有到等中上下也就都被把将使让其该此这那我你他们公司企业项目通过进行可以需要目前主要由于因为所以"
)


def read_keywords(title: str, body: str) -> list[str]:
    """Terms in order of worth, none contained in an earlier one of the same length class; at most MOST."""
    terms = [_trim(part) for part in _GLUE.split(title)]
    inside = [word for word in count_words(title) if len(word) >= 3 and not word.isascii()]
    head = [*inside, *(term for term in terms if 2 <= len(term) <= 14)]
    known = sorted(count_words(body[:READ]).items(), key=lambda item: (-item[1] * len(item[0]), item[0]))
    strong = [word for word, _ in known if len(word) >= 3 and max(lexicon()[word].values()) > 1]
    latin = [match[0] for match in _LATIN.finditer(f"{title} {body[:READ]}")]
    return _distinct([*head, *latin[:4], *_repeated(body[:READ]), *strong])[:MOST]


def _trim(part: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", part.strip()))


def _repeated(body: str) -> list[str]:
    """Phrases of 4 to 8 characters that come at least three times, longest first."""
    counts: dict[str, int] = {}
    for run in _RUN.finditer(body):
        for size in range(4, 9):
            for start in range(len(run[0]) - size + 1):
                phrase = run[0][start : start + size]
                if not _STOP.intersection(phrase):
                    counts[phrase] = counts.get(phrase, 0) + 1
    often = [(phrase, count) for phrase, count in counts.items() if count >= 3]
    often.sort(key=lambda item: (-item[1] * len(item[0]), item[0]))
    kept: list[str] = []
    for phrase, count in often[:60]:
        if not any(phrase in other or other in phrase for other in kept) and count >= 3:
            kept.append(phrase)
    return [trimmed for phrase in kept[:4] if len(trimmed := _trim(phrase)) >= 3]


def _distinct(terms: list[str]) -> list[str]:
    seen: list[str] = []
    for term in terms:
        lower = term.lower()
        if term and not any(lower == other.lower() or (len(term) < 4 and lower in other.lower()) for other in seen):
            seen.append(term)
    return seen
