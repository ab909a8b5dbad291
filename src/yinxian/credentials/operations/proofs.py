"""Facts from the apps above: recorded once, withdrawn when what they say is undone."""

from __future__ import annotations

from django.db import transaction

from yinxian import journal
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Invalid

from ..models import Module, Proof, ProofKind

LARGEST = 2**63 - 1
POINTS = ("learning", "practice")


@transaction.atomic
def record_proof(
    *, user_id: int, kind: str, amount: int, entry: Entry, title: str, name: str = "", path: str = ""
) -> Proof:
    """A fact that counts towards levels; called by a follower of the journal with the entry of the fact.

    Units are those of ProofKind. The same fact (person, kind, name, entry) is recorded once: again gives the first.
    """
    if kind not in ProofKind.values or isinstance(amount, bool) or not 0 <= amount <= LARGEST:
        raise Invalid("credentials.proof_wrong")
    if (kind == ProofKind.HOURS and name not in Module.values) or (kind == ProofKind.POINTS and name not in POINTS):
        raise Invalid("credentials.proof_wrong")
    proof, created = Proof.objects.get_or_create(
        user_id=user_id,
        kind=kind,
        name=name,
        entry=entry,
        defaults={"amount": amount, "title": title[:160], "path": path, "at": entry.at},
    )
    if created:
        data = {"kind": kind, "name": name, "amount": amount, "fact": str(entry.uid)}
        journal.record("credentials.proof.recorded", actor=None, subject=proof.user, data=data)
    return proof


@transaction.atomic
def withdraw_proofs(*, entry: Entry, by: Entry) -> int:
    """What ``entry`` had proved is undone by ``by`` (a contract annulled, a score lowered): it counts no more."""
    withdrawn = 0
    for proof in Proof.objects.select_for_update(of=("self",)).filter(entry=entry, withdrawn_by=None).order_by("pk"):
        proof.withdrawn_by = by
        proof.save(update_fields=["withdrawn_by"])
        data = {"kind": proof.kind, "name": proof.name, "fact": str(entry.uid), "undone": str(by.uid)}
        journal.record("credentials.proof.withdrawn", actor=None, subject=proof.user, data=data)
        withdrawn += 1
    return withdrawn
