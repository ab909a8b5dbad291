"""The revisions of a contract and what changed between two of them."""

from __future__ import annotations

import copy

from ..documents.comparing import Comparison, compare
from ..documents.words import words_of
from ..models import Contract, Revision
from .documents import document_of


def revisions_of(contract: Contract) -> list[Revision]:
    return list(contract.revisions.select_related("made_by"))


def words_in(contract: Contract, revision: Revision) -> str:
    """The text of the contract as it was in a revision."""
    then = copy.copy(contract)
    then.title, then.sub_kind, then.amount_fen = revision.title, revision.sub_kind, revision.amount_fen
    then.data = {**revision.data, "parties": contract.data.get("parties") or revision.data.get("parties")}
    return words_of(document_of(then))


def between(contract: Contract, one: Revision, other: Revision) -> Comparison:
    return compare(words_in(contract, one), words_in(contract, other))
