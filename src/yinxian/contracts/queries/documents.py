"""From a contract in the database to its document."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from yinxian.kernel import crypto

from ..clauses import Pair, Template
from ..documents.assemble import Facts, Party, document
from ..models import Contract
from .contracts import template_of


def party_facts(contract: Contract) -> dict[str, dict[str, str]]:
    """The parties as they stand in the records now; kept with the contract when it is offered."""
    facts = {}
    for side in contract.sides:
        part = contract.part_of(side)
        found = part.organisation if part else getattr(contract, side)
        if part and part.user:
            facts[side] = {"name": part.name, "contact": ""}
            continue
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
    languages = ("zh", "en") if contract.language == "both" else (contract.language,)
    roles = {side: _role(template, contract, side, languages) for side in contract.sides}
    names = {side: facts[side]["name"] for side in contract.sides}
    names.setdefault("buyer", contract.buyer.name)
    names.setdefault("supplier", contract.supplier.name)
    if contract.client:
        names["client"] = names[contract.client]
        names["third"] = names["supplier" if contract.client == "buyer" else "buyer"]
    with translation.override("zh-hans"):
        sub_kind = str(contract.get_sub_kind_display())
    with translation.override("en"):
        sub_kind_en = str(contract.get_sub_kind_display())
    return document(
        template,
        Facts(
            number=contract.number,
            title=contract.title,
            sub_kind=sub_kind,
            sub_kind_en=sub_kind_en,
            sub_kind_key=contract.sub_kind,
            language=contract.language,  # type: ignore[arg-type]  # one of the choices
            shares=[{"name": part.name, "work": part.work, "bp": part.bp} for part in contract.parts.all()],
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


def _role(template: Template, contract: Contract, side: str, languages: tuple[str, ...]) -> str:
    key = "member" if side[0] == "m" else "client" if side == contract.client else side
    pair = template.roles.get(key, Pair(side, side))
    return " ".join(pair.of(language) for language in languages)


def digest(contract: Contract) -> str:
    """The SHA-256 of what a side says yes to: kind, version, parties, title, amount and every particular."""
    parts = [[part.side, part.name, part.work, part.bp] for part in contract.parts.all()]
    body = {
        "number": contract.number,
        "kind": contract.kind,
        "sub_kind": contract.sub_kind,
        "template": contract.template_version,
        "title": contract.title,
        "amount_fen": contract.amount_fen,
        "revision": contract.revision,
        **({"language": contract.language} if contract.language != "zh" else {}),
        **({"own_template": contract.own_template_id} if contract.own_template_id else {}),
        **({"parts": parts} if parts else {}),
        "data": contract.data,
    }
    return crypto.sha256_hex(crypto.canonical(body))
