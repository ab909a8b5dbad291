"""Practice on a real deal: who sees what, and what the mentor's word is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.deals.deal_world import make_deal
from tests.world import People
from yinxian.credentials.models import Proof
from yinxian.deals.models import Deal, TeamMember
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.training.models import Internship
from yinxian.training.operations.internships import (
    accept_internship,
    ask_for_internship,
    decline_internship,
    sign_internship,
    stop_internship,
    write_week,
)

State = Internship.State
GOOD: dict[str, Any] = {"verdict": "passed", "review": "守时，纪要写得清楚。"}


@pytest.fixture
def deal(people: People) -> Deal:
    return make_deal(people)


@pytest.fixture
def running(people: People, deal: Deal) -> Internship:
    asked = ask_for_internship(mentor_id=people.ruoxi.pk, actor=people.lan, aim="想跟一单真的")
    return accept_internship(internship_id=asked.pk, actor=people.ruoxi, deal=deal.slug)


def weeks(internship: Internship, people: People, *hours: int) -> None:
    for number, count in enumerate(hours):
        day = clock.today() - dt.timedelta(days=7 * number)
        write_week(internship_id=internship.pk, actor=people.lan, week=day, hours=count, text=f"第 {number} 周")


def test_from_asking_to_a_fact(people: People, running: Internship, drain: Callable[[], None]) -> None:
    weeks(running, people, 10, 14)
    for _again in range(2):
        signed = sign_internship(internship_id=running.pk, actor=people.ruoxi, hours=23, **GOOD)
    assert (signed.state, signed.days) == (State.SIGNED, 2)
    drain()
    proof = Proof.objects.get(user=people.lan)
    assert (proof.kind, proof.amount, proof.name) == ("internship", 2, running.deal.need.field)
    assert running.deal.title not in proof.title and running.slug in proof.path
    with pytest.raises(Conflict):
        sign_internship(internship_id=running.pk, actor=people.ruoxi, hours=8, **GOOD)


@pytest.mark.parametrize(("hours", "verdict"), [(7, "passed"), (24, "failed")])
def test_less_than_a_day_or_a_bad_verdict_proves_nothing(
    people: People, running: Internship, drain: Callable[[], None], hours: int, verdict: str
) -> None:
    weeks(running, people, 24)
    sign_internship(internship_id=running.pk, actor=people.ruoxi, hours=hours, verdict=verdict, review="说明")
    drain()
    assert not Proof.objects.filter(user=people.lan).exists()


def test_no_more_hours_than_the_notes_and_nothing_without_them(people: People, running: Internship) -> None:
    with pytest.raises(Conflict):
        sign_internship(internship_id=running.pk, actor=people.ruoxi, hours=1, **GOOD)
    weeks(running, people, 8)
    for wrong in ({"hours": 9}, {"hours": 8, "verdict": "brilliant"}, {"hours": 0}, {"hours": 8, "review": " "}):
        with pytest.raises((Conflict, Invalid)):
            sign_internship(internship_id=running.pk, actor=people.ruoxi, **(GOOD | wrong))
    running.refresh_from_db()
    assert running.state == State.RUNNING and running.hours is None


def test_a_week_has_one_note_until_it_is_signed(people: People, running: Internship) -> None:
    today = clock.today()
    monday = today - dt.timedelta(days=today.weekday())
    write_week(internship_id=running.pk, actor=people.lan, week=today, hours=5, text="看样机")
    write_week(internship_id=running.pk, actor=people.lan, week=monday, hours=6, text="看样机，写纪要")
    assert list(running.notes.values_list("week", "hours")) == [(monday, 6)]
    for wrong in ({"hours": 0}, {"hours": 81}, {"text": ""}, {"week": today + dt.timedelta(days=1)}):
        given = {"week": today, "hours": 5, "text": "x"} | wrong
        with pytest.raises(Invalid):
            write_week(internship_id=running.pk, actor=people.lan, **given)
    with pytest.raises(Forbidden):
        write_week(internship_id=running.pk, actor=people.ruoxi, week=today, hours=5, text="替他写")


def test_the_mentor_is_a_manager_in_the_team_of_a_running_deal(people: People, deal: Deal) -> None:
    asked = ask_for_internship(mentor_id=people.mingyuan.pk, actor=people.lan, aim="想学")
    assert ask_for_internship(mentor_id=people.mingyuan.pk, actor=people.lan, aim="再问一次").pk == asked.pk
    TeamMember.objects.filter(user=people.mingyuan).delete()
    with pytest.raises(Invalid):
        accept_internship(internship_id=asked.pk, actor=people.mingyuan, deal=deal.slug)
    member = TeamMember.objects.create(
        deal=deal, user=people.mingyuan, name="顾明远", profession="lawyer", side="manager", added_by=people.ruoxi
    )
    with pytest.raises(Invalid):
        accept_internship(internship_id=asked.pk, actor=people.mingyuan, deal=deal.slug)
    TeamMember.objects.filter(pk=member.pk).update(profession="manager")
    for stranger in (people.ruoxi, people.lan, people.qiao):
        with pytest.raises(Forbidden):
            accept_internship(internship_id=asked.pk, actor=stranger, deal=deal.slug)
    assert accept_internship(internship_id=asked.pk, actor=people.mingyuan, deal=deal.slug).state == State.RUNNING
    with pytest.raises(Invalid):
        ask_for_internship(mentor_id=people.heng.pk, actor=people.lan, aim="他不是经理人")
    with pytest.raises(Invalid):
        ask_for_internship(mentor_id=people.ruoxi.pk, actor=people.ruoxi, aim="自己带自己")


def test_a_lead_is_no_deal_to_practise_on(people: People, deal: Deal) -> None:
    asked = ask_for_internship(mentor_id=people.ruoxi.pk, actor=people.lan, aim="想学")
    Deal.objects.filter(pk=deal.pk).update(state="terminated")
    with pytest.raises(Invalid):
        accept_internship(internship_id=asked.pk, actor=people.ruoxi, deal=deal.slug)
    decline_internship(internship_id=asked.pk, actor=people.ruoxi, answer="手上没有合适的")
    again = ask_for_internship(mentor_id=people.ruoxi.pk, actor=people.lan, aim="过一阵再问")
    assert again.pk != asked.pk
    stop_internship(internship_id=again.pk, actor=people.lan, reason="不问了")
    with pytest.raises(Conflict):
        decline_internship(internship_id=again.pk, actor=people.ruoxi, answer="晚了")


def test_the_deal_does_not_leak_to_the_trainee(
    people: People, running: Internship, deal: Deal, client_of: Callable[..., Client]
) -> None:
    """A trainee of no side reads the number and the field; the title, the parties and the page stay shut."""
    Internship.objects.filter(pk=running.pk).update(trainee=people.stray)
    trainee = client_of(people.stray)
    seen = trainee.get(f"/training/internships/{running.slug}/").content.decode()
    said = trainee.get("/api/v1/training/internships").content.decode()
    assert deal.number in seen and deal.number in said
    for secret in (deal.title, deal.buyer.name, deal.supplier.name, f"/deals/{deal.slug}/", deal.slug):
        assert secret not in seen and secret not in said
    assert trainee.get(f"/deals/{deal.slug}/").status_code == 404
    TeamMember.objects.create(
        deal=deal, user=people.stray, name="路人", profession="other", side="manager", added_by=people.ruoxi
    )
    assert f"/deals/{deal.slug}/" in trainee.get(f"/training/internships/{running.slug}/").content.decode()


def test_others_do_not_know_of_it(people: People, running: Internship, client_of: Callable[..., Client]) -> None:
    path = f"/training/internships/{running.slug}/"
    for stranger in (people.qiao, people.heng, people.mingyuan, people.outsider):
        browser = client_of(stranger)
        assert browser.get(path).status_code == 404
        for act in ("answer", "weeks", "sign", "stop"):
            assert browser.post(f"{path}{act}/", {"reason": "x"}).status_code == 404
        with pytest.raises(Forbidden):
            stop_internship(internship_id=running.pk, actor=stranger, reason="x")
    assert client_of(people.lan).get(path).status_code == client_of(people.ruoxi).get(path).status_code == 200


def test_the_whole_way_by_pages(people: People, deal: Deal, client_of: Callable[..., Client]) -> None:
    trainee, mentor = client_of(people.lan), client_of(people.ruoxi)
    slug = people.ruoxi.manager_profile.slug
    assert trainee.post("/training/internships/ask/", {"mentor": slug, "aim": ""}).status_code == 422
    path = trainee.post("/training/internships/ask/", {"mentor": slug, "aim": "想学"})["Location"]
    assert mentor.post(f"{path}answer/", {"deal": "", "answer_is": "accept"}).status_code == 422
    assert mentor.post(f"{path}answer/", {"deal": deal.slug, "answer_is": "accept"}).status_code == 302
    day = clock.today().isoformat()
    assert trainee.post(f"{path}weeks/", {"week": "yesterday", "hours": "x", "text": ""}).status_code == 422
    assert trainee.post(f"{path}weeks/", {"week": day, "hours": 9, "text": "看样机"}).status_code == 302
    assert mentor.post(f"{path}sign/", {"hours": 99, "verdict": "passed", "review": "好"}).status_code == 422
    assert mentor.post(f"{path}sign/", {"hours": 9, "verdict": "passed", "review": "好"}).status_code == 302
    assert "9 小时，算 1 天" in trainee.get(path).content.decode()
    assert Internship.objects.get().state == State.SIGNED
