"""The same rules through the API as through the pages."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.deals.deal_world import make_deal, make_signed
from tests.world import People
from yinxian.deals.models import Note
from yinxian.deals.operations.records import add_note

Browser = Callable[..., Client]
URL = "/api/v1/deals"


def test_list_and_detail_show_what_the_caller_may_see(people: People, client_of: Browser) -> None:
    deal = make_signed(people)
    add_note(deal_id=deal.pk, actor=people.heng, words="需方内部", audience="own")
    (row,) = client_of(people.heng).get(f"{URL}/").json()
    assert (row["number"], row["state"], row["amount_fen"]) == (deal.number, "signed", 48_000_000)
    detail = client_of(people.heng).get(f"{URL}/{deal.slug}").json()
    assert detail["sides"] == ["buyer"] and any(event["text"] == "需方内部" for event in detail["events"])
    assert "需方内部" not in client_of(people.lan).get(f"{URL}/{deal.slug}").content.decode()
    assert client_of(people.stray).get(f"{URL}/").json() == []
    assert client_of(people.stray).get(f"{URL}/{deal.slug}").status_code == 404
    assert Client().get(f"{URL}/").status_code == 401


def test_moving_keeps_to_the_table(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    manager = client_of(people.ruoxi)

    def move(client: Client, **given: str) -> tuple[int, str]:
        answer = client.post(f"{URL}/{deal.slug}/move", given, content_type="application/json")
        return answer.status_code, answer.json().get("code", "")

    assert move(client_of(people.heng), to="nda") == (403, "deals.may_not_move")
    assert move(client_of(people.stray), to="nda")[0] == 404
    assert move(manager, to="nonsense") == (409, "deals.deal_state")
    assert move(manager, to="nda", was="introduced")[0] == 200
    assert move(manager, to="negotiating", was="introduced") == (409, "deals.deal_changed")
    deal.refresh_from_db()
    assert deal.state == "nda"


def test_notes_are_written_for_a_side(people: People, client_of: Browser) -> None:
    deal = make_deal(people)
    given = {"text": "回访过", "audience": "own"}
    url = f"{URL}/{deal.slug}/notes"
    assert client_of(people.stray).post(url, given, content_type="application/json").status_code == 404
    assert client_of(people.lan).post(url, given, content_type="application/json").status_code == 200
    assert Note.objects.get().audience == "supplier"
    empty = client_of(people.lan).post(url, {"text": " "}, content_type="application/json")
    assert (empty.status_code, empty.json()["code"]) == (422, "deals.text_missing")
