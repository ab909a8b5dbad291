"""The policies that the product ships: our own data files, read once. Facts with their source and their mark."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

DATA = Path(__file__).resolve().parent / "data"
SUBJECTS: dict[str, str | Promise] = {
    "reward": pgettext_lazy("policy", "奖励比例"),
    "notice": pgettext_lazy("policy", "公示与期限"),
    "tax": pgettext_lazy("policy", "税费"),
    "brokerage": pgettext_lazy("policy", "中介报酬"),
    "subsidy": pgettext_lazy("policy", "补助"),
}
PEOPLE: dict[str, str | Promise] = {
    "supplier": pgettext_lazy("policy", "高校院所"),
    "inventor": pgettext_lazy("policy", "科研人员"),
    "manager": pgettext_lazy("policy", "技术经理人"),
    "agency": pgettext_lazy("policy", "转移机构"),
    "buyer": pgettext_lazy("policy", "买方企业"),
    "seller": pgettext_lazy("policy", "卖方"),
    "registry": pgettext_lazy("policy", "登记机构"),
}
MARKS: dict[str, str | Promise] = {
    "F": pgettext_lazy("policy", "见于公开文本"),
    "M": pgettext_lazy("policy", "未核实"),
}


@dataclass(frozen=True)
class Policy:
    """One rule with its time, place and source.

    ``valid_from`` None: the day is not known; ``valid_to`` None: no end is known. ``check``: whether it is still in
    force has to be checked first; ``old``: it is known to be of the past and computes nothing by itself. ``calc``
    is what calc.py reads; ``association`` names whose edition this is (None: as shipped).
    """

    key: str
    subject: str
    name: str
    name_en: str
    source: str
    source_en: str
    article: str
    article_en: str
    mark: str
    text: str
    text_en: str
    region: str = ""
    place: str = ""
    place_en: str = ""
    who: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    check: bool = False
    old: bool = False
    calc: dict[str, Any] = field(default_factory=dict)
    version: int = 1
    association: int | None = None

    def in_force(self, day: dt.date) -> bool:
        """Whether the day lies within what is known of its time."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_to is None or day <= self.valid_to)

    def covers(self, region: str) -> bool:
        """Whether it holds at a place (GB/T 2260): everywhere, in a province, in a city."""
        if not self.region:
            return True
        if self.region.endswith("0000"):
            return region[:2] == self.region[:2]
        size = 4 if self.region.endswith("00") else 6
        return region[:size] == self.region[:size]

    def near(self, region: str) -> bool:
        """For looking around: everything of the same province, and what holds everywhere."""
        return not self.region or not region or region[:2] == self.region[:2]

    def _said(self, name: str) -> str:
        english = getattr(self, f"{name}_en") if (get_language() or "").startswith("en") else ""
        return str(english or getattr(self, name))

    @property
    def shown_name(self) -> str:
        return self._said("name")

    @property
    def shown_source(self) -> str:
        return self._said("source")

    @property
    def shown_article(self) -> str:
        return self._said("article")

    @property
    def shown_text(self) -> str:
        return self._said("text")

    @property
    def shown_place(self) -> str:
        return self._said("place")

    @property
    def own(self) -> bool:
        """Whether an association added it: the product ships no such rule."""
        return self.association is not None and self.key not in shipped()

    @property
    def mark_label(self) -> str:
        return str(MARKS[self.mark])

    @property
    def subject_label(self) -> str:
        return str(SUBJECTS[self.subject])

    @property
    def people(self) -> list[str]:
        return [str(PEOPLE[one]) for one in self.who]

    def to_json(self) -> dict[str, Any]:
        """What an edition keeps: everything but whose it is."""
        content = asdict(self)
        for name in ("version", "association"):
            del content[name]
        days = {name: content[name] and content[name].isoformat() for name in ("valid_from", "valid_to")}
        return {**content, **days, "who": list(self.who)}


def from_json(content: dict[str, Any], **more: Any) -> Policy:
    days = {name: content.get(name) for name in ("valid_from", "valid_to")}
    read = {name: dt.date.fromisoformat(day) if isinstance(day, str) else day for name, day in days.items()}
    return replace(Policy(**{**content, **read, "who": tuple(content.get("who", ()))}), **more)


@lru_cache(maxsize=1)
def shipped() -> dict[str, Policy]:
    """Every policy of the data files, by its key, in their order. ValueError when two have the same key."""
    found: dict[str, Policy] = {}
    for path in sorted(DATA.glob("*.toml")):
        for record in tomllib.loads(path.read_text(encoding="utf-8"))["policy"]:
            policy = from_json(record)
            if policy.key in found:
                raise ValueError(f"{path.name}: {policy.key} stands twice")
            if policy.mark not in MARKS or policy.subject not in SUBJECTS or not set(policy.who) <= set(PEOPLE):
                raise ValueError(f"{path.name}: {policy.key} has a mark, subject or person that does not exist")
            found[policy.key] = policy
    return found
