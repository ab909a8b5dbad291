"""Signed links: once, in time, for one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.world import People
from yinxian.kernel.errors import Conflict
from yinxian.network.models import SignedLink
from yinxian.network.operations.links import issue_link, read_link, use_link


def test_a_link_is_used_once(people: People) -> None:
    token = issue_link(purpose="answer", subject=people.buyer, recipient="周衡", actor=people.ruoxi)
    assert read_link(token=token, purpose="answer").recipient == "周衡"
    use_link(token=token, purpose="answer")
    for again in (read_link, use_link):
        with pytest.raises(Conflict) as refused:
            again(token=token, purpose="answer")
        assert refused.value.code == "kernel.link_used"


def test_a_link_serves_its_own_purpose_only(people: People) -> None:
    token = issue_link(purpose="answer", subject=people.buyer, recipient="周衡", actor=people.ruoxi)
    with pytest.raises(Conflict):
        use_link(token=token, purpose="other")
    assert SignedLink.objects.get().used_at is None


def test_a_new_link_withdraws_the_one_before(people: People) -> None:
    first = issue_link(purpose="answer", subject=people.buyer, recipient="周衡", actor=people.ruoxi)
    second = issue_link(purpose="answer", subject=people.buyer, recipient="周衡", actor=people.mingyuan)
    with pytest.raises(Conflict) as refused:
        read_link(token=first, purpose="answer")
    assert refused.value.code == "kernel.link_unknown"
    assert read_link(token=second, purpose="answer")


def test_an_expired_link_is_refused(people: People, frozen: Callable[[str], None]) -> None:
    frozen("2026-03-04T09:00")
    token = issue_link(
        purpose="answer", subject=people.buyer, recipient="林岚", actor=people.ruoxi, valid_for=dt.timedelta(days=1)
    )
    frozen("2026-03-05T09:00")
    with pytest.raises(Conflict) as refused:
        use_link(token=token, purpose="answer")
    assert refused.value.code == "kernel.link_expired"


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 5000])
def test_nonsense_is_an_unknown_link(people: People, token: str) -> None:
    with pytest.raises(Conflict) as refused:
        read_link(token=token, purpose="answer")
    assert refused.value.code == "kernel.link_unknown"
