"""Texts into the tokens of their two streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from .text import tokenise

Streams = tuple[str, str]
T = TypeVar("T", bound="HasStreams")


class HasStreams(Protocol):
    @property
    def public(self) -> str: ...
    @property
    def network(self) -> str: ...


def streams(public: str, network: str) -> Streams:
    """The tokens of both streams, parted by spaces; the second holds the first's too."""
    tokens = tokenise(public)
    return " ".join(tokens), " ".join([*tokens, *tokenise(network)])


def with_streams(texts: Iterable[T]) -> Iterator[tuple[T, Streams]]:
    """Each text with its tokens."""
    for text in texts:
        yield text, streams(text.public, text.network)
