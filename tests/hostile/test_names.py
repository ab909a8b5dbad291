"""Names of one character and of sixty: every form that names something takes both, and shows them as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.exams.examined import ROWS
from tests.hostile.bodies import Forms
from tests.world import People
from yinxian.exams.operations.importing import take_starter
from yinxian.network.models import ManagerProfile, Organisation

BROWSER = Callable[..., Client]
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "/associations/{association}/levels/new/": ("name", {"rank": "1"}),
    "/associations/{association}/branches/new/": ("name", {}),
    "/associations/{association}/exams/new/": (
        "title",
        {f"r{place}_{part}": str(value) for place, row in enumerate(ROWS) for part, value in row.items()}
        | {f"r{place}_{part}": "" for place in range(len(ROWS), 20) for part in ROWS[0]},
    ),
    "/training/associations/{association}/new-course/": ("name", {"minutes_skills": "8", "attendance_percent": "80"}),
    "/alliances/new/": ("name", {"text": "各方互荐项目，分成按事先的约定，名录每月互相交换一次。", "share": "30"}),
    "/studios/new/": ("name", {}),
    "/me/": ("name", {}),
}


@pytest.mark.parametrize("name", ["龙", "爱" * 60])
@pytest.mark.parametrize("path", FORMS)
def test_a_name_of_one_and_of_sixty(people: People, client_of: BROWSER, path: str, name: str) -> None:
    take_starter(association_id=people.association.pk, actor=people.qiao)
    association: Organisation = people.association
    association.memberships.filter(user=people.qiao).update(role="admin")
    ManagerProfile.objects.update_or_create(user=people.qiao, defaults={"association": association})
    browser = client_of(people.qiao, acting=association)
    field, more = FORMS[path]
    address = path.format(association=association.slug)
    posted = [one for one in Forms(browser.get(address).content.decode(), address).found if one.method == "post"]
    form = next(one for one in posted if any(given.name == field for given in one.fields))
    body = {one.name: one.value for one in form.fields if one.value} | more | {field: name}
    answer = browser.post(form.action, body)
    assert answer.status_code == 302, getattr(answer.context["form"], "errors", "")
    page = browser.get(answer.headers["Location"], follow=True)
    assert page.status_code == 200 and name in page.content.decode()
