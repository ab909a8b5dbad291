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

from ..models import Deal, Introduction, Milestone
from ..permissions import deals as permissions
from ..terms import terms_of
from ..wording import fee_in_words, payer_in_words
from .deals import lock_deal, note, sign

Kind = Contract.Kind
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
    if kind not in Contract.SUB_KINDS:
        raise Invalid("deals.contract_kind", field="kind")
    if deal.introduction is None or deal.ended:
        raise Conflict("deals.too_early_for_contract")
    brokerage, beside = kind == Kind.BROKERAGE, kind in Contract.BESIDE
    if not beside:
        if deal.state not in Deal.BEFORE_SIGNING:
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
        parts=team_of(deal) if kind == Kind.TEAM else (),
    )
    if not beside:
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
    if deal.state not in Deal.BEFORE_SIGNING:
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
        values = _people(deal) | _content_of(deal, kind, content)
        said = {key: value for key, value in values.items() if value}
        return {"values": said, "indicators": rows, "payments": _payments(deal)}


def _content_of(deal: Deal, kind: str, content: dict[str, Any]) -> dict[str, str]:
    """What each kind asks first, from the brief and the result; a template that does not ask for a value leaves it."""
    target = _lines(content.get("target") or deal.need.title)
    rights = _lines(*[_right(row) for row in deal.result.ip_rows])
    if kind == Kind.DEVELOPMENT:
        return {"scope": _lines(content.get("problem"), content.get("target"), *content.get("constraints", []))}
    if kind in (Kind.LICENCE, Kind.ASSIGNMENT):
        return {"rights": rights, "scope": target}
    if kind in (Kind.CONSULTING, Kind.SERVICE):
        asked = _lines(content.get("problem") or deal.need.title)
        return {"question": asked, "problem": asked, "content": target, "quality": target}
    if kind == Kind.NDA:
        return {
            "secret_scope": _lines(
                f"{deal.result.title}：未公开的技术资料、样品和试验数据", f"{deal.need.title}：工况、工艺和经营信息"
            )
        }
    return {"scope": target}


def _payments(deal: Deal) -> list[dict[str, Any]]:
    """The plan of payments, where the two sides made one before the contract."""
    return [
        {
            "title": stone.title,
            "condition": stone.acceptance[:300],
            "due_on": stone.due_on.isoformat() if stone.due_on else "",
            "amount_fen": stone.amount_fen,
        }
        for stone in deal.milestones.exclude(kind=Milestone.Kind.FEE).order_by("position")
    ]


def team_of(deal: Deal) -> list[dict[str, Any]]:
    """The shares that the introduction fixed, as the parts of a sharing agreement."""
    if deal.introduction is None:
        return []
    return [
        {"user_id": share.user_id, "organisation_id": share.organisation_id, "bp": share.bp, "work": share.work}
        for share in deal.introduction.shares.order_by("position", "pk")
    ]


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
