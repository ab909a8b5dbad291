"""Every step by which a release is divided, with its figures and its article; for a page and for paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yinxian.kernel.money import portion, show_percent, show_yuan

from . import labels
from .rules import Line, Role, Split, SplitRule

FEES = (Role.MANAGER, Role.AGENCY, Role.PLATFORM)


@dataclass(frozen=True)
class Step:
    """``how`` is the sum as one writes it; ``part`` marks a party's own line below the step it belongs to."""

    label: str
    how: str
    fen: int
    article: str = ""
    part: bool = False


def explain(rule: SplitRule, found: Split, *, reward_article: str = "") -> list[Step]:
    """The steps in their order; those of nothing are left out, the last one proves the sum.

    ``reward_article`` is the local rule by which the share of the reward was chosen, where there is one.
    """
    steps = [Step(_("放款额"), "", found.amount_fen), *_fee(rule, found), *_reward(rule, found, reward_article)]
    supplier = [line for line in found.lines if line.role == Role.SUPPLIER]
    kept = sum(line.amount_fen for line in supplier)
    if kept:
        how = " − ".join(show_yuan(fen) for fen in (found.amount_fen, found.fee_fen, found.reward_fen) if fen)
        steps.append(Step(_("供方留存"), how, kept, _("促进科技成果转化法第 43 条")))
    parts = " + ".join(show_yuan(line.amount_fen) for line in found.lines)
    return [*steps, Step(_("各方合计"), parts, sum(line.amount_fen for line in found.lines))]


def _lines(found: Split, *roles: str) -> Iterator[Line]:
    return (line for line in found.lines if line.role in roles)


def _fee(rule: SplitRule, found: Split) -> Iterator[Step]:
    if not found.due_fen and not found.fee_fen:
        return
    article = str(labels.ARTICLES[Role.MANAGER])
    yield Step(_("本次应付服务费"), _how_much(rule, found), found.due_fen, article)
    if rule.fee.payer != "supplier" and found.net_fen:
        share = _("需方另付一半") if rule.fee.payer == "both" else _("由需方另付，不从这笔款里扣")
        yield Step(_("从这笔款里扣的服务费"), share, found.fee_fen, article)
    for line in _lines(found, *FEES):
        how = f"{show_yuan(found.fee_fen)} × {show_percent(line.basis_bp or 0)}"
        yield Step(
            f"{labels.role_label(line.role)} · {labels.shown_name(line.name)}", how, line.amount_fen, article, True
        )


def _how_much(rule: SplitRule, found: Split) -> str:
    """How the fee was found, as a sum where one line says it."""
    fee = rule.fee
    if found.fee_fen == found.amount_fen and not found.net_fen:
        return _("服务费节点，全部归中介方")
    if fee.kind == "rate" and fee.trigger == "release" and found.due_fen == portion(found.amount_fen, fee.bp):
        return f"{show_yuan(found.amount_fen)} × {show_percent(fee.bp)}"
    how = {
        "rate": _("按 %(rate)s 计") % {"rate": show_percent(fee.bp)},
        "ladder": _("按累计放款的阶梯：%(tiers)s") % {"tiers": _ladder(rule)},
        "fixed": _("固定 %(fen)s 元，按放款进度") % {"fen": show_yuan(fee.amount_fen)},
    }[fee.kind]
    when = {
        "release": "",
        "contract": _("，合同成立即付，从最早的放款里扣"),
        "acceptance": _("，最后一次验收时付"),
    }[fee.trigger]
    cap = _("，封顶 %(cap)s 元") % {"cap": show_yuan(fee.cap_fen)} if fee.cap_fen is not None else ""
    return f"{how}{when}{cap}"


def _ladder(rule: SplitRule) -> str:
    parts, low = [], 0
    for tier in rule.fee.tiers:
        if tier.up_to_fen is None:
            reach = _("%(low)s 以上") % {"low": show_yuan(low)}
        else:
            reach = f"{show_yuan(low)}–{show_yuan(tier.up_to_fen)}"
        parts.append(f"{reach} {show_percent(tier.bp)}")
        low = tier.up_to_fen or low
    return "；".join(parts)


def _reward(rule: SplitRule, found: Split, reward_article: str) -> Iterator[Step]:
    law = str(labels.ARTICLES[Role.INVENTOR])
    if found.costs_fen:
        words = {"all": show_yuan(rule.direct_costs_fen)}
        yield Step(_("直接成本"), _("申报的 %(all)s 元按放款进度分摊") % words, found.costs_fen, law)
    if not found.reward_fen:
        return
    how = " − ".join(show_yuan(fen) for fen in (found.amount_fen, found.fee_fen, found.costs_fen) if fen)
    yield Step(_("净收入"), how, found.net_fen, law)
    yield Step(
        _("奖励"),
        f"{show_yuan(found.net_fen)} × {show_percent(rule.reward_bp)}",
        found.reward_fen,
        reward_article or law,
    )
    staff = 0
    for line in _lines(found, Role.STAFF):
        staff += line.amount_fen
        how, who = f"{show_yuan(found.reward_fen)} × {show_percent(rule.staff_bp)}", _("转移人员")
        if rule.staff_parts:
            how = f"{how} × {show_percent(line.basis_bp or 0)}"
            who = f"{who} · {labels.shown_name(line.name)}"
        yield Step(who, how, line.amount_fen, str(labels.ARTICLES[Role.STAFF]), True)
    main = {share.party for share in rule.inventors if share.main}
    for line in _lines(found, Role.INVENTOR):
        how = f"({show_yuan(found.reward_fen)} − {show_yuan(staff)}) × {show_percent(line.basis_bp or 0)}"
        mark = _("（主要贡献人员）") if line.party in main else ""
        yield Step(f"{_('科研团队')} · {labels.shown_name(line.name)}{mark}", how, line.amount_fen, law, True)
    if main:
        together = sum(line.amount_fen for line in _lines(found, Role.INVENTOR) if line.party in main)
        share_bp = (together * 20_000 + found.reward_fen) // (2 * found.reward_fen)
        how = _("占奖励 %(share)s") % {"share": show_percent(share_bp)}
        yield Step(_("主要贡献人员合计"), how, together, _("国发〔2016〕16 号"))
