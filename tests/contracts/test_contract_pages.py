"""Pages and endpoints of contracts."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.contracts.test_scans import a_pdf
from tests.world import People
from yinxian.contracts.models import Approval, Contract, Scan
from yinxian.contracts.operations import upload_scan

Browser = Callable[..., Client]
Make = Callable[..., Contract]
PAGES = ("contract", "contract_pdf", "contract_word", "edit_contract")
ACTS = ("offer_contract", "withdraw_contract", "approve_contract", "cancel_contract", "upload_scan")


def url(name: str, contract: Contract) -> str:
    return reverse(f"contracts:{name}", args=[contract.slug])


def form_of(client: Client, contract: Contract) -> dict[str, Any]:
    """What the edit page would send back unchanged."""
    context = client.get(url("edit_contract", contract)).context
    form = context["form"]
    sent = {name: form[name].value() for name in form.fields}
    for prefix, rows in context["formsets"].items():
        for field in rows.management_form.fields:
            sent[f"{prefix}-{field}"] = rows.management_form[field].value()
        for row in rows:
            sent |= {row.add_prefix(name): row[name].value() for name in row.fields if name != "DELETE"}
    sent = {key: "" if value is None else value for key, value in sent.items()}
    return {**sent, "amount": str(form["amount"].value() or "")}


def test_strangers_find_no_page_and_no_act(people: People, offered: Contract, client_of: Browser) -> None:
    for stranger in (people.cang, people.outsider, people.stray):
        client = client_of(stranger)
        assert all(client.get(url(name, offered)).status_code == 404 for name in PAGES)
        assert all(client.post(url(name, offered)).status_code == 404 for name in ACTS)
        assert client.get(reverse("contracts:contracts")).context["page"].paginator.count == 0
    assert all(Client().get(url(name, offered)).status_code == 302 for name in PAGES)
    offered.refresh_from_db()
    assert offered.state == "offered" and not Approval.objects.exists()


def test_acts_are_posts_only(people: People, offered: Contract, client_of: Browser) -> None:
    assert all(client_of(people.heng).get(url(name, offered)).status_code == 405 for name in ACTS)


def test_a_draft_is_filled_offered_and_agreed_in_the_browser(people: People, draft: Make, client_of: Browser) -> None:
    contract = draft(amount_fen=None)
    manager = client_of(people.ruoxi)
    sent = form_of(manager, contract)
    assert manager.post(url("offer_contract", contract), follow=True).redirect_chain[-1][0].endswith("/edit/")
    saved = manager.post(url("edit_contract", contract), {**sent, "amount": "48万"})
    assert saved.status_code == 302
    contract.refresh_from_db()
    assert (contract.amount_fen, contract.revision) == (48_000_000, 2)
    assert contract.data["payments"][0]["due_on"] == "2026-03-28"
    assert manager.post(url("offer_contract", contract)).status_code == 302
    for party in (people.heng, people.lan):
        shown = client_of(party).get(url("contract", contract))
        assert shown.context["can_approve"] is True
        assert shown.content.decode().count("btn-primary") == 1
        assert client_of(party).post(url("approve_contract", contract), {"revision": "2"}).status_code == 302
    contract.refresh_from_db()
    assert contract.state == "agreed"
    twice = client_of(people.lan).post(url("approve_contract", contract), {"revision": "2"})
    assert twice.status_code == 409


def test_a_form_with_mistakes_keeps_what_was_typed(people: People, draft: Make, client_of: Browser) -> None:
    contract = draft()
    client = client_of(people.ruoxi)
    wrong = {
        **form_of(client, contract),
        "amount": "很多",
        "place": "甲地 <b>",
        "penalty_bp": "101",
        "payments-0-amount_fen": "-1",
        "payments-1-due_on": "2026-02-31",
    }
    answer = client.post(url("edit_contract", contract), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422 and "甲地 &lt;b&gt;" in text and "很多" in text
    assert {"amount", "penalty_bp"} <= set(answer.context["form"].errors)
    contract.refresh_from_db()
    assert contract.revision == 1


def test_somebody_elses_change_in_between_is_told(people: People, offered: Contract, client_of: Browser) -> None:
    early = form_of(client_of(people.heng), offered)
    other = form_of(client_of(people.lan), offered)
    assert client_of(people.lan).post(url("edit_contract", offered), {**other, "place": "江北"}).status_code == 302
    late = client_of(people.heng).post(url("edit_contract", offered), {**early, "place": "杭州西湖"})
    assert late.status_code == 422 and "杭州西湖" in late.content.decode()
    offered.refresh_from_db()
    assert offered.data["values"]["place"] == "江北"


def test_downloads_open(people: People, offered: Contract, client_of: Browser) -> None:
    client = client_of(people.heng)
    word = client.get(url("contract_word", offered))
    assert "燃气热水器" in "".join(paragraph.text for paragraph in docx.Document(BytesIO(word.content)).paragraphs)
    pdf = client.get(url("contract_pdf", offered))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "技术开发合同" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert "filename" in word.headers["Content-Disposition"]


def test_a_refused_scan_says_why_and_keeps_nothing(
    people: People, offered: Contract, client_of: Browser, settings: Any
) -> None:
    settings.YINXIAN_UPLOAD_BYTES = 2 * 1024 * 1024
    client = client_of(people.lan)
    for content in (b"MZ binary", b"", b"%PDF-" + b"0" * (3 * 1024 * 1024)):
        answer = client.post(url("upload_scan", offered), {"file": SimpleUploadedFile("合同.pdf", content)})
        assert answer.status_code == 422 and answer.context["scan_form"].errors
    assert client.post(url("upload_scan", offered)).status_code == 422
    assert not Scan.objects.exists()


def test_a_scan_goes_up_comes_down_and_is_confirmed(people: People, offered: Contract, client_of: Browser) -> None:
    content = a_pdf(2)
    sent = client_of(people.lan).post(
        url("upload_scan", offered), {"file": SimpleUploadedFile("盖章合同.pdf", content)}
    )
    assert sent.status_code == 302
    scan = Scan.objects.get()
    where = reverse("contracts:scan", args=[offered.slug, scan.slug])
    down = client_of(people.heng).get(where)
    assert b"".join(down.streaming_content) == content  # type: ignore[attr-defined]  # a FileResponse
    assert down.headers["Content-Disposition"].startswith("attachment")
    assert client_of(people.cang).get(where).status_code == 404
    for party in (people.heng, people.lan):
        client_of(party).post(reverse("contracts:confirm_scan", args=[offered.slug, scan.slug]))
    offered.refresh_from_db()
    assert offered.state == "agreed"


def test_lists_filter_and_export(people: People, draft: Make, offered: Contract, client_of: Browser) -> None:
    draft(title="=cmd()")
    client = client_of(people.ruoxi)
    listed = reverse("contracts:contracts")
    assert client.get(listed).context["page"].paginator.count == 2
    assert client.get(listed, {"state": "offered"}).context["page"].paginator.count == 1
    assert client.get(listed, {"state": "x", "sort": "';", "page": "-4"}).status_code == 200
    book = openpyxl.load_workbook(BytesIO(client.get(listed, {"export": "xlsx"}).content))
    assert book.active is not None
    titles = [row[1] for row in book.active.iter_rows(values_only=True)]
    assert "=cmd()" in titles and all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert client_of(people.heng).get(listed).context["page"].paginator.count == 1


def test_the_list_makes_the_same_number_of_queries_whatever_its_length(
    people: People, draft: Make, client_of: Browser
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(people.ruoxi)
    counts = []
    for _ in range(2):
        for _ in range(6):
            draft()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("contracts:contracts"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_contract_with_scans_makes_no_query_a_scan(
    people: People, offered: Contract, client_of: Browser
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_of(people.heng), []
    for pages in (1, 2, 3, 4):
        upload = SimpleUploadedFile("s.pdf", a_pdf(pages))
        upload_scan(contract_id=offered.pk, actor=people.lan, upload=upload)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("contract", offered))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_api_shows_and_approves_as_the_pages_do(people: People, offered: Contract, client_of: Browser) -> None:
    where = f"/api/v1/contracts/{offered.slug}"
    shown = client_of(people.heng).get(where).json()
    assert (shown["state"], shown["missing"], shown["approved_by"]) == ("offered", [], [])

    def approve(user: Any, revision: int) -> tuple[int, str]:
        answer = client_of(user).post(f"{where}/approve", {"revision": revision}, content_type="application/json")
        return answer.status_code, answer.json().get("code", "")

    assert approve(people.stray, 1)[0] == 404
    assert approve(people.ruoxi, 1) == (403, "contracts.may_not_answer")
    assert approve(people.heng, 7) == (409, "contracts.changed_meanwhile")
    assert approve(people.heng, 1)[0] == 200
    assert client_of(people.lan).get(where).json()["approved_by"] == ["buyer"]
    assert client_of(people.cang).get("/api/v1/contracts/").json() == []
    assert len(client_of(people.lan).get("/api/v1/contracts/").json()) == 1
    assert client_of(people.lan).get(f"{where}/pdf").content.startswith(b"%PDF")
    assert client_of(people.lan).get(f"{where}/word").content.startswith(b"PK")
