"""What speaks for a text beyond the words that it shares with the need. Four kinds, all prepared once a need:

- *means*: function-oriented search. A need names functions (dry, keep from rusting); the book of functions says by
  which means each is done (heat pump, passivation); a text that names such means answers it in other words.
- *acts*: the text does the same to the same object, said in other words than the need's (acts.py).
- *names*: the same thing under another name, a broader or a narrower one, from the thesaurus.
- *kin*: characters of the need inside words that the need does not use: 剥落 is kin to 脱落. Those that few of the
  compared texts have count most.

No kind grows with a text's length: what is found is divided by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp, log

from yinxian.kernel import thesaurus
from yinxian.kernel.text import HAN, normalise, words

from .acts import Acts, agreed, wanted_acts
from .functions import Book, book
from .kin import kinship
from .standing import stands
from .wanted import Wanted

MAIN, ALSO = 1.5, 1.0  # a function in the title, one elsewhere in problem or target
SAYING, SAME, BROADER, NARROWER = 1.0, 1.0, 0.3, 0.5  # another word for a function, for a thing; above it, below it
MOST_CONCEPTS, MOST_BELOW = 60, 12  # of a need, and below one concept
LEAST, USUAL, LENGTH = 150, 200, 0.7  # characters: shorter texts count as LEAST; LENGTH is how much length divides
MEANS_SCALE, NAMES_SCALE, KIN_SCALE, ACTS_SCALE = 15.0, 8.0, 25.0, 8.0  # what earns 63% of a kind's points
CHINESE = re.compile(f"[{HAN}]")
Rarity = Callable[[str], float]


@dataclass(frozen=True)
class Sought:
    """``means`` and ``names`` say what each word would add; ``serves`` which function a means serves, best first,
    ``stands_for`` the word of the need that a name stands for; ``characters`` and ``pairs`` are the need's own."""

    functions: Mapping[str, float] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)
    serves: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)
    characters: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    acts: Acts = field(default_factory=dict)
    sayings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of the functions that have acts
    plain: str = ""


@dataclass(frozen=True)
class Evidence:
    """Each kind from 0 to 1; ``means`` as (function, means), ``names`` as (the need's word, the text's word), ``acts``
    as (function, object) in which both agree, in whatever words. ``by_dense``, from -2 to 2, is a dense model's."""

    by_means: float = 0.0
    by_acts: float = 0.0
    by_names: float = 0.0
    by_kin: float = 0.0
    means: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    by_dense: float = 0.0


NONE = Evidence()


@dataclass(frozen=True)
class Wishes:
    """Functions, means and names before the market has said how rare each is."""

    functions: Mapping[str, float]
    means: Mapping[str, str]  # to the function it serves best
    names: Mapping[str, tuple[str, float]]  # to the need's word, and the closeness
    plain: str
    acts: Acts
    sayings: Mapping[str, tuple[str, ...]]

    def index_terms(self) -> set[str]:
        """How the index knows the words, to ask how rare they are."""
        return {term for word in (*self.means, *self.names) for term in _parts(word)}


def wished(wanted: Wanted, known: Book | None = None) -> Wishes:
    """What to look for; background and boasts are left out."""
    known = known or book()
    functions: dict[str, float] = {}
    for place, text in enumerate(wanted.core):
        main = MAIN if place == 0 and len(wanted.core) > 1 else ALSO
        for name in known.find(normalise(text)):
            functions[name] = max(functions.get(name, 0.0), main)
    ordered = sorted(functions, key=lambda name: (-functions[name], name))
    text = "\n".join(wanted.core)
    plain = normalise(text)
    means: dict[str, str] = {}
    names: dict[str, tuple[str, float]] = {}
    for name in ordered:
        function = known.functions[name]
        for mean in function.means:
            means.setdefault(mean, name)
        said = next(saying for saying in function.says if saying in plain)
        names |= {saying: (said, SAYING) for saying in function.says if saying not in plain and saying not in names}
    sayings = {name: known.functions[name].says for name in functions}
    acts = {name: things for name, things in wanted_acts(plain, known).items() if name in sayings}
    return Wishes(functions, means, names | _names(text, plain), plain, acts, sayings)


@lru_cache(maxsize=32_768)
def _parts(word: str) -> tuple[str, ...]:
    """How the index knows a word."""
    return tuple(words(word))


@lru_cache(maxsize=16_384)
def _terms_of(book: thesaurus.Thesaurus, concept: str) -> tuple[str, ...]:
    """All ways to write a concept, in normal form."""
    return tuple(map(normalise, book.terms_of(concept)))


def _names(text: str, plain: str) -> dict[str, tuple[str, float]]:
    """Names that the need does not use itself, with the word of the need they stand for."""
    found: dict[str, tuple[str, float]] = {}
    trades = thesaurus.thesaurus()
    said = {match.id: text[match.start : match.end] for match in trades.find(text, nested=True)}
    for concept, word in list(said.items())[:MOST_CONCEPTS]:
        near = [(concept, SAME), *((above, BROADER) for above in trades.ancestors(concept)[:1])]
        near += [(below, NARROWER) for below in trades.narrower(concept)[:MOST_BELOW]]
        for other, closeness in near:
            for term in _terms_of(trades, other):
                if len(term) > 1 and term not in plain and closeness > found.get(term, ("", 0.0))[1]:
                    found[term] = (word, closeness)
    return found


def seek(wishes: Wishes, rarity: Rarity) -> Sought:
    """``rarity`` is that of a term of the index, 0 for one that stands nowhere. A word is as rare as its rarest part
    and is not sought when a part of it stands nowhere."""

    def rare(word: str) -> float:
        parts = [rarity(term) for term in _parts(word)]
        return max(parts) if parts and min(parts) > 0 else 0.0

    means = {mean: rare(mean) * wishes.functions[name] for mean, name in wishes.means.items()}
    names = {name: rare(name) * closeness for name, (_, closeness) in wishes.names.items()}
    return Sought(
        functions=wishes.functions,
        means={mean: worth for mean, worth in means.items() if worth > 0},
        serves=wishes.means,
        names={name: worth for name, worth in names.items() if worth > 0},
        stands_for={name: word for name, (word, _) in wishes.names.items()},
        characters=frozenset(CHINESE.findall(wishes.plain)),
        pairs=frozenset(wishes.plain[i : i + 2] for i in range(len(wishes.plain) - 1)),
        acts=wishes.acts,
        sayings={name: wishes.sayings[name] for name in wishes.acts},
        plain=wishes.plain,
    )


def judge(sought: Sought, texts: Sequence[str]) -> list[Evidence]:
    """The evidence of each text, in normal form; they are compared with each other."""
    every = "\n".join(texts)  # most words stand in none of them: one look at all instead of one at each
    means = {word: worth for word, worth in sought.means.items() if word in every}
    names = {word: worth for word, worth in sought.names.items() if word in every}
    acts = {name: frozenset(thing for thing in things if thing in every) for name, things in sought.acts.items()}
    sayings = {
        name: said
        for name, ways in sought.sayings.items()
        if acts[name] and (said := tuple(way for way in ways if way in every))
    }
    sought = replace(sought, means=means, names=names, acts=acts, sayings=sayings)
    kin = kinship(sought.characters, sought.pairs, texts)
    doing = {name: _rare_among(ways, texts) for name, ways in sayings.items()}
    return [_of(sought, text, earned, doing) for text, earned in zip(texts, kin, strict=True)]


def _of(sought: Sought, text: str, kin: float, doing: Mapping[str, float]) -> Evidence:
    divisor = 1 - LENGTH + LENGTH * max(len(text), LEAST) / USUAL
    means = _strongest(sought.means, text)
    names = _strongest(sought.names, text)
    acts = agreed(sought.acts, sought.sayings, text)
    anew = [name for name, (said, _) in acts.items() if said not in sought.plain]  # else the word counts already
    best: dict[str, str] = {}  # one name for each thing
    for name in names:
        best.setdefault(sought.stands_for[name], name)
    return Evidence(
        by_means=_part(sum(sought.means[mean] for mean in means), divisor, MEANS_SCALE),
        by_acts=_part(sum(doing[name] for name in anew), divisor, ACTS_SCALE),
        by_names=_part(sum(sought.names[name] for name in best.values()), divisor, NAMES_SCALE),
        by_kin=_part(kin, divisor, KIN_SCALE),
        means=tuple((sought.serves[mean], mean) for mean in means),
        names=tuple(best.items()),
        acts=tuple((name, thing) for name, (_, thing) in acts.items()),
    )


def _rare_among(ways: Sequence[str], texts: Sequence[str]) -> float:
    """How telling it is, among the compared texts, to say something in one of these ways."""
    return log(len(texts) / max(1, sum(any(way in text for way in ways) for text in texts)))


def _part(found: float, divisor: float, scale: float) -> float:
    return 1 - exp(-found / divisor / scale)


def _strongest(worth: Mapping[str, float], text: str) -> list[str]:
    found = [word for word in worth if word in text and stands(word, text)]
    return sorted(found, key=lambda word: (-worth[word], word))


def rarities(frequencies: Mapping[str, int], of: Callable[[int], float]) -> Rarity:
    """Rarity of the index's terms from how many texts hold each."""
    return lambda term: of(count) if (count := frequencies.get(term, 0)) else 0.0
