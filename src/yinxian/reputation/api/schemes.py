"""An association's scheme in versions, and its trial."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from yinxian.kernel.errors import Forbidden
from yinxian.network.members import is_in_network
from yinxian.network.models import Organisation, User

from .. import permissions
from ..models import Scheme
from ..operations.schemes import draft_scheme, start_scheme
from ..queries.recount import simulate
from ..queries.schemes import versions_of
from .schemas import PointSchemeIn, PointSchemeOut, SchemeStartIn, SchemeTrialOut

router = Router()
LATEST = 10**9  # a version that no association has, and that a database can still count to


def _association(slug: str) -> Organisation:
    return get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.ASSOCIATION)


def _edited(request: HttpRequest, slug: str) -> Organisation:
    association = _association(slug)
    if not permissions.can_edit_scheme(request.user, association):
        raise Forbidden("reputation.not_yours_to_edit")
    return association


def _version(association: Organisation, version: int) -> Scheme:
    if not 0 < version < LATEST:
        raise Http404
    return get_object_or_404(Scheme.objects.select_related("association"), association=association, version=version)


@router.get("/schemes/{association}", response=list[PointSchemeOut])
def schemes(request: HttpRequest, association: str) -> Any:
    """Versions, newest first: the network sees those that have a day, the association its drafts too."""
    found = _association(association)
    if not is_in_network(request.user):
        raise Http404
    versions = versions_of(found)
    return versions if permissions.can_edit_scheme(request.user, found) else versions.filter(starts_at__isnull=False)


@router.post("/schemes/{association}", response=PointSchemeOut)
def draft(request: HttpRequest, association: str, given: PointSchemeIn) -> Scheme:
    """A draft: simulate it, then start it."""
    rules = [{("as" if name == "as_" else name): value for name, value in rule.dict().items()} for rule in given.rules]
    values = given.dict(exclude={"rules"})
    return draft_scheme(
        association_id=_association(association).pk, actor=cast(User, request.user), rules=rules, **values
    )


@router.get("/schemes/{association}/{version}/trial", response=list[SchemeTrialOut])
def trial(request: HttpRequest, association: str, version: int) -> list[dict[str, Any]]:
    """The last year's facts by the scheme that holds and by this version."""
    found = simulate(_version(_edited(request, association), version))
    names = ("facts", "now", "then", "change", "now_held", "then_held")
    return [{"name": str(one.user), **{name: getattr(one, name) for name in names}} for one in found.trials]


@router.post("/schemes/{association}/{version}/start", response=PointSchemeOut)
def start(request: HttpRequest, association: str, version: int, given: SchemeStartIn) -> Scheme:
    found = _version(_edited(request, association), version)
    return start_scheme(scheme_id=found.pk, actor=cast(User, request.user), on=given.on)
