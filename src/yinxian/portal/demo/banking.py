"""The demo's agency keeps escrow at a bank: a statement with one line that fits, one that does not, and an order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from yinxian.deals.models import Deal
from yinxian.deals.operations.banking import order_released
from yinxian.deals.queries.banking import expected, payable
from yinxian.network.members import members_of
from yinxian.network.models import Membership, Organisation, User
from yinxian.settlement.models import BankAccount, PaymentItem
from yinxian.settlement.operations.banking import ignore_line, set_bank_account, set_payee, take_statement

from .content import records
from .deals import manager_of
from .timeline import Event, World

OPENED, ORDERED, CAME = 95, 96, 97
OWN = "6222000200990001234"
PAYS = (Membership.Role.ADMIN, Membership.Role.FINANCE)


def events(world: World) -> Iterator[Event]:
    yield Event(-4, OPENED, partial(_open, world))
    yield Event(-3, ORDERED, partial(_order, world))
    yield Event(-1, CAME, partial(_statement, world))


def _agency(world: World) -> tuple[Organisation, User] | None:
    """The agency with the most deals, and who keeps its money."""
    deals = Deal.objects.filter(pk__in=[world.pk("deal", one["key"]) for one in records("deal")], agency__isnull=False)
    agencies = {deal.agency_id or 0 for deal in deals}
    for pk in sorted(agencies, key=lambda pk: (-deals.filter(agency_id=pk).count(), pk)):
        keeper = members_of(pk, PAYS).order_by("pk").first()
        if keeper is not None:
            return Organisation.objects.get(pk=pk), keeper
    return None


def _open(world: World) -> None:
    found = _agency(world)
    if found is None:
        return
    agency, keeper = found
    set_bank_account(
        organisation_id=agency.pk,
        actor=keeper,
        holder=agency.name,
        number=OWN,
        bank_name="澜江农商银行营业部",
        bank_code="402331000019",
    )
    people = {manager_of(world, deal).pk: manager_of(world, deal) for deal in records("deal")}
    for entry in payable(BankAccount.objects.get(organisation=agency)):
        owner = entry.account.owner_user
        if owner is not None and owner.pk in people:
            set_payee(
                account_id=entry.account_id,
                actor=owner,
                holder=owner.name,
                number=f"62280009900{owner.pk:06d}",
                bank_name="澜江农商银行城西支行",
            )


def _order(world: World) -> None:
    found = _agency(world)
    if found is None:
        return
    agency, keeper = found
    account = BankAccount.objects.get(organisation=agency)
    ready = [entry.pk for entry in payable(account) if getattr(entry.account, "payee", None)]
    if ready:
        order_released(bank_account_id=account.pk, actor=keeper, entry_ids=ready[-1:], execute_on=world.day(-3))


def _statement(world: World) -> None:
    """As online banking exports it: in GBK, with a running balance."""
    found = _agency(world)
    if found is None:
        return
    agency, keeper = found
    account = BankAccount.objects.get(organisation=agency)
    rows: list[tuple[int, str, str, str]] = []
    waiting = expected(agency.pk)
    if waiting:
        deal = waiting[0].milestone.deal
        text = f"{deal.number} {waiting[0].milestone.title}"
        rows.append((waiting[0].left_fen, deal.buyer.name, text, "2099B0001"))
    item = PaymentItem.objects.filter(order__bank_account=account).first()
    if item is not None:
        rows.append((-item.amount_fen, item.holder, f"付款 {item.slug}", "2099B0002"))
    rows += [(1_280_000, "澜江云岫商贸行", "货款", "2099B0003"), (-1_500, "澜江农商银行", "账户管理费", "2099B0004")]
    lines, balance = ["本方账号,交易日期,交易金额,对方户名,摘要,交易流水号,余额"], 500_000_000
    for fen, name, text, number in rows:
        balance += fen
        amounts = [f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}" for value in (fen, balance)]
        lines.append(f"{OWN},{world.day(-2):%Y%m%d},{amounts[0]},{name},{text},{number},{amounts[1]}")
    data = "\n".join(lines).encode("gbk")
    file = take_statement(bank_account_id=account.pk, actor=keeper, data=data, name="托管账户流水.csv")
    ignore_line(line_id=file.lines.get(reference="2099B0004").pk, actor=keeper, reason="银行账户管理费，由本单位承担")
