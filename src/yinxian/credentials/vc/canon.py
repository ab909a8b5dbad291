"""RDF Dataset Canonicalization of a JSON-LD document, with nothing dropped in silence and the work bounded."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from cachetools import LRUCache
from frozendict import frozendict
from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from . import contexts

Loader = Callable[[str, Any], dict[str, Any]]
_kept = threading.local()
KEPT, KEPT_ACTIVE = 50, 200
ROUNDS, ALIKE = 300, 6  # blank nodes that look the same are tried in every order: 6! each, no more
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
BASE = "http://unknown.invalid/"  # what no context knows ends up below it


class UnknownTerm(ValueError):
    """A name that no context defines: it would be signed by nobody."""


class UnknownType(UnknownTerm):
    """A type that no context defines."""


class TooInvolved(ValueError):
    """A graph made to be expensive."""


class _Bounded(URDNA2015):  # type: ignore[misc]  # PyLD is not typed
    def __init__(self) -> None:
        super().__init__()
        self.rounds = 0

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
        self.rounds += 1
        found = super().create_hash_to_related(id_, issuer)
        if self.rounds > ROUNDS or any(len(alike) > ALIKE for alike in found.values()):
            raise TooInvolved("blank nodes")
        return found


class _Processor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD is not typed
    """PyLD's processor, which refuses what no context defines and does nothing twice.

    PyLD looks for a type's own context under a name that it has just made up, and so makes every such context anew in
    every document. Here what came of one is kept by what it was made from: the context in force, which never changes,
    and the one that was read. Both are kept with it, so that their identity stays theirs.
    """

    def __init__(self, active: LRUCache[Any, Any]) -> None:
        super().__init__(on_property_dropped=_dropped)
        self.active = active

    def _process_context(
        self,
        active_ctx: Any,
        local_ctx: Any,
        options: Any,
        override_protected: bool = False,
        propagate: bool = True,
        validate_scoped: bool = True,
        cycles: Any = None,
    ) -> Any:
        flags = (override_protected, propagate, validate_scoped)
        if cycles is not None or not isinstance(active_ctx, frozendict):  # half made: to be checked, not to be kept
            return super()._process_context(active_ctx, local_ctx, options, *flags, cycles)
        words = isinstance(local_ctx, list) and all(isinstance(one, str) for one in local_ctx)
        key = (id(active_ctx), tuple(local_ctx) if words else id(local_ctx), *flags)
        if key not in self.active:
            made = super()._process_context(active_ctx, local_ctx, options, *flags)
            self.active[key] = (active_ctx, local_ctx, made)
        return self.active[key][2]

    def expand(self, input_: Any, options: Any) -> Any:
        """To RDF asks for it once more; what is expanded stays as it is."""
        return input_ if isinstance(input_, _Expanded) else _Expanded(super().expand(input_, options))


class _Expanded(list[Any]):
    """Expanded already."""


def _dropped(name: Any) -> None:
    raise UnknownTerm(str(name))


def _loader(more: Mapping[str, Any]) -> Loader:
    def load(address: str, options: Any) -> dict[str, Any]:
        document = more.get(address) or contexts.context(address)
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}

    return load


def canonical(document: dict[str, Any], more: Mapping[str, Any] | None = None) -> str:
    """N-Quads in canonical order (RDFC-1.0). ``more`` are contexts beyond ours, for trying others' test vectors.

    UnknownTerm for a property, type or value that no context defines, UnknownContext for a context that is not ours.
    """
    load = _loader(more or {})
    resolver, active = _contexts() if not more else (ContextResolver(LRUCache(KEPT), load), LRUCache(KEPT_ACTIVE))
    options = {
        "documentLoader": load,
        "contextResolver": resolver,
        "base": BASE,
        "processingMode": "json-ld-1.1",
    }
    processor = _Processor(active)
    try:
        expanded = processor.expand(document, dict(options))
        _known_only(expanded)
        dataset = processor.to_rdf(expanded, dict(options, produceGeneralizedRdf=False))
        return str(_Bounded().main(dataset, {"algorithm": "URDNA2015", "format": "application/n-quads"}))
    except jsonld.JsonLdError as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, contexts.UnknownContext | UnknownTerm):
                raise cause from error
            cause = cause.__cause__
        raise UnknownTerm(str(error.code or "json-ld")[:80]) from error
    except (
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
    ) as error:  # PyLD meets values of kinds that it does not expect
        raise UnknownTerm("json-ld") from error


def _contexts() -> tuple[Any, LRUCache[Any, Any]]:
    """Processed contexts are kept, one keeper a thread: PyLD's own is shared by all and not made for that."""
    if not hasattr(_kept, "contexts"):
        _kept.contexts = ContextResolver(LRUCache(KEPT), _loader({})), LRUCache(KEPT_ACTIVE)
    found: tuple[Any, LRUCache[Any, Any]] = _kept.contexts
    return found


def _known_only(expanded: Any) -> None:
    """Types and references that stayed relative would be under BASE: no context knows them. What is no address at all
    would be left out of what is signed, with everything below it."""
    waiting = [expanded]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            for name, wrong in (("@type", UnknownType), ("@id", UnknownTerm)):
                values = one.get(name, [])
                for value in values if isinstance(values, list) else [values]:
                    if not isinstance(value, str) or value.startswith(BASE) or not IRI.fullmatch(value):
                        raise wrong(str(value).removeprefix(BASE))
            waiting.extend(one.values())
