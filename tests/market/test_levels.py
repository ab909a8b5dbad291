"""Who sees what: every role on every page, file, snippet and level, with a secret in every confidential field."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from tests.market.listings import NETWORK_WORDS, SECRETS, TEASER, make_need, make_result
from tests.world import People
from yinxian.market.models import Need, Result
from yinxian.market.operations.grants import grant_named
from yinxian.market.queries import level_for, shown, visible_needs, visible_results
from yinxian.market.search import reindex

pytestmark = pytest.mark.django_db
LEVELS = {
    "nobody": "public",
    "stray": "public",
    "outsider": "public",
    "heng": "network",
    "cang": "network",
    "mingyuan": "network",
    "yuan": "network",
    "qiao": "network",
    "ruoxi": "network",
    "lan": "named",
}
NEED_LEVELS = LEVELS | {"heng": "named", "lan": "network", "ruoxi": "named"}


def reader(people: People, name: str, client_of: Callable[..., Client]) -> Client:
    return Client() if name == "nobody" else client_of(getattr(people, name))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    if response["Content-Type"].startswith("application/vnd"):
        rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return response.content.decode("utf-8-sig" if "csv" in response["Content-Type"] else "utf-8")


@pytest.mark.parametrize("name", LEVELS)
def test_result_shows_each_reader_their_level_everywhere(
    people: People, name: str, client_of: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = make_result(people)
    reindex()
    client = reader(people, name, client_of)
    page = text_of(client, f"/results/{result.slug}/")
    lists = [
        text_of(client, f"/results/{query}")
        for query in ("", "?q=一氧化碳", "?q=铈锆固溶体", "export/csv/", "export/xlsx/", "export/csv/?q=铈锆固溶体")
    ]
    assert TEASER in page and TEASER in lists[0]
    for secret in SECRETS:
        assert (secret in page) == (LEVELS[name] == "named"), secret
        assert name == "lan" or secret not in "".join(lists), secret
        assert secret not in caplog.text
    assert name == "lan" or "8765432" not in "".join([page, *lists])
    for word in NETWORK_WORDS:
        assert (word in page) == (LEVELS[name] != "public"), word
    if LEVELS[name] == "public":
        assert not any(word in found for word in NETWORK_WORDS[1:] for found in lists)
        assert people.supplier.name not in page


@pytest.mark.parametrize("name", NEED_LEVELS)
def test_need_shows_each_reader_their_level_everywhere(
    people: People, name: str, client_of: Callable[..., Client]
) -> None:
    need = make_need(people)
    reindex()
    client = reader(people, name, client_of)
    page = text_of(client, f"/needs/{need.slug}/")
    lists = "".join(text_of(client, f"/needs/{query}") for query in ("", "?q=热水器", "export/xlsx/", "?q=蜂窝陶瓷"))
    for secret in ("机密配方甲", "机密联系人乙", "13911112222", "secret@mi.example"):
        assert (secret in page) == (NEED_LEVELS[name] == "named"), secret
        assert NEED_LEVELS[name] == "named" or secret not in lists, secret
    assert ("冷启动" in page) == (NEED_LEVELS[name] != "public")
    assert ("冷启动" in lists) == (NEED_LEVELS[name] != "public")


@pytest.mark.parametrize("confidence", ["network", "named"])
@pytest.mark.parametrize("name", LEVELS)
def test_narrower_listings_do_not_exist_for_others(
    people: People, name: str, confidence: str, client_of: Callable[..., Client]
) -> None:
    result = make_result(people, confidence=confidence)
    reindex()
    client = reader(people, name, client_of)
    sees = LEVELS[name] == "named" or (confidence == "network" and LEVELS[name] == "network")
    assert client.get(f"/results/{result.slug}/").status_code == (200 if sees else 404)
    assert client.get(f"/results/{result.slug}/qr.svg").status_code == (200 if sees else 404)
    assert (result.title in text_of(client, "/results/")) == sees
    assert (result.title in text_of(client, "/results/export/csv/")) == sees


@pytest.mark.parametrize("state", [state for state in Result.State.values if state != "published"])
def test_what_is_not_on_the_market_is_for_the_named_and_its_reviewer(
    people: People, state: str, client_of: Callable[..., Client]
) -> None:
    result = make_result(people, state=state)
    for name in LEVELS:
        reviewing = name == "qiao" and state in ("pending", "hold")
        expected = 200 if name == "lan" or reviewing else 404
        assert reader(people, name, client_of).get(f"/results/{result.slug}/").status_code == expected, name


def test_freshness_that_has_passed_hides_it_before_the_nightly_duty_ran(
    people: People, frozen: Callable[[str], None]
) -> None:
    frozen("2026-03-04T09:00")
    result = make_result(people)
    frozen("2027-03-05T09:00")
    assert level_for(people.heng, result) == "none"
    assert level_for(people.lan, result) == "named"


def test_named_party_and_its_end(people: People) -> None:
    result, need = make_result(people), make_need(people)
    assert level_for(people.heng, result) == "network"
    with transaction.atomic():
        grant_named(result_id=result.pk, organisation_id=people.buyer.pk, reference="X1", actor=people.ruoxi)
        grant_named(result_id=result.pk, organisation_id=people.buyer.pk, reference="X1", actor=people.ruoxi)
        grant = grant_named(need_id=need.pk, user_id=people.stray.pk, actor=None)
    assert result.grants.count() == 1
    assert level_for(people.heng, result) == "named"
    assert level_for(people.stray, need) == "named"
    assert level_for(people.cang, result) == "network"
    grant.ended_at = grant.created_at
    grant.save()
    assert level_for(people.stray, need) == "public"


def test_fields_below_the_level_are_absent_not_empty(people: People) -> None:
    result = make_result(people)
    public, network, named = (shown(result, level) for level in ("public", "network", "named"))
    assert "description" not in public and "owner_name" not in public and "keywords" not in public
    assert "description" in network and "contact_phone" not in network and "price_low_fen" not in network
    assert "contact_phone" in named and "price_low_fen" in named
    assert not hasattr(network, "confidential")
    with pytest.raises(ValueError, match="nothing"):
        shown(result, "none")


def test_levels_of_a_list_come_with_it(people: People, django_assert_num_queries: Callable[..., object]) -> None:
    for _ in range(3):
        make_result(people)
    make_need(people)
    list(visible_results(people.lan))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        assert {result.level for result in visible_results(people.lan)} == {"named"}  # type: ignore[attr-defined]
    assert {need.level for need in visible_needs(people.lan)} == {"network"}  # type: ignore[attr-defined]
    assert Need.objects.count() == 1


def test_confidential_price_cannot_be_found_out_by_narrowing_or_sorting(
    people: People, client_of: Callable[..., Client]
) -> None:
    hidden = make_result(people, title="藏价")
    open_price = make_result(people, title="明价", price_confidential=False, price_low_fen=876543200)
    client = client_of(people.heng)
    found = text_of(client, "/results/?price=200-")
    assert open_price.title in found and hidden.title not in found
    anonymous = text_of(Client(), "/results/?price=200-&industry=A")
    assert open_price.title in anonymous and hidden.title in anonymous
    assert "8,765" not in text_of(client, f"/results/{hidden.slug}/")


def test_share_card_and_structured_data_hold_the_teaser_only(people: People) -> None:
    result = make_result(people, title="</script><b>标题")
    page = text_of(Client(), f"/results/{result.slug}/")
    assert 'property="og:title"' in page and "application/ld+json" in page
    assert "</script><b>" not in page
    assert "\\u003c/script\\u003e" in page
