"""Draft, fill, offer, withdraw, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from yinxian import journal
from yinxian.kernel import clock, text
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN, WHOLE_BP
from yinxian.network.models import ManagerProfile, Organisation, User

from .. import particulars, permissions
from ..clauses import common, latest
from ..clauses.reading import read
from ..models import Contract, ContractNumber, Revision, TeamPart
from ..queries.contracts import missing, own_version, template_of
from ..queries.documents import party_facts


def locked(contract_id: int) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).get(pk=contract_id)


def about(contract: Contract, **more: Any) -> dict[str, Any]:
    """What every entry about a contract says; never its text."""
    return {
        "number": contract.number,
        "kind": contract.kind,
        "reference": contract.reference,
        "revision": contract.revision,
        **more,
    }


def concerned(contract: Contract) -> list[int]:
    """The organisations that may know of it: nobody before it is offered."""
    if contract.offered_at is None:
        return []
    return [found for side in contract.sides if (found := contract.organisation_of(side)) is not None]


def next_number() -> str:
    """``HT2026-0042``: one more than the last of the year, under that year's lock."""
    year = clock.today().year
    ContractNumber.objects.get_or_create(year=year)
    row = ContractNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"HT{year}-{row.last:04d}"


def _amount(amount_fen: int | None) -> int | None:
    if amount_fen is not None and not 0 <= amount_fen <= MAX_FEN:
        raise Invalid("kernel.amount", field="amount")
    return amount_fen


def _language(language: str) -> str:
    if language not in Contract.Language.values:
        raise Invalid("contracts.data", field="language", what="language")
    return language


def associations_of(buyer_id: int, supplier_id: int, handler_id: int | None) -> list[int]:
    """Whose own templates count: the association of the manager who sees to it, else the parties' own."""
    handler = ManagerProfile.objects.filter(user_id=handler_id or 0, association__isnull=False).first()
    if handler is not None and handler.association_id is not None:
        return [handler.association_id]
    found = Organisation.objects.filter(pk__in=[buyer_id, supplier_id], admitted_by__isnull=False)
    return sorted({one.admitted_by_id for one in found if one.admitted_by_id is not None})


def team_parts(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The members of a sharing agreement, each once, whole: Invalid when the shares are not 100%."""
    made: list[dict[str, Any]] = [
        {
            "place": place,
            "user_id": part.get("user_id"),
            "organisation_id": part.get("organisation_id"),
            "bp": int(part["bp"]),
            "work": _title(str(part.get("work", ""))),
        }
        for place, part in enumerate(parts, 1)
    ]
    holders = {(part["user_id"], part["organisation_id"]) for part in made}
    if len(made) < 2 or len(holders) != len(made) or sum(part["bp"] for part in made) != WHOLE_BP:
        raise Invalid("contracts.team_parts")
    if any(part["bp"] <= 0 or (part["user_id"] is None) == (part["organisation_id"] is None) for part in made):
        raise Invalid("contracts.team_parts")
    return made


def _title(title: str) -> str:
    return text.clean(title).strip()[:200]


@transaction.atomic
def draft_contract(
    *,
    kind: str,
    buyer_id: int,
    supplier_id: int,
    data: Mapping[str, Any],
    amount_fen: int | None,
    actor: User,
    reference: str = "",
    title: str = "",
    sub_kind: str = "",
    handler_id: int | None = None,
    broker_id: int | None = None,
    broker_user_id: int | None = None,
    client: str = "",
    language: str = "zh",
    parts: Sequence[Mapping[str, Any]] = (),
) -> Contract:
    """A new contract of the newest template version of its kind, with the template's defaults where nothing is given.

    ``handler_id`` is the manager who sees to it. Whoever drafts belongs to a party or is the handler; who may draft
    for which deal is the caller's question.
    """
    if not permissions.may_draft(actor, (buyer_id, supplier_id, broker_id), handler_id):
        raise Forbidden("contracts.may_not_draft")
    brokerage = kind == Contract.Kind.BROKERAGE
    if buyer_id == supplier_id or (
        brokerage and (client not in ("buyer", "supplier") or not (broker_id or broker_user_id))
    ):
        raise Invalid("contracts.parties")
    sub_kinds = [str(found) for found in Contract.SUB_KINDS[Contract.Kind(kind)]]
    if sub_kind and sub_kind not in sub_kinds:
        raise Invalid("contracts.sub_kind", field="sub_kind")
    own = own_version(kind, sub_kind or sub_kinds[0], associations_of(buyer_id, supplier_id, handler_id))
    template = read(own.content, common()) if own else latest(kind, sub_kind or sub_kinds[0])
    members = team_parts(parts) if kind == Contract.Kind.TEAM else []
    given = {**data, "values": {**particulars.defaults(template), **data.get("values", {})}}
    contract = Contract.objects.create(
        number=next_number(),
        kind=kind,
        sub_kind=sub_kind or sub_kinds[0],
        template_version=template.version,
        own_template=own,
        language=_language(language),
        title=_title(title),
        reference=reference,
        buyer_id=buyer_id,
        supplier_id=supplier_id,
        broker_id=broker_id if brokerage else None,
        broker_user_id=broker_user_id if brokerage and not broker_id else None,
        client=client if brokerage else "",
        handler_id=handler_id,
        data=particulars.read(template, given),
        amount_fen=_amount(amount_fen),
        created_by=actor,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    TeamPart.objects.bulk_create([TeamPart(contract=contract, **part) for part in members])
    keep_revision(contract, actor)
    journal.record("contracts.contract.drafted", actor=actor, subject=contract, data=about(contract))
    return contract


@transaction.atomic
def fill_contract(
    *,
    contract_id: int,
    actor: User,
    revision: int,
    title: str,
    sub_kind: str,
    data: Mapping[str, Any],
    amount_fen: int | None,
    language: str = "",
) -> Contract:
    """Change the particulars. ``revision`` is the one the person saw: Conflict when somebody else changed it since.

    A change cancels every approval. One that is offered must stay complete. The same content again changes nothing.
    """
    contract = locked(contract_id)
    if not permissions.can_edit(actor, contract):
        raise Forbidden("contracts.may_not_edit")
    template = template_of(contract)
    kept = {**particulars.read(template, data), **{k: v for k, v in contract.data.items() if k == "parties"}}
    wanted = (_title(title), sub_kind, kept, _amount(amount_fen), _language(language or contract.language))
    if wanted == (contract.title, contract.sub_kind, contract.data, contract.amount_fen, contract.language):
        return contract
    if revision != contract.revision:
        raise Conflict("contracts.changed_meanwhile")
    if sub_kind not in template.sub_kinds:
        raise Invalid("contracts.sub_kind", field="sub_kind")
    contract.title, contract.sub_kind, contract.data, contract.amount_fen, contract.language = wanted
    if contract.state == Contract.State.OFFERED:
        _complete(contract)
    _revise(contract)
    contract.save()
    keep_revision(contract, actor)
    journal.record(
        "contracts.contract.changed",
        actor=actor,
        subject=contract,
        data=about(contract),
        organisations=concerned(contract),
    )
    return contract


def _complete(contract: Contract) -> None:
    lacking = [found.text for found in missing(contract)]
    if not contract.title:
        lacking.insert(0, str(Contract._meta.get_field("title").verbose_name))
    if lacking:
        raise Invalid("contracts.incomplete", what="；".join(lacking))


def keep_revision(contract: Contract, actor: User) -> None:
    """What the contract says in its present revision, so that any two can be laid side by side later."""
    Revision.objects.create(
        contract=contract,
        number=contract.revision,
        title=contract.title,
        sub_kind=contract.sub_kind,
        amount_fen=contract.amount_fen,
        data=contract.data,
        made_by=actor,
        made_at=clock.now(),
    )


def _revise(contract: Contract) -> None:
    """Another revision: what was said yes to is no longer what stands there."""
    contract.revision += 1
    contract.changed_at = clock.now()
    contract.approvals.filter(cancelled_at=None).update(cancelled_at=clock.now())


@transaction.atomic
def offer_contract(*, contract_id: int, actor: User) -> Contract:
    """Put a complete contract before both sides; the parties' particulars are kept as they stand at that moment."""
    contract = locked(contract_id)
    if not permissions.can_offer(actor, contract):
        raise Forbidden("contracts.may_not_offer")
    contract.move_to(Contract.State.OFFERED)
    _complete(contract)
    contract.data = {**contract.data, "parties": party_facts(contract)}
    contract.offered_at = contract.changed_at = clock.now()
    contract.save()
    journal.record(
        "contracts.contract.offered",
        actor=actor,
        subject=contract,
        data=about(contract),
        organisations=concerned(contract),
    )
    return contract


@transaction.atomic
def withdraw_contract(*, contract_id: int, actor: User) -> Contract:
    """Take an offer back to draft: only those who prepare it may; approvals are cancelled."""
    contract = locked(contract_id)
    if not permissions.can_offer(actor, contract):
        raise Forbidden("contracts.may_not_offer")
    contract.move_to(Contract.State.DRAFT)
    told = concerned(contract)
    contract.offered_at = None
    contract.data = {key: value for key, value in contract.data.items() if key != "parties"}
    _revise(contract)
    contract.save()
    keep_revision(contract, actor)
    journal.record(
        "contracts.contract.withdrawn", actor=actor, subject=contract, data=about(contract), organisations=told
    )
    return contract


@transaction.atomic
def cancel_contract(*, contract_id: int, actor: User) -> Contract:
    """Give a contract up before it is agreed. An agreed one is ended by the parties' own agreement, not here."""
    contract = locked(contract_id)
    if not permissions.can_cancel(actor, contract):
        raise Forbidden("contracts.may_not_cancel")
    contract.move_to(Contract.State.CANCELLED)
    contract.changed_at = clock.now()
    contract.approvals.filter(cancelled_at=None).update(cancelled_at=clock.now())
    contract.save(update_fields=["state", "changed_at"])
    journal.record(
        "contracts.contract.cancelled",
        actor=actor,
        subject=contract,
        data=about(contract),
        organisations=concerned(contract),
    )
    return contract
