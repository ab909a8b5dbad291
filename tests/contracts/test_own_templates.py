"""An association's own templates: who may, what a version fixes, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import People
from yinxian.contracts.models import Contract, OwnTemplate, OwnTemplateVersion
from yinxian.contracts.operations import copy_template, edit_template, publish_template
from yinxian.contracts.queries.documents import document_of
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

Browser = Callable[..., Client]
Make = Callable[..., Contract]


@pytest.fixture
def own(people: People) -> OwnTemplate:
    return copy_template(
        association_id=people.association.pk, kind="development", sub_kind="commissioned", actor=people.qiao
    )


def with_line(own: OwnTemplate, words: str) -> dict[str, Any]:
    first, *rest = own.content["articles"]
    clauses = [*first["clauses"], {"id": f"{first['id']}.99", "is": [words, ""]}]
    return {**own.content, "articles": [{**first, "clauses": clauses}, *rest]}


def sent(client: Client, own: OwnTemplate) -> dict[str, Any]:
    """What the edit page would send back unchanged."""
    context = client.get(reverse("contracts:edit_template", args=[own.slug])).context
    given = {name: context["form"][name].value() for name in context["form"].fields}
    for name in ("articles", "fields"):
        rows = context[name]
        given |= {f"{name}-{field}": rows.management_form[field].value() for field in rows.management_form.fields}
        for row in rows:
            given |= {row.add_prefix(field): row[field].value() for field in row.fields if field != "DELETE"}
    return {key: "" if value is None else value for key, value in given.items() if value is not False}


def test_strangers_neither_copy_nor_edit_nor_publish(people: People, own: OwnTemplate) -> None:
    for other in (people.ruoxi, people.heng, people.stray):
        with pytest.raises(Forbidden):
            copy_template(association_id=people.association.pk, kind="nda", sub_kind="nda", actor=other)
        with pytest.raises(Forbidden):
            edit_template(template_id=own.pk, actor=other, revision=1, content=own.content)
        with pytest.raises(Forbidden):
            publish_template(template_id=own.pk, actor=other, note="甲")
    with pytest.raises(Forbidden):
        copy_template(association_id=people.agency.pk, kind="nda", sub_kind="nda", actor=people.ruoxi)
    assert OwnTemplate.objects.count() == 1 and not OwnTemplateVersion.objects.exists()


def test_contracts_use_ours_until_a_version_is_published_and_keep_theirs_after(
    people: People, own: OwnTemplate, draft: Make
) -> None:
    before = draft()
    edit_template(template_id=own.pk, actor=people.qiao, revision=1, content=with_line(own, "本协会要求附检测报告。"))
    assert draft().own_template is None
    publish_template(template_id=own.pk, actor=people.qiao, note="加一句检测报告")
    after = draft()
    assert (after.template_version, after.own_template_id is not None) == ("A.1", True)
    assert "本协会要求附检测报告。" in str(document_of(after)) and "本协会要求" not in str(document_of(before))
    own.refresh_from_db()
    edit_template(template_id=own.pk, actor=people.qiao, revision=2, content=with_line(own, "又加一句。"))
    publish_template(template_id=own.pk, actor=people.qiao, note="再加一句")
    assert "又加一句" not in str(document_of(Contract.objects.get(pk=after.pk)))
    assert [change[0] for change in OwnTemplateVersion.objects.first().content["changes"]] == ["A.1", "A.2"]  # type: ignore[union-attr]  # there are two
    names = list(
        Entry.objects.filter(name__startswith="contracts.template").order_by("pk").values_list("name", flat=True)
    )
    assert names == [f"contracts.template.{verb}" for verb in ("copied", "edited", "published", "edited", "published")]


def test_nothing_is_published_twice_or_without_a_word(people: People, own: OwnTemplate) -> None:
    with pytest.raises(Invalid):
        publish_template(template_id=own.pk, actor=people.qiao, note=" ")
    publish_template(template_id=own.pk, actor=people.qiao, note="首版")
    with pytest.raises(Conflict):
        publish_template(template_id=own.pk, actor=people.qiao, note="一样的")
    with pytest.raises(Conflict):
        copy_template(
            association_id=people.association.pk, kind="development", sub_kind="commissioned", actor=people.qiao
        )
    assert OwnTemplateVersion.objects.count() == 1


def test_an_unknown_field_or_a_loop_is_refused_and_nothing_moves(people: People, own: OwnTemplate) -> None:
    for words in ("{nothing}", "{% for a in b %}"):
        with pytest.raises(Invalid):
            edit_template(template_id=own.pk, actor=people.qiao, revision=1, content=with_line(own, words))
    own.refresh_from_db()
    assert own.revision == 1
    with pytest.raises(Conflict):
        edit_template(template_id=own.pk, actor=people.qiao, revision=7, content=with_line(own, "好。"))


def test_the_page_saves_what_is_edited_and_keeps_identifiers(
    people: People, own: OwnTemplate, client_of: Browser
) -> None:
    client = client_of(people.qiao)
    where = reverse("contracts:edit_template", args=[own.slug])
    given = sent(client, own)
    assert client.post(where, given).status_code == 302
    own.refresh_from_db()
    assert own.revision == 1, "the same again changes nothing"
    before = {
        tuple(clause["is"]): clause["id"]
        for clause in own.content["articles"][0]["clauses"]
        if isinstance(clause["is"], list)
    }
    given["articles-0-text_zh"] = "新的第一句：{batch}。\n" + given["articles-0-text_zh"]
    given["articles-0-text_en"] = "A new first line: {batch}.\n" + given["articles-0-text_en"]
    count = int(given["fields-TOTAL_FORMS"])
    extra = {"key": "batch", "kind": "line", "zh": "批次", "en": "Batch"}
    given |= {f"fields-{count}-{name}": value for name, value in extra.items()} | {"fields-TOTAL_FORMS": count + 1}
    preview = client.post(reverse("contracts:preview_template", args=[own.slug]), given)
    assert preview.status_code == 200 and "新的第一句" in preview.content.decode()
    assert client.post(where, given).status_code == 302
    own.refresh_from_db()
    clauses = own.content["articles"][0]["clauses"]
    assert clauses[0]["is"][0].startswith("新的第一句") and clauses[0]["id"] not in before.values()
    assert all(before[tuple(clause["is"])] == clause["id"] for clause in clauses[1:] if isinstance(clause["is"], list))


def test_mistakes_on_the_page_are_told_and_kept(people: People, own: OwnTemplate, client_of: Browser) -> None:
    client = client_of(people.qiao)
    given = sent(client, own)
    for words in ("{% for x in y %}", "{nothing}", "只有中文\n" + str(given["articles-0-text_zh"])):
        wrong = {**given, "articles-0-text_zh": words}
        answer = client.post(reverse("contracts:edit_template", args=[own.slug]), wrong)
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
        shown = client.post(reverse("contracts:preview_template", args=[own.slug]), wrong)
        assert shown.status_code == 200 and "refusal" in shown.content.decode()
    assert client.post(reverse("contracts:edit_template", args=[own.slug]), {}).status_code == 422
    own.refresh_from_db()
    assert own.revision == 1


def test_members_read_and_only_the_association_edits(people: People, own: OwnTemplate, client_of: Browser) -> None:
    for reader in (people.ruoxi, people.heng, people.qiao):
        client = client_of(reader)
        assert client.get(reverse("contracts:own_template", args=[own.slug])).status_code == 200
        assert client.get(reverse("contracts:templates")).status_code == 200
        status = 200 if reader == people.qiao else 404
        assert client.get(reverse("contracts:edit_template", args=[own.slug])).status_code == status
    assert client_of(people.outsider).get(reverse("contracts:own_template", args=[own.slug])).status_code == 404
    ours = reverse("contracts:template", args=["licence", "2026.1"])
    for text in ("zh", "en", "both", "xx"):
        assert client_of(people.stray).get(ours, {"text": text}).status_code == 200
    assert client_of(people.stray).get(reverse("contracts:template", args=["licence", "1.1"])).status_code == 404


def test_publishing_and_copying_in_the_browser(people: People, own: OwnTemplate, client_of: Browser) -> None:
    client = client_of(people.qiao)
    client.post(reverse("contracts:publish_template", args=[own.slug]), {"note": ""})
    client.post(reverse("contracts:publish_template", args=[own.slug]), {"note": "首版"})
    assert OwnTemplateVersion.objects.get().note == "首版"
    assert client.post(reverse("contracts:copy_template"), {"template": "nda:nda"}).status_code == 302
    assert client.post(reverse("contracts:copy_template"), {"template": "nothing:x"}).status_code == 422
    assert client_of(people.heng).post(reverse("contracts:copy_template"), {"template": "nda:nda"}).status_code in (
        403,
        404,
    )
    assert OwnTemplate.objects.count() == 2


def test_a_sharing_agreement_is_between_its_members(people: People, draft: Make, client_of: Browser) -> None:
    from yinxian.contracts.operations import approve_contract, fill_contract, offer_contract
    from yinxian.contracts.queries.contracts import missing, visible_to

    parts = [
        {"user_id": people.ruoxi.pk, "bp": 6_000, "work": "撮合"},
        {"user_id": people.mingyuan.pk, "bp": 4_000, "work": "技术判断"},
    ]
    with pytest.raises(Invalid):
        draft(kind="team", parts=parts[:1], data={}, amount_fen=None)
    with pytest.raises(Invalid):
        draft(kind="team", parts=[parts[0], {**parts[1], "bp": 5_000}], data={}, amount_fen=None)
    contract = draft(kind="team", parts=parts, data={"values": {"seat": "澜江"}}, amount_fen=None)
    assert contract.sides == ("m1", "m2") and missing(contract) == []
    assert fill_contract(contract_id=contract.pk, actor=people.ruoxi, revision=1, title="分成", sub_kind="team",
                         data=contract.data, amount_fen=None).revision == 2  # fmt: skip
    offer_contract(contract_id=contract.pk, actor=people.ruoxi)
    assert visible_to(people.mingyuan).exists() and not visible_to(people.heng).exists()
    page = client_of(people.mingyuan).get(reverse("contracts:contract", args=[contract.slug])).content.decode()
    assert "60.00%" in page and "沈若溪" in page
    approve_contract(contract_id=contract.pk, actor=people.mingyuan, revision=2)
    assert approve_contract(contract_id=contract.pk, actor=people.ruoxi, revision=2).state == "agreed"


def test_the_api_reads_copies_edits_and_publishes(people: People, own: OwnTemplate, client_of: Browser) -> None:
    where, client = "/api/v1/contracts/templates/", client_of(people.qiao)
    listed = client.get(where).json()
    assert {row["kind"] for row in listed} == set(Contract.Kind.values)
    assert client.get(f"{where}nda/2026.1").json()["content"]["articles"]
    assert client.get(f"{where}nda/1.1").status_code == 404
    seen = client.get(f"{where}own/{own.slug}").json()
    bad = (
        {"articles": [{"id": "a"}]},
        {"articles": "x"},
        {"fields": [[1, 2, 3, 4]]},
        {"name": None},
        {"articles": [None]},
    )
    for content in bad:
        answer = client.put(
            f"{where}own/{own.slug}", {"revision": 1, "content": content}, content_type="application/json"
        )
        assert answer.status_code == 422 and answer.json()["code"].startswith("contracts.template"), content
    good = {"revision": 1, "content": {**seen["content"], "name": ["本协会的合同", "Our contract"]}}
    assert client.put(f"{where}own/{own.slug}", good, content_type="application/json").json()["revision"] == 2
    noted = client.post(f"{where}own/{own.slug}/publish", {"note": "改名"}, content_type="application/json")
    assert noted.json()["versions"] == ["A.1"]
    other = client_of(people.ruoxi)
    assert other.put(f"{where}own/{own.slug}", good, content_type="application/json").status_code == 404
    body = {"kind": "nda", "sub_kind": "nda"}
    assert other.post(f"{where}own", body, content_type="application/json").status_code == 403
    assert client.post(f"{where}own", body, content_type="application/json").status_code == 201
    assert next(row["slug"] for row in other.get(f"{where}own").json()) == own.slug


def test_the_preview_shows_both_languages_side_by_side(people: People, own: OwnTemplate, client_of: Browser) -> None:
    page = client_of(people.qiao).get(reverse("contracts:edit_template", args=[own.slug])).content.decode()
    assert "第一条" in page and "Article 1" in page and page.count('lang="en"') > 3
    both = (
        client_of(people.ruoxi)
        .get(reverse("contracts:template", args=["nda", "2026.1"]), {"text": "both"})
        .content.decode()
    )
    assert "第一条" in both and "Article 1" in both
    alone = (
        client_of(people.ruoxi)
        .get(reverse("contracts:template", args=["nda", "2026.1"]), {"text": "zh"})
        .content.decode()
    )
    assert "第一条" in alone and "Article 1" not in alone
