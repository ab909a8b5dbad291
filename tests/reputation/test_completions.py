"""A completed course gives points for its hours; a corrected mark takes them back and gives what is due now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.credentials.certified import levels
from tests.training.classes import a_session, a_term
from tests.world import People
from yinxian.credentials.models import Proof
from yinxian.credentials.operations.credentials import issue_credential
from yinxian.credentials.operations.levels import edit_level
from yinxian.credentials.queries.applications import check_for
from yinxian.journal.models import Cursor, Entry
from yinxian.journal.operations.work import drain
from yinxian.kernel.errors import Conflict
from yinxian.network.models import User
from yinxian.notifications.models import Notice
from yinxian.reputation.models import Appeal, Point
from yinxian.reputation.operations.appeals import appeal_point, decide_appeal
from yinxian.reputation.operations.schemes import draft_scheme, start_scheme
from yinxian.reputation.queries.points import board, left, total_of
from yinxian.reputation.queries.recount import differences, simulate
from yinxian.reputation.rules import DEFAULT_RULES
from yinxian.training.models import Term
from yinxian.training.operations.attendance import mark_list
from yinxian.training.operations.enrolments import enrol
from yinxian.training.operations.finishing import finish_term

Frozen = Callable[[str], None]
EVENT = "course_completed"
REASON = "扫码后就离场了"


def marked(people: People, term: Term, number: int, *there: User, reason: str = "") -> None:
    session = list(term.sessions.order_by("starts_at"))[number]
    present = list(term.enrolments.filter(user__in=there).values_list("slug", flat=True))
    mark_list(session_id=session.pk, actor=people.mingyuan, present=present, reason=reason)


def learned(people: People, frozen: Frozen, *learners: User) -> Term:
    """Five mornings of four hours, all there, finished on the 7th."""
    frozen("2026-02-20T09:00")
    term = a_term(people, seats=5)
    for day in range(3, 8):
        a_session(people, term, day)
    for one in learners:
        enrol(term_id=term.pk, actor=one)
    frozen("2026-03-07T14:00")
    for number in range(5):
        marked(people, term, number, *learners)
    finish_term(term_id=term.pk, actor=people.qiao)
    drain()
    return term


def amounts(user: User) -> list[int]:
    return list(Point.objects.filter(user=user, event=EVENT).order_by("pk").values_list("amount", flat=True))


def learning(user: User) -> list[int]:
    standing = Proof.objects.filter(user=user, kind="points", name="learning", withdrawn_by=None)
    return list(standing.order_by("pk").values_list("amount", flat=True))


def corrected(people: People, term: Term, frozen: Frozen, moment: str = "2026-03-10T10:00") -> None:
    """Ruoxi had left the last morning: 16 of 20 hours, still enough."""
    frozen(moment)
    marked(people, term, 4, reason=REASON)
    drain()


def test_hours_attended_earn_points_of_learning_up_to_the_cap(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    point = Point.objects.get(user=people.ruoxi, event=EVENT)
    assert (point.amount, point.units, point.title, point.path) == (20, 20, str(term), f"/training/terms/{term.slug}/")
    assert learning(people.ruoxi) == [20] and differences() == []


def test_who_finished_the_term_earns_nothing_from_it(people: People, frozen: Frozen) -> None:
    learned(people, frozen, people.qiao)
    point = Point.objects.get(user=people.qiao, event=EVENT)
    assert (point.amount, point.held, point.why) == (0, 20, "own_word") and learning(people.qiao) == []
    assert differences() == []


def test_a_correction_takes_the_point_back_and_gives_what_is_due(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen)
    assert amounts(people.ruoxi) == [20, -20, 16] and total_of(people.ruoxi) == 16
    first, back, _then = Point.objects.filter(user=people.ruoxi, event=EVENT).order_by("pk")
    withdrawn = Entry.objects.get(name="training.completion.withdrawn")
    assert (back.corrects, back.entry) == (first, withdrawn) and withdrawn.data["undone"] == str(first.entry.uid)
    said = Entry.objects.get(name="reputation.points.taken_back")
    assert (said.data["fact"], said.data["undone"]) == (str(first.entry.uid), str(withdrawn.uid))
    assert learning(people.ruoxi) == [16] and differences() == []
    assert Notice.objects.get(kind="reputation.points.taken_back").user == people.ruoxi
    assert [
        (row["points"], row["facts"]) for row in board(people.association) if row["user__slug"] == people.ruoxi.slug
    ] == [(16, 1)]


def test_it_is_taken_back_once(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen)
    Cursor.objects.filter(follower="reputation.facts").update(position=0)
    drain()
    assert amounts(people.ruoxi) == [20, -20, 16]


def test_an_incomplete_course_keeps_nothing(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    frozen("2026-03-10T10:00")
    marked(people, term, 3, reason=REASON)
    marked(people, term, 4, reason=REASON)
    drain()
    assert amounts(people.ruoxi) == [20, -20, 16, -16] and total_of(people.ruoxi) == 0
    assert learning(people.ruoxi) == [] and differences() == []


def test_caps_have_room_again(people: People, frozen: Frozen) -> None:
    """At most 20 of this kind in a year: without room given back the 16 hours would earn nothing."""
    frozen("2026-01-05T09:00")
    rules = [rule | ({"year_cap": 20} if rule["event"] == EVENT else {}) for rule in DEFAULT_RULES]
    scheme(people, rules=rules, year_cap=25)
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen)
    assert amounts(people.ruoxi) == [20, -20, 16] and differences() == []


def scheme(people: People, **given: Any) -> None:
    made = draft_scheme(association_id=people.association.pk, actor=people.qiao, **{"rules": DEFAULT_RULES} | given)
    start_scheme(scheme_id=made.pk, actor=people.qiao, on=made.created_at.date())


def test_what_is_taken_back_has_decayed_as_the_first(people: People, frozen: Frozen) -> None:
    frozen("2026-01-05T09:00")
    scheme(people, yearly_bp=5000)
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen, "2027-04-01T10:00")
    first, back, then = Point.objects.filter(user=people.ruoxi, event=EVENT).select_related("corrects").order_by("pk")
    assert [left(one) for one in (first, back, then)] == [10, -10, 16] and total_of(people.ruoxi) == 16
    assert [row["points"] for row in board(people.association) if row["user__slug"] == people.ruoxi.slug] == [16]


def test_an_appeals_correction_is_taken_back_with_it(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    appeal = appeal_point(point_id=Point.objects.get(user=people.ruoxi).pk, actor=people.ruoxi, reason="少算了")
    decide_appeal(appeal_id=appeal.pk, actor=people.qiao, uphold=True, decision="补两分", change=2)
    corrected(people, term, frozen)
    assert amounts(people.ruoxi) == [20, 2, -22, 16] and learning(people.ruoxi) == [16]
    assert differences() == []


def test_what_was_taken_back_is_not_appealed_against(people: People, frozen: Frozen) -> None:
    term = learned(people, frozen, people.ruoxi)
    first = Point.objects.get(user=people.ruoxi)
    appeal = appeal_point(point_id=first.pk, actor=people.ruoxi, reason="少算了")
    corrected(people, term, frozen)
    with pytest.raises(Conflict, match="已经收回"):
        decide_appeal(appeal_id=appeal.pk, actor=people.qiao, uphold=True, decision="补两分", change=2)
    assert Appeal.objects.get().state == "asked" and amounts(people.ruoxi) == [20, -20, 16]
    decide_appeal(appeal_id=appeal.pk, actor=people.qiao, uphold=False, decision="已按更正后的课时重记")


def test_a_trial_counts_the_course_once(people: People, frozen: Frozen) -> None:
    frozen("2026-01-05T09:00")
    scheme(people)
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen)
    rules = [rule | ({"per": 2, "cap": 40} if rule["event"] == EVENT else {}) for rule in DEFAULT_RULES]
    made = draft_scheme(association_id=people.association.pk, actor=people.qiao, rules=rules)
    frozen("2026-04-01T09:00")
    tried = {one.user: (one.facts, one.now, one.then) for one in simulate(made).trials}
    assert tried[people.ruoxi] == (1, 16, 32)


def test_points_of_learning_renew_a_level(people: People, frozen: Frozen) -> None:
    frozen("2026-01-05T09:00")
    level = levels(people)[0]
    renewal = [{"kind": "learning", "name": "", "at_least": 18}]
    edit_level(level_id=level.pk, actor=people.qiao, values={"valid_months": 6, "renewal": renewal}, based_on=1)
    issue_credential(level_id=level.pk, user_id=people.ruoxi.pk, actor=people.qiao, ground="纸质证书 2024-118")
    term = learned(people, frozen, people.ruoxi)
    assert check_for(people.ruoxi, level).met
    corrected(people, term, frozen)
    check = check_for(people.ruoxi, level)
    assert not check.met and [(line.kind, line.have, line.missing) for line in check.answers] == [("learning", 16, 2)]


def test_the_page_shows_the_point_with_its_fact(
    people: People, frozen: Frozen, client_of: Callable[..., Client]
) -> None:
    term = learned(people, frozen, people.ruoxi)
    corrected(people, term, frozen)
    first, back, _then = Point.objects.filter(user=people.ruoxi, event=EVENT).order_by("pk")
    browser = client_of(people.ruoxi)
    listed = browser.get("/points/").content.decode()
    assert "学完一门课程" in listed and "分收回" in listed and f"/training/terms/{term.slug}/" in listed
    page = browser.get(f"/points/facts/{first.entry.uid}/").content.decode()
    assert "现在值</td><td>0<" in page
    assert "分收回" in page and "-20" in page and f"/points/rows/{first.pk}/appeal/" not in page
    assert browser.get(f"/points/facts/{back.entry.uid}/").headers["Location"] == f"/points/facts/{first.entry.uid}/"
    items = browser.get("/api/v1/reputation/points").json()["items"]
    assert [item["corrects"] for item in items if item["points"] == -20] == [str(first.entry.uid)]
    assert client_of(people.lan).get(f"/points/facts/{first.entry.uid}/").status_code == 404
