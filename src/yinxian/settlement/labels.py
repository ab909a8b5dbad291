"""What readers see for the roles and steps of a split."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinxian.kernel.money import WHOLE_BP, show_percent, show_yuan

from .rules import Line, Role, Split

ROLES: dict[str, str | Promise] = {
    Role.SUPPLIER: gettext_lazy("供方净收入"),
    Role.INVENTOR: gettext_lazy("科研团队奖励"),
    Role.STAFF: gettext_lazy("转移人员奖励"),
    Role.MANAGER: gettext_lazy("中介报酬"),
    Role.AGENCY: gettext_lazy("中介报酬（机构）"),
    Role.PLATFORM: gettext_lazy("平台与协会服务费"),
    Role.BUYER: gettext_lazy("需方款项"),
}
ARTICLES: dict[str, str | Promise] = {
    Role.MANAGER: gettext_lazy("民法典第 963 条"),
    Role.AGENCY: gettext_lazy("民法典第 963 条"),
    Role.PLATFORM: gettext_lazy("民法典第 963 条"),
    Role.INVENTOR: gettext_lazy("促进科技成果转化法第 45 条"),
    Role.STAFF: gettext_lazy("浙江省促进科技成果转化条例第 37 条"),
}


def shown_name(name: str) -> str:
    """An account's name in the reader's language: the words that we put around people's own names."""
    if name.startswith("托管户 "):
        return _("托管户 %(number)s") % {"number": name.removeprefix("托管户 ")}
    owner, dot, part = name.partition(" · ")
    words = {"转移人员": _("转移人员"), "科研团队": _("科研团队")}
    return f"{owner}{dot}{words.get(part, part)}"


def role_label(role: str) -> str:
    return str(ROLES.get(role, ""))


def basis(line: Line, split: Split) -> str:
    """Why a party gets its part, in a sentence with the figures it rests on."""
    share = show_percent(line.basis_bp) if line.basis_bp is not None else ""
    if line.role == Role.SUPPLIER:
        return _("放款额扣除服务费与奖励后的余额") if split.fee_fen or split.reward_fen else _("全部放款额")
    if line.role == Role.STAFF and _by_name(line, split):
        return _("奖励里转移人员部分的 %(share)s") % {"share": share}
    if line.role == Role.STAFF:
        return _("奖励 %(reward)s 元的 %(share)s") % {"reward": show_yuan(split.reward_fen), "share": share}
    if line.role == Role.INVENTOR:
        if line.basis_bp == WHOLE_BP:
            return _("奖励 %(reward)s 元扣除转移人员的部分") % {"reward": show_yuan(split.reward_fen)}
        return _("奖励扣除转移人员部分后的 %(share)s") % {"share": share}
    return _("服务费 %(fee)s 元的 %(share)s") % {"fee": show_yuan(split.fee_fen), "share": share}


def _by_name(line: Line, split: Split) -> bool:
    """Whether the transfer staff's part was divided among people."""
    staff = [one for one in split.lines if one.role == Role.STAFF]
    return len(staff) > 1 or (line.basis_bp == WHOLE_BP and line.amount_fen < split.reward_fen)


def steps(split: Split) -> list[tuple[str, int]]:
    """The way from the amount to the parts, each step with its figure in fen; steps of zero are left out."""
    rows = [
        (_("放款额"), split.amount_fen),
        (_("服务费"), -split.fee_fen),
        (_("申报的直接成本"), -split.costs_fen),
        (_("净收入"), split.net_fen if split.fee_fen or split.costs_fen else 0),
        (_("其中奖励科研团队与转移人员"), split.reward_fen),
    ]
    return [(label, fen) for label, fen in rows if fen]
