"""To do about landings and teams: shares and invitations that wait for an answer, evidence that waits for a region."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinxian.landing.models import Invitation
from yinxian.landing.queries.landings import waiting_confirmations, waiting_shares
from yinxian.landing.queries.teams import invitations_of

from .base import Person, Todo

MOST = 5  # of each kind


def shares(person: Person) -> Iterator[Todo]:
    """Shares of a referral, and invitations to a team: the person's own word."""
    for share in waiting_shares(person.user)[:MOST]:
        landing = share.agreement.offer.landing
        url = reverse("landing:landing", args=[landing.slug])
        yield Todo(person.today, pgettext("to do", "落地"), _("看分成并答复"), landing.title, url)
    for one in invitations_of(person.user).filter(state=Invitation.State.ASKED)[:MOST]:
        url = reverse("landing:invitations")
        yield Todo(person.today, pgettext("to do", "组队"), _("有人请您加入团队"), one.need_name, url)


def confirmations(person: Person) -> Iterator[Todo]:
    """Evidence that waits for the word of a region for which the person may speak."""
    for landing in waiting_confirmations(person.user)[:MOST]:
        url = reverse("landing:landing", args=[landing.slug])
        yield Todo(person.today, pgettext("to do", "落地"), _("确认落地凭证"), landing.title, url)
