"""Have a draft checked, and forget it again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import translation

from yinxian import journal
from yinxian.kernel import clock, crypto, text
from yinxian.kernel.errors import Forbidden, Invalid
from yinxian.network.models import User

from .. import permissions
from ..clause_check import LONGEST, check
from ..documents.words import words_of
from ..models import CheckedDraft, Contract
from ..queries.documents import document_of

NAME_LENGTH = 200


@transaction.atomic
def check_draft(
    *,
    actor: User,
    words: str,
    name: str = "",
    source: str = "pasted",
    notes: Iterable[str] = (),
    contract_id: int | None = None,
    kind: str = "",
) -> CheckedDraft:
    """Keep a draft's words with what the rules find in them. Only the actor sees it; the journal holds counts and the
    SHA-256, never a word of it. Invalid when there are no words."""
    plain = text.clean(words)
    if not plain.strip():
        raise Invalid("contracts.draft_empty", field="words")
    made = check(plain, kind, notes)
    title = text.clean(name).strip() or next(line.strip() for line in plain.splitlines() if line.strip())
    draft = CheckedDraft.objects.create(
        name=title[:NAME_LENGTH],
        words=plain[:LONGEST],
        source=source,
        kind=made.kind,
        result=made.as_data(),
        count=len(made.findings),
        sha256=crypto.sha256_hex(plain.encode()),
        contract_id=contract_id,
        owner=actor,
        created_at=clock.now(),
    )
    data = {"kind": made.kind, "source": source, "findings": draft.count, "sha256": draft.sha256}
    journal.record("contracts.draft.checked", actor=actor, subject=draft, data=data)
    return draft


@transaction.atomic
def check_contract(*, contract_id: int, actor: User) -> CheckedDraft:
    """Check the text of a contract of ours as it stands; whoever may see it may have it checked."""
    contract = Contract.objects.select_related("buyer", "supplier", "broker", "broker_user").get(pk=contract_id)
    if not permissions.can_view(actor, contract):
        raise Forbidden("contracts.may_not_edit")
    with translation.override("zh-hans"):
        words = words_of(document_of(contract))
    return check_draft(
        actor=actor,
        words=words,
        name=f"{contract.number} {contract.title}",
        source=CheckedDraft.Source.CONTRACT,
        contract_id=contract.pk,
        kind="training" if contract.sub_kind == Contract.SubKind.TRAINING else contract.kind,
    )


@transaction.atomic
def forget_draft(*, draft_id: int, actor: User) -> None:
    """Delete a checked draft for good; that it was checked stays in the journal, its words nowhere."""
    draft = CheckedDraft.objects.select_for_update().get(pk=draft_id)
    if draft.owner_id != actor.pk:
        raise Forbidden("contracts.may_not_forget")
    journal.record("contracts.draft.forgotten", actor=actor, subject=draft, data={"sha256": draft.sha256})
    draft.delete()
