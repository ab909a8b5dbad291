"""The paper of an arrival by the endpoints: who brings it, who reads it, who sends it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.landing.landing_world import Regions, chosen, make_regions, paper
from yinxian.kernel import clock
from yinxian.landing.models import Evidence, Landing
from yinxian.network.models import User


@pytest.fixture
def regions(db: None) -> Regions:
    return make_regions()


def test_the_paper_comes_is_read_doubted_and_comes_again(regions: Regions, client_of: Callable[..., Client]) -> None:
    landing, _offer = chosen(regions)
    path = f"/api/v1/landing/landings/{landing.slug}/evidence"
    people = regions.people

    def send(user: User, status: int, **change: Any) -> Any:
        given = {"kind": "licence", "number": "91370200MA3X", "dated_on": clock.today().isoformat(), "file": paper()}
        data = {name: value for name, value in (given | change).items() if value is not None}
        answer = client_of(user).post(path, data)
        assert answer.status_code == status, answer.content.decode()[:300]
        return answer.json()

    assert send(people.qiao, 403)["code"] == "landing.not_reporter"
    send(regions.shi, 404)
    for wrong in ({"file": None}, {"dated_on": "gestern"}, {"dated_on": "2999-01-01"}, {"kind": "x"}, {"area": "-1"}):
        send(people.lan, 422, **wrong)
    assert Landing.objects.get().state == "chosen" and not Evidence.objects.exists()
    made = send(people.lan, 201, area="2 亩")
    assert (made["kind"], made["area"], made["confirmed"]) == ("licence", "1333.33", [])
    send(people.lan, 409)
    for reader, status in ((people.qiao, 200), (regions.wang, 200), (regions.shi, 404), (people.stray, 404)):
        assert client_of(reader).get(path).status_code == status
        kept = client_of(reader).get(f"{path}/{made['id']}")
        assert kept.status_code == status
        assert not kept.streaming or kept.getvalue() == b"%PDF-1.7 a licence"

    def doubt(user: User, reason: str) -> Any:
        body = {"reason": reason}
        return client_of(user).post(f"{path}/{made['id']}/question", body, content_type="application/json")

    assert doubt(people.lan, "别的公司").status_code == 403
    assert doubt(regions.miao, " ").status_code == 422
    assert doubt(regions.miao, "执照是别的公司的").json()["question"] == "执照是别的公司的"
    assert doubt(regions.miao, "再说一遍").status_code == 409
    send(regions.miao, 201)
    assert [one["question"] for one in client_of(people.lan).get(path).json()] == ["执照是别的公司的", ""]
