"""How a person wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yinxian.network.models import User

from ..models import Group, Preference


@dataclass(frozen=True)
class Choice:
    group: str
    label: Any
    in_product: bool
    by_mail: bool


def choices_of(user: User) -> list[Choice]:
    """Every group with the person's choice; without one: in the product and by e-mail."""
    chosen = {row.group: row for row in Preference.objects.filter(user=user)}
    return [
        Choice(
            group.value,
            group.label,
            chosen[group.value].in_product if group.value in chosen else True,
            chosen[group.value].by_mail if group.value in chosen else True,
        )
        for group in Group
    ]
