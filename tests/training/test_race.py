"""The last seat, pressed by two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.training.classes import a_term
from tests.world import make_people
from yinxian.kernel import clock
from yinxian.network.models import User
from yinxian.training.models import Enrolment, Term
from yinxian.training.operations import enrolments
from yinxian.training.operations.enrolments import enrol, give_up

State = Enrolment.State


def at_once(acts: list[Callable[[], object]]) -> None:
    """Each in a thread and a connection of its own, let go together."""
    gate, wrong = threading.Barrier(len(acts)), []
    moment = clock.now()

    def run(act: Callable[[], object]) -> None:
        try:
            with clock.at(moment):
                gate.wait(20)
                act()
        except Exception as error:  # handed to the test below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_press_for_the_last_seat_and_one_waits(frozen: Callable[[str], None]) -> None:
    frozen("2026-02-20T09:00")
    people = make_people()
    for number in range(6):
        term = a_term(people, name=f"第 {number} 班", seats=1)
        at_once([lambda who=who, term=term: enrol(term_id=term.pk, actor=who) for who in (people.ruoxi, people.heng)])
        assert sorted(term.enrolments.values_list("state", flat=True)) == ["seated", "waiting"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_get_it(frozen: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the lock is for."""
    frozen("2026-02-20T09:00")
    people = make_people()
    both_looked = threading.Barrier(2)

    def unlocked(term_id: int) -> Term:
        return Term.objects.select_related("course__association").get(pk=term_id)

    def slow(name: str, *args: object, **more: object) -> None:
        both_looked.wait(20)

    monkeypatch.setattr(enrolments, "lock_term", unlocked)
    monkeypatch.setattr(enrolments, "say", slow)
    term = a_term(people, seats=1)
    at_once([lambda who=who: enrol(term_id=term.pk, actor=who) for who in (people.ruoxi, people.heng)])
    assert list(term.enrolments.values_list("state", flat=True)) == ["seated", "seated"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_leave_at_once_and_each_of_two_who_wait_moves_up_once(frozen: Callable[[str], None]) -> None:
    frozen("2026-02-20T09:00")
    people = make_people()
    term = a_term(people, seats=2)
    who: list[User] = [people.ruoxi, people.heng, people.lan, people.cang, people.yuan]
    made = [enrol(term_id=term.pk, actor=one) for one in who]
    at_once([lambda n=n: give_up(enrolment_id=made[n].pk, actor=who[n]) for n in (0, 1)])
    states = [Enrolment.objects.get(pk=one.pk).state for one in made]
    assert states == [State.GIVEN_UP, State.GIVEN_UP, State.SEATED, State.SEATED, State.WAITING]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_press_on_the_page_and_each_reads_what_became_of_it(
    frozen: Callable[[str], None], client_of: Callable[..., Client]
) -> None:
    frozen("2026-02-20T09:00")
    people = make_people()
    said: list[str] = []
    for number in range(4):
        term = a_term(people, name=f"第 {number} 班", seats=1)
        browsers = [client_of(people.ruoxi), client_of(people.heng)]

        def press(browser: Client, path: str = f"/training/terms/{term.slug}/enrol/") -> None:
            page = browser.post(path, follow=True).content.decode()
            said.append("候补第 1 位" if "候补第 1 位" in page else "名额给您留着" if "名额给您留着" in page else page)

        at_once([lambda browser=browser, press=press: press(browser) for browser in browsers])
        assert sorted(said[-2:]) == ["候补第 1 位", "名额给您留着"]
