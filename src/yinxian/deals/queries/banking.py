"""What is expected at the bank of a keeper of escrow, what a line of its statement fits, and what is to be paid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yinxian.network.members import memberships_of
from yinxian.settlement.models import BankAccount, BankFile, BankLine, Entry, PaymentItem, PaymentOrder, Transaction
from yinxian.settlement.permissions import CONFIRMERS, KEEPERS

from ..models import Deal, Milestone

OPEN = (Deal.State.SIGNED, Deal.State.REGISTERED, Deal.State.PERFORMING)


def accounts_of(user: Any) -> QuerySet[BankAccount]:
    """Bank accounts whose statements the person handles."""
    kept = memberships_of(user).filter(organisation__kind__in=KEEPERS, role__in=CONFIRMERS).values("organisation_id")
    return BankAccount.objects.filter(organisation__in=kept).select_related("organisation")


def kept_by(organisation_id: int) -> QuerySet[Deal]:
    """Deals whose escrow the organisation keeps; see permissions.milestones.keeper_id."""
    as_agency = Q(agency_id=organisation_id)
    as_association = Q(agency=None, manager__manager_profile__association_id=organisation_id)
    return Deal.objects.filter(as_agency | as_association)


@dataclass(frozen=True)
class Expected:
    """A payment that has not arrived, or not wholly."""

    milestone: Milestone
    left_fen: int

    @property
    def label(self) -> str:
        deal = self.milestone.deal
        return f"{deal.number} {self.milestone.title} · {deal.buyer.name}"


def expected(organisation_id: int) -> list[Expected]:
    """Every payment that may come into the keeper's account now, the earliest due first."""
    found = (
        Milestone.objects.filter(
            deal__in=kept_by(organisation_id).filter(state__in=OPEN).values("pk"), state=Milestone.State.UNFUNDED
        )
        .annotate(came=Coalesce(Sum("receipts__amount_fen", filter=Q(receipts__undone_at=None)), 0))
        .select_related("deal__buyer")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    return [Expected(one, one.amount_fen - one.came) for one in found if one.amount_fen > one.came]


@dataclass(frozen=True)
class Fit:
    """How a line fits a payment: by reference, amount and payer; ``title``: it names the payment itself.

    ``sure``: two of the three hold, and no other payment fits as well, or the others are later ones of the same deal
    that it names.
    """

    expected: Expected
    reference: bool
    amount: bool
    payer: bool
    title: bool = False
    sure: bool = False

    @property
    def score(self) -> int:
        return 3 * self.reference + 2 * self.amount + 2 * self.payer + self.title


def _bare(text: str) -> str:
    """A name or a reference without blanks, brackets and case, as two systems rarely write them alike."""
    return re.sub(r"[\s()（）\[\]【】\-—_·.,，。]", "", text).upper()


def fits(line: BankLine, waiting: Sequence[Expected]) -> list[Fit]:
    """Payments that a line may be, the likeliest first; nothing for money that went.

    Foreign money is never compared with yuan: it fits by reference and payer alone, and never surely.
    """
    if line.amount_fen < 0:
        return []
    said = _bare(f"{line.text} {line.end_to_end}")
    found = []
    for one in waiting:
        deal = one.milestone.deal
        fit = Fit(
            one,
            reference=_bare(deal.number) in said or one.milestone.slug in said,
            amount=not line.foreign and line.amount_fen == one.left_fen,
            payer=bool(line.name) and _bare(line.name) == _bare(deal.buyer.name),
            title=_bare(one.milestone.title) in said,
        )
        if fit.reference + fit.amount + fit.payer and (line.foreign or line.amount_fen <= one.left_fen):
            found.append(fit)
    found.sort(key=lambda fit: -fit.score)
    if found and not line.foreign and _is_sure(found):
        found[0] = replace(found[0], sure=True)
    return found


def _is_sure(found: Sequence[Fit]) -> bool:
    best = found[0]
    alike = [fit.expected.milestone.deal_id for fit in found[1:] if fit.score == best.score]
    of_the_deal = best.reference and set(alike) <= {best.expected.milestone.deal_id}
    return best.reference + best.amount + best.payer >= 2 and (not alike or of_the_deal)


@dataclass(frozen=True)
class LineView:
    """A line with what it may be: payments that are expected, or an item that was ordered."""

    line: BankLine
    fits: list[Fit] = field(default_factory=list)
    item: PaymentItem | None = None

    @property
    def best(self) -> Fit | None:
        return self.fits[0] if self.fits and self.fits[0].sure else None


def views_of(lines: Iterable[BankLine], account: BankAccount) -> list[LineView]:
    """The lines with what they fit; a constant number of queries."""
    found = list(lines)
    if not any(line.state == BankLine.State.OPEN for line in found):
        return [LineView(line) for line in found]
    waiting = expected(account.organisation_id)
    items = {item.slug: item for item in _unpaid(account)}
    return [
        LineView(line, fits(line, waiting)[:8], _ordered(line, items))
        if line.state == BankLine.State.OPEN
        else LineView(line)
        for line in found
    ]


def _unpaid(account: BankAccount) -> QuerySet[PaymentItem]:
    ordered = PaymentItem.objects.filter(order__bank_account=account, order__cancelled_at=None, transaction=None)
    return ordered.select_related("account")


def _ordered(line: BankLine, items: dict[str, PaymentItem]) -> PaymentItem | None:
    """The ordered payment that the bank names in a line of money that went: by its end-to-end id, anywhere in it."""
    if line.amount_fen > 0 or line.foreign:
        return None
    named = re.findall(r"Z[0-9A-Z]{9}", f"{line.end_to_end} {line.text}".upper())
    return next((items[one] for one in named if one in items and items[one].amount_fen == -line.amount_fen), None)


def lines_of(user: Any, *, state: str = "", file: BankFile | None = None) -> QuerySet[BankLine]:
    found = BankLine.objects.filter(bank_account__in=accounts_of(user).values("pk")).select_related(
        "file", "bank_account__organisation", "settled_by", "match__receipt__milestone__deal"
    )
    if state in BankLine.State.values:
        found = found.filter(state=state)
    return found.filter(file=file) if file else found


def line_for(user: Any, slug: str) -> BankLine | None:
    return lines_of(user).filter(slug=slug).first()


def file_for(user: Any, slug: str) -> BankFile | None:
    found = BankFile.objects.filter(slug=slug, bank_account__in=accounts_of(user).values("pk"))
    return found.select_related("bank_account__organisation", "uploaded_by").first()


def payable(account: BankAccount) -> list[Entry]:
    """What was released out of escrow that the organisation keeps and has not been ordered yet, oldest first.

    What was released and reversed does not count, nor what the owner has confirmed as paid already (the account no
    longer holds it).
    """
    codes = [f"escrow:{slug}" for slug in kept_by(account.organisation_id).values_list("slug", flat=True)]
    releases = Transaction.objects.filter(
        kind=Transaction.Kind.RELEASE, reversed_by=None, entries__account__code__in=codes, entries__amount__lt=0
    )
    found = (
        Entry.objects.filter(transaction__in=releases.values("pk"), amount__gt=0, payment_item=None)
        .filter(account__code__startswith="party:")
        .select_related("account__payee", "account__owner_organisation", "account__owner_user", "transaction")
        .order_by("pk")
    )
    ordered = (
        PaymentItem.objects.filter(order__bank_account=account, order__cancelled_at=None, transaction=None)
        .order_by()
        .values_list("account_id")
        .annotate(total=Sum("amount_fen"))
    )
    left = dict(ordered)
    shown = []
    for entry in found:
        held = entry.account.posted - left.get(entry.account_id, 0)
        if held >= entry.amount:
            left[entry.account_id] = left.get(entry.account_id, 0) + entry.amount
            shown.append(entry)
    return shown


def order_for(user: Any, slug: str) -> PaymentOrder | None:
    found = PaymentOrder.objects.filter(slug=slug, bank_account__in=accounts_of(user).values("pk"))
    return found.select_related("bank_account__organisation", "created_by").prefetch_related("items__account").first()
