"""From a contract in the database to its document."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from yinxian.kernel import crypto

from ..documents.assemble import Facts, Party, document
from ..models import Contract
from .contracts import template_of


def party_facts(contract: Contract) -> dict[str, dict[str, str]]:
    """The parties as they stand in the records now; kept with the contract when it is offered."""
    facts = {}
    for side in contract.sides:
        found = getattr(contract, side)
        if found is None:
            person = contract.broker_user
            facts[side] = {"name": person.get_full_name() if person else "", "contact": ""}
            continue
        facts[side] = {
            "name": found.name,
            "credit_code": found.credit_code,
            "address": found.address,
            "bank_account": found.bank_account,
        }
    return facts


def document_of(contract: Contract) -> dict[str, Any]:
    """The whole text. The parties are those of the offer once there was one."""
    template = template_of(contract)
    facts = contract.data.get("parties") or party_facts(contract)
    values = contract.data.get("values", {})
    roles = {side: template.roles.get("client" if side == contract.client else side, side) for side in contract.sides}
    names = {side: facts[side]["name"] for side in contract.sides}
    names.setdefault("buyer", contract.buyer.name)
    names.setdefault("supplier", contract.supplier.name)
    if contract.client:
        names["client"] = names[contract.client]
        names["third"] = names["supplier" if contract.client == "buyer" else "buyer"]
    with translation.override("zh-hans"):
        sub_kind = str(contract.get_sub_kind_display())
    return document(
        template,
        Facts(
            number=contract.number,
            title=contract.title,
            sub_kind=sub_kind,
            amount_fen=contract.amount_fen,
            names=names,
            parties=[
                Party(role=roles[side], **{**facts[side], "contact": values.get(f"contact_{side}", "")})
                for side in contract.sides
            ],
            values=values,
            indicators=contract.data.get("indicators", []),
            payments=contract.data.get("payments", []),
            agreed_on=contract.agreed_on.isoformat() if contract.agreed_on else "",
            draft=contract.state != Contract.State.AGREED,
        ),
    )


def digest(contract: Contract) -> str:
    """The SHA-256 of what a side says yes to: kind, version, parties, title, amount and every particular."""
    body = {
        "number": contract.number,
        "kind": contract.kind,
        "sub_kind": contract.sub_kind,
        "template": contract.template_version,
        "title": contract.title,
        "amount_fen": contract.amount_fen,
        "revision": contract.revision,
        "data": contract.data,
    }
    return crypto.sha256_hex(crypto.canonical(body))
