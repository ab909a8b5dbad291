"""Exams of the demo year: one really answered by thirty people, graded, released and appealed, and one that is open.

Who answers what is drawn from a seed: each person has an ability, each question a difficulty, and the chance of a right
answer is logistic in their difference. Every figure of the statistics comes from these answers, none is written here.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from functools import partial
from typing import Any

from yinxian.credentials.models import Level
from yinxian.exams.models import Appeal, Exam, Kind, PaperItem, Sitting, Window
from yinxian.exams.operations.closing import close_overdue
from yinxian.exams.operations.exams import appoint_grader, create_exam, open_window
from yinxian.exams.operations.grading import ask_appeal, decide_appeal, grade, release
from yinxian.exams.operations.importing import take_starter
from yinxian.exams.operations.sittings import register, register_person, save_answers, start, submit
from yinxian.exams.queries.desk import to_grade
from yinxian.kernel import clock
from yinxian.network.models import User

from .timeline import Event, World

LANJIANG, KEEPER, REVIEWER = "lanjiang-association", "changning", "qiaomu"
GRADERS = ("caiwei", "yuanjing", "zouheng")
MANAGERS = ("ruoxi", "mingyuan", "wanzhou", "milena", "zhixing")
PREPARED, SAT, GRADED, RELEASED, ASKED, DECIDED, AGAIN, OPENED = -32, -28, -27, -26, -25, -24, -20, -1
LATE = 80  # rank: after everything else of the day
SLOPE, HARDNESS = 1.3, {1: -1.1, 2: -0.1, 3: 0.9}
ROWS = (
    ("common", "single", 4, 3),
    ("common", "truth", 2, 2),
    ("policy", "single", 4, 3),
    ("policy", "truth", 2, 2),
    ("policy", "several", 2, 4),
    ("policy", "number", 2, 5),
    ("skills", "single", 2, 3),
    ("skills", "several", 1, 4),
    ("skills", "number", 1, 5),
    ("skills", "short", 1, 10),
    ("skills", "case", 1, 15),
    ("advance", "single", 2, 3),
    ("advance", "truth", 2, 2),
)
NAMES = (
    "岑致远",
    "闻人清",
    "荀雨桐",
    "祁万里",
    "詹晓棠",
    "鄢知秋",
    "水云开",
    "楼望舒",
    "冼一鸣",
    "谌思齐",
    "费南星",
    "瞿青禾",
    "宓怀瑾",
    "隗长风",
    "晏初阳",
    "郦听泉",
    "訾明澈",
    "仉安澜",
    "亓若谷",
    "逄有容",
    "庹平川",
    "笪问渠",
    "臧可久",
    "燕归时",
    "缪采薇",
)
GOOD = (
    "先把引荐回执、双方确认和时间固定下来，再书面通知付款的一方，写明凭民法典第965条和约定的尾期，"
    "然后协商，不成就请协会调解，再走约定的争议解决。问清现在是多少、要到多少、在哪道工序、花多少钱、什么时候要。"
)
FAIR = "先找双方谈，把当时的聊天记录留好，写一封函说明应付报酬。问一问目标、预算和时间。"
POOR = "打电话问问情况，看看能不能再谈。"


def events(world: World) -> Iterator[Event]:
    yield Event(PREPARED, LATE, partial(_prepare, world))
    yield Event(SAT, LATE, partial(_sit, world))
    yield Event(GRADED, LATE, partial(_grade, world))
    yield Event(RELEASED, LATE, partial(_release, world))
    yield Event(ASKED, LATE, partial(_ask, world, 0))
    yield Event(ASKED, LATE, partial(_ask, world, 1))
    yield Event(DECIDED, LATE, partial(_decide, world))
    yield Event(AGAIN, LATE, partial(_ask, world, 2))
    yield Event(OPENED, LATE, partial(_open, world))


def _prepare(world: World) -> None:
    """The bank, the exam of the middle level, graders, and the window with those who registered."""
    home, keeper = world.pk("organisation", LANJIANG), world.people[KEEPER]
    take_starter(association_id=home, actor=world.people[REVIEWER])
    for key in GRADERS:
        appoint_grader(association_id=home, actor=keeper, user_id=world.people[key].pk)
    names = ("module", "kind", "count", "points")
    values: dict[str, Any] = {
        "title": "中级技术经纪人考试",
        "title_en": "Exam for technology brokers, intermediate",
        "level": Level.objects.get(association=home, rank=2).pk,
        "minutes": 90,
        "pass_bp": 6000,
        "rows": [dict(zip(names, row, strict=True)) | {"difficulty": 0} for row in ROWS],
    }
    exam = create_exam(association_id=home, actor=keeper, values=values)
    world.keep("exam", "middle", exam.pk)
    opens = dt.datetime.combine(world.day(SAT), dt.time(9), clock.SHANGHAI)
    times = {"opens_at": opens, "closes_at": opens + dt.timedelta(hours=3), "places": 40}
    window = open_window(exam_id=exam.pk, actor=keeper, values=times)
    world.keep("window", "sat", window.pk)
    for number, name in enumerate(NAMES):
        user = User.objects.create_user(f"1370000{number:04d}", name=name)
        register_person(window_id=window.pk, actor=keeper, user_id=user.pk)
    for key in MANAGERS:
        register(window_id=window.pk, actor=world.people[key])


def _sit(world: World) -> None:
    """Each starts a minute after the other and hands in after an hour or so; two let the clock do it."""
    window = Window.objects.get(pk=world.pk("window", "sat"))
    draw = random.Random(29)
    for place, sitting in enumerate(window.sittings.select_related("user").order_by("pk")):
        if place == 7:
            continue  # registered, never came
        begins = window.opens_at + dt.timedelta(minutes=place)
        answering(sitting, draw, begins, hands_in=place not in (11, 19))
    with clock.at(window.closes_at):
        close_overdue(window_id=window.pk)


def answering(sitting: Sitting, draw: random.Random, begins: dt.datetime, *, hands_in: bool = True) -> None:
    """One person answers their paper as their ability lets them."""
    user, device, ability = sitting.user, f"demo-device-{sitting.slug}", draw.gauss(0.45, 1.0)
    with clock.at(begins):
        start(sitting_id=sitting.pk, actor=user, device=device)
    items = list(sitting.items.select_related("version__question").order_by("number"))
    answers = {item.number: _answer(item, ability, draw) for item in items}
    with clock.at(begins + dt.timedelta(minutes=draw.randint(48, 86))):
        save_answers(sitting_id=sitting.pk, actor=user, device=device, answers=answers)
        if hands_in:
            submit(sitting_id=sitting.pk, actor=user, device=device)


def _knows(ability: float, item: PaperItem, draw: random.Random) -> bool:
    hardness = HARDNESS[item.version.difficulty] + random.Random(item.version.question.code).gauss(0, 0.5)
    return draw.random() < 1 / (1 + math.exp(-SLOPE * (ability - hardness)))


def _answer(item: PaperItem, ability: float, draw: random.Random) -> dict[str, Any]:
    kind, key, knows = item.version.question.kind, item.version.key, _knows(ability, item, draw)
    if draw.random() < 0.02:
        return {}
    if kind == Kind.NUMBER:
        return {"value": key["value"] if knows else f"{float(key['value']) * draw.choice((0.1, 2, 10)):g}"} | {
            "unit": key["unit"] if knows or draw.random() < 0.8 else ""
        }
    if kind == Kind.SHORT:
        return {"text": GOOD if knows else FAIR if draw.random() < 0.6 else POOR}
    if kind == Kind.CASE:
        return _brief(item, ability, draw)
    if kind == Kind.SEVERAL and not knows:
        return {"chosen": draw.sample(key["right"], len(key["right"]) - 1) or draw.sample(item.order, 1)}
    wrong = [one for one in item.order if one not in key["right"]]
    return {"chosen": key["right"] if knows or not wrong else [draw.choice(wrong)]}


def _brief(item: PaperItem, ability: float, draw: random.Random) -> dict[str, Any]:
    """Each line found or not; who is unsure invents a budget where the text gives none."""
    key = item.version.key
    return {
        "indicators": [one for one in key["indicators"] if _knows(ability + 0.6, item, draw)],
        "field": key["field"] if _knows(ability, item, draw) else draw.choice(("01", "05", "11")),
        "budget": key["budget"] if _knows(ability, item, draw) else {"low_fen": 50_000_000, "high_fen": 50_000_000},
        "duration_months": key["duration_months"] if _knows(ability, item, draw) else 12,
    }


def _grade(world: World) -> None:
    """The graders take turns; where two are too far apart the queue gives the answer to the third by itself."""
    draw = random.Random(31)
    worth = {GOOD: 82, FAIR: 48, POOR: 15}
    for _round in range(2):
        for key in GRADERS:
            user = world.people[key]
            for item in list(to_grade(user)):
                share = worth[item.answer.content["text"]] + draw.gauss(0, 9)
                points = max(0, min(20, round(item.points * share / 50))) / 2  # in halves of a point
                grade(item_id=item.pk, actor=user, hundredths=int(min(points, item.points) * 100), note="")


def _release(world: World) -> None:
    release(window_id=world.pk("window", "sat"), actor=world.people[KEEPER])


REASONS = (
    "我写的是 ±，和答案是一个意思，请再看一遍。",
    "评分要点里的三步我都写了，只是顺序不同。",
    "我觉得这一行的指标是现状，不该算错。",
)


def _ask(world: World, number: int) -> None:
    """Somebody who lost points on the item that people, or the case's key, scored."""
    kinds = (Kind.CASE, Kind.SHORT, Kind.CASE)
    short = PaperItem.objects.filter(
        sitting__window=world.pk("window", "sat"), version__question__kind=kinds[number], appeal=None
    )
    found = short.filter(sitting__state=Sitting.State.RELEASED).select_related("sitting__user").order_by("pk")
    for item in found[number * 3 :]:
        scores = [score.hundredths for score in item.scores.all()]
        if max(scores) < item.points * 75:
            ask_appeal(item_id=item.pk, actor=item.sitting.user, reason=REASONS[number])
            return


def _decide(world: World) -> None:
    """The first keeps its score, the second gets a point more; the third still waits."""
    keeper = world.people[KEEPER]
    for appeal in Appeal.objects.filter(state=Appeal.State.ASKED).select_related("item__version__question"):
        if appeal.item.version.question.kind == Kind.SHORT:
            scores = [score.hundredths for score in appeal.item.scores.all()]
            more = min(appeal.item.points * 100, max(scores) + 100)
            decide_appeal(appeal_id=appeal.pk, actor=keeper, answer="三步都在，顺序不影响，加到位。", hundredths=more)
        else:
            answer = "现状和指标要分开写；原文里的数是现状，维持原分。"
            decide_appeal(appeal_id=appeal.pk, actor=keeper, answer=answer)


def _open(world: World) -> None:
    """A second window, open for a week: some are registered, one has handed in and waits for the graders."""
    exam = Exam.objects.get(pk=world.pk("exam", "middle"))
    now = clock.now()
    values = {"opens_at": now, "closes_at": now + dt.timedelta(days=7), "places": 40}
    window = open_window(exam_id=exam.pk, actor=world.people[KEEPER], values=values)
    for key in ("wangchuan", "shuying", "bailu"):
        register(window_id=window.pk, actor=world.people[key])
    sitting = register(window_id=window.pk, actor=world.people["shiyu"])
    answering(sitting, random.Random(37), now)
