"""What an association asks, and its branches."""

from __future__ import annotations

import re
from typing import Any

from django.db import IntegrityError, transaction

from yinxian import journal
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.kernel.money import MAX_FEN
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Branch, Member, MemberRules

MOST_QUESTIONS, LONGEST_PERIOD, MOST_BRANCHES = 20, 120, 500
REMIND = [60, 30, 7]


@transaction.atomic
def set_rules(*, association_id: int, actor: User, values: dict[str, Any], based_on: int) -> MemberRules:
    """A new version of what the association asks. ``questions`` are [{"label", "required", "long"}]; ``based_on`` is
    the version that was read (0 before the first). Conflict when there is another since."""
    association = locked_association(association_id)
    if not permissions.can_set_rules(actor, association):
        raise Forbidden("alliances.not_yours_to_set")
    latest = MemberRules.objects.filter(association=association).first()
    if (latest.number if latest else 0) != based_on:
        raise Conflict("alliances.rules_changed", version=latest.number if latest else 0)
    months, remind = values.get("months", 12), values.get("remind_days", REMIND)
    if not isinstance(months, int) or not 1 <= months <= LONGEST_PERIOD:
        raise Invalid("alliances.period_wrong", field="months", most=LONGEST_PERIOD)
    if any(not isinstance(days, int) or not 0 <= days <= 365 for days in remind) or len(remind) > 5:
        raise Invalid("alliances.reminders_wrong", field="remind_days")
    made = MemberRules.objects.create(
        association=association,
        number=based_on + 1,
        questions=_questions(values.get("questions", [])),
        fee_person_fen=_dues(values, "fee_person_fen"),
        fee_organisation_fen=_dues(values, "fee_organisation_fen"),
        months=months,
        remind_days=sorted(set(remind), reverse=True),
        welcome=str(values.get("welcome", ""))[:2000],
        open_to_people=bool(values.get("open_to_people", True)),
        open_to_organisations=bool(values.get("open_to_organisations", True)),
        created_by=actor,
    )
    journal.record(
        "alliances.rules.changed",
        actor=actor,
        subject=association,
        data={"version": made.number},
        organisations=[association.pk],
    )
    return made


def _dues(values: dict[str, Any], name: str) -> int:
    fen = values.get(name, 0)
    if not isinstance(fen, int) or isinstance(fen, bool) or not 0 <= fen <= MAX_FEN:
        raise Invalid("kernel.amount", field=name.removesuffix("_fen"))
    return fen


def _questions(given: list[Any]) -> list[dict[str, Any]]:
    """Keys are the association's own numbering: an answer stays readable beside its version."""
    if len(given) > MOST_QUESTIONS:
        raise Invalid("kernel.too_many", field="questions", limit=MOST_QUESTIONS)
    found: list[dict[str, Any]] = []
    for one in given:
        label = re.sub(r"\s+", " ", str(one.get("label", "") if isinstance(one, dict) else "")).strip()
        if not label or len(label) > 120 or any(other["label"] == label for other in found):
            raise Invalid("alliances.question_wrong", field="questions")
        found.append(
            {
                "key": f"q{len(found) + 1}",
                "label": label,
                "required": bool(one.get("required")),
                "long": bool(one.get("long")),
            }
        )
    return found


@transaction.atomic
def save_branch(*, association_id: int, actor: User, values: dict[str, Any], branch_id: int | None = None) -> Branch:
    """Found a branch or edit one. A branch never stands below itself, nor below one of another association."""
    association = locked_association(association_id)
    if not permissions.can_set_rules(actor, association):
        raise Forbidden("alliances.not_yours_to_set")
    branch = Branch(association=association)
    if branch_id is not None:
        branch = Branch.objects.select_for_update(of=("self",)).get(pk=branch_id, association=association)
    elif Branch.objects.filter(association=association).count() >= MOST_BRANCHES:
        raise Invalid("kernel.too_many", limit=MOST_BRANCHES)
    parent = _parent(association, branch, values.get("parent_id"))
    name = str(values["name"]).strip()
    if not name or len(name) > 60:
        raise Invalid("alliances.branch_name_wrong", field="name")
    kind = values.get("kind") or Branch.Kind.REGION
    if kind not in Branch.Kind.values:
        raise Invalid("alliances.branch_name_wrong", field="kind")
    branch.parent, branch.name, branch.kind = parent, name, kind
    branch.name_en = str(values.get("name_en", "")).strip()[:80]
    branch.region = str(values.get("region", ""))[:6] if kind == Branch.Kind.REGION else ""
    branch.field = str(values.get("field", ""))[:2] if kind == Branch.Kind.TRADE else ""
    new = branch.pk is None
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError as error:
        raise Conflict("alliances.branch_name_taken", field="name") from error
    verb = "alliances.branch.founded" if new else "alliances.branch.edited"
    data = {"name": branch.name, "parent": parent.slug if parent else ""}
    journal.record(verb, actor=actor, subject=branch, data=data, organisations=[association.pk])
    return branch


def _parent(association: Organisation, branch: Branch, parent_id: int | None) -> Branch | None:
    """The branch above. Walks up to the top: a branch that would meet itself there is refused."""
    if parent_id is None:
        return None
    above = {one.pk: one for one in Branch.objects.filter(association=association)}
    parent = above.get(parent_id)
    if parent is None or parent.closed_at:
        raise Invalid("alliances.branch_parent_wrong", field="parent")
    step: int | None = parent.pk
    seen: set[int] = set()
    while step is not None and step not in seen:
        if step == branch.pk:
            raise Invalid("alliances.branch_cycle", field="parent")
        seen.add(step)
        step = above[step].parent_id
    return parent


@transaction.atomic
def close_branch(*, branch_id: int, actor: User) -> Branch:
    """Close a branch that has neither members nor open branches below it; closing it twice changes nothing."""
    association_id = Branch.objects.get(pk=branch_id).association_id
    association = locked_association(association_id)
    if not permissions.can_set_rules(actor, association):
        raise Forbidden("alliances.not_yours_to_set")
    branch = Branch.objects.select_for_update(of=("self",)).get(pk=branch_id)
    if branch.closed_at:
        return branch
    held = Member.objects.filter(branch=branch, state__in=Member.OPEN).exists()
    if held or branch.children.filter(closed_at=None).exists():
        raise Conflict("alliances.branch_not_empty")
    branch.closed_at = clock.now()
    branch.save(update_fields=["closed_at"])
    journal.record("alliances.branch.closed", actor=actor, subject=branch, organisations=[association.pk])
    return branch


def locked_association(association_id: int) -> Organisation:
    found = Organisation.objects.select_for_update(of=("self",)).get(pk=association_id)
    if found.kind != Organisation.Kind.ASSOCIATION:
        raise Invalid("alliances.not_association")
    return found
