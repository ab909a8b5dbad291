"""What a rule of the table says, and how a notice reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Word = Callable[[Any], object]


@dataclass(frozen=True)
class Rule:
    """``who`` are keys of ``About.people``; ``words`` names what the sentence takes from the entry's data, and how
    it is shown in the reader's language. An entry may have several rules: a person is told by the first that
    finds them. ``key`` tells such rules apart and is never changed."""

    group: str
    sentence: Promise
    who: tuple[str, ...]
    words: Mapping[str, Word] = field(default_factory=dict)
    key: str = ""


def label_of(choices: Any) -> Word:
    """Show a code by its label; a code that no longer exists as it is."""
    return lambda code: dict(choices.choices).get(code, code)


def kind_of(name: str, rule: Rule) -> str:
    """What a notice remembers of its rule: ``market.need.brief_signed#review``."""
    return f"{name}#{rule.key}" if rule.key else name


def find(table: Mapping[str, Iterable[Rule]], kind: str) -> Rule | None:
    name, _, key = kind.partition("#")
    return next((rule for rule in table.get(name, ()) if rule.key == key), None)


def sentence_of(rule: Rule, params: Mapping[str, Any]) -> str:
    """The sentence in the language that is active now."""
    words = {name: show(params.get(name, "")) for name, show in rule.words.items()}
    return str(rule.sentence) % {"title": params.get("title", ""), **words}
