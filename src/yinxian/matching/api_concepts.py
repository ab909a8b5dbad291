"""REST endpoints of the trades' words."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Schema

from yinxian.kernel.http import or_404
from yinxian.network.models import Organisation, User

from .operations.concepts import Written, add_concept, edit_concept, withdraw_concept
from .queries import concepts as queries

router = Router()
MOST = 100


class ConceptOut(Schema):
    """``version`` and ``state`` only of those that an association added."""

    id: str
    zh: list[str]
    en: list[str]
    signs: list[str]
    broader: list[str]
    field: str
    association: str | None = None
    state: str | None = None
    version: int | None = None
    note: str = ""


class ConceptList(Schema):
    found: int
    items: list[ConceptOut]


class ConceptIn(Schema):
    zh: list[str] = []
    en: list[str] = []
    signs: list[str] = []
    broader: list[str] = []
    field: str = ""
    note: str = ""
    version: int = 0

    def written(self, code: str = "") -> Written:
        lists = {name: tuple(getattr(self, name)) for name in ("zh", "en", "signs", "broader")}
        return Written(code=code, field=self.field, note=self.note, **lists)


class NewConcept(ConceptIn):
    association: str
    id: str = ""


def _out(known: queries.Known) -> dict[str, Any]:
    said = {"id": known.concept.id, "field": known.concept.field.replace("00", "")}
    lists = {name: list(getattr(known.concept, name)) for name in ("zh", "en", "signs", "broader")}
    own = known.own
    if own is None:
        return said | lists
    extra = {"association": own.association.slug, "state": own.state, "version": own.version, "note": own.note}
    return said | lists | extra


def _again(code: str) -> dict[str, Any]:
    return _out(or_404(queries.known(code)))


@router.get("/concepts", response=ConceptList)
def list_concepts(request: HttpRequest, q: str = "", whose: str = "", field: str = "", offset: int = 0) -> Any:
    """The book and the associations' own concepts that hold these words, a hundred at a time."""
    found = queries.concepts_for(queries.Sought(q[:60], whose if whose in queries.WHOSE else "", field))
    start = max(0, offset)
    return {"found": len(found), "items": [_out(one) for one in found[start : start + MOST]]}


@router.get("/concepts/{slug:concept}", response=ConceptOut)
def get_concept(request: HttpRequest, concept: str) -> Any:
    return _again(concept)


@router.post("/concepts", response=ConceptOut)
def post_concept(request: HttpRequest, body: NewConcept) -> Any:
    """Add one to an association."""
    association = or_404(Organisation.objects.filter(slug=body.association, kind="association").first())
    made = add_concept(association_id=association.pk, actor=cast(User, request.user), written=body.written(body.id))
    return _again(made.code)


@router.put("/concepts/{slug:concept}", response=ConceptOut)
def put_concept(request: HttpRequest, concept: str, body: ConceptIn) -> Any:
    """Change one; ``version`` is the version that the change is based on."""
    found = or_404(queries.own_concepts().filter(code=concept).first())
    edit_concept(concept_id=found.pk, actor=cast(User, request.user), written=body.written(), based_on=body.version)
    return _again(concept)


@router.post("/concepts/{slug:concept}/withdraw", response=ConceptOut)
def post_withdraw(request: HttpRequest, concept: str) -> Any:
    """Out of use."""
    found = or_404(queries.own_concepts().filter(code=concept).first())
    withdraw_concept(concept_id=found.pk, actor=cast(User, request.user))
    return _again(concept)
