"""Two associations: a course, an exam, a certificate, its recognition, a landing, points, and a stranger's phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction

from tests.browser import steps_landing as landings
from tests.browser import steps_learning as learning
from tests.browser import steps_trust as trust
from tests.browser.conftest import Open
from tests.browser.hands import says
from tests.exams.examined import ROWS, graders
from tests.landing.landing_world import Regions, make_regions
from yinxian.credentials.models import Level
from yinxian.credentials.operations.levels import create_level, edit_level, take_standard_levels
from yinxian.credentials.vc.reading import read
from yinxian.exams.models import Window
from yinxian.exams.operations.exams import create_exam, open_window
from yinxian.exams.operations.importing import take_starter
from yinxian.journal.operations.work import drain
from yinxian.kernel import clock
from yinxian.network.models import User
from yinxian.training.models import Session
from yinxian.training.operations.courses import create_course
from yinxian.training.operations.sessions import plan_session
from yinxian.training.operations.terms import create_term, open_term

FIRST = dt.date(2027, 3, 1)
COURSE, TERM, EXAM = "技术经理人入门", "三月班", "初级考试"


def on(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2027, 3, day, hour, minute, tzinfo=clock.SHANGHAI)


@dataclass
class World:
    regions: Regions
    level: Level  # of the first association
    theirs: Level  # of the other
    meeting: Session
    window: Window
    graders: list[User]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """``time(moment)`` for the server's threads as well, which do not share this thread's context."""

    def stands(moment: dt.datetime) -> None:
        fixed = moment.astimezone(dt.UTC)
        monkeypatch.setattr(clock, "_fixed", ContextVar("fixed_time", default=fixed))

    stands(on(1, 8))
    return stands


@transaction.atomic
def make_world() -> World:
    """Two associations with their levels; in the first a course of one morning and an exam of eleven questions."""
    regions = make_regions()
    people = regions.people
    keeper, home = people.qiao, people.association.pk
    level = take_standard_levels(association_id=home, actor=keeper)[0]
    asked = [{"kind": "hours", "name": "common", "at_least": 4}, {"kind": "exam", "name": "", "at_least": 60}]
    values = {"requirements": asked, "renewal": [], "valid_months": 36}
    edit_level(level_id=level.pk, actor=keeper, values=values, based_on=1)
    theirs = create_level(
        association_id=regions.coast.pk,
        actor=regions.miao,
        values={"name": "沧洲助理经理人", "name_en": "Assistant", "rank": 1, "requirements": [], "renewal": []},
    )
    course = create_course(
        association_id=home,
        actor=keeper,
        values={
            "name": COURSE,
            "track": "",
            "step": 1,
            "mode": "onsite",
            "about": "从需求到到账。",
            "modules": [{"kind": "common", "minutes": 240, "about": "职业与规则"}],
            "attendance_percent": 80,
        },
    )
    values = {"name": TERM, "starts_on": FIRST, "ends_on": FIRST + dt.timedelta(days=30), "seats": 20, "fee_fen": 0}
    term = create_term(course_id=course.pk, actor=keeper, values=values | {"teachers": [people.mingyuan.phone]})
    meeting = plan_session(
        term_id=term.pk,
        actor=keeper,
        values={
            "kind": "common",
            "topic": "从一句话到需求书",
            "starts_at": on(2, 9),
            "ends_at": on(2, 13),
            "teacher": people.mingyuan.slug,
        },
    )
    open_term(term_id=term.pk, actor=keeper)
    take_starter(association_id=home, actor=keeper)
    values = {"title": EXAM, "title_en": "", "level": level.pk, "minutes": 60, "pass_bp": 6000, "rows": ROWS}
    exam = create_exam(association_id=home, actor=keeper, values=values)
    times = {"opens_at": on(3, 9), "closes_at": on(3, 12)}
    window = open_window(exam_id=exam.pk, actor=keeper, values=times)
    return World(regions, level, theirs, meeting, window, graders(people, 2))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_manager_is_trained_certified_recognised_and_earns(
    open_as: Open, time: Callable[[dt.datetime], None], tmp_path: Path
) -> None:
    world = make_world()
    regions, people = world.regions, world.regions.people
    ruoxi, qiao, miao = (open_as(user) for user in (people.ruoxi, people.qiao, regions.miao))
    wang, lan, stranger = open_as(regions.wang), open_as(people.lan), open_as(None, phone=True)

    term = learning.enrol(ruoxi, COURSE, TERM)
    sitting = learning.register(ruoxi, world.window)
    time(on(2, 9, 5))
    learning.check_in(open_as(people.mingyuan), open_as(people.ruoxi, phone=True), world.meeting)
    time(on(2, 13, 30))
    learning.finish(qiao, term)
    time(on(3, 9))
    learning.sit(ruoxi, sitting)
    for user in world.graders:
        learning.grade(open_as(user), "18")
    time(on(3, 12, 30))
    learning.release(qiao, world.window)
    ruoxi.goto(f"/exams/sittings/{sitting}/result/")
    says(ruoxi, "98.00%", "及格")
    drain()

    trust.apply(ruoxi, world.level)
    credential = trust.award(qiao)
    picture = trust.take(ruoxi, credential, tmp_path)
    trust.recognise(miao, picture, world.theirs)
    trust.bring(ruoxi, miao, picture)

    landing = landings.ask(lan, people.ruoxi)
    landings.offer(miao, landing, regions.wang)
    landings.share(ruoxi, wang, landing)
    landings.arrive(lan, landing, tmp_path)
    landings.confirm(qiao, miao, landing)
    drain()
    for page, points in ((ruoxi, "13"), (wang, "6")):  # four of them for the course
        page.goto("/points/")
        says(page, f"我的积分 {points}", "转介的团队落地", "心脏导管产线")

    ruoxi.goto(f"/credentials/{credential}/")
    code = read(ruoxi.locator("img.qr").screenshot())
    trust.check(stranger, code.address, picture)
    trust.revoke(qiao, credential)
    trust.does_not_hold(stranger, picture, "已被颁发者撤销")
