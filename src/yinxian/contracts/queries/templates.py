"""Templates: ours, which everybody in the house may read, and associations' own, which their members may."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation

from yinxian.network.members import organisation_ids
from yinxian.network.models import Organisation

from ..clauses import Template, common, templates
from ..clauses.reading import read
from ..documents.assemble import Facts, Party, document
from ..models import Contract, OwnTemplate
from ..particulars import defaults


@dataclass(frozen=True)
class Row:
    """A template of ours in the list, with the reader's association's copy of each sub-kind where there is one."""

    template: Template
    kind_label: str
    sub_labels: list[str]
    own: list[OwnTemplate]
    copyable: list[tuple[str, str]]


def newest() -> list[Template]:
    """The newest version for each sub-kind, in the order of the kinds."""
    found: dict[tuple[str, str], Template] = {}
    for one in sorted(templates(), key=lambda one: tuple(int(part) for part in one.version.split("."))):
        for sub_kind in one.sub_kinds:
            found[one.kind, sub_kind] = one
    order = list(Contract.Kind.values)
    kept = {(one.kind, one.version): one for one in found.values()}
    return sorted(kept.values(), key=lambda one: (order.index(one.kind), one.version))


def associations_to_edit(user: Any) -> list[Organisation]:
    """The associations whose templates the person may edit."""
    roles = ("admin", "reviewer")
    return list(
        Organisation.objects.filter(
            kind=Organisation.Kind.ASSOCIATION,
            memberships__user_id=user.pk,
            memberships__ended_at=None,
            memberships__role__in=roles,
        ).distinct()
    )


def own_visible_to(user: Any) -> QuerySet[OwnTemplate]:
    """Own templates of the associations that the person belongs to or whose member organisations they act for."""
    mine = organisation_ids(user)
    admitting = Organisation.objects.filter(pk__in=mine, admitted_by__isnull=False).values("admitted_by_id")
    manages = Q(association__in=Organisation.objects.filter(managers__user_id=user.pk))
    near = Q(association_id__in=mine) | Q(association_id__in=admitting) | manages
    return OwnTemplate.objects.filter(near).select_related("association", "changed_by").distinct()


def find_own(user: Any, slug: str) -> OwnTemplate | None:
    return own_visible_to(user).filter(slug=slug).first()


def find_ours(kind: str, version: str) -> Template | None:
    return next((one for one in templates() if (one.kind, one.version) == (kind, version)), None)


def rows(user: Any, association: Organisation | None) -> list[Row]:
    """The list of templates as the person sees it."""
    kinds, subs = dict(Contract.Kind.choices), dict(Contract.SubKind.choices)
    own = list(own_visible_to(user))
    taken = {(one.kind, one.sub_kind) for one in own if association and one.association_id == association.pk}
    made = []
    for one in newest():
        live = [sub for sub in one.sub_kinds if latest_for(one.kind, sub) is one]
        made.append(
            Row(
                one,
                str(kinds[one.kind]),
                [str(subs[sub]) for sub in live],
                [copy for copy in own if copy.kind == one.kind and copy.sub_kind in live],
                [(sub, str(subs[sub])) for sub in live if association and (one.kind, sub) not in taken],
            )
        )
    return made


def latest_for(kind: str, sub_kind: str) -> Template:
    found = [one for one in templates() if one.kind == kind and sub_kind in one.sub_kinds]
    return max(found, key=lambda one: tuple(int(part) for part in one.version.split(".")))


def template_from(content: dict[str, Any]) -> Template:
    return read(content, common())


def side_by_side(template: Template) -> dict[str, Any]:
    """The same document in both languages, article beside article: what a preview shows."""
    chinese, english = sample(template, "zh"), sample(template, "en")
    articles = list(zip_longest(chinese["articles"], english["articles"]))
    return {"chinese": chinese, "english": english, "articles": articles}


def sample(template: Template, language: str = "zh") -> dict[str, Any]:
    """The document that a template gives when nothing is filled in but its own defaults: what a preview shows."""
    sub_kind = template.sub_kinds[0]
    labels = {}
    for code, key in (("zh-hans", "zh"), ("en", "en")):
        with translation.override(code):
            labels[key] = str(dict(Contract.SubKind.choices).get(sub_kind, sub_kind))
    sides = {side: pair.of("en" if language == "en" else "zh") for side, pair in template.roles.items()}
    names = {
        "buyer": "＿＿＿＿",
        "supplier": "＿＿＿＿",
        "client": "＿＿＿＿",
        "third": "＿＿＿＿",
        "broker": "＿＿＿＿",
    }
    values = defaults(template)
    for ask in template.asks:
        if ask.options and ask.key not in values:
            values[ask.key] = ask.options[0][0]
    return document(
        template,
        Facts(
            number="HT0000-0000",
            title="＿＿＿＿",
            sub_kind=labels["zh"],
            sub_kind_en=labels["en"],
            sub_kind_key=sub_kind,
            amount_fen=None,
            names=names,
            parties=[Party(role=role, name="＿＿＿＿") for role in sides.values()],
            values=values,
            language=language,  # type: ignore[arg-type]  # zh, en or both
        ),
    )
