"""The floors of a reward: what the law and the place ask of a supplier, held against what it declares.

促进科技成果转化法 45: an institute or university founded by the state may not lay down less than half of the net income
of an assignment or licence: refused. Where the place asks for more, where 国发〔2016〕16 号 and a local ordinance ask
for a part of the main contributors, and for suppliers of another nature, it is said and left to the people. An
association's own rule may bind all its suppliers: it holds for what is signed from its first day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yinxian.contracts.models import Contract
from yinxian.kernel.errors import Invalid
from yinxian.kernel.money import WHOLE_BP, portion, show_percent
from yinxian.network.models import Organisation
from yinxian.policies.book import Policy
from yinxian.policies.queries import rewards_in_force

STATE = "02"  # 单位性质 02x: public institutes, universities, hospitals
TRANSFERS = ("assignment", "licence")


@dataclass(frozen=True)
class Declared:
    """What a supplier declares, in basis points; ``main_bp`` of the team's part, None where nobody is marked."""

    reward_bp: int
    staff_bp: int
    main_bp: int | None = None

    @property
    def main_of_reward_bp(self) -> int | None:
        """The main contributors' part of the whole reward."""
        return None if self.main_bp is None else portion(WHOLE_BP - self.staff_bp, self.main_bp)


def main_of(inventors: Sequence[Any]) -> int | None:
    """Basis points of the team's part that go to those marked as main contributors (third item true)."""
    marked = [one[1] for one in inventors if len(one) > 2 and one[2]]
    return sum(marked) if marked else None


def is_transfer(contract: Contract | None) -> bool | None:
    """Whether results are assigned or licensed; None while there is no contract that says so."""
    return None if contract is None else contract.kind in TRANSFERS


def hold(supplier: Organisation, day: dt.date, declared: Declared, transfer: bool | None) -> list[str]:
    """What falls short, one sentence for each, with its article. Invalid where the law forbids it."""
    said = []
    for policy in rewards_in_force(supplier, day) if transfer is not False else ():
        said += _short_of(policy, supplier, declared, transfer)
    return said


def _short_of(policy: Policy, supplier: Organisation, declared: Declared, transfer: bool | None) -> list[str]:
    floor, said = policy.calc, []
    words = {"article": policy.shown_article, "floor": show_percent(floor["bp"])}
    # 国发〔2016〕16 号 speaks of the main part alone
    of_the_whole = bool(policy.region) or policy.own or not floor.get("main_bp")
    bound = _binds(policy, supplier) and bool(transfer)
    if of_the_whole and declared.reward_bp < floor["bp"]:
        if bound:
            code = "deals.reward_below_own_rule" if policy.own else "deals.reward_below_the_law"
            raise Invalid(code, field="reward", **words)
        said.append(_("奖励低于净收入的 %(floor)s（%(article)s），请确认单位有规定或约定。") % words)
    for part, name, sentence in (
        (
            declared.main_of_reward_bp,
            "main_bp",
            _("主要贡献人员占奖励 %(main)s，低于 %(floor)s（%(article)s），请核对。"),
        ),
        (declared.staff_bp, "staff_bp", _("转移人员占奖励 %(main)s，低于 %(floor)s（%(article)s），请核对。")),
    ):
        if not declared.reward_bp or part is None or part >= floor.get(name, 0):
            continue
        words = {"article": policy.shown_article, "floor": show_percent(floor[name]), "main": show_percent(part)}
        if bound and policy.own:
            raise Invalid("deals.part_below_the_rule", field="staff" if name == "staff_bp" else None, **words)
        said.append(sentence % words)
    return said


def _binds(policy: Policy, supplier: Organisation) -> bool:
    """Whether a supplier may not go below it: everyone, those founded by the state, or nobody."""
    binds = policy.calc.get("binds")
    return binds == "all" or (binds == "state" and supplier.nature.startswith(STATE))


def followed(supplier: Organisation, day: dt.date, reward_bp: int) -> Policy | None:
    """The association's or the place's rule in force on the day by which a share of the reward was chosen."""
    local, _all = suggested(supplier, day)
    if local is None or not (local.region or local.own) or reward_bp < local.calc["bp"]:
        return None
    return local


def suggested(supplier: Organisation, day: dt.date) -> tuple[Policy | None, list[Policy]]:
    """The rule whose share to begin with (the association's own, the place's, the country's), and all that hold."""
    found = rewards_in_force(supplier, day)
    first = next((policy for policy in found if not policy.calc.get("main_bp") or policy.region or policy.own), None)
    return first, found
