"""The way on paper: what is taken, what is refused, and that both sides confirm the same scan."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from tests.world import People
from yinxian.contracts.models import Approval, Contract, Scan
from yinxian.contracts.operations import approve_contract, confirm_scan, upload_scan
from yinxian.journal.models import Entry
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


def a_pdf(pages: int = 3, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(contract: Contract, actor: Any, content: bytes, name: str = "盖章.pdf") -> Scan:
    return upload_scan(contract_id=contract.pk, actor=actor, upload=SimpleUploadedFile(name, content))


def test_both_sides_confirm_a_stamped_scan(people: People, offered: Contract) -> None:
    scan = upload(offered, people.lan, a_pdf(3))
    assert (scan.pages, len(scan.sha256)) == (3, 64)
    confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.heng)
    offered.refresh_from_db()
    assert offered.state == "offered"
    done = confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.lan)
    assert (done.state, done.on_paper) == ("agreed", True)
    assert Entry.objects.get(name="contracts.contract.agreed").data["on_paper"] is True


def test_one_yes_to_the_text_and_one_to_a_scan_do_not_make_an_agreement(people: People, offered: Contract) -> None:
    scan = upload(offered, people.lan, a_pdf())
    approve_contract(contract_id=offered.pk, actor=people.heng, revision=1)
    assert confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.lan).state == "offered"


@pytest.mark.parametrize(("content", "pages"), [(PNG, 1), (JPEG, 1), (a_pdf(1), 1), (a_pdf(12), 12)])
def test_pictures_and_pdf_are_taken(people: People, offered: Contract, content: bytes, pages: int) -> None:
    assert upload(offered, people.heng, content).pages == pages


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 500,
        b"%PDF-1.7 and then nothing of the kind",
        a_pdf()[:200],
        a_pdf(password="secret"),
        PNG[:-12],
        JPEG[:-2],
        b"<html>%PDF",
        "只是文字".encode(),
    ],
    ids=["program", "text", "half a PDF", "locked PDF", "half a PNG", "half a JPEG", "page", "words"],
)
def test_what_only_calls_itself_a_scan_is_refused(people: People, offered: Contract, content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        upload(offered, people.heng, content)
    assert refusal.value.code == "contracts.scan_kind"
    assert not Scan.objects.exists()


def test_empty_and_enormous_files_are_refused(people: People, offered: Contract, settings: Any) -> None:
    settings.YINXIAN_UPLOAD_BYTES = 1024
    for content, code in ((b"", "kernel.empty_file"), (b"%PDF-" + b"0" * 2000, "kernel.too_large")):
        with pytest.raises(Invalid) as refusal:
            upload(offered, people.heng, content)
        assert refusal.value.code == code
    assert not Scan.objects.exists()


def test_the_same_scan_twice_is_one(people: People, offered: Contract) -> None:
    content = a_pdf()
    assert upload(offered, people.heng, content) == upload(offered, people.lan, content, "另一个名字.pdf")
    assert Entry.objects.filter(name="contracts.scan.uploaded").count() == 1


def test_strangers_neither_upload_nor_confirm(people: People, offered: Contract) -> None:
    scan = upload(offered, people.lan, a_pdf())
    for stranger in (people.cang, people.outsider, people.stray):
        with pytest.raises(Forbidden):
            upload(offered, stranger, a_pdf(2))
        with pytest.raises(Forbidden):
            confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=stranger)
    with pytest.raises(Forbidden):
        confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.ruoxi)
    assert Scan.objects.count() == 1 and not Approval.objects.exists()


def test_a_scan_of_an_older_text_is_not_confirmed(
    people: People, offered: Contract, fill: Callable[..., Contract]
) -> None:
    scan = upload(offered, people.lan, a_pdf())
    confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.lan)
    fill(offered, people.heng, place="改在需方")
    with pytest.raises(Conflict) as refusal:
        confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.heng)
    assert refusal.value.code == "contracts.scan_old"
    offered.refresh_from_db()
    assert offered.state == "offered"


def test_a_scan_of_another_contract_is_not_found(
    people: People, offered: Contract, draft: Callable[..., Contract]
) -> None:
    from yinxian.contracts.operations import offer_contract

    other = offer_contract(contract_id=draft().pk, actor=people.ruoxi)
    scan = upload(other, people.lan, a_pdf())
    with pytest.raises(Scan.DoesNotExist):
        confirm_scan(contract_id=offered.pk, scan_id=scan.pk, actor=people.lan)


def test_nothing_is_uploaded_to_a_draft(people: People, draft: Callable[..., Contract]) -> None:
    with pytest.raises(Conflict):
        upload(draft(), people.ruoxi, a_pdf())
