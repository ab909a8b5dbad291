"""The brief of a need as a model drafts it, or as the rules read it where the model is of no use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..intake import make_brief
from ..intake.asks import what_is_missing
from ..intake.brief import judge_brief
from ..intake.segments import segment
from ..intake.words import clean
from .check import Dropped, check
from .client import NoAnswer, ask
from .prompt import SCHEMA, messages

PROBLEMS = {
    "unreachable": _("连不上模型服务"),
    "timeout": _("模型服务没有在限定时间内答完"),
    "status": _("模型服务报错"),
    "too_large": _("模型的回答太长"),
    "cut_off": _("模型的回答没有写完"),
    "not_json": _("模型的回答不是 JSON"),
    "wrong_shape": _("模型的回答不合规定的格式"),
    "refused": _("模型拒绝回答"),
    "nothing_new": _("模型的回答里没有可用的内容"),
}
WHATS = {
    "problem": _("要解决的问题"),
    "scene": _("用在哪里"),
    "tried": _("现状和试过的办法"),
    "target": _("想达到的目标"),
    "background": _("企业背景"),
    "indicators": _("指标"),
    "quote": _("引文"),
    "budget": _("预算"),
    "duration_months": _("周期（月）"),
    "constraints": _("不能动的条件"),
    "keywords": _("关键词"),
}


@dataclass(frozen=True)
class Draft:
    """``by_model`` tells whose brief it is; ``problem`` (a code of PROBLEMS) and ``detail`` why it is the rules'."""

    content: dict[str, Any]
    by_model: bool
    dropped: list[Dropped] = field(default_factory=list)
    problem: str = ""
    detail: str = ""


def is_configured() -> bool:
    return bool(settings.YINXIAN_MODEL_URL and settings.YINXIAN_MODEL_NAME)


def draft(title: str, text: str, today: date) -> Draft:
    """Ask the model and check its answer against the words. Always a whole brief; never inside a transaction."""
    rules = make_brief(title, text, today)
    words = clean(text)
    try:
        answer = ask(messages(rules["title"], words), SCHEMA)
    except NoAnswer as none:
        return Draft(rules, False, problem=none.code, detail=none.detail)
    content, dropped = check(answer, rules, words)
    if content == rules:
        return Draft(rules, False, dropped, problem="nothing_new")
    judge_brief(content, segment(words))
    content["missing"] = what_is_missing(content, words)
    return Draft(content, True, dropped)
