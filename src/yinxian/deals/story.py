"""The journal in sentences: what each kind of entry says in a deal's story, and who of the deal may read it.

An entry whose name is not here is not told: nothing reaches a reader by accident. ``sides`` says who reads it;
what belongs to one audience (notes, meetings, files) is asked for again where it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yinxian.contracts.models import Contract
from yinxian.kernel.templatetags.yx import day, percent, wan, yuan

from .models import Acknowledgement, Deal, DealFile, Dispute, Introduction, Meeting, Milestone, Note, TeamMember

if TYPE_CHECKING:
    from yinxian.journal.models import Entry

ALL = frozenset({"buyer", "supplier", "manager"})
INSIDE = frozenset({"buyer", "manager"})
OURS = frozenset({"manager"})
SELLING = frozenset({"supplier", "manager"})


@dataclass(frozen=True)
class Told:
    """One knot: a sentence, perhaps more words beneath it, perhaps a page behind it. ``plain`` is a lesser event."""

    title: str
    text: str = ""
    url: str = ""
    plain: bool = False


@dataclass
class Facts:
    """What the sentences are about; loaded once, keyed as the entries name it. Only what the reader may see."""

    deal: Deal
    sides: frozenset[str]
    introduction: Introduction | None
    milestones: Mapping[int, Milestone] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    files: Mapping[str, DealFile] = field(default_factory=dict)
    members: Mapping[int, TeamMember] = field(default_factory=dict)
    contracts: Mapping[int, Contract] = field(default_factory=dict)


Tell = Callable[["Entry", Facts], Told | None]


def who(entry: Entry) -> str:
    return str(entry.actor) if entry.actor else _("系统")


def _need_created(entry: Entry, facts: Facts) -> Told:
    words = {"who": who(entry), "count": len(facts.deal.need.raw_words)}
    return Told(_("%(who)s 录入需求，原话 %(count)s 字") % words, plain=True)


def _brief(sentence: Callable[[], str], *, plain: bool) -> Tell:
    def tell(entry: Entry, facts: Facts) -> Told:
        return Told(sentence() % {"who": who(entry), "number": entry.data.get("number", "")}, plain=plain)

    return tell


def _said(sentence: Callable[[], str], *, plain: bool = True) -> Tell:
    """A sentence that needs nothing but who did it."""

    def tell(entry: Entry, facts: Facts) -> Told:
        return Told(sentence() % {"who": who(entry)}, plain=plain)

    return tell


def _answered(entry: Entry, facts: Facts) -> Told:
    labels = dict(Acknowledgement.Side.choices)
    side = labels.get(entry.data.get("side", ""), "")
    if entry.data.get("agreed"):
        return Told(_("%(side)s确认了引荐") % {"side": side}, plain=True)
    return Told(_("%(side)s不认可引荐") % {"side": side})


def _acknowledged(entry: Entry, facts: Facts) -> Told:
    until = facts.introduction.protected_until if facts.introduction else None
    url = reverse("deals:receipt", args=[facts.introduction.slug]) if facts.introduction else ""
    text = _("双方都已确认，保护期至 %(until)s") % {"until": day(until)} if until else _("双方都已确认")
    return Told(_("引荐成立"), text, url)


def _opened(entry: Entry, facts: Facts) -> Told:
    lead = entry.data.get("state") == Deal.State.LEAD
    words = {"who": who(entry), "number": entry.data.get("number", "")}
    return Told((_("%(who)s 记下线索 %(number)s") if lead else _("%(who)s 立项 %(number)s")) % words, plain=lead)


def _moved(entry: Entry, facts: Facts) -> Told:
    labels = dict(Deal.State.choices)
    to = entry.data.get("to", "")
    if to == Deal.State.SIGNED and entry.data.get("amount_fen") is not None:
        return Told(_("签约，合同金额 %(amount)s") % {"amount": wan(entry.data["amount_fen"])})
    words = {"from": labels.get(entry.data.get("from", ""), ""), "to": labels.get(to, "")}
    why = facts.deal.ended_why if to == Deal.State.TERMINATED else ""
    return Told(_("从“%(from)s”转入“%(to)s”") % words, why, plain=to not in ("completed", "terminated", "disputed"))


def _registered(entry: Entry, facts: Facts) -> Told:
    return Told(_("合同已登记"), _("登记编号 %(number)s") % {"number": entry.data.get("number", "")})


def _note(entry: Entry, facts: Facts) -> Told | None:
    found = facts.notes.get(entry.data.get("note", ""))
    if found is None:
        return None
    only = "" if found.audience == "all" else _("（%(audience)s）") % {"audience": found.get_audience_display()}
    return Told(_("%(who)s 记了一笔%(only)s") % {"who": who(entry), "only": only}, found.text, plain=True)


def _meeting(entry: Entry, facts: Facts) -> Told | None:
    found = facts.meetings.get(entry.data.get("meeting", ""))
    if found is None:
        return None
    words = {"place": found.place, "people": found.people, "day": day(found.at)}
    return Told(_("%(day)s 在%(place)s会面：%(people)s") % words, found.minutes)


def _file(entry: Entry, facts: Facts) -> Told | None:
    found = facts.files.get(entry.data.get("file", ""))
    if found is None:
        return None
    url = reverse("deals:file", args=[facts.deal.slug, found.slug])
    return Told(_("%(who)s 上传 %(name)s") % {"who": who(entry), "name": found.name}, url=url, plain=True)


def _member(joined: bool) -> Tell:
    def tell(entry: Entry, facts: Facts) -> Told | None:
        found = facts.members.get(entry.data.get("member", 0))
        if found is None:
            return None
        words = {"name": found.name, "profession": found.get_profession_display()}
        sentence = _("%(profession)s %(name)s 加入团队") if joined else _("%(profession)s %(name)s 离开团队")
        return Told(sentence % words, plain=True)

    return tell


def _contract(sentence: Callable[[], str], *, plain: bool = True) -> Tell:
    def tell(entry: Entry, facts: Facts) -> Told | None:
        found = facts.contracts.get(entry.subject_id)
        if found is None:
            return None
        words = {"who": who(entry), "number": entry.data.get("number", ""), "revision": entry.data.get("revision", "")}
        words["pages"] = entry.data.get("pages", "")
        return Told(sentence() % words, url=reverse("contracts:contract", args=[found.slug]), plain=plain)

    return tell


def _milestone(sentence: Callable[[], str], *, plain: bool = False) -> Tell:
    def tell(entry: Entry, facts: Facts) -> Told | None:
        found = facts.milestones.get(entry.subject_id)
        if found is None:
            return None
        outcome = dict(Dispute.Outcome.choices).get(entry.data.get("outcome", ""), "")
        words = {"who": who(entry), "title": found.title, "outcome": outcome}
        words["amount"] = wan(entry.data.get("amount_fen", found.amount_fen))
        return Told(sentence() % words, url=reverse("deals:milestone", args=[found.slug]), plain=plain)

    return tell


def _planned(entry: Entry, facts: Facts) -> Told:
    return Told(_("付款计划定为 %(count)s 个节点") % {"count": entry.data.get("lines", "")}, plain=True)


def _split(entry: Entry, facts: Facts) -> Told:
    return Told(_("分账规则固定，第 %(version)s 版") % {"version": entry.data.get("version", "")})


def _royalty(entry: Entry, facts: Facts) -> Told:
    said = _("约定提成，分 %(count)s 期报告") % {"count": entry.data.get("periods", "")}
    return Told(said, url=reverse("deals:royalty", args=[facts.deal.slug]))


def _royalty_reported(entry: Entry, facts: Facts) -> Told:
    words = {"number": entry.data.get("number", ""), "amount": wan(entry.data.get("amount_fen", 0))}
    said = _("需方报第 %(number)s 期提成，应付 %(amount)s") % words
    return Told(said, url=reverse("deals:royalty", args=[facts.deal.slug]))


def _royalty_late(entry: Entry, facts: Facts) -> Told:
    words = {"number": entry.data.get("number", ""), "day": day(entry.data.get("due_on"))}
    said = _("提醒：第 %(number)s 期提成 %(day)s 前该报，还没有报") % words
    return Told(said, url=reverse("deals:royalty", args=[facts.deal.slug]), plain=True)


def _equity(entry: Entry, facts: Facts) -> Told:
    said = _("%(who)s 记下股权 %(share)s") % {"who": who(entry), "share": percent(entry.data.get("share_bp", 0))}
    return Told(said, url=reverse("deals:royalty", args=[facts.deal.slug]))


def _foreign(entry: Entry, facts: Facts) -> Told:
    words = {"currency": entry.data.get("currency", ""), "amount": yuan(entry.data.get("amount", 0))}
    return Told(_("没结汇的 %(currency)s %(amount)s 退回需方") % words, plain=True)


def _trial(sentence: Callable[[], str], *, plain: bool = False) -> Tell:
    def tell(entry: Entry, facts: Facts) -> Told:
        words = {"who": who(entry)} | {
            name: day(entry.data.get(name)) for name in ("starts_on", "ends_on", "decide_by", "due_on")
        }
        url = reverse("deals:trial", args=[facts.deal.slug])
        return Told(sentence() % words, entry.data.get("why", ""), url, plain)

    return tell


@dataclass(frozen=True)
class Telling:
    tell: Tell
    sides: frozenset[str] = ALL


STORY: dict[str, Telling] = {
    "market.need.created": Telling(_need_created, INSIDE),
    "market.need.brief_written": Telling(_brief(lambda: _("%(who)s 写成需求书第 %(number)s 版"), plain=True), INSIDE),
    "market.need.brief_questioned": Telling(_brief(lambda: _("需方对第 %(number)s 版提了问题"), plain=True), INSIDE),
    "market.need.brief_signed": Telling(_brief(lambda: _("需方签认需求书第 %(number)s 版"), plain=False)),
    "market.need.evidence_added": Telling(_said(lambda: _("%(who)s 补充一条需求佐证")), INSIDE),
    "market.need.published": Telling(_said(lambda: _("需求通过审核并发布")), INSIDE),
    "matching.candidate.shortlisted": Telling(_said(lambda: _("%(who)s 把这项成果列入入围")), INSIDE),
    "deals.introduction.drafted": Telling(_said(lambda: _("%(who)s 起草引荐条款")), OURS),
    "deals.introduction.proposed": Telling(_said(lambda: _("%(who)s 请团队确认分成")), OURS),
    "deals.share.accepted": Telling(_said(lambda: _("%(who)s 同意分成")), OURS),
    "deals.introduction.offered": Telling(_said(lambda: _("引荐条款交双方确认"))),
    "deals.introduction.answered": Telling(_answered),
    "deals.introduction.acknowledged": Telling(_acknowledged),
    "deals.deal.opened": Telling(_opened, OURS),
    "deals.deal.moved": Telling(_moved),
    "deals.deal.registered": Telling(_registered),
    "deals.note.added": Telling(_note),
    "deals.meeting.recorded": Telling(_meeting),
    "deals.file.added": Telling(_file),
    "deals.member.added": Telling(_member(True)),
    "deals.member.left": Telling(_member(False)),
    "contracts.contract.offered": Telling(_contract(lambda: _("合同 %(number)s 交双方确认"))),
    "contracts.contract.changed": Telling(_contract(lambda: _("%(who)s 修改合同，成为第 %(revision)s 稿"))),
    "contracts.contract.approved": Telling(_contract(lambda: _("%(who)s 代表本方确认合同第 %(revision)s 稿"))),
    "contracts.scan.uploaded": Telling(_contract(lambda: _("%(who)s 上传盖章扫描件，共 %(pages)s 页"))),
    "contracts.scan.confirmed": Telling(_contract(lambda: _("%(who)s 核对并确认盖章扫描件"))),
    "contracts.contract.agreed": Telling(_contract(lambda: _("合同 %(number)s 成立，双方都已确认"), plain=False)),
    "contracts.contract.cancelled": Telling(_contract(lambda: _("%(who)s 作废合同 %(number)s"))),
    "deals.split.fixed": Telling(_split),
    "deals.reward.stored": Telling(_said(lambda: _("%(who)s 为这个项目存下奖励规则")), SELLING),
    "deals.split.left_open": Telling(_said(lambda: _("签约时没有合用的奖励规则，分账规则待定"))),
    "deals.milestones.planned": Telling(_planned),
    "deals.royalty.agreed": Telling(_royalty),
    "deals.royalty.reported": Telling(_royalty_reported),
    "deals.royalty.late": Telling(_royalty_late),
    "deals.equity.recorded": Telling(_equity),
    "deals.trial.agreed": Telling(_trial(lambda: _("约定先试用到 %(ends_on)s，%(decide_by)s 前决定"))),
    "deals.trial.extended": Telling(_trial(lambda: _("试用延长到 %(ends_on)s，%(decide_by)s 前决定"))),
    "deals.trial.converted": Telling(_trial(lambda: _("%(who)s 决定转为付费许可，首款 %(due_on)s 前付"))),
    "deals.trial.given_back": Telling(_trial(lambda: _("%(who)s 决定不转化，归还试用的成果"))),
    "deals.trial.returned": Telling(_trial(lambda: _("%(who)s 确认已归还"))),
    "deals.trial.due": Telling(_trial(lambda: _("提醒：试用要在 %(decide_by)s 前决定"), plain=True)),
    "deals.payment.recorded": Telling(_milestone(lambda: _("登记“%(title)s”的到账回单"), plain=True)),
    "deals.foreign.returned": Telling(_foreign),
    "deals.payment.undone": Telling(_milestone(lambda: _("%(who)s 撤销“%(title)s”一笔登记错的到账"), plain=True)),
    "deals.milestone.funded": Telling(_milestone(lambda: _("“%(title)s”已托管 %(amount)s"), plain=True)),
    "deals.milestone.submitted": Telling(_milestone(lambda: _("%(who)s 提交“%(title)s”材料"))),
    "deals.milestone.changes_requested": Telling(_milestone(lambda: _("%(who)s 要求修改“%(title)s”"), plain=True)),
    "deals.milestone.released": Telling(_milestone(lambda: _("“%(title)s”放款 %(amount)s，已分账"))),
    "deals.milestone.refunded": Telling(_milestone(lambda: _("“%(title)s”退款 %(amount)s"))),
    "deals.milestone.part_released": Telling(_milestone(lambda: _("“%(title)s”先放款 %(amount)s，已分账"))),
    "deals.milestone.part_refunded": Telling(_milestone(lambda: _("“%(title)s”先退款 %(amount)s"))),
    "deals.milestone.disputed": Telling(_milestone(lambda: _("%(who)s 对“%(title)s”提出争议，款项冻结"))),
    "deals.dispute.settled": Telling(_milestone(lambda: _("“%(title)s”的争议了结：%(outcome)s"))),
    "deals.invoice.asked": Telling(_milestone(lambda: _("%(who)s 索取“%(title)s”的发票"), plain=True)),
    "deals.invoice.sent": Telling(_milestone(lambda: _("%(who)s 登记“%(title)s”的发票"), plain=True)),
}


def told(entry: Entry, facts: Facts) -> Told | None:
    """The entry as this reader may know it, or None."""
    telling: Any = STORY.get(entry.name)
    if telling is None or not telling.sides & facts.sides:
        return None
    found: Told | None = telling.tell(entry, facts)
    return found
