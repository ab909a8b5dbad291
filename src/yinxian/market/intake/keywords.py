"""Technical terms of a need: from its title, its abbreviations, and phrases that it repeats."""

from __future__ import annotations

import re
from collections import Counter

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
_STOP = (
    "的了和与及或在为是对有到等中上下也就都被把将使让其该此这那我你他们公司企业项目通过进行可以需要目前主要由于因为所以"
)
_RUN = re.compile(rf"(?:(?![{_STOP}])[\u4e00-\u9fff]){{4,40}}")


def read_keywords(title: str, *parts: str) -> list[str]:
    """Terms in order of worth, none contained in an earlier one of the same length class; at most MOST."""
    body = "\n".join(parts)
    terms = [_trim(part) for part in _GLUE.split(title)]
    inside = [word for word in count_words(title) if len(word) >= 3 and not word.isascii()]
    head = [*inside, *(term for term in terms if 2 <= len(term) <= 14)]
    counted: Counter[str] = Counter()
    for part in parts:
        counted.update(count_words(part))
    known = sorted(counted.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))
    weights = lexicon().weights
    strong = [word for word, _ in known if len(word) >= 3 and max(weights[word].values()) > 1]
    latin = [match[0] for match in _LATIN.finditer(f"{title} {body[:READ]}")]
    return _distinct([*head, *latin[:4], *_repeated(body[:READ]), *strong])[:MOST]


def _trim(part: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", part.strip()))


def _repeated(body: str) -> list[str]:
    """Phrases of 4 to 8 characters that come at least three times, longest first."""
    runs = [run for match in _RUN.finditer(body) if len(run := match[0]) >= 4]
    fours = Counter(run[start : start + 4] for run in runs for start in range(len(run) - 3))
    seeds = {four for four, count in fours.items() if count >= 3}  # no longer phrase comes as often without them
    counts: Counter[str] = Counter()
    for run in runs if seeds else ():
        for start in range(len(run) - 3):
            if run[start : start + 4] in seeds:
                counts.update(run[start:end] for end in range(start + 4, min(start + 8, len(run)) + 1))
    parts = {part for phrase, count in counts.items() for part in (phrase[1:], phrase[:-1]) if counts[part] == count}
    often = [(phrase, count) for phrase, count in counts.items() if count >= 3 and phrase not in parts]
    often.sort(key=lambda item: (-item[1] * len(item[0]), item[0]))
    kept: list[str] = []
    for phrase, _ in often[:60]:
        if not any(phrase in other for other in kept):  # 立方氮化硼单晶 beside 立方氮化硼
            kept.append(phrase)
    return [trimmed for phrase in kept[:4] if len(trimmed := _trim(phrase)) >= 3]


_FIGURE = re.compile(r"[≥≤<>＜＞=±]\s?\d|\d\s?[-~～]\s?\d")  # 温度≥80℃ is an indicator, no keyword


def _distinct(terms: list[str]) -> list[str]:
    seen: list[str] = []
    for term in filter(None, terms):
        lower = term.lower()
        known = any(lower == other.lower() or (len(term) < 4 and lower in other.lower()) for other in seen)
        if not known and not _FIGURE.search(term):
            seen.append(term)
    return seen
