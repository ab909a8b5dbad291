"""Notices by e-mail: in the person's language, with a link, once, and not lost when sending fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from tests.market.listings import SECRETS, make_result
from tests.world import People
from yinxian.kernel import clock
from yinxian.market.models import Result
from yinxian.market.operations.results import submit_result
from yinxian.notifications.models import Notice
from yinxian.notifications.operations.mails import NotSent, send_due

Drain = Callable[[], None]


@pytest.fixture
def submitted(people: People) -> Result:
    people.qiao.email, people.qiao.language = "qiao@example.org", "en"
    people.qiao.save()
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    return result


def test_a_mail_speaks_the_persons_language_and_links_to_the_page(
    submitted: Result, people: People, drain: Drain, settings: object
) -> None:
    settings.YINXIAN_URL = "https://yinxian.example"  # type: ignore[attr-defined]  # pytest-django's wrapper
    drain()
    (sent,) = mail.outbox
    assert sent.to == ["qiao@example.org"]
    assert "has been submitted" in sent.subject
    assert "\n" not in sent.subject
    assert f"https://yinxian.example/results/{submitted.slug}/" in str(sent.body)
    assert "https://yinxian.example/notices/preferences/" in str(sent.body)
    assert not any(secret in str(sent.body) + sent.subject for secret in SECRETS)


def test_chinese_readers_get_chinese(submitted: Result, people: People, drain: Drain) -> None:
    people.qiao.language = "zh-hans"
    people.qiao.save()
    drain()
    assert "等您审核" in mail.outbox[0].subject
    assert "乔审，您好" in str(mail.outbox[0].body)


def test_a_mail_is_sent_once(submitted: Result, drain: Drain) -> None:
    drain()
    drain()
    send_due()
    assert len(mail.outbox) == 1
    assert Notice.objects.get(user__email="qiao@example.org").mailed_at is not None


def test_who_has_no_address_gets_no_mail(people: People, drain: Drain) -> None:
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    drain()
    assert Notice.objects.filter(user=people.qiao).exists()
    assert mail.outbox == []


def test_a_mail_that_fails_stays_due_and_goes_out_later(
    submitted: Result, people: People, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.qiao.memberships.create(organisation=people.agency, role="member")

    def broken(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", broken)
        drain()
        with pytest.raises(NotSent):
            send_due()
    notice = Notice.objects.get(user=people.qiao)
    assert notice.mailed_at is None
    assert mail.outbox == []
    assert send_due() == 1
    notice.refresh_from_db()
    assert notice.mailed_at is not None


def test_one_address_that_fails_does_not_stop_the_others(
    submitted: Result, people: People, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = people.stray
    other.email = "other@example.org"
    other.save()
    people.association.memberships.create(user=other, role="reviewer")
    real = EmailMessage.send

    def sometimes(self: EmailMessage, fail_silently: bool = False) -> int:
        if "qiao@example.org" in self.to:
            raise OSError("refused")
        return int(real(self, fail_silently))

    monkeypatch.setattr(EmailMessage, "send", sometimes)
    drain()
    assert [sent.to for sent in mail.outbox] == [["other@example.org"]]
    assert Notice.objects.get(user=people.qiao).mailed_at is None


def test_old_news_is_not_mailed(people: People, drain: Drain, frozen: Callable[[str], None]) -> None:
    frozen("2026-01-05T09:00")
    people.qiao.email = "qiao@example.org"
    people.qiao.save()
    result = make_result(people, state=Result.State.DRAFT, published_on=None, fresh_until=None)
    submit_result(result_id=result.pk, actor=people.lan)
    frozen("2026-03-04T09:00")
    drain()
    assert Notice.objects.get(user=people.qiao).created_at < clock.now()
    assert mail.outbox == []


def test_what_failed_goes_out_the_next_day_even_when_nothing_new_happens(
    submitted: Result, drain: Drain, monkeypatch: pytest.MonkeyPatch, frozen: Callable[[str], None]
) -> None:
    def broken(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", broken)
        drain()
    assert mail.outbox == []
    tomorrow = clock.now().astimezone(clock.SHANGHAI) + dt.timedelta(days=1)
    frozen(tomorrow.replace(tzinfo=None).isoformat())
    drain()
    assert len(mail.outbox) == 1
    drain()
    assert len(mail.outbox) == 1
