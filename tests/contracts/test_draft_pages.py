"""Checked drafts in the browser and over the API: one's own only, forgotten for good, a report with comments."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cli.conftest import yinxian
from tests.world import People
from yinxian.contracts.models import CheckedDraft, Contract
from yinxian.contracts.operations import check_contract, check_draft, forget_draft
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Forbidden, Invalid

Browser = Callable[..., Client]
BAD = "委托开发合同\n第一条 乙方保证研发成功。\n第二条 验收合格后一次性支付全部款项。"


def test_a_pasted_draft_is_shown_with_its_findings(people: People, client_of: Browser) -> None:
    client = client_of(people.ruoxi)
    answer = client.post(reverse("contracts:new_draft"), {"words": BAD, "name": "对方的稿"}, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200 and "对方的稿" in text and "found s3" in text
    draft = CheckedDraft.objects.get()
    rules = {found["rule"] for found in draft.result["findings"]}
    assert {"promise", "pay_after_acceptance"} <= rules and draft.count == len(draft.result["findings"])
    entry = Entry.objects.get(name="contracts.draft.checked")
    assert "研发" not in json.dumps(entry.data, ensure_ascii=False) and entry.data["findings"] == draft.count


def test_nobody_else_sees_a_draft(people: People, client_of: Browser) -> None:
    draft = check_draft(actor=people.ruoxi, words=BAD)
    for other in (people.heng, people.qiao, people.stray):
        client = client_of(other)
        assert client.get(reverse("contracts:draft", args=[draft.slug])).status_code == 404
        assert client.get(reverse("contracts:draft_report", args=[draft.slug])).status_code == 404
        assert client.post(reverse("contracts:forget_draft", args=[draft.slug])).status_code == 404
        assert client.get(reverse("contracts:drafts")).context["page"].paginator.count == 0
        assert client.get(f"/api/v1/contracts/drafts/{draft.slug}").status_code == 404
        with pytest.raises(Forbidden):
            forget_draft(draft_id=draft.pk, actor=other)
    assert CheckedDraft.objects.exists()


def test_a_forgotten_draft_is_gone_and_its_check_stays_on_record(people: People, client_of: Browser) -> None:
    draft = check_draft(actor=people.ruoxi, words=BAD)
    client_of(people.ruoxi).post(reverse("contracts:forget_draft", args=[draft.slug]))
    assert not CheckedDraft.objects.exists()
    assert Entry.objects.filter(name__startswith="contracts.draft.").count() == 2


def test_nothing_to_check_is_told_and_kept(people: People, client_of: Browser) -> None:
    client = client_of(people.ruoxi)
    for given in (
        {},
        {"words": " \n"},
        {"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0" + b"0" * 99), "name": "留住我"},
    ):
        answer = client.post(reverse("contracts:new_draft"), given)
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert "留住我" in answer.content.decode()
    with pytest.raises(Invalid):
        check_draft(actor=people.ruoxi, words="\x00 ")
    assert not CheckedDraft.objects.exists()


def test_the_report_has_a_comment_at_each_place(people: People, client_of: Browser) -> None:
    draft = check_draft(actor=people.ruoxi, words=BAD + "\n<b>甲</b> & \x0b")
    content = client_of(people.ruoxi).get(reverse("contracts:draft_report", args=[draft.slug])).content
    assert content.startswith(b"PK")
    made = docx.Document(BytesIO(content))
    comments = [comment.text for comment in made.comments]
    assert len(comments) == draft.count
    assert any("858" in comment and "可以改为" in comment for comment in comments)
    body = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    before, _, after = body.partition('<w:commentRangeStart w:id="0"/>')
    assert "保证研发成功" in after.split('<w:commentRangeEnd w:id="0"/>')[0] and "保证研发成功" not in before


def test_our_own_contract_is_checked_where_it_may_be_seen(
    people: People, offered: Contract, client_of: Browser
) -> None:
    answer = client_of(people.heng).post(reverse("contracts:check_contract", args=[offered.slug]))
    draft = CheckedDraft.objects.get()
    assert answer.status_code == 302 and draft.contract == offered and draft.kind == "development"
    with pytest.raises(Forbidden):
        check_contract(contract_id=offered.pk, actor=people.cang)
    assert CheckedDraft.objects.count() == 1


def test_the_api_checks_keeps_and_forgets(people: People, client_of: Browser) -> None:
    client, where = client_of(people.ruoxi), "/api/v1/contracts/drafts/"
    told = client.post(f"{where}check", {"words": BAD}, content_type="application/json").json()
    assert {"success_promise", "payment_after_acceptance"} <= {found["category"] for found in told["findings"]}
    assert not CheckedDraft.objects.exists()
    made = client.post(where, {"words": BAD}, content_type="application/json")
    assert made.status_code == 201
    slug = made.json()["slug"]
    assert [row["slug"] for row in client.get(where).json()] == [slug]
    assert client.get(f"{where}{slug}/report").content.startswith(b"PK")
    assert client.delete(f"{where}{slug}").status_code == 204
    assert client.post(where, {"words": " "}, content_type="application/json").json()["code"] == "contracts.draft_empty"


def test_the_list_sorts_finds_and_exports(people: People, client_of: Browser) -> None:
    for name in ("甲稿", "乙稿"):
        check_draft(actor=people.ruoxi, words=BAD, name=name)
    client, where = client_of(people.ruoxi), reverse("contracts:drafts")
    assert client.get(where, {"q": "甲"}).context["page"].paginator.count == 1
    assert client.get(where, {"sort": "name", "page": "x"}).status_code == 200
    assert "甲稿" in client.get(where, {"export": "csv"}).content.decode("utf-8-sig")


def test_two_files_are_laid_side_by_side_and_not_kept(people: People, client_of: Browser) -> None:
    files = {
        "first": SimpleUploadedFile("a.txt", BAD.encode()),
        "second": SimpleUploadedFile("b.txt", BAD.replace("保证研发成功", "尽力完成研发").encode()),
    }
    client = client_of(people.ruoxi)
    answer = client.post(reverse("contracts:compare"), files)
    text = answer.content.decode()
    assert answer.status_code == 200 and "<del>" in text and "<ins>" in text and not CheckedDraft.objects.exists()
    assert client.post(reverse("contracts:compare"), {"first": SimpleUploadedFile("a.txt", b"")}).status_code == 422
    one, other = (check_draft(actor=people.ruoxi, words=words) for words in (BAD, BAD + "\n第三条 保密。"))
    shown = client.get(reverse("contracts:compare"), {"left": one.slug, "right": other.slug})
    assert shown.context["comparison"].changes == 1
    stranger = client_of(people.heng).get(reverse("contracts:compare"), {"left": one.slug, "right": other.slug})
    assert stranger.context["comparison"] is None


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    files = str(tmp_path / "a.txt"), "--report", str(tmp_path / "r.docx")
    done = yinxian(tmp_path / "data", "clauses", *files, "--json")
    told = json.loads(done.stdout)
    assert told["kind"] == "development" and told["findings"][0]["rule"] == "promise"
    assert {"rule", "start", "end", "quote", "article", "why", "whom", "offer"} <= set(told["findings"][0])
    assert len(list(docx.Document(str(tmp_path / "r.docx")).comments)) >= 2
