"""Which column is which, by its name in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ..intake.files import SENTENCE

COMMON = {
    "source_key": "id 编号 序号 number no key 需求编号 成果编号",
    "title": "title name 名称 标题 题目 需求名称 成果名称 技术名称 项目名称",
    "title_en": "title_en english_title 英文名称 英文标题",
    "teaser": "teaser 公开简介 简介",
    "field": "field 技术领域 领域",
    "industry": "industry 行业 国民经济行业 所属行业",
    "region": "region 地区 行政区划 所在地 城市",
    "modes": "modes mode cooperation 合作方式 合作形式 转化方式",
    "keywords": "keywords keyword 关键词 关键字",
    "confidential": "confidential 保密内容",
    "contact_name": "contact contact_name 联系人",
    "contact_phone": "phone contact_phone 联系电话 电话 手机",
    "contact_email": "email contact_email 邮箱 联系邮箱",
}
NEEDS = COMMON | {
    "raw_words": "text raw_words need demand description 需求 需求内容 需求描述 企业原话 原话 内容 技术需求",
    "scene": "scene 使用场景 场景 应用场景",
    "tried": "tried 试过什么 已尝试",
    "limits": "limits constraints 限制条件 约束",
    "budget": "budget 预算 投入预算 拟投入 预算（元） 预算金额 预算上限 预算上限（元） 投资预算",
    "deadline": "deadline 期限 截止日期 完成时间",
    "wished_ip": "wished_ip 希望的知识产权归属 知识产权归属",
    "payment_wish": "payment_wish 谁付款、何时付",
}
RESULTS = COMMON | {
    "description": "abstract description text 详细说明 摘要 成果简介 内容 技术简介 说明",
    "problem": "problem 解决的问题",
    "advantage": "advantage 优势 相对现有方案的优势 创新点",
    "trl": "trl stage 技术成熟度 成熟度 阶段",
    "ipc": "ipc",
    "price": "price 价格 报价 转让价格",
    "team": "team 团队",
    "limits": "limits 已知局限与风险 局限",
    "evidence": "evidence 佐证 佐证（检测报告等）",
}
COLUMNS = {
    kind: {alias: column for column, aliases in table.items() for alias in aliases.split()}
    for kind, table in (("needs", NEEDS), ("results", RESULTS))
}


def plain(head: str) -> str:
    return head.strip().strip("*＊：:").lower().replace(" ", "_")


def map_columns(kind: str, heads: Iterable[str]) -> dict[str, str]:
    """{column in the file: our field}, first come first served; columns that nobody knows are left out."""
    known, taken, mapping = COLUMNS[kind], set(), {}
    for head in heads:
        field = known.get(plain(head))
        if field and field not in taken:
            mapping[head] = field
            taken.add(field)
    return mapping


def missing(kind: str, mapping: dict[str, str]) -> list[str]:
    """Required fields that no column gives; a need may be given by its words or its title alone."""
    given = set(mapping.values())
    if kind == "needs":
        return [] if given & {"raw_words", "title"} else ["raw_words"]
    return [field for field in ("title", "description") if field not in given]


def without_heads(kind: str, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, str]] | None:
    """A list of needs whose first line is a need already: rows under names of ours and their mapping; None when the
    first line names columns. The longest texts are the words, the first shorter texts the title."""
    heads = list(rows[0])
    if kind != "needs" or map_columns(kind, heads) or not any(len(head) >= SENTENCE for head in heads):
        return None
    lines = [heads, *([*row.values()] for row in rows)]
    lengths = []
    for place in range(len(heads)):
        cells = [str(line[place] or "") for line in lines if place < len(line)]
        lengths.append(0.0 if all(_is_figure(cell) for cell in cells) else sum(map(len, cells)) / len(cells))
    words = max(range(len(heads)), key=lambda place: lengths[place])
    names = [_("第 %(place)s 列") % {"place": place + 1} for place in range(len(heads))]
    mapping = {names[words]: "raw_words"}
    title = next((place for place in range(len(heads)) if place != words and 3 <= lengths[place] <= 60), None)
    if title is not None:
        mapping[names[title]] = "title"
    return [dict(zip(names, line, strict=False)) for line in lines], mapping


def _is_figure(cell: str) -> bool:
    return cell.strip().replace(".", "").replace("-", "").isdigit() or not cell.strip()
