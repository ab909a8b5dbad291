"""Points as people read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Sign

from yinxian.kernel import clock
from yinxian.kernel.clock import SHANGHAI
from yinxian.network.models import Organisation, User

from ..models import UNDOING, Point, Scheme
from ..rules import WHOLE_BP, Taken, factor, left_of, year_of

SINCE = Coalesce("corrects__at", "at")
"""From when a point loses value."""
YEARS = 30  # steps of decay; what is older keeps the share of the last
SORTS = {"day": ("-at", "-pk"), "oldest": ("at", "pk"), "points": ("-amount", "-at", "-pk"), "held": ("-held", "-at")}


def points_of(user: User) -> QuerySet[Point]:
    """One's own points and refusals, each with its fact and deal."""
    return Point.objects.filter(user=user).select_related("scheme__association", "entry", "deal", "corrects__entry")


def narrowed(points: QuerySet[Point], *, event: str = "", year: int | None = None, sort: str = "") -> QuerySet[Point]:
    """Of one kind of fact, of one calendar year, in one of the orders of SORTS."""
    if event:
        points = points.filter(event=event)
    if year:
        start, end = (dt.datetime(one, 1, 1, tzinfo=SHANGHAI) for one in (year, year + 1))
        points = points.filter(at__gte=start, at__lt=end)
    return points.order_by(*SORTS.get(sort, SORTS["day"]))


def left(point: Point, day: dt.date | None = None) -> int:
    """What the point is still worth by its own scheme; a correction decays together with what it corrects."""
    since = point.corrects.at if point.corrects else point.at
    return left_of(point.amount, point.scheme.yearly_bp, _local(since), day or clock.today())


def _local(moment: dt.datetime) -> dt.date:
    return moment.astimezone(SHANGHAI).date()


def total_of(user: User, day: dt.date | None = None) -> int:
    """All that the person's points are still worth."""
    rows = Point.objects.filter(user=user).values_list("amount", "scheme__yearly_bp", SINCE)
    return sum(left_of(amount, bp, _local(at), day or clock.today()) for amount, bp, at in rows)


def by_month(user: User, day: dt.date | None = None) -> list[dict[str, Any]]:
    """[{"month": "2026-03", "points": 40}], the last twelve months, oldest first, those without points too."""
    today = day or clock.today()
    last = today.year * 12 + today.month - 1
    names = [f"{number // 12}-{number % 12 + 1:02d}" for number in range(last - 11, last + 1)]
    sums = dict.fromkeys(names, 0)
    for at, amount in Point.objects.filter(user=user).values_list("at", "amount"):
        month = f"{_local(at):%Y-%m}"
        if month in sums:
            sums[month] += amount
    return [{"month": month, "points": points} for month, points in sums.items()]


def _years_before(day: dt.date, years: int) -> dt.datetime:
    """The first moment that has not had so many anniversaries on the day."""
    try:
        same = day.replace(year=day.year - years)
    except ValueError:  # 29 February: the anniversary is on 1 March
        same = dt.date(day.year - years, 2, 28)
    return dt.datetime.combine(same + dt.timedelta(days=1), dt.time(), SHANGHAI)


def _worth(schemes: Iterable[Scheme], day: dt.date) -> Any:
    """What a row (annotated with ``since``: SINCE) is still worth, for the database: as ``left_of``, with a step for
    each scheme that decays and year."""
    steps = [
        When(
            scheme_id=scheme.pk,
            since__gte=_years_before(day, years + 1),
            then=Value(factor(scheme.yearly_bp, years)),
        )
        for scheme in schemes
        if scheme.yearly_bp < WHOLE_BP
        for years in range(YEARS)
    ]
    older = [
        When(scheme_id=scheme.pk, then=Value(factor(scheme.yearly_bp, YEARS)))
        for scheme in schemes
        if scheme.yearly_bp < WHOLE_BP
    ]
    share = Case(*steps, *older, default=Value(WHOLE_BP), output_field=BigIntegerField())
    amount = Cast("amount", BigIntegerField())
    half = Cast(Sign(F("amount")), BigIntegerField()) * Value(WHOLE_BP // 2)
    return (amount * share + half) / Value(WHOLE_BP)


def board(association: Organisation, since: dt.date | None = None, day: dt.date | None = None) -> QuerySet[Point, Any]:
    """Members of an association by what their points are worth, those since a day: user, points, number of facts."""
    schemes = list(Scheme.objects.filter(association=association))
    found = Point.objects.filter(scheme__in=[scheme.pk for scheme in schemes]).exclude(amount=0).annotate(since=SINCE)
    undone = Point.objects.filter(corrects=OuterRef("pk"), entry__name__in=UNDOING)
    if since:
        found = found.filter(at__gte=dt.datetime.combine(since, dt.time(), SHANGHAI))
    return (
        found.values("user__name", "user__name_en", "user__slug", "user__manager_profile__slug")
        .annotate(
            points=Sum(_worth(schemes, day or clock.today()), output_field=BigIntegerField()),
            facts=Count("pk", filter=Q(~Exists(undone), corrects=None)),
        )
        .order_by("-points", "user__name", "user__slug")
    )


def register_of(association: Organisation) -> QuerySet[Point]:
    """Every point and refusal under the association's schemes: for its reviewers."""
    found = Point.objects.filter(scheme__association=association)
    return found.select_related("user", "scheme__association", "entry", "deal", "corrects__entry")


def taken_by(user_id: int, moment: dt.datetime) -> Taken:
    """What the person got in the moment's year, by kind of fact and altogether; what was undone does not count, and
    corrections after an appeal do not."""
    year = year_of(moment)
    start, end = (dt.datetime(one, 1, 1, tzinfo=SHANGHAI) for one in (year, year + 1))
    rows = Point.objects.filter(user=user_id, corrects=None, at__gte=start, at__lt=end)
    rows = rows.exclude(corrections__entry__name__in=UNDOING)
    sums = dict(rows.values_list("event").annotate(sum=Sum("amount")).order_by())
    found: Taken = {(user_id, year, event): total for event, total in sums.items()}
    found[user_id, year, ""] = sum(sums.values())
    return found


def earned_between(user_ids: Iterable[int], since: dt.date, until: dt.date) -> dict[int, int]:
    """Points given for facts of the two days and those between, corrections included, by person; nothing decays."""
    start = dt.datetime.combine(since, dt.time(), SHANGHAI)
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), SHANGHAI)
    rows = Point.objects.filter(user__in=list(user_ids), at__gte=start, at__lt=end)
    return dict(rows.values_list("user_id").annotate(sum=Sum("amount")).order_by())


def rows_of(points: QuerySet[Point], *, names: bool) -> Iterator[list[Any]]:
    """Rows of an export: day, who (for the association), what, given, held back and why, left, scheme, entry."""
    today = clock.today()
    for point in points.iterator(chunk_size=2000):
        who = [str(point.user)] if names else []
        yield [
            _local(point.at),
            *who,
            point.get_event_display(),
            point.amount,
            point.held,
            point.get_why_display(),
            left(point, today),
            point.scheme.version,
            str(point.entry.uid),
        ]
