"""Members of an association as its people see them, and as each member sees their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinxian.kernel import clock
from yinxian.network.members import memberships_of
from yinxian.network.models import Membership, Organisation, User

from ..models import Branch, Member, MemberRules
from ..permissions import can_see

SORTS = {
    "name": ("name", "pk"),
    "number": ("number", "pk"),
    "until": ("valid_until", "pk"),
    "-until": ("-valid_until", "pk"),
    "-applied": ("-applied_at", "-pk"),
}
ADMIN = Membership.Role.ADMIN


def rules_of(association: Organisation) -> MemberRules | None:
    """The version in force; None while the association has not said what it asks."""
    return MemberRules.objects.filter(association=association).order_by("-number").first()


def branches_of(association: Organisation) -> list[Branch]:
    """Open branches, each below the one it belongs to: ``.depth`` says how far. One query."""
    found = Branch.objects.filter(association=association, closed_at=None).select_related("parent")
    counted = found.annotate(count=Count("members", filter=Q(members__state__in=("active", "lapsed"))))
    below: dict[int | None, list[Branch]] = {}
    known = {one.pk for one in counted}
    for one in counted.order_by("name", "pk"):
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    ordered: list[Branch] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in below.get(parent, ()):
            one.depth = depth  # type: ignore[attr-defined]  # for the page only
            ordered.append(one)
            walk(one.pk, depth + 1)

    walk(None, 0)
    return ordered


def within(branch: Branch) -> set[int]:
    """The branch and all below it."""
    pairs = Branch.objects.filter(association=branch.association_id).values_list("pk", "parent_id")
    below: dict[int | None, list[int]] = {}
    for pk, parent in pairs:
        below.setdefault(parent, []).append(pk)
    found, todo = {branch.pk}, [branch.pk]
    while todo:
        for pk in below.get(todo.pop(), ()):
            if pk not in found:
                found.add(pk)
                todo.append(pk)
    return found


def members_of_association(
    association: Organisation,
    *,
    text: str = "",
    state: str = "",
    kind: str = "",
    branch: str = "",
    sort: str = "",
) -> QuerySet[Member]:
    """For whoever keeps them (the caller asks). ``state`` may also be ``due``: in good standing for 60 days or less."""
    found = Member.objects.filter(association=association).select_related("user", "organisation", "branch")
    if text:
        people = Q(user__name__icontains=text) | Q(organisation__name__icontains=text)
        found = found.filter(people | Q(name__icontains=text) | Q(number__icontains=text) | Q(phone=text))
    if state == "due":
        today = clock.today()
        soon = today.fromordinal(today.toordinal() + 60)
        found = found.filter(state=Member.State.ACTIVE, valid_until__range=(today, soon))
    elif state in Member.State.values:
        found = found.filter(state=state)
    if kind in Member.Kind.values:
        found = found.filter(kind=kind)
    if branch:
        chosen = Branch.objects.filter(association=association, slug=branch).first()
        found = found.filter(branch__in=within(chosen)) if chosen else found.none()
    return found.order_by(*SORTS.get(sort, SORTS["name"]))


def counted_by_state(association: Organisation) -> dict[str, int]:
    rows = Member.objects.filter(association=association).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def own_members(user: User) -> QuerySet[Member]:
    """Memberships of the person and of the organisations they administer, newest first."""
    mine = memberships_of(user).filter(role=ADMIN).values("organisation")
    found = Member.objects.filter(Q(user=user) | Q(organisation__in=mine))
    return found.select_related("association", "branch", "user", "organisation").order_by("-applied_at", "-pk")


def claimable(user: User) -> QuerySet[Member]:
    """On lists that were taken over, with the person's own verified number and no account yet."""
    if not user.phone or not user.phone_verified:
        return Member.objects.none()
    open_ones = Member.objects.filter(phone=user.phone, user=None, kind=Member.Kind.PERSON)
    return open_ones.filter(state__in=("active", "lapsed")).select_related("association", "branch")


def visible_member(user: Any, slug: str) -> Member | None:
    """The member's own, and those of the associations that the reader keeps."""
    found = (
        Member.objects.filter(slug=slug)
        .select_related("association", "branch", "user", "organisation", "rules", "decided_by")
        .first()
    )
    return found if found is not None and can_see(user, found) else None


def open_associations() -> QuerySet[Organisation]:
    """Associations that take applications."""
    found = Organisation.objects.filter(kind=Organisation.Kind.ASSOCIATION, member_rules__isnull=False)
    return found.distinct().order_by("name")


def may_apply_for(user: User) -> Iterable[Organisation]:
    """Organisations in whose name the person may apply."""
    mine = memberships_of(user).filter(role=ADMIN).exclude(organisation__kind=Organisation.Kind.ASSOCIATION)
    return [one.organisation for one in mine]
