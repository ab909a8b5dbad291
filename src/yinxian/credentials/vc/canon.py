"""RDF Dataset Canonicalization of a JSON-LD document, with nothing dropped in silence and the work bounded."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from cachetools import LRUCache
from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from . import contexts

Loader = Callable[[str, Any], dict[str, Any]]
_kept = threading.local()
KEPT = 50
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
    options = {
        "documentLoader": load,
        "contextResolver": ContextResolver(LRUCache(KEPT), load) if more else _resolver(),
        "base": BASE,
        "processingMode": "json-ld-1.1",
    }
    try:
        expanded = jsonld.JsonLdProcessor(on_property_dropped=_dropped).expand(copy.deepcopy(document), dict(options))
        _known_only(expanded)
        rdf = dict(options, produceGeneralizedRdf=False)
        dataset = jsonld.JsonLdProcessor().to_rdf(expanded, rdf)
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


def _resolver() -> Any:
    """Processed contexts are kept, one keeper a thread: PyLD's own is shared by all and not made for that."""
    if not hasattr(_kept, "resolver"):
        _kept.resolver = ContextResolver(LRUCache(KEPT), _loader({}))
    return _kept.resolver


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
