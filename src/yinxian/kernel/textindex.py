"""A folder of searchable text (tantivy): one writer at a time, any number of readers, no text kept in it.

In the folder are generations, one of them current; ``indexbuild`` makes the next one while readers use this one.

Every document has a public and a network stream of tokens; the network stream holds the public one too, so a
reader's query runs on exactly one of them. Text arrives as ``kernel.text`` tokenises it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy

from .tokenisers import Streams, with_streams

PUBLIC, NETWORK = "public", "network"
WRITER_BYTES = 64 * 1024 * 1024
FORMAT = "1"  # part of a generation's name: another schema lies in another folder
POINTER = "current"  # the file that says which generation readers see


class Unreadable(Exception):
    """The folder holds no index that can be read; ``indexbuild`` makes it anew."""


@dataclass(frozen=True)
class Text:
    """What is indexed of one thing. ``facets`` are exact codes such as ``field:06``."""

    kind: str
    pk: int
    public: str
    network: str
    facets: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    kind: str
    pk: int
    score: float


@dataclass(frozen=True)
class Hits:
    hits: list[Hit] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Census:
    texts: int = 0
    of_kind: int = 0
    holding: Mapping[str, int] = field(default_factory=dict)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facet", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("pk", stored=False, indexed=False, fast=True)
    builder.add_unsigned_field("kind_number", stored=False, indexed=False, fast=True)
    builder.add_text_field(PUBLIC, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(NETWORK, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class TextIndex:
    """``kinds`` names what is indexed, in an order that never changes (new ones at the end). A writer waits up
    to ``patience`` seconds for another to finish."""

    def __init__(self, folder: Path, kinds: Sequence[str], patience: float = 0) -> None:
        self.patience = patience
        self.root = folder
        self.kinds = tuple(kinds)
        self.schema = _schema()
        self._index: Any = None
        self._name = ""
        self._lock = threading.RLock()

    @property
    def current(self) -> str:
        """The name of the generation that readers see."""
        try:
            name = (self.root / POINTER).read_text(encoding="ascii")
        except (OSError, ValueError):
            return f"{FORMAT}-1"
        return name if name.startswith(f"{FORMAT}-") and name.removeprefix(f"{FORMAT}-").isdigit() else f"{FORMAT}-1"

    @property
    def folder(self) -> Path:
        return self.root / self.current

    def next_name(self) -> str:
        return f"{FORMAT}-{int(self.current.partition('-')[2]) + 1}"

    def switch(self, name: str) -> None:
        """From now on readers see this generation."""
        fresh = self.root / f"{POINTER}.new"
        fresh.write_text(name, encoding="ascii")
        fresh.replace(self.root / POINTER)

    def exists(self) -> bool:
        return (self.folder / "meta.json").is_file()

    def open_generation(self, name: str) -> Any:
        """The index of a generation, made when it is not there; Unreadable when it is damaged."""
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self.schema, str(folder), reuse=True)
        except (ValueError, OSError) as error:
            raise Unreadable(str(error)) from error

    def _open(self, *, create: bool) -> Any:
        with self._lock:
            name = self.current
            if self._index is not None and self._name == name and self.exists():
                return self._index
            self._index = None
            if not create and not self.exists():
                raise Unreadable("there is no index yet")
            self._index, self._name = self.open_generation(name), name
            return self._index

    def _searcher(self) -> Any:
        index = self._open(create=False)
        with self._lock:
            try:
                index.reload()
            except (ValueError, OSError) as error:
                self._index = None
                if self.current != self._name:  # a new generation has come, and this one is gone
                    return self._searcher()
                raise Unreadable(str(error)) from error
            return index.searcher()

    def write(self, texts: Iterable[Text], gone: Iterable[tuple[str, int]] = ()) -> int:
        """Put these in, replacing what was there under the same kind and pk; take out ``gone``. One commit.

        Unreadable when the folder is damaged; ValueError when another writer is at work.
        """
        writer, count = self.writer(self._open(create=True)), 0
        try:
            for kind, pk in gone:
                self.take_out(writer, kind, pk)
            for text, streams in with_streams(texts):
                self.take_out(writer, text.kind, text.pk)
                self.put_in(writer, text, streams)
                count += 1
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()  # lets the writer's lock go
        return count

    def writer(self, index: Any, size: int = WRITER_BYTES) -> Any:
        """The only writer; ValueError when another one has not finished in time."""
        until = time.monotonic() + self.patience
        while True:
            try:
                return index.writer(size, 1)
            except ValueError as error:
                if "lock" not in str(error).lower():
                    raise Unreadable(str(error)) from error
                if time.monotonic() >= until:
                    raise
            time.sleep(0.2)

    def take_out(self, writer: Any, kind: str, pk: int) -> None:
        writer.delete_documents_by_term("key", f"{kind}:{pk}")

    def put_in(self, writer: Any, text: Text, streams: Streams) -> None:
        made = tantivy.Document()
        made.add_text("key", f"{text.kind}:{text.pk}")
        made.add_text("kind", text.kind)
        for facet in text.facets:
            made.add_text("facet", facet)
        made.add_unsigned("pk", text.pk)
        made.add_unsigned("kind_number", self.kinds.index(text.kind))
        made.add_text(PUBLIC, streams[0])
        made.add_text(NETWORK, streams[1])
        writer.add_document(made)

    def search(
        self,
        terms: Sequence[str] | Mapping[str, float],
        *,
        network: bool,
        every: bool = False,
        kinds: Sequence[str] = (),
        facets: Sequence[Sequence[str]] = (),
        limit: int = 25,
        offset: int = 0,
        counted: bool = True,
    ) -> Hits:
        """Best first by BM25. ``terms`` may carry weights; with ``every`` a text must hold them all; how many there are
        in all is only worked out when it is ``counted``.

        ``facets`` is a list of alternatives: one code of each must stand on the document. Unreadable when
        there is no index.
        """
        searcher = self._searcher()
        query = self._query(terms, NETWORK if network else PUBLIC, every, kinds, facets)
        found = searcher.search(query, limit=max(1, limit), offset=offset, count=counted)
        addresses = [address for _, address in found.hits]
        pks = searcher.fast_field_values("pk", addresses)
        numbers = searcher.fast_field_values("kind_number", addresses)
        hits = [
            Hit(self.kinds[int(number)], int(pk), float(score))
            for (score, _), pk, number in zip(found.hits, pks, numbers, strict=True)
        ]
        return Hits(hits, int(found.count or 0))

    def _query(
        self,
        terms: Sequence[str] | Mapping[str, float],
        stream: str,
        every: bool,
        kinds: Sequence[str],
        facets: Sequence[Sequence[str]],
    ) -> Any:
        query, occur = tantivy.Query, tantivy.Occur
        weights = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        parts = []
        for term, weight in weights.items():
            part = query.term_query(self.schema, stream, term, "freq")
            part = part if weight == 1.0 else query.boost_query(part, weight)
            parts.append((occur.Must if every else occur.Should, part))
        if not parts:
            return query.empty_query()
        clauses = [(occur.Must, query.boolean_query(parts))]
        wanted = [("kind", kinds)] if kinds else []
        wanted += [("facet", choices) for choices in facets if choices]
        for name, choices in wanted:
            any_of = [(occur.Should, query.term_query(self.schema, name, choice)) for choice in choices]
            clauses.append((occur.Must, query.const_score_query(query.boolean_query(any_of), 0.0)))
        return query.boolean_query(clauses)

    def count(self) -> int:
        """How many texts are in it."""
        return int(self._searcher().num_docs)

    def census(self, terms: Iterable[str], *, kind: str, network: bool) -> Census:
        """How many texts there are, how many of a kind, and how many hold each term; texts that were replaced
        since the last merge may count twice."""
        searcher, stream = self._searcher(), NETWORK if network else PUBLIC
        holding = {term: int(searcher.doc_freq(stream, term)) for term in terms}
        return Census(int(searcher.num_docs), int(searcher.doc_freq("kind", kind)), holding)
