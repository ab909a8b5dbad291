"""The register of an association's certificates: its reviewers see all, others those who chose to be listed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from yinxian.kernel import clock
from yinxian.network.models import Organisation, User

from ..models import Credential
from ..permissions import can_award

SORTS = {
    "-issued": ("-issued_at", "-pk"),
    "issued": ("issued_at", "pk"),
    "until": ("valid_until", "pk"),
    "name": ("user__name", "pk"),
    "level": ("-level__rank", "user__name", "pk"),
}
FEW = 500  # people of a name that is searched for
STATES = ("in_force", "expired", "suspended", "revoked")


def register(
    user: Any, association: Organisation, *, text: str = "", level: str = "", state: str = "", sort: str = ""
) -> QuerySet[Credential]:
    """Certificates of an association that the reader may see, with person, level and version loaded."""
    found = Credential.objects.filter(issuer__association=association)
    if not can_award(user, association):
        found = found.filter(shows_page=True, shows_name=True, shows_in_directory=True)
    if text:
        found = found.filter(_searched(text))
    if level:
        found = found.filter(level__slug=level)
    now = clock.now()
    expired = Q(valid_until__lte=now)
    if state == "in_force":
        found = found.filter(~expired | Q(valid_until=None), state=Credential.State.ACTIVE)
    elif state == "expired":
        found = found.filter(expired, state=Credential.State.ACTIVE)
    elif state in ("suspended", "revoked"):
        found = found.filter(state=state)
    order = SORTS.get(sort, SORTS["-issued"])
    # the document is kilobytes of signed JSON that a list does not show
    return found.select_related("user", "level", "version").defer("document").order_by(*order)


def _searched(text: str) -> Q:
    """Of a certificate's number that one; else by name. Few people of that name: from them to their certificates, by
    index; many: along the list, whose first page soon comes together. Left to itself SQLite walks the whole list in
    its order and looks at each one's name; so it is told which certificates."""
    if Credential.objects.filter(slug=text.upper()).exists():
        return Q(slug=text.upper())
    named = User.objects.filter(Q(name__icontains=text) | Q(name_en__icontains=text)).order_by()
    people = list(named.values_list("pk", flat=True)[: FEW + 1])
    if len(people) <= FEW:
        return Q(pk__in=list(Credential.objects.filter(user__in=people).order_by().values_list("pk", flat=True)))
    return Q(user__name__icontains=text) | Q(user__name_en__icontains=text)


def held_by(user: User) -> QuerySet[Credential]:
    return Credential.objects.filter(user=user).select_related(
        "level__association", "issuer__association", "version", "user"
    )


def credential_for(slug: str) -> Credential | None:
    """By its number; who may see what of it is the page's question (``shown_to``)."""
    return (
        Credential.objects.filter(slug=slug)
        .select_related(
            "level__association", "issuer__association", "version", "user", "key", "status_list", "application"
        )
        .first()
    )


def shown_to(user: Any, credential: Credential) -> dict[str, bool]:
    """What the reader sees: everything for the holder and the association, else what the holder chose."""
    inside = getattr(user, "pk", None) == credential.user_id or can_award(user, credential.issuer.association)
    return {
        "inside": inside,
        "page": inside or credential.shows_page,
        "name": inside or (credential.shows_page and credential.shows_name),
        "grounds": inside or (credential.shows_page and credential.shows_grounds),
    }
