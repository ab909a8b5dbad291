"""A course with its code on the projector, an exam question by question, its grading and release."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.hands import choose, fill, last_part, path_of, press, says
from tests.exams.examined import right_answer
from yinxian.credentials.vc.reading import read
from yinxian.exams.forms.cases import lines_to_form
from yinxian.exams.models import PaperItem, Window
from yinxian.kernel.money import show_yuan
from yinxian.training.models import Session

SHORT = "先固定证据，再书面通知，再协商。"


def enrol(learner: Page, course: str, term: str) -> str:
    """From the list of courses to a seat in a term; the term's identifier."""
    learner.goto("/training/courses/")
    learner.get_by_role("link", name=course).click()
    learner.get_by_role("link", name=term).click()
    press(learner, "报名", exact=True)
    says(learner, "报上了，名额给您留着")
    return last_part(learner)


def check_in(teacher: Page, learner: Page, meeting: Session) -> None:
    """The code on the projector is read as a phone's camera reads it, and leads to one button."""
    teacher.goto(f"/training/sessions/{meeting.slug}/code/")
    says(teacher, "0 / 1 人已签到")
    picture = teacher.locator(".projector img")
    expect(picture).to_be_visible()
    learner.goto(path_of(read(picture.screenshot()).address))
    press(learner, "签到", exact=True)
    says(learner, "您已签到")
    teacher.reload()
    says(teacher, "1 / 1 人已签到")


def finish(keeper: Page, term: str) -> None:
    keeper.goto(f"/training/terms/{term}/")
    keeper.once("dialog", lambda dialog: dialog.accept())
    press(keeper, "结业", exact=True)
    says(keeper, "课时已经记上")


def register(candidate: Page, window: Window) -> str:
    candidate.goto("/exams/")
    press(candidate, "报名")
    candidate.wait_for_url(re.compile(r"/exams/sittings/\w+/$"))
    says(candidate, window.exam.title, "还没到时间")
    return last_part(candidate)


def sit(candidate: Page, sitting: str) -> None:
    """Every question on its own page, the last leads to handing in."""
    page = f"/exams/sittings/{sitting}/"
    candidate.goto(page)
    press(candidate, "开考")
    items = list(PaperItem.objects.filter(sitting__slug=sitting).order_by("number").select_related("version__question"))
    for item in items:
        candidate.wait_for_url(re.compile(rf"{page}{item.number}/$"))
        write(candidate, item)
        press(candidate, "存，下一题" if item.number < len(items) else "存，去交卷")
    says(candidate, f"答了 {len(items)} / {len(items)} 题")
    candidate.once("dialog", lambda dialog: dialog.accept())
    press(candidate, "现在交卷")
    says(candidate, "已交卷", "成绩公布后会通知您")


def write(candidate: Page, item: PaperItem) -> None:
    """What has every point, as a hand types or ticks it."""
    answer, kind = right_answer(item), item.version.question.kind
    if kind in ("single", "several", "truth"):
        for name in answer["chosen"]:
            choose(candidate, "chosen", name)
    elif kind == "number":
        fill(candidate, value=str(answer["value"]), unit=answer["unit"])
    elif kind == "short":
        fill(candidate, text=SHORT)
    else:
        fill(candidate, **typed(lines_to_form(answer)))


def typed(lines: dict[str, Any]) -> dict[str, str]:
    """The lines of a brief as they are typed: amounts in yuan, nothing where nothing was said."""
    given = {name: value for name, value in lines.items() if value and name != "field_also"}
    return {name: show_yuan(value) if name.startswith("budget") else str(value) for name, value in given.items()}


def grade(grader: Page, points: str) -> None:
    """What needs a person; the candidate's name is not on the page."""
    grader.goto("/exams/grading/")
    grader.get_by_role("link", name="开始阅").click()
    says(grader, SHORT)
    assert "沈若溪" not in grader.locator("main").inner_text()
    fill(grader, points=points, note="要点齐全")
    press(grader, "记下，看下一题")
    says(grader, "没有要阅的")


def release(keeper: Page, window: Window) -> None:
    keeper.goto(f"/exams/windows/{window.slug}/")
    keeper.once("dialog", lambda dialog: dialog.accept())
    press(keeper, "公布成绩")
    says(keeper, "及格")
