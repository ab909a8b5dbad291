"""To do about needs and results: questions, sign-off, freshness, evidence, what the reviewer said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import JSONField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yinxian.kernel.templatetags.yx import day
from yinxian.market.intake.asks import MISSING
from yinxian.market.models import Brief, Evidence, Need, Result
from yinxian.market.queries.levels import LISTED

from .base import WORKS, Person, Todo

State = Need.State
ASKING = (State.VERIFYING, State.TRANSLATING, State.REDIAGNOSIS)
SHOWN = 3  # of what is missing, by name


def _need_url(need: Need) -> str:
    return reverse("market:need", args=[need.slug])


def needs(person: Person) -> Iterator[Todo]:
    """The manager's needs: to verify, or with questions open; the owner's: a brief to sign, a reviewer's answer."""
    works = person.place(*WORKS)
    latest = Brief.objects.filter(need=OuterRef("pk")).order_by("-number")
    states = (State.SUBMITTED, *ASKING, State.HOLD, State.REJECTED)
    found = Need.objects.filter(Q(manager=person.user) | Q(owner=works), state__in=states).annotate(
        brief_number=Subquery(latest.values("number")[:1]),
        brief_signed=Subquery(latest.values("signed_off_at")[:1]),
        brief_missing=Subquery(latest.values("content__missing")[:1], output_field=JSONField()),
    )
    for need in found:
        yield from _need(person, need, works)


def _need(person: Person, need: Any, works: int) -> Iterator[Todo]:
    url, today = _need_url(need), person.today
    manages, owns = need.manager_id == person.user.pk, need.owner_id == works
    if need.state in (State.HOLD, State.REJECTED):
        held = need.state == State.HOLD
        title = _("审核暂缓，照意见补一补") if held else _("审核未通过，请看意见")
        yield Todo(today, pgettext("to do", "需求"), title, need.shown_title, url)
    elif manages and need.state == State.SUBMITTED:
        yield Todo(today, pgettext("to do", "需求"), _("新交来的需求，先核实"), need.shown_title, url)
    elif manages and need.brief_missing:
        yield _questions(person, need)
    if owns and need.state in ASKING and need.brief_number and need.brief_signed is None:
        text = _("%(title)s　第 %(number)s 版") % {"title": need.shown_title, "number": need.brief_number}
        yield Todo(
            today, pgettext("to do", "需求书"), _("需求书等您看过签认"), text, reverse("market:brief", args=[need.slug])
        )


def _questions(person: Person, need: Any) -> Todo:
    codes = [code for code in need.brief_missing if code in MISSING]
    names = _("、").join(str(MISSING[code]) for code in codes[:SHOWN])
    more = _("等") if len(codes) > SHOWN else ""
    text = _("%(title)s　需求书还缺：%(names)s%(more)s") % {"title": need.shown_title, "names": names, "more": more}
    title = ngettext("还有 %(n)s 件事要问企业", "还有 %(n)s 件事要问企业", len(codes)) % {"n": len(codes)}
    return Todo(person.today, pgettext("to do", "需求书"), title, text, reverse("market:brief", args=[need.slug]))


def results(person: Person) -> Iterator[Todo]:
    """Results that a reviewer sent back."""
    whose = Q(manager=person.user) | Q(owner=person.place(*WORKS))
    for result in Result.objects.filter(whose, state__in=(Result.State.HOLD, Result.State.REJECTED)):
        held = result.state == Result.State.HOLD
        title = _("审核暂缓，照意见补一补") if held else _("审核未通过，请看意见")
        url = reverse("market:result", args=[result.slug])
        yield Todo(person.today, pgettext("to do", "成果"), title, result.shown_title, url)


def freshness(person: Person) -> Iterator[Todo]:
    """Listings whose last day is near."""
    whose = Q(manager=person.user) | Q(owner=person.place(*WORKS))
    models: tuple[type[Need] | type[Result], ...] = (Need, Result)
    for model in models:
        ending = Q(state__in=LISTED[model], fresh_until__range=(person.today, person.soon))
        for listing in model._default_manager.filter(whose, ending):
            kind = "need" if model is Need else "result"
            if listing.fresh_until:
                yield Todo(
                    listing.fresh_until,
                    pgettext("to do", "需求") if model is Need else pgettext("to do", "成果"),
                    _("快到期了，仍有效就续一年"),
                    listing.shown_title,
                    reverse(f"market:{kind}", args=[listing.slug]),
                )


def evidence(person: Person) -> Iterator[Todo]:
    """Evidence of the manager's running needs that ends soon: without it a need is no longer known to be true."""
    ended = (State.CLOSED, State.SOLVED, State.REJECTED, State.EXPIRED)
    ending = Evidence.objects.filter(
        need__manager=person.user, withdrawn_at=None, expires_on__range=(person.today, person.soon)
    ).exclude(need__state__in=ended)
    for one in ending.select_related("need"):
        text = f"{one.need.shown_title}　{one.get_kind_display()}，{day(one.expires_on)}"
        yield Todo(one.expires_on, pgettext("to do", "佐证"), _("一条佐证快到期，重新核实"), text, _need_url(one.need))
