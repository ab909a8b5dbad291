"""Between a deal and its contract: draft it from what is known, sign the deal when both sides have agreed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation

from yinxian.contracts import operations as contracts
from yinxian.contracts.models import Contract
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.templatetags.yx import bound
from yinxian.network.models import User

from ..models import Deal, Introduction
from ..permissions import deals as permissions
from ..terms import terms_of
from ..wording import fee_in_words, payer_in_words
from .deals import lock_deal, note, sign

Kind = Contract.Kind
BEFORE_SIGNING = (Deal.State.INTRODUCED, Deal.State.NDA, Deal.State.NEGOTIATING, Deal.State.INTENT)
TRIGGERS = {"release": "each_payment", "contract": "contract", "acceptance": "each_payment"}


@transaction.atomic
def draft_deal_contract(
    *, deal_id: int, kind: str, actor: User, sub_kind: str = "", client: str = "supplier"
) -> Contract:
    """Draft a contract with all that the deal already knows; only what is missing is asked for.

    A deal has one contract at a time; a cancelled one makes room for another. A brokerage contract stands beside
    it, with the ``client`` who pays the fee, and may be drafted as long as the deal runs.
    """
    deal = lock_deal(deal_id)
    if not permissions.can_draft_contract(actor, deal):
        raise Forbidden("deals.may_not_draft")
    if kind not in Kind.values:
        raise Invalid("deals.contract_kind", field="kind")
    if deal.introduction is None or deal.ended:
        raise Conflict("deals.too_early_for_contract")
    brokerage = kind == Kind.BROKERAGE
    if not brokerage:
        if deal.state not in BEFORE_SIGNING:
            raise Conflict("deals.already_signed")
        if deal.contract and deal.contract.state != Contract.State.CANCELLED:
            raise Conflict("deals.has_contract", number=deal.contract.number)
    contract = contracts.draft_contract(
        kind=kind,
        buyer_id=deal.buyer_id,
        supplier_id=deal.supplier_id,
        data=known(deal, kind),
        amount_fen=None,
        actor=actor,
        reference=deal.number,
        title=deal.title,
        sub_kind=sub_kind,
        handler_id=deal.manager_id,
        broker_id=deal.agency_id if brokerage else None,
        broker_user_id=deal.manager_id if brokerage and not deal.agency_id else None,
        client=client if brokerage else "",
    )
    if not brokerage:
        deal.contract = contract
        deal.save(update_fields=["contract"])
    note("deals.contract.drafted", actor=actor, deal=deal, contract=contract.number, kind=kind)
    return contract


@transaction.atomic
def sign_from_contract(*, contract_id: int, actor: User | None) -> Deal | None:
    """Both sides have agreed to the contract: the deal it belongs to is signed, step by step where it must be.

    None when no deal waits for it. Doing it twice does it once.
    """
    deal_id = Deal.objects.filter(contract_id=contract_id).values_list("pk", flat=True).first()
    if deal_id is None:
        return None
    deal = lock_deal(deal_id)
    if deal.state not in BEFORE_SIGNING:
        return None
    while not deal.can_move_to(Deal.State.SIGNED):
        before = deal.state
        deal.move_to(Deal.State.NEGOTIATING)
        note("deals.deal.moved", actor=actor, deal=deal, **{"from": before, "to": deal.state})
    return sign(deal, actor)


def known(deal: Deal, kind: str) -> dict[str, Any]:
    """What need, brief, result and introduction already say, in the words of the contract's form (Chinese)."""
    with translation.override("zh-hans"):
        if kind == Kind.BROKERAGE:
            return {"values": _brokerage(deal)}
        brief = deal.need.briefs.order_by("-number").first()
        content: dict[str, Any] = brief.content if brief else {}
        rows = [
            {"name": str(found.get("name", ""))[:120], "requirement": bound(found)[:200], "method": ""}
            for found in content.get("indicators", [])[:30]
        ]
        values = _people(deal)
        if kind == Kind.DEVELOPMENT:
            values["scope"] = _lines(content.get("problem"), content.get("target"), *content.get("constraints", []))
        else:
            values["rights"] = _lines(*[_right(row) for row in deal.result.ip_rows])
            values["scope"] = _lines(content.get("target") or deal.need.title)
        return {"values": {key: value for key, value in values.items() if value}, "indicators": rows}


def _people(deal: Deal) -> dict[str, str]:
    """Both sides' contacts: the deal stands on an acknowledged introduction, so both may see them."""
    return {
        "contact_buyer": _lines(deal.need.contact_name, deal.need.contact_phone).replace("\n", " "),
        "contact_supplier": _lines(deal.result.contact_name, deal.result.contact_phone).replace("\n", " "),
    }


def _right(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)
    return "，".join(str(row[key]) for key in ("kind", "number", "status", "territory") if row.get(key))


def _lines(*parts: Any) -> str:
    """Parts that say something, one a line."""
    said = [
        part if isinstance(part, str) else str(part.get("text", "")) if isinstance(part, dict) else "" for part in parts
    ]
    return "\n".join(part.strip() for part in said if part.strip())[:5000]


def _brokerage(deal: Deal) -> dict[str, str]:
    introduction: Introduction | None = deal.introduction
    if introduction is None:
        return {}
    terms = terms_of(introduction)
    fee = (fee_in_words(terms) + payer_in_words(terms)).removeprefix("报酬为").rstrip("。")
    return {
        "technology": deal.title,
        "fee": fee[:300],
        "fee_days": str(terms.days_to_pay),
        "trigger": TRIGGERS[terms.trigger],
        "costs": "broker" if terms.costs == "manager" else "client",
        "tail_months": str(terms.protection_months),
        "contact_broker": str(deal.manager),
    }
