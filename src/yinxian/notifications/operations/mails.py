"""Send notices by e-mail."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from yinxian import journal
from yinxian.kernel import clock

from ..models import Notice
from ..rules import find, sentence_of
from ..table import TABLE

logger = logging.getLogger(__name__)
NEWS_DAYS = 7  # what is older is not sent any more: an import or a long outage must not flood anyone
MOST_FAILURES = 20  # a mail server that is down need not be asked for every mail


class NotSent(Exception):
    """Some mails could not be sent; they stay due."""


def due(now: dt.datetime) -> QuerySet[Notice]:
    """Notices that are to go out by e-mail, oldest first."""
    since = now - dt.timedelta(days=NEWS_DAYS)
    found = Notice.objects.filter(by_mail=True, mailed_at=None, created_at__gte=since, user__is_active=True)
    return found.exclude(user__email=None).select_related("user").order_by("pk")


@transaction.atomic
def ask_again(now: dt.datetime) -> bool:
    """Leave word in the journal when something is due, so that whoever sends mails tries again; no mail goes out
    inside a transaction."""
    first = due(now).first()
    if first is not None:
        journal.record("notifications.mails.due", actor=None, subject=first)
    return first is not None


def send_due() -> int:
    """Send every notice that is due by e-mail; returns how many went out. Never call it inside a transaction.

    One that fails stays due and does not stop the others; at the end NotSent says so, so that the worker comes
    again. A mail is marked at once after it went out: at worst, after a crash between the two, one comes twice.
    """
    sent = failed = 0
    for notice in due(clock.now()):
        if failed >= MOST_FAILURES:
            break
        try:
            _send(notice)
        except OSError as error:  # smtplib's errors are OSErrors too; the notice stays due and is tried again
            failed += 1
            logger.warning("mail for notice %s not sent: %s", notice.slug, error)
            continue
        Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())
        sent += 1
    if failed:
        raise NotSent(f"{failed} mails could not be sent")
    return sent


def _send(notice: Notice) -> None:
    """In the person's own language, with absolute links; nothing but the sentence."""
    rule = find(TABLE, notice.kind)
    if rule is None:
        return
    with translation.override(notice.user.language or settings.LANGUAGE_CODE):
        sentence = sentence_of(rule, notice.params)
        context = {
            "name": notice.user.get_short_name(),
            "sentence": sentence,
            "link": f"{settings.YINXIAN_URL}{notice.url}" if notice.url else "",
            "preferences": f"{settings.YINXIAN_URL}/notices/preferences/",
            "house": settings.YINXIAN_NAME,
        }
        text = render_to_string("notifications/mail.txt", context)
    subject = " ".join(sentence.split())
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [str(notice.user.email)])
