"""An association's "review" opens what waits: a listing, an applicant, an appeal, a level, a foreign certificate."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.alliances.test_members import applied
from tests.alliances.test_members import asked as members_asked
from tests.credentials.certified import judged, levels
from tests.credentials.test_recognition import foreign, recognised
from tests.exams.examined import handed_in
from tests.market.listings import make_result
from tests.reputation.earning import registered
from tests.world import People
from yinxian.credentials.operations.applications import apply_for_level
from yinxian.credentials.operations.levels import edit_level
from yinxian.credentials.operations.recognitions import present
from yinxian.exams.models import Appeal, PaperItem, Sitting
from yinxian.market.models import Result
from yinxian.reputation.models import Point
from yinxian.reputation.operations.appeals import appeal_point

ClientOf = Callable[..., Client]


def nothing(people: People) -> str:
    return "/review/"


def a_listing(people: People) -> str:
    make_result(people, state=Result.State.PENDING, published_on=None)
    return "/review/"


def an_organisation(people: People) -> str:
    people.outside.applied_to = people.association
    people.outside.save()
    return f"/organisations/{people.outside.slug}/"


def a_member(people: People) -> str:
    members_asked(people)
    return f"/members/{applied(people).slug}/"


def an_appeal_of_points(people: People) -> str:
    registered(people)
    point = Point.objects.get(user=people.ruoxi)
    return f"/points/appeals/{appeal_point(point_id=point.pk, actor=people.ruoxi, reason='少算了').slug}/"


def an_appeal_of_a_score(people: People) -> str:
    item = PaperItem.objects.filter(sitting=handed_in(people)).order_by("number")[0]
    Sitting.objects.filter(pk=item.sitting_id).update(state=Sitting.State.RELEASED)
    return f"/exams/appeals/{Appeal.objects.create(item=item, reason='答对了').slug}/"


def a_level(people: People) -> str:
    level = levels(people)[0]
    edit_level(level_id=level.pk, actor=people.qiao, values={"requirements": []}, based_on=1)
    return f"/applications/{apply_for_level(level_id=level.pk, actor=people.ruoxi, statement='请评定').slug}/"


def a_certificate(people: People) -> str:
    document = foreign()
    recognised(people, levels(people)[1], document)
    return f"/certificates/presented/{present(actor=people.ruoxi, judgement=judged(document)).slug}/"


WAITING = (
    nothing,
    a_listing,
    an_organisation,
    a_member,
    an_appeal_of_points,
    an_appeal_of_a_score,
    a_level,
    a_certificate,
)


@pytest.mark.parametrize("waits", WAITING)
def test_review_opens_what_waits(people: People, client_of: ClientOf, waits: Callable[[People], str]) -> None:
    path = waits(people)
    browser = client_of(people.qiao, acting=people.association)
    found = re.search(r'href="([^"]*)">去审核', browser.get("/").content.decode())
    assert found and found[1].endswith(path)
    assert browser.get(found[1]).status_code == 200


def test_ones_own_application_is_for_somebody_else(people: People, client_of: ClientOf) -> None:
    members_asked(people)
    applied(people, actor=people.qiao)
    assert 'href="/review/">去审核' in client_of(people.qiao, acting=people.association).get("/").content.decode()
