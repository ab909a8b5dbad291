"""The pages of a brief: taken in, edited, compared, sent to the client, answered on a phone without an account."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.world import People
from yinxian.market.models import Brief, BriefComment, Need
from yinxian.market.operations.briefs import ask_sign_off, new_version, sign_off, submit_need

WORDS = "<script>alert(1)</script>热水器一氧化碳偏高。目标：出口一氧化碳不超过50ppm。"


@pytest.fixture
def need(people: People) -> Need:
    return submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=WORDS, title="一氧化碳消除")


def typed(need: Need, **changes: Any) -> dict[str, Any]:
    """The editor's form as the browser would send it."""
    base = {
        "seen": need.current_brief.number,
        "title": need.current_brief.content["title"],
        "problem": "偏高",
        "target": "不超过50ppm",
        "budget_low": "40万",
        "budget_high": "60万",
        "field": "06",
        "modes": ["licence"],
        "keywords": "一氧化碳、催化",
        "questions": "现在是多少？\n谁来测？",
        "i-TOTAL_FORMS": "2",
        "i-INITIAL_FORMS": "0",
        "i-0-name": "一氧化碳",
        "i-0-op": "<=",
        "i-0-low": "40",
        "i-0-unit": "ppm",
        "i-1-name": "",
        "i-1-op": "=",
    }
    return {**base, **changes}


def test_the_editor_saves_a_version_and_shows_the_words_beside_it(
    people: People, need: Need, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.ruoxi)
    page = client.get(f"/needs/{need.slug}/brief/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
    assert "<mark " in page
    assert client.post(f"/needs/{need.slug}/brief/", typed(need)).status_code == 302
    content = need.current_brief.content
    assert content["budget"] == {"low_fen": 40_000_000, "high_fen": 60_000_000}
    assert [(one["op"], one["high"], one["unit"]) for one in content["indicators"]] == [("<=", "40", "ppm")]
    assert content["field"][0]["code"] == "06" and content["modes"] == ["licence"]
    assert [one["text"] for one in content["questions"]] == ["现在是多少？", "谁来测？"]


def test_saving_the_untouched_form_keeps_codes_of_questions_and_quotes(
    people: People, need: Need, client_of: Callable[..., Client]
) -> None:
    before = need.current_brief.content
    client = client_of(people.ruoxi)
    form = client.get(f"/needs/{need.slug}/brief/").context["form"]
    rows = client.get(f"/needs/{need.slug}/brief/").context["rows"]
    given: dict[str, Any] = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    given |= {"i-TOTAL_FORMS": len(rows.forms), "i-INITIAL_FORMS": len(rows.forms)}
    for row in rows.forms:
        given |= {
            row.add_prefix(name): row[name].value() or "" for name in ("name", "op", "low", "high", "unit", "quote")
        }
    given["questions"] = "\n".join(form.initial["questions"])
    given["constraints"] = "\n".join(form.initial["constraints"])
    given["keywords"] = "、".join(form.initial["keywords"])
    assert client.post(f"/needs/{need.slug}/brief/", {**given, "modes": form.initial["modes"]}).status_code == 302
    after = need.current_brief.content
    assert after["questions"] == before["questions"]
    assert after["indicators"] == before["indicators"]


def test_what_was_typed_stays_when_something_is_wrong(
    people: People, need: Need, client_of: Callable[..., Client]
) -> None:
    client = client_of(people.ruoxi)
    answer = client.post(f"/needs/{need.slug}/brief/", typed(need, **{"i-0-low": "很小", "note": "打了很久的字"}))
    page = answer.content.decode()
    assert answer.status_code == 422 and "打了很久的字" in page and "很小" in page and "第 1 行" in page
    assert need.briefs.count() == 1


def test_versions_show_what_was_taken_out_and_put_in(
    people: People, need: Need, client_of: Callable[..., Client]
) -> None:
    new_version(need_id=need.pk, actor=people.ruoxi, content={**need.current_brief.content, "title": "新名"}, seen=1)
    page = client_of(people.heng).get(f"/needs/{need.slug}/brief/versions/?from=1&to=2").content.decode()
    assert "<ins>" in page and "<del>" in page


def test_the_client_answers_without_an_account(need: Need, people: People, client_of: Callable[..., Client]) -> None:
    manager = client_of(people.ruoxi)
    assert manager.post(f"/needs/{need.slug}/brief/ask/", {"recipient": "周衡"}).status_code == 302
    page = manager.get(f"/needs/{need.slug}/brief/link/").content.decode()
    address = page.split('data-copy="')[1].split('"')[0]
    assert "data:image/svg+xml" in page
    phone = Client()
    path = address.removeprefix("http://testserver")
    card = phone.get(path).content.decode()
    assert 'property="og:title"' in card and "一氧化碳消除" in card
    assert phone.post(path, {"name": "周衡", "agree": "1"}).status_code == 302
    assert phone.get(path).status_code == 200
    need.refresh_from_db()
    assert need.state == Need.State.CONFIRMED
    assert Client().post(path, {"name": "别人", "agree": "1"}).status_code == 409


def test_the_client_says_what_is_wrong(need: Need, people: People) -> None:
    token = ask_sign_off(brief_id=need.current_brief.pk, actor=people.ruoxi, recipient="周衡")
    phone = Client()
    assert phone.post(f"/sign-off/{token}/", {"disagree": "1", "comment": ""}).status_code == 422
    assert phone.post(f"/sign-off/{token}/", {"disagree": "1", "comment": "应是40ppm"}).status_code == 302
    assert BriefComment.objects.get().text == "应是40ppm"
    assert Brief.objects.get().signed_off_at is None


def test_a_wrong_link_is_told_and_shows_nothing(need: Need) -> None:
    answer = Client().get("/sign-off/nothing/")
    assert answer.status_code == 409 and "一氧化碳" not in answer.content.decode()


def test_the_buyer_answers_in_the_product(need: Need, people: People, client_of: Callable[..., Client]) -> None:
    client = client_of(people.heng)
    assert client.post(f"/needs/{need.slug}/brief/answer/", {"disagree": "1", "comment": ""}).status_code == 422
    assert client.post(f"/needs/{need.slug}/brief/answer/", {"agree": "1"}).status_code == 302
    assert need.current_brief.signed_off_by == "周衡"


def test_the_unnamed_find_none_of_it_and_nothing_changes(
    need: Need, people: People, client_of: Callable[..., Client]
) -> None:
    for who in (people.stray, people.lan, people.outsider):
        client = client_of(who)
        for path in ("brief/", "brief/versions/", "brief/link/", "raw-file/", "evidence/"):
            assert client.get(f"/needs/{need.slug}/{path}").status_code == 404
        assert client.post(f"/needs/{need.slug}/brief/", typed(need, title="别的")).status_code == 404
        assert client.post(f"/needs/{need.slug}/brief/answer/", {"agree": "1"}).status_code == 404
        assert client.post(f"/needs/{need.slug}/brief/ask/", {"recipient": "x"}).status_code == 404
    assert need.briefs.count() == 1 and need.current_brief.signed_off_at is None


def test_who_may_read_but_not_write_is_refused_and_nothing_changes(
    need: Need, people: People, client_of: Callable[..., Client]
) -> None:
    manager, buyer = client_of(people.ruoxi), client_of(people.heng)
    assert manager.post(f"/needs/{need.slug}/brief/answer/", {"agree": "1"}).status_code == 403
    assert buyer.post(f"/needs/{need.slug}/evidence/", {"kind": "visit"}).status_code == 403
    sign_off(brief_id=need.current_brief.pk, actor=people.heng, agrees=True)
    reviewer = client_of(people.qiao)
    page = reviewer.get(f"/needs/{need.slug}/brief/").content.decode()
    assert "企业原话" in page and "brief-form" not in page
    assert reviewer.post(f"/needs/{need.slug}/brief/", typed(need, title="别的")).status_code == 403
    assert reviewer.post(f"/needs/{need.slug}/brief/ask/", {"recipient": "周衡"}).status_code == 403
    assert need.briefs.count() == 1 and not need.evidence.exists()


def test_the_pages_ask_the_database_no_more_often_for_more_versions(
    need: Need, people: People, client_of: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = client_of(people.ruoxi)
    for number in range(1, 8):
        content = {**need.current_brief.content, "title": f"第{number}稿"}
        new_version(need_id=need.pk, actor=people.ruoxi, content=content, seen=number)
    for path in ("brief/", "brief/versions/", "evidence/"):
        with django_assert_max_num_queries(22):
            assert client.get(f"/needs/{need.slug}/{path}").status_code == 200


def test_the_file_is_read_and_kept(people: People, client_of: Callable[..., Client]) -> None:
    file = io.BytesIO("滤袋三个月就破，希望一年不破。".encode("gbk"))
    file.name = "需求.txt"
    client = client_of(people.ruoxi)
    answer = client.post("/needs/new/", {"owner": people.buyer.slug, "raw_words": "", "raw_file": file})
    assert answer.status_code == 302
    need = Need.objects.get()
    assert "滤袋三个月就破" in need.raw_words
    kept = client.get(f"/needs/{need.slug}/raw-file/")
    assert b"".join(kept.streaming_content).decode("gbk").startswith("滤袋")


def test_programs_submit_read_and_write(people: People, client_of: Callable[..., Client]) -> None:
    client = client_of(people.ruoxi)

    def post(path: str, body: dict[str, Any]) -> Any:
        return client.post(f"/api/v1/market{path}", json.dumps(body), content_type="application/json")

    made = post("/needs/words", {"owner": people.buyer.slug, "raw_words": WORDS})
    assert made.status_code == 201 and made.json()["number"] == 1
    slug = made.json()["need"]
    assert client.get(f"/api/v1/market/needs/{slug}/brief").json()["brief"]["indicators"][0]["high"] == 50
    content = {**Brief.objects.get().content, "title": "程序写的"}
    assert post(f"/needs/{slug}/brief", {"content": content, "seen": 1}).status_code == 201
    assert post(f"/needs/{slug}/brief", {"content": {**content, "title": "又一个"}, "seen": 1}).status_code == 409
    stranger = client_of(people.lan)
    assert stranger.get(f"/api/v1/market/needs/{slug}/brief").status_code == 404
    assert Client().get(f"/api/v1/market/needs/{slug}/brief").status_code == 401
    assert Brief.objects.count() == 2


@pytest.mark.parametrize(("figures", "told"), [(10_000, True), (5, False)])
def test_a_need_of_more_indicators_than_are_read_says_so(
    people: People, client_of: Callable[..., Client], figures: int, told: bool
) -> None:
    words = "技术指标：" + "；".join(f"第{n}项强度≥{n + 1}MPa" for n in range(figures))
    many = submit_need(owner_id=people.buyer.pk, actor=people.ruoxi, raw_words=words[:20_000], title="许多指标")
    page = client_of(people.ruoxi).get(f"/needs/{many.slug}/brief/")
    assert page.status_code == 200
    assert ("指标只读到第 200 项" in page.content.decode()) is told
