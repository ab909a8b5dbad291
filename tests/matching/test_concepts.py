"""The trades' words: who may add them, what is refused, how a file is read, and that matching knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import People
from yinxian.journal.models import Entry
from yinxian.kernel import thesaurus
from yinxian.kernel.errors import Conflict, Forbidden, Invalid
from yinxian.matching.engine.evidence import wished
from yinxian.matching.engine.wanted import Wanted
from yinxian.matching.models import OwnConcept
from yinxian.matching.operations.concept_files import import_concepts
from yinxian.matching.operations.concepts import Written, add_concept, edit_concept, withdraw_concept
from yinxian.matching.queries.concepts import Sought, concepts_for, known
from yinxian.network.models import User

pytestmark = pytest.mark.django_db
INSERT = Written(zh=("烟道插片", "催化插片"), en=("flue insert",))


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.YINXIAN_DATA = tmp_path
    yield


def add(people: People, written: Written = INSERT, actor: User | None = None) -> OwnConcept:
    return add_concept(association_id=people.association.pk, actor=actor or people.qiao, written=written)


def told() -> list[str]:
    return list(
        Entry.objects.filter(name__startswith="matching.concept.").order_by("pk").values_list("name", flat=True)
    )


def refused(people: People, written: Written, code: str) -> None:
    before = list(OwnConcept.objects.values())
    with pytest.raises(Invalid) as wrong:
        add(people, written)
    assert wrong.value.code == f"matching.{code}"
    assert wrong.value.sentence
    assert list(OwnConcept.objects.values()) == before and len(told()) == len(before)


def test_reviewer_adds_and_every_process_knows_after_the_worker(people: People, drain: Callable[[], None]) -> None:
    made = add(people)
    assert (made.code, made.version, told()) == ("own-flue-insert", 1, ["matching.concept.added"])
    assert thesaurus.concept(made.code) is None
    drain()
    assert thesaurus.concept(made.code) == made.concept
    assert [match.id for match in thesaurus.find("旧烟道插片要换")] == [made.code]
    names = wished(Wanted(segments=(("换一种烟道插片", 1.0),))).names
    assert names["催化插片"] == ("烟道插片", 1.0)
    changed = Written(zh=("烟道插片", "触媒插片"))
    edit_concept(concept_id=made.pk, actor=people.qiao, written=changed, based_on=1)
    drain()
    assert "触媒插片" in wished(Wanted(segments=(("换一种烟道插片", 1.0),))).names
    withdraw_concept(concept_id=made.pk, actor=people.qiao)
    drain()
    assert thesaurus.find("旧烟道插片要换") == []
    assert thesaurus.concept("own-flue-insert") is None


@pytest.mark.parametrize("who", ["ruoxi", "heng", "outsider", "stray"])
def test_others_change_nothing(people: People, who: str) -> None:
    made, actor = add(people), getattr(people, who)
    with pytest.raises(Forbidden):
        add(people, Written(zh=("冷机窗口",)), actor)
    with pytest.raises(Forbidden):
        edit_concept(concept_id=made.pk, actor=actor, written=INSERT, based_on=1)
    with pytest.raises(Forbidden):
        withdraw_concept(concept_id=made.pk, actor=actor)
    with pytest.raises(Forbidden):
        import_concepts(association_id=people.association.pk, actor=actor, data="zh\n冷机窗口".encode())
    made.refresh_from_db()
    assert (made.version, made.state, OwnConcept.objects.count()) == (1, "in_use", 1)


def test_a_term_of_another_concept_needs_a_note(people: People) -> None:
    refused(people, Written(zh=("立方氮化硼",)), "concept_term_taken")
    add(people)
    refused(people, Written(zh=("催化插片", "另一种")), "concept_term_taken")
    assert add(people, Written(zh=("催化插片", "另一种"), note="另一家厂的叫法，指整段烟道")).version == 1


def test_nothing_stands_above_itself(people: People) -> None:
    upper = add(people, Written(code="own-upper", zh=("烟道件",)))
    lower = add(people, Written(code="own-lower", zh=("烟道插片",), broader=("烟道件",)))
    assert lower.broader == ["own-upper"], "a broader concept is named by any of its terms"
    with pytest.raises(Invalid) as wrong:
        edit_concept(
            concept_id=upper.pk,
            actor=people.qiao,
            written=Written(zh=("烟道件",), broader=("own-lower",)),
            based_on=1,
        )
    assert wrong.value.code == "matching.concept_circle"
    with pytest.raises(Conflict):
        withdraw_concept(concept_id=upper.pk, actor=people.qiao)
    upper.refresh_from_db()
    assert (upper.broader, upper.state, upper.version) == ([], "in_use", 1)
    page = known("own-upper")
    assert page and [one.id for one in page.narrower] == ["own-lower"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (Written(), "concept_nameless"),
        (Written(signs=("XYZQ",)), "concept_nameless"),
        (Written(zh=("碳",)), "concept_term_short"),
        (Written(zh=("甲|乙丙",)), "concept_term"),
        (Written(zh=("长" * 61,)), "concept_term"),
        (Written(zh=tuple(f"某说法{n}" for n in range(21))), "concept_many"),
        (Written(zh=("某说法",), broader=("没有这个",)), "concept_broader_unknown"),
        (Written(zh=("某说法",), field="99"), "concept_field"),
        (Written(zh=("某说法",), code="A B"), "concept_code"),
        (Written(zh=("某说法",), code="new"), "concept_code"),
        (Written(zh=("某说法",), code="cubic-boron-nitride"), "concept_code_taken"),
        (Written(zh=("某说法",), note="长" * 201), "concept_note_long"),
    ],
)
def test_what_cannot_be_is_refused(people: People, written: Written, code: str) -> None:
    if code == "concept_code_taken":
        [match] = thesaurus.find("立方氮化硼")
        written = Written(zh=("某说法",), code=match.id)
    refused(people, written, code)


def test_two_at_once_one_is_told(people: People) -> None:
    made = add(people)
    edit_concept(concept_id=made.pk, actor=people.qiao, written=Written(zh=("烟道插片",)), based_on=1)
    with pytest.raises(Conflict):
        edit_concept(concept_id=made.pk, actor=people.qiao, written=Written(zh=("别的说法",)), based_on=1)
    made.refresh_from_db()
    assert (made.zh, made.version) == (["烟道插片"], 2)


def test_a_file_goes_out_and_comes_back_without_change(people: People, client_of: Callable[[Any], Client]) -> None:
    add(people, Written(zh=("烟道插片", "催化插片"), en=("flue insert",), signs=("FI-7",), field="07", note="=注意"))
    client = client_of(people.qiao)
    data = client.get("/concepts/export/csv/").content
    assert import_concepts(association_id=people.association.pk, actor=people.qiao, data=data)[0].version == 1
    more = data.decode("utf-8-sig").splitlines()[0] + "\n,冷机窗口；冷机起动段,,,,6,\n"
    sent = SimpleUploadedFile("a.csv", more.encode("gbk"))
    answer = client.post("/concepts/import/", {"association": people.association.pk, "file": sent})
    assert answer.status_code == 302
    assert OwnConcept.objects.get(code="own-1").zh == ["冷机窗口", "冷机起动段"]
    assert OwnConcept.objects.get(code="own-1").field == "06"


@pytest.mark.parametrize(
    "data",
    [b"\x00\xff\xfe" * 50, b"PK\x03\x04", b"", "只有一列\n甲乙".encode(), "zh\n甲乙丙\n碳".encode(), b'zh\n"open'],
)
def test_a_file_that_is_wrong_changes_nothing_and_says_where(people: People, data: bytes) -> None:
    with pytest.raises(Invalid) as wrong:
        import_concepts(association_id=people.association.pk, actor=people.qiao, data=data)
    assert OwnConcept.objects.count() == 0 and told() == []
    if b"\xe7\xa2\xb3" in data:
        assert "第 3 行" in wrong.value.sentence


def test_pages_say_what_is_known_and_keep_what_was_typed(people: People, client_of: Callable[[Any], Client]) -> None:
    made = add(people)
    reviewer, manager = client_of(people.qiao), client_of(people.ruoxi)
    assert "催化插片" in manager.get("/concepts/", {"q": "烟道插片"}).content.decode()
    assert "产品还不认得它" in manager.get("/concepts/", {"q": "没有这个词吧<b>"}).content.decode()
    assert manager.get(f"/concepts/{made.code}/").status_code == 200
    assert manager.get("/concepts/no-such-thing/").status_code == 404
    for path in ("new/", "import/", f"{made.code}/edit/"):
        assert manager.get(f"/concepts/{path}").status_code == 404
        assert reviewer.get(f"/concepts/{path}").status_code == 200
    assert Client().get("/concepts/").status_code == 302
    posted = {"association": people.association.pk, "zh": "立方氮化硼", "field": ""}
    answer = reviewer.post("/concepts/new/", posted)
    assert answer.status_code == 422 and "立方氮化硼" in answer.content.decode()
    assert reviewer.post(f"/concepts/{made.code}/edit/", {"zh": "烟道插片", "based_on": "1"}).status_code == 302
    assert reviewer.post(f"/concepts/{made.code}/withdraw/").status_code == 302
    assert manager.post(f"/concepts/{made.code}/withdraw/").status_code == 404
    made.refresh_from_db()
    assert (made.version, made.state) == (3, "withdrawn")


def test_api_does_the_same(people: People, client_of: Callable[[Any], Client]) -> None:
    client = client_of(people.qiao)
    body = {"association": people.association.slug, "zh": ["烟道插片"], "en": ["flue insert"]}
    made = client.post("/api/v1/matching/concepts", body, content_type="application/json")
    assert made.status_code == 200, made.content
    assert made.json()["id"] == "own-flue-insert"
    path = "/api/v1/matching/concepts/own-flue-insert"
    changed = client.put(path, {"zh": ["烟道插片", "催化插片"], "version": 1}, content_type="application/json")
    assert (changed.json()["version"], changed.json()["zh"][1]) == (2, "催化插片")
    again = client.put(path, {"zh": ["烟道插片"], "version": 1}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "matching.concept_changed")
    assert client.get("/api/v1/matching/concepts?q=催化插片").json()["found"] == 1
    assert client.post(f"{path}/withdraw").json()["state"] == "withdrawn"
    other = client_of(people.ruoxi)
    assert other.post(f"{path}/withdraw").status_code == 403


def test_own_come_first_and_the_exact_word_before_those_that_hold_it(people: People) -> None:
    add(people)
    found = concepts_for(Sought("烟道"))
    assert found[0].own and not any(one.own for one in found[1:])
    assert concepts_for(Sought("立方氮化硼"))[0].concept.name == "立方氮化硼"
    assert concepts_for(Sought("", "own"))[0].concept.zh[0] == "烟道插片"
    assert all(one.own is None for one in concepts_for(Sought("烟道", "book")))
