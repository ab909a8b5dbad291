"""Contracts signed electronically: by whom, in which order, and what the file says afterwards."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.contracts.signing_servers import serve, signing_service, timestamp_service
from tests.world import People
from yinxian.contracts.models import Contract, Signature, SignedCopy
from yinxian.contracts.operations import cancel_contract, sign_with_certificate, sign_with_service
from yinxian.contracts.operations import signatures as operation
from yinxian.contracts.queries.signatures import check_copy, latest_copy, turn
from yinxian.contracts.signing import authority, pades
from yinxian.contracts.signing.identities import roots
from yinxian.journal.models import Entry
from yinxian.kernel import clock
from yinxian.kernel.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
PASSWORD = "从不保存的密码"


def certificate(days: int = 365) -> bytes:
    return authority.issue("周衡", "澜江暖能电器", clock.now(), days).as_pkcs12(PASSWORD)


def both_sign(people: People, contract: Contract) -> SignedCopy:
    sign_with_service(contract_id=contract.pk, actor=people.heng, revision=contract.revision)
    return sign_with_service(contract_id=contract.pk, actor=people.lan, revision=contract.revision)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises((Conflict, Invalid)) as refusal:
        yield
    assert refusal.value.code == code


def content(copy: SignedCopy) -> bytes:
    with copy.file.open("rb") as file:
        return file.read()


def test_both_sides_sign_in_order_and_the_contract_stands(people: People, offered: Contract) -> None:
    with refused("contracts.not_your_turn"):
        sign_with_service(contract_id=offered.pk, actor=people.lan, revision=offered.revision)
    assert not SignedCopy.objects.exists()
    first = sign_with_certificate(
        contract_id=offered.pk,
        actor=people.heng,
        revision=offered.revision,
        certificate=certificate(),
        password=PASSWORD,
    )
    offered.refresh_from_db()
    assert (offered.state, turn(offered)) == ("offered", "supplier")
    second = sign_with_service(contract_id=offered.pk, actor=people.lan, revision=offered.revision)
    offered.refresh_from_db()
    assert (offered.state, turn(offered), offered.on_paper) == ("agreed", None, False)
    assert content(second).startswith(content(first))
    checked = check_copy(second)
    assert checked.good
    assert [(one.signer, one.organisation) for one in checked.found] == [
        ("周衡", "澜江暖能电器"),
        ("林岚", "江北理工大学"),
    ]
    assert list(Signature.objects.values_list("side", "method")) == [("buyer", "certificate"), ("supplier", "service")]
    names = list(Entry.objects.filter(name__startswith="contracts.contract").values_list("name", flat=True))
    assert names.count("contracts.contract.signed") == 2 and names.count("contracts.contract.agreed") == 1
    assert all(PASSWORD not in str(entry.data) for entry in Entry.objects.all())
    with refused("contracts.all_signed"):
        sign_with_service(contract_id=offered.pk, actor=people.heng, revision=offered.revision)
    assert Signature.objects.count() == 2


def test_strangers_and_managers_sign_for_nobody(people: People, offered: Contract) -> None:
    for person in (people.ruoxi, people.qiao, people.stray, people.yuan):
        with pytest.raises(Forbidden):
            sign_with_service(contract_id=offered.pk, actor=person, revision=offered.revision)
    assert not Signature.objects.exists()


def test_what_is_not_offered_or_was_changed_is_not_signed(
    people: People, draft: Callable[..., Contract], offered: Contract
) -> None:
    fresh = draft(buyer_id=people.buyer.pk)
    with pytest.raises(Forbidden):
        sign_with_service(contract_id=fresh.pk, actor=people.heng, revision=fresh.revision)
    with refused("contracts.changed_meanwhile"):
        sign_with_service(contract_id=offered.pk, actor=people.heng, revision=offered.revision + 1)
    cancel_contract(contract_id=offered.pk, actor=people.ruoxi)
    with refused("contracts.not_to_be_signed"):
        sign_with_service(contract_id=offered.pk, actor=people.heng, revision=offered.revision)
    assert not SignedCopy.objects.exists()


def test_a_change_starts_without_signatures(people: People, offered: Contract, fill: Callable[..., Contract]) -> None:
    sign_with_service(contract_id=offered.pk, actor=people.heng, revision=offered.revision)
    changed = fill(offered, people.lan, place="宁波")
    assert (turn(changed), latest_copy(changed)) == ("buyer", None)
    assert SignedCopy.objects.count() == 1  # what was signed stays on record


@pytest.mark.parametrize(
    ("data", "password", "code"),
    [
        (b"", PASSWORD, "contracts.certificate_unreadable"),
        (b"not a certificate" * 100, PASSWORD, "contracts.certificate_unreadable"),
        (b"0" * 300_000, PASSWORD, "contracts.certificate_unreadable"),
        (None, "wrong", "contracts.certificate_unreadable"),
        (None, "", "contracts.certificate_unreadable"),
    ],
)
def test_a_certificate_that_cannot_be_opened_is_told(
    people: People, offered: Contract, data: bytes | None, password: str, code: str
) -> None:
    given = certificate() if data is None else data
    with refused(code):
        sign_with_certificate(
            contract_id=offered.pk, actor=people.heng, revision=1, certificate=given, password=password
        )
    assert not SignedCopy.objects.exists() and not offered.approvals.exists()


def test_a_certificate_out_of_date_is_told(people: People, offered: Contract, frozen: Callable[[str], None]) -> None:
    made = certificate(days=3)
    frozen((clock.today() + dt.timedelta(days=30)).isoformat() + "T09:00")
    with refused("contracts.certificate_expired"):
        sign_with_certificate(
            contract_id=offered.pk, actor=people.heng, revision=1, certificate=made, password=PASSWORD
        )


def test_a_certificate_that_nobody_here_trusts_is_told(people: People, offered: Contract) -> None:
    made = certificate()
    shutil.rmtree(authority.folder())  # another authority from here on
    with refused("contracts.certificate_untrusted"):
        sign_with_certificate(
            contract_id=offered.pk, actor=people.heng, revision=1, certificate=made, password=PASSWORD
        )
    assert not SignedCopy.objects.exists()


def test_the_operator_names_whom_to_trust(people: People, offered: Contract, data_folder: Path) -> None:
    made, root = certificate(), authority.root()[1]
    shutil.rmtree(authority.folder())
    (data_folder / "trust").mkdir()
    (data_folder / "trust" / "ca.pem").write_bytes(root.public_bytes(Encoding.PEM))
    assert len(roots()) == 2
    sign_with_certificate(contract_id=offered.pk, actor=people.heng, revision=1, certificate=made, password=PASSWORD)


def test_a_key_that_pdf_readers_do_not_know_is_told(people: People, offered: Contract) -> None:
    key, root_key, root = Ed25519PrivateKey.generate(), *authority.root()
    now = clock.now()
    made = authority._builder(
        authority._name("周衡", ""), root.subject, key, now - dt.timedelta(1), now + dt.timedelta(9)
    ).sign(root_key, hashes.SHA256())
    file = pkcs12.serialize_key_and_certificates(b"ed", key, made, [root], BestAvailableEncryption(b"pw"))
    with refused("contracts.certificate_kind"):
        sign_with_certificate(contract_id=offered.pk, actor=people.heng, revision=1, certificate=file, password="pw")


def test_a_changed_byte_is_found_by_ours_and_by_others(people: People, offered: Contract, tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("needs pdfsig: install poppler-utils")
    good = content(both_sign(people, offered))
    assert pdfsig(tmp_path, good).count("Signature is Valid.") == 2
    at = good.index(b"/Contents <") - 40_00
    for place in (at, good.rindex(b"startxref") - 200):
        spoilt = good[:place] + bytes([good[place] ^ 0x01]) + good[place + 1 :]
        assert not sound(spoilt)
        assert pdfsig(tmp_path, spoilt).count("Signature is Valid.") < 2


def sound(data: bytes) -> bool:
    try:
        found = pades.inspect(data, roots(), clock.now())
    except ValueError:
        return False
    return bool(found) and all(one.good for one in found)


def pdfsig(folder: Path, data: bytes) -> str:
    (folder / "signed.pdf").write_bytes(data)
    done = subprocess.run(["pdfsig", "signed.pdf"], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout


def test_a_timestamp_service_vouches_for_the_time(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    with timestamp_service(data_folder / "trust") as address:
        monkeypatch.setattr(settings, "YINXIAN_TSA_URL", address)
        copy = sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
    (found,) = check_copy(copy).found
    assert found.good and found.stamped_at is not None
    assert Signature.objects.get().timestamped


@pytest.mark.parametrize("answer", [b"", b"nonsense" * 50, None])
def test_a_timestamp_service_that_misbehaves_leaves_nothing(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch, answer: bytes | None
) -> None:
    with serve(lambda path, body: (500 if answer is None else 200, answer or b"")) as address:
        monkeypatch.setattr(settings, "YINXIAN_TSA_URL", address)
        with refused("contracts.timestamp_service"):
            sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
    assert not SignedCopy.objects.exists() and not offered.approvals.exists()


def test_a_service_elsewhere_signs_and_gets_only_the_hash(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signing_service("a-token") as (address, asked):
        monkeypatch.setattr(settings, "YINXIAN_SIGNING", address)
        monkeypatch.setattr(settings, "YINXIAN_SIGNING_TOKEN", "a-token")
        monkeypatch.setattr("yinxian.contracts.queries.signatures.roots", own_root)
        monkeypatch.setattr(operation.identities, "roots", own_root)
        copy = sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
    assert check_copy(copy).good
    assert all(set(body) <= {"person", "algorithm", "digest"} for _path, body in asked)


def own_root() -> list[object]:
    from asn1crypto.x509 import Certificate

    return [Certificate.load(authority.root()[1].public_bytes(Encoding.DER))]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, b""), (200, b"{"), (200, b"[]"), (200, b'{"certificates": []}'), (200, b'{"certificates": ["!!"]}'),
     (200, b'{"certificates": ["AAAA"]}'), (403, b"{}")],
)  # fmt: skip
def test_a_signing_service_that_misbehaves_leaves_nothing(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch, status: int, answer: bytes
) -> None:
    with serve(lambda path, body: (status, answer)) as address:
        monkeypatch.setattr(settings, "YINXIAN_SIGNING", address)
        with refused("contracts.signing_service"):
            sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
    assert not SignedCopy.objects.exists()


def test_whoever_comes_second_is_told_and_signs_again(
    people: People, offered: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operation._made

    def meanwhile(*args: object) -> bytes:
        monkeypatch.setattr(operation, "_made", made)
        sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
        return made(*args)  # type: ignore[arg-type]  # what the operation gave

    monkeypatch.setattr(operation, "_made", meanwhile)
    with pytest.raises(Conflict):
        sign_with_service(contract_id=offered.pk, actor=people.heng, revision=1)
    assert Signature.objects.count() == SignedCopy.objects.count() == 1


def test_the_page_signs_with_a_file_and_keeps_what_was_wrong(
    people: People, offered: Contract, client_of: Callable[..., Client]
) -> None:
    path = f"/contracts/{offered.slug}/signatures/"
    buyer = client_of(people.heng)
    page = buyer.get(path).content.decode()
    assert "轮到这一方" in page and "用证书文件" in page
    given = {"revision": 1, "password": "wrong", "certificate": SimpleUploadedFile("a.p12", certificate())}
    refused = buyer.post(path, given)
    assert refused.status_code == 422 and "密码不对" in refused.content.decode()
    done = buyer.post(
        path, {"revision": 1, "password": PASSWORD, "certificate": SimpleUploadedFile("a.p12", certificate())}
    )
    assert done.status_code == 302
    page = buyer.get(path).content.decode()
    assert "全部有效" in page and "未被改动" in page
    assert b"".join(buyer.get(f"/contracts/{offered.slug}/signed/").streaming_content).startswith(b"%PDF-")
    supplier = client_of(people.lan)
    assert supplier.post(f"{path}service/", {"revision": "1"}).status_code == 302
    assert check_copy(latest_copy(Contract.objects.get()) or pytest.fail("no copy")).good
    assert client_of(people.stray).get(path).status_code == 404
    english = client_of(people.heng).get(path, headers={"Accept-Language": "en"}).content.decode()
    assert "Electronic signatures" in english


def test_a_lost_file_is_said_and_nothing_else_breaks(
    people: People, offered: Contract, client_of: Callable[..., Client]
) -> None:
    copy = both_sign(people, offered)
    copy.file.storage.delete(copy.file.name or "")
    page = client_of(people.heng).get(f"/contracts/{offered.slug}/signatures/")
    assert page.status_code == 200 and "文件读不出来" in page.content.decode()


def test_the_api_tells_and_signs(people: People, offered: Contract, client_of: Callable[..., Client]) -> None:
    address = f"/api/v1/contracts/{offered.slug}/signatures"
    buyer = client_of(people.heng)
    assert buyer.get(address).json()["next"] == "buyer"
    signed = buyer.post(address, {"revision": 1}, content_type="application/json").json()
    assert (signed["next"], signed["valid"], len(signed["signatures"])) == ("supplier", True, 1)
    again = buyer.post(address, {"revision": 1}, content_type="application/json")
    assert again.status_code == 409 and again.json()["code"] == "contracts.not_your_turn"
    assert re.match(rb"%PDF-", buyer.get(f"/api/v1/contracts/{offered.slug}/signed").content)
    assert client_of(people.stray).get(address).status_code == 404
