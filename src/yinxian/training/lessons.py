"""The product's own course: twelve lessons beside this module, each in both languages, shown as pages.

A file is TOML: name, kind (credentials.Module), minutes, title, what, body, question, choices, and the same with _en.
``body`` is CommonMark. ``page:app:name`` in a link is a page of the product; what is **bold** is the name of a button,
a menu entry or a heading of the product (a test looks each of them up in the templates).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEME = "page:"


def _english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True)
class Lesson:
    """``right`` is the place of the right choice, from 0."""

    number: int
    name: str
    kind: str
    minutes: int
    right: int
    words: dict[str, Any]

    def _said(self, key: str) -> Any:
        return self.words[f"{key}_en" if _english() else key]

    @property
    def title(self) -> str:
        """In the reader's language, as all that follows."""
        return str(self._said("title"))

    @property
    def what(self) -> str:
        """What it is for, in one sentence."""
        return str(self._said("what"))

    @property
    def body(self) -> SafeString:
        """The lesson as HTML; the text is ours and holds no HTML of its own."""
        return SafeString(rendered(str(self._said("body"))))

    @property
    def question(self) -> str:
        return str(self._said("question"))

    @property
    def choices(self) -> list[str]:
        return [str(choice) for choice in self._said("choices")]


def markdown() -> MarkdownIt:
    """CommonMark without HTML; links into the product are resolved, so that a wrong name fails at once."""
    made = MarkdownIt("commonmark", {"html": False, "typographer": False})
    made.core.ruler.push("pages", lambda state: _resolve(state.tokens))
    return made


def _resolve(tokens: list[Token]) -> None:
    for token in tokens:
        _resolve(token.children or [])
        address = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if address.startswith(SCHEME):
            token.attrSet("href", reverse(address.removeprefix(SCHEME)))


def rendered(text: str) -> str:
    return str(markdown().render(text))


@cache
def all_lessons() -> tuple[Lesson, ...]:
    """In their order, read once."""
    folder = files(__package__) / "lesson_files"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names]
    return tuple(
        Lesson(number, one["name"], one["kind"], one["minutes"], one["right"], one)
        for number, one in enumerate(found, start=1)
    )


def lesson_called(name: str) -> Lesson | None:
    return next((lesson for lesson in all_lessons() if lesson.name == name), None)
