"""Closing an account after years of learning: what comes first, what is blanked, what stays, what is taken along."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.credentials.certified import another_association, certified
from tests.exams.examined import graders, handed_in, window_of
from tests.landing.landing_world import chosen, landed, make_regions
from tests.network.test_privacy import files
from tests.training.classes import a_session, a_term
from tests.world import People
from yinxian.credentials.models import Presentation, Recognition
from yinxian.credentials.operations.levels import take_standard_levels
from yinxian.credentials.operations.recognitions import present, recognise
from yinxian.credentials.verifying import verify
from yinxian.exams.models import Answer, Appeal, Grader, Result, Sitting
from yinxian.exams.operations.grading import ask_appeal, grade, release
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict
from yinxian.landing.models import Landing
from yinxian.landing.operations.arrivals import confirm_arrival
from yinxian.network.operations.personal import forget_person, hindrances
from yinxian.training.models import Enrolment, Internship, InternshipNote, LessonRead
from yinxian.training.operations.attendance import mark_list
from yinxian.training.operations.enrolments import enrol, give_up
from yinxian.training.operations.finishing import finish_term

Frozen = Callable[[str], None]


def test_a_seat_a_term_to_teach_and_a_sitting_come_first(people: People, frozen: Frozen) -> None:
    frozen("2026-03-02T08:00")
    term = a_term(people)
    seat = enrol(term_id=term.pk, actor=people.stray)
    assert hindrances(people.stray) == [f"还没结业的班“{term}”"]
    assert hindrances(people.mingyuan) == [f"由您讲课的班“{term}”"]
    with pytest.raises(Conflict):
        forget_person(actor=people.stray, confirmation="路人")
    give_up(enrolment_id=seat.pk, actor=people.stray)
    assert hindrances(people.stray) == []
    window = window_of(people)
    handed_in(people, people.ruoxi, window)
    assert hindrances(people.ruoxi) == ["还没出成绩的考试“中级考试”"]


def test_hours_and_results_stay_words_and_devices_go(people: People, frozen: Frozen) -> None:
    frozen("2026-03-02T08:00")
    term = a_term(people)
    seat = enrol(term_id=term.pk, actor=people.stray)
    meeting = a_session(people, term, 2)
    internship = Internship.objects.create(
        trainee=people.stray, mentor=people.ruoxi, aim="学谈判", state="signed", hours=16, review="肯学"
    )
    InternshipNote.objects.create(internship=internship, week=clock.today(), hours=16, text="陪同走访暖能电器")
    LessonRead.objects.create(user=people.stray, lesson="thread", minutes=5)
    frozen("2026-03-02T14:00")
    mark_list(session_id=meeting.pk, actor=people.qiao, present=[seat.slug])
    finish_term(term_id=term.pk, actor=people.qiao)
    readers, window = graders(people, 2), window_of(people)
    sitting = handed_in(people, people.ruoxi, window)
    item = sitting.items.get(version__question__kind="short")
    for reader in readers:
        grade(item_id=item.pk, actor=reader, hundredths=1500)
    frozen("2026-03-02T18:00")
    release(window_id=window.pk, actor=people.qiao)
    ask_appeal(item_id=item.pk, actor=people.ruoxi, reason="第三点写了")

    taken = files(people.stray)
    assert taken["training.internshipnote"][0]["text"] == "陪同走访暖能电器"
    assert taken["training.attendance"] and taken["training.enrolment"][0]["minutes"] == {"common": 240}
    own = files(people.ruoxi)
    assert own["training.internship"], "a mentor takes along what was mentored"
    assert own["exams.answer"] and own["exams.result"] and own["exams.appeal"][0]["reason"] == "第三点写了"
    assert "exams.score" not in own, "the lines of a score tell the key"
    assert "exams.score" in files(readers[0])

    forget_person(actor=people.stray, confirmation="路人")
    internship.refresh_from_db()
    assert (internship.aim, internship.review, internship.hours) == ("—", "", 16)
    assert InternshipNote.objects.get().text == "—" and not LessonRead.objects.exists()
    assert Enrolment.objects.get().minutes == {"common": 240}

    forget_person(actor=readers[0], confirmation="阅卷0")
    assert Grader.objects.get(user=readers[0]).ended_at is not None
    assert Grader.objects.get(user=readers[1]).ended_at is None
    chosen_before = Answer.objects.filter(item__version__question__kind="single").values_list("pk", "content")
    before = dict(chosen_before)
    forget_person(actor=people.ruoxi, confirmation="沈若溪")
    assert Answer.objects.get(item=item).content == {"text": ""}
    assert dict(chosen_before.all()) == before
    assert (Sitting.objects.get().device, Appeal.objects.get().reason, Result.objects.count()) == ("", "—", 1)


def test_a_landing_is_finished_first_and_keeps_no_contact(people: People) -> None:
    regions = make_regions(people)
    landing, _offer = chosen(regions)
    for person in (people.ruoxi, regions.wang):
        assert hindrances(person) == ["落地项目“心脏导管产线”"]
    assert hindrances(people.qiao) == []
    Landing.objects.filter(pk=landing.pk).update(state="withdrawn")
    assert hindrances(people.ruoxi) == []


def test_the_contact_of_a_landing_goes_with_who_gave_it(people: People) -> None:
    regions = make_regions(people)
    landing, _offer = landed(regions)
    paper = landing.evidence.get()
    for actor, side in ((people.qiao, "home"), (regions.miao, "receiving")):
        confirm_arrival(landing_id=landing.pk, actor=actor, side=side, evidence_id=paper.pk)
    people.lan.memberships.update(role="member")
    assert files(people.lan)["landing.landing"][0]["contact_name"] == "林岚"
    assert files(people.ruoxi)["landing.landing"]
    forget_person(actor=people.lan, confirmation="林岚")
    landing.refresh_from_db()
    assert (landing.contact_name, landing.contact_phone, landing.state) == ("—", "—", "confirmed")


def test_a_foreign_certificate_goes_and_the_decision_stays(people: People) -> None:
    given = certified(people)
    coast, miao = another_association()
    recognise(
        association_id=coast.pk,
        actor=miao,
        equals_id=take_standard_levels(association_id=coast.pk, actor=miao)[0].pk,
        values={
            "issuer_did": given.document["issuer"]["id"],
            "issuer_name": "澜江",
            "their_level": given.document["credentialSubject"]["achievement"]["id"],
            "their_level_name": "中级",
            "conditions": "",
            "valid_from": clock.today(),
            "valid_until": clock.today(),
        },
    )
    seen = verify(json.dumps(given.document), elsewhere=True)
    assert seen.judgement is not None
    present(actor=people.ruoxi, judgement=seen.judgement)
    forget_person(actor=people.ruoxi, confirmation="沈若溪")
    kept = Presentation.objects.get()
    assert (kept.holder_name, kept.document, kept.recognition) == ("—", {}, Recognition.objects.get())
