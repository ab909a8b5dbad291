"""Turn an entry of the journal into notices."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yinxian.journal.models import Entry
from yinxian.network.models import User

from ..models import Notice, Preference
from ..queries.about import about
from ..queries.around import About
from ..rules import Rule, kind_of
from ..table import TABLE


@transaction.atomic
def tell(entry: Entry) -> int:
    """One notice for each person whom the entry concerns and who wants to hear of it; never for who did it.

    Doing it twice does it once. Returns how many people are concerned.
    """
    rules = TABLE.get(entry.name, ())
    found = about(entry) if rules else None
    if found is None:
        return 0
    told = dict(_people(rules, found, entry))
    chosen = _choices(told)
    notices = []
    for person, rule in told.items():
        in_product, by_mail = chosen.get((person.pk, str(rule.group)), (True, True))
        by_mail = by_mail and bool(person.email)
        if in_product or by_mail:
            notices.append(
                Notice(
                    user=person,
                    entry=entry,
                    kind=kind_of(entry.name, rule),
                    group=rule.group,
                    params={"title": found.title, **{name: entry.data.get(name, "") for name in rule.words}},
                    url=found.url,
                    in_product=in_product,
                    by_mail=by_mail,
                    created_at=entry.at,
                )
            )
    fresh = set(told) - set(User.objects.filter(notices__entry=entry))
    for notice in notices:
        if notice.user in fresh:
            notice.save()
    return len(told)


def _people(rules: tuple[Rule, ...], found: About, entry: Entry) -> Iterator[tuple[User, Rule]]:
    """Each active person once, by the first rule that finds them."""
    seen = {entry.actor_id}
    for rule in rules:
        for key in rule.who:
            for person in found.people[key]() if key in found.people else ():
                if person is not None and person.is_active and person.pk not in seen:
                    seen.add(person.pk)
                    yield person, rule


def _choices(told: dict[User, Rule]) -> dict[tuple[int, str], tuple[bool, bool]]:
    rows = Preference.objects.filter(user__in=list(told)).values_list("user_id", "group", "in_product", "by_mail")
    return {(user, group): (in_product, by_mail) for user, group, in_product, by_mail in rows}
